"""The first steps of a client: each can be left and taken up again; what is missing is named."""

from typing import Any

from flask import Blueprint, Response, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext
from marshmallow import Schema, ValidationError, fields, post_load

from cases.core import clock
from cases.core.database import transaction
from cases.core.errors import Invalid, NotFound, Refusal
from cases.documents.client_papers import services
from cases.documents.client_papers.models import PaperKind
from cases.formats.identifiers import find_iban
from cases.intake.first_steps import BLOCKS, FirstStep, Progress, list_steps
from cases.parties import clients
from cases.parties.queries import get_creditor
from cases.remittances import making_papers as making
from legal.errors import InvariantBroken
from legal.findings import N_
from portal.access import may
from portal.login import require_user
from portal.shell.errors import say
from portal.shell.forms import Day, Errors, load_form
from portal.shell.pages import done, page, see_other

blueprint = Blueprint("first_steps", __name__, template_folder="../templates")
IBAN_WRONG = N_("This is not a complete IBAN. Please check its digits.")
AT: dict[type[Refusal], str] = {
    services.PaperDatedAhead: "dated_on",
    services.PaperEndsBefore: "valid_until",
}


class AccountSchema(Schema):
    """The account to which the client wants his money paid."""

    iban = fields.String(required=True)

    @post_load
    def build(self, data: dict[str, Any], **_: Any) -> str:
        found = find_iban(data["iban"])
        if found is None:
            raise ValidationError({"iban": [gettext(IBAN_WRONG)]})
        return found


class PowerSchema(Schema):
    """The day of a signed power of attorney and how long it holds."""

    dated_on = Day(required=True)
    valid_until = Day(load_default=None)


@blueprint.get("/first-steps")
@may("own_company.edit", as_house=True)
def show() -> ResponseReturnValue:
    """All steps, what is done and what the others block."""
    return _page()


@blueprint.post("/first-steps/bank")
@may("own_company.edit", as_house=True, proved=True)
def propose_bank() -> ResponseReturnValue:
    """Propose an account; a person of the house checks it before anything is paid to it."""
    iban, errors = load_form(AccountSchema(), request.form, {"iban": gettext("IBAN")})
    if iban is None:
        return _page(errors)
    try:
        with transaction():
            clients.propose_bank(_creditor_id(), iban, gettext("entered in the portal"))
    except clients.ClientKnown:  # Whose it is, is nothing for other clients.
        return _page({"iban": [gettext("This account cannot be taken. Please call us.")]})
    except Refusal as refusal:
        return _page({"iban": [say(refusal)]})
    done(gettext("Thank you. We check it by a call before anything is paid to it."))
    return see_other("first_steps.show")


@blueprint.get("/first-steps/power-of-attorney.pdf")
@may("own_company.edit", as_house=True)
def power() -> ResponseReturnValue:
    """The power of attorney to be signed."""
    response = Response(making.power_pdf(_creditor_id(), clock.today()), mimetype="application/pdf")
    response.headers["Content-Disposition"] = 'inline; filename="vollmacht.pdf"'
    return response


@blueprint.post("/first-steps/power")
@may("own_company.edit", as_house=True)
def send_power() -> ResponseReturnValue:
    """Keep the signed power of attorney; answers 422 while it is not right."""
    told, errors = load_form(PowerSchema(), request.form, {"dated_on": gettext("Signed on")})
    file = request.files.get("paper")
    if file is None or not file.filename:
        errors = {**errors, "paper": [gettext("Please choose a file first.")]}
    if told is None or errors or file is None:
        return _page(errors)
    try:
        with transaction():
            services.keep_paper(
                _creditor_id(), PaperKind.POWER_OF_ATTORNEY, file.read(), file.filename or "",
                told["dated_on"], told["valid_until"], gettext("handed in through the portal"),
            )  # fmt: skip
    except NotFound:
        raise
    except Invalid as refusal:
        return _page({AT.get(type(refusal), "paper"): [say(refusal)]})
    done(gettext("Thank you. The power of attorney is with us."))
    return see_other("first_steps.show")


def _creditor_id() -> int:
    creditor_id = require_user().creditor_id
    if creditor_id is None:
        raise InvariantBroken("only people of a client have first steps")
    return creditor_id


def _page(errors: Errors | None = None) -> ResponseReturnValue:
    steps = list_steps(_creditor_id())
    return page(
        "portal/company/first_steps.html",
        status=422 if errors else 200,
        creditor=get_creditor(_creditor_id()),
        steps={each.step.value: each.progress.value for each in steps},
        blocks={step.value: gettext(BLOCKS[step]) for step in FirstStep},
        left=sum(each.progress is not Progress.DONE for each in steps),
        values=request.form,
        errors=errors or {},
    )
