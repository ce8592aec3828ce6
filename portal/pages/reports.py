"""What a creditor tells us about one of its cases, with what it will bring about."""

from typing import Any

from flask import Blueprint, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext
from marshmallow import Schema, fields, post_load

from cases.claims import reports
from cases.claims.queries import get_case
from cases.claims.report_models import ReportKind
from cases.claims.reports import Report
from cases.core.database import transaction
from cases.core.errors import Invalid
from cases.recoveries.queries import stage_of
from portal.access import may
from portal.login import require_user
from portal.shell.errors import say
from portal.shell.forms import Amount, Day, Errors, load_form
from portal.shell.pages import done, page, see_other

blueprint = Blueprint("reports", __name__, template_folder="../templates")
#: Refusal -> the field it stands at.
FIELDS: dict[type[Invalid], str] = {
    reports.ReportAmountMissing: "amount_cents",
    reports.ReportDayMissing: "happened_on",
    reports.ReportDayAhead: "happened_on",
    reports.ReportWordsMissing: "words",
}


class ReportSchema(Schema):
    """A report as it is typed."""

    kind = fields.Enum(ReportKind, by_value=True, required=True)
    amount_cents = Amount()
    happened_on = Day()
    words = fields.String(load_default="")

    @post_load
    def build(self, data: dict[str, Any], **_: Any) -> Report:
        return Report(**data)


@blueprint.get("/my-cases/<case_id>/report")
@may("submission.edit")
def form(case_id: str) -> ResponseReturnValue:
    """What can be told about a case."""
    return _page(case_id, request.args, {})


@blueprint.post("/my-cases/<case_id>/report")
@may("submission.edit")
def send(case_id: str) -> ResponseReturnValue:
    """Keep the report; answers 422 when something is missing."""
    told, errors = load_form(ReportSchema(), request.form, {"kind": gettext("What is it?")})
    if told is not None:
        try:
            with transaction():
                reports.report(get_case(case_id), require_user().user_id, told)
        except Invalid as refused:
            errors = {FIELDS.get(type(refused), "words"): [say(refused)]}
        else:
            done(gettext("Thank you. Your report is with us; our answer will stand in the case."))
            return see_other("own_cases.show", case_id=case_id)
    return _page(case_id, request.form, errors)


def _page(case_id: str, values: Any, errors: Errors) -> ResponseReturnValue:
    case = get_case(case_id)
    kinds = [
        (ReportKind.DIRECT_PAYMENT.value, gettext("The debtor has paid to us"),
         gettext("We send no further demand until we have booked it and answered you.")),
        (ReportKind.CREDIT_NOTE.value, gettext("We have issued a credit note"),
         gettext("We send no further demand until we have answered you.")),
        (ReportKind.WITHDRAWAL.value, gettext("Please stop working on the case"),
         gettext("We send no further demand, and tell you what costs have arisen.")),
        (ReportKind.MESSAGE.value, gettext("A message or question"),
         gettext("We go on working on the case meanwhile.")),
    ]  # fmt: skip
    return page(
        "portal/own_cases/report.html",
        status=422 if errors else 200,
        case=case,
        stage=stage_of(case.id),
        kinds=kinds,
        values=values,
        errors=errors,
    )
