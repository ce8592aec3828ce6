"""What a creditor's own list of open items says otherwise: each difference is a question to him."""

from collections.abc import Mapping
from typing import Any

from flask import Blueprint, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext
from marshmallow import Schema, fields, post_load

from cases.claims import reports
from cases.core.database import db, transaction
from cases.core.errors import Conflict, Invalid
from cases.recoveries.open_items import services
from cases.recoveries.open_items.models import ClientAnswer
from portal.access import may
from portal.login import require_user
from portal.shell.errors import say
from portal.shell.forms import Amount, Day, Errors, load_form
from portal.shell.pages import done, page, see_other

blueprint = Blueprint("own_open_items", __name__)
FIELDS: dict[type[Exception], str] = {
    services.AnswerMissing: "answer",
    reports.ReportAmountMissing: "amount_cents",
    reports.ReportDayMissing: "happened_on",
    reports.ReportDayAhead: "happened_on",
}


class AnswerSchema(Schema):
    """What the creditor says of a difference."""

    answer = fields.Enum(ClientAnswer, by_value=True, load_default=None)
    amount_cents = Amount(load_default=None)
    happened_on = Day(load_default=None)
    words = fields.String(load_default="")

    @post_load
    def build(self, data: dict[str, Any], **_: Any) -> services.AnswerWish:
        return services.AnswerWish(**data)


@blueprint.get("/my-open-items")
@may("submission.edit")
def index() -> ResponseReturnValue:
    """All questions that wait."""
    return _page({}, {})


@blueprint.post("/my-open-items/<question_public_id>")
@may("submission.edit")
def answer(question_public_id: str) -> ResponseReturnValue:
    """Keep an answer; 422 with what was typed where something is missing."""
    services.get_question(question_public_id)  # Another creditor's is not found.
    prefix = f"{question_public_id}-"
    typed = {k.removeprefix(prefix): v for k, v in request.form.items() if k.startswith(prefix)}
    wish, errors = load_form(AnswerSchema(), typed)
    if wish is not None:
        try:
            with transaction():
                services.answer_question(question_public_id, require_user().user_id, wish)
        except (Invalid, Conflict) as refused:
            db.session.expire_all()
            errors = {FIELDS.get(type(refused), "answer"): [say(refused)]}
        else:
            done(gettext("Thank you. We book what you told us and answer you in the case."))
            return see_other("own_open_items.index")
    return _page(request.form, {f"{prefix}{name}": said for name, said in errors.items()})


def _page(values: Mapping[str, Any], errors: Errors) -> ResponseReturnValue:
    return page(
        "portal/own_open_items/index.html",
        status=422 if errors else 200,
        questions=services.list_open_questions(),
        answers=[
            (ClientAnswer.PAID.value, gettext("The debtor has paid to us")),
            (ClientAnswer.CREDITED.value, gettext("We have issued a credit note")),
            (ClientAnswer.STILL_OPEN.value, gettext("It is still open; our list was wrong")),
        ],
        values=values,
        errors=errors,
    )
