"""What a debtor is told of the law, and what a client is told of his case, by one click each."""

from datetime import date

from flask import Blueprint, Response, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from agency.cases.file import key_date, load_file
from cases.claims.law import first_court_fee
from cases.claims.models import Case, Phase
from cases.claims.queries import get_case
from cases.contacts.position import position_of, position_pdf
from cases.contacts.status_mail import NoAddress, tell_status
from cases.core.database import transaction
from portal.access import may
from portal.shell.errors import say
from portal.shell.formatting import language
from portal.shell.pages import done, page, see_other

blueprint = Blueprint("position", __name__)


@blueprint.get("/cases/<case_public_id>/position")
@may("case.view")
def show(case_public_id: str) -> ResponseReturnValue:
    """The legal position on a day, in plain words."""
    file = load_file(case_public_id, key_date())
    found = position_of(file.case.id, file.owed.as_of)
    fee = _fee_to_come(file.case, found.owed.principal_open_cents, file.owed.as_of)
    return page("agency/calls/position.html", file=file, position=found, court_fee_cents=fee)


@blueprint.get("/cases/<case_public_id>/position.pdf")
@may("case.view")
def document(case_public_id: str) -> ResponseReturnValue:
    """The same as a document, to be read out, shown at a visit or sent along."""
    case, day = get_case(case_public_id), key_date()
    owed = position_of(case.id, day).owed
    fee = _fee_to_come(case, owed.principal_open_cents, day)
    chosen = request.args.get("language", language())
    with transaction():
        pdf = position_pdf(case.id, day, fee, chosen if chosen in {"de", "en"} else "de")
    response = Response(pdf, mimetype="application/pdf")
    response.headers["Content-Disposition"] = f'inline; filename="{case.number}-rechtslage.pdf"'
    return response


@blueprint.post("/cases/<case_public_id>/status-mail")
@may("contact.log")
def tell(case_public_id: str) -> ResponseReturnValue:
    """The client asked how it stands: a mail answers him, and the timeline says so."""
    try:
        with transaction():
            address = tell_status(get_case(case_public_id).id)
    except NoAddress as refusal:
        done(say(refusal))
    else:
        done(gettext("The mail to %(address)s is on its way.", address=address))
    return see_other("cases.show", case_public_id=case_public_id)


def _fee_to_come(case: Case, principal_cents: int, day: date) -> int | None:
    """What the court will take; None where it was applied for already."""
    to_come = case.phase is Phase.AMICABLE
    return first_court_fee(case, principal_cents, day) if to_come else None
