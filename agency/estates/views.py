"""The estate of a debtor: the inquiry at the probate court, and the heirs who take his place."""

from typing import Any

from flask import Blueprint, Response, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext
from marshmallow import Schema, fields, post_load

from agency.cases.file import load_file
from agency.letters.views import pdf_answer
from cases.claims.queries import get_case, list_debtors
from cases.contacts.estates import errors as refused
from cases.contacts.estates.heirs import Heir, list_estates, name_heirs, take_back_heirs
from cases.contacts.estates.inquiry import Inquiry, ask_court
from cases.contacts.estates.models import Estate
from cases.core import files
from cases.core.database import transaction
from cases.core.errors import NotFound, Refusal
from cases.parties.models import Debtor
from cases.parties.queries import find_debtor, get_debtor
from portal.access import may
from portal.limits import costly
from portal.login import require_user
from portal.shell.errors import say
from portal.shell.forms import Day, Errors, load_form
from portal.shell.pages import done, page, see_other

blueprint = Blueprint("estates", __name__)
ESTATE = "/cases/<case_public_id>/debtors/<debtor_public_id>/estate"
#: As many heirs as the form has lines for; more are named by a second form.
LINES = (1, 2, 3, 4)
PARTS = ("given_name", "name", "street", "postcode", "city")
FIELDS: dict[type[Refusal], str] = {
    refused.CourtIncomplete: "court",
    refused.DeathAhead: "died_on",
    refused.LastHomeMissing: "last_home",
    refused.NoHeirs: "name_1",
    refused.HeirIncomplete: "name_1",
    refused.SameDebtor: "name_1",
    refused.HeirSourceMissing: "how_known",
}


class InquirySchema(Schema):
    """Which court is asked about whom."""

    court = fields.String(load_default="")
    court_street = fields.String(load_default="")
    court_postcode = fields.String(load_default="")
    court_city = fields.String(load_default="")
    last_home = fields.String(load_default="")
    died_on = Day(load_default=None)
    court_number = fields.String(load_default="")

    @post_load
    def build(self, data: dict[str, Any], **_: Any) -> Inquiry:
        return Inquiry(
            data["court"],
            data["court_street"],
            data["court_postcode"],
            data["court_city"],
            data["last_home"],
            data["died_on"],
            data["court_number"],
        )


@blueprint.get(ESTATE)
@may("contact.log")
def show(case_public_id: str, debtor_public_id: str) -> ResponseReturnValue:
    """What the court was asked, who the heirs are, and the forms for both."""
    return _show(case_public_id, _debtor(debtor_public_id), {}, {})


@blueprint.post(f"{ESTATE}/inquiry")
@costly
@may("contact.log")
def ask(case_public_id: str, debtor_public_id: str) -> ResponseReturnValue:
    """Set the inquiry at the probate court; answers 422 when something is missing."""
    debtor = _debtor(debtor_public_id)
    inquiry, errors = load_form(InquirySchema(), request.form)
    if inquiry is None:
        return _show(case_public_id, debtor, request.form, errors)
    try:
        with transaction():
            case_id = get_case(case_public_id).id
            ask_court(case_id, debtor_public_id, inquiry, require_user().user_id)
    except NotFound:
        raise
    except Refusal as refusal:
        return _show(case_public_id, debtor, request.form, _at_field(refusal))
    done(gettext("The inquiry is set. Print and send it; the case comes up in six weeks."))
    return _back(case_public_id, debtor_public_id)


@blueprint.post(f"{ESTATE}/heirs")
@may("contact.log")
def name(case_public_id: str, debtor_public_id: str) -> ResponseReturnValue:
    """Let heirs take the debtor's place; answers 422 when something is missing."""
    debtor = _debtor(debtor_public_id)
    try:
        with transaction():
            case_id = get_case(case_public_id).id
            name_heirs(case_id, debtor_public_id, _heirs(), request.form.get("how_known", ""))
    except NotFound:
        raise
    except Refusal as refusal:
        return _show(case_public_id, debtor, request.form, _at_field(refusal))
    done(gettext("The heirs owe in this case now. Write to them."))
    return see_other("cases.show", case_public_id=case_public_id)


@blueprint.post(f"{ESTATE}/take-back")
@may("contact.log")
def take_back(case_public_id: str, debtor_public_id: str) -> ResponseReturnValue:
    """Those were not the heirs; answers 409 once a letter went to them."""
    estate = _estate(case_public_id, _debtor(debtor_public_id))
    with transaction():
        take_back_heirs(estate)
    done(gettext("Taken back. The case stands still again."))
    return _back(case_public_id, debtor_public_id)


@blueprint.get(f"{ESTATE}/inquiry.pdf")
@may("contact.log")
def document(case_public_id: str, debtor_public_id: str) -> Response:
    """The inquiry as it was set."""
    estate = _estate(case_public_id, _debtor(debtor_public_id))
    if estate.file_id is None:
        raise NotFound
    return pdf_answer(files.read_bytes(files.get_file_by_id(estate.file_id)), "nachlass.pdf")


def _show(case_public_id: str, debtor: Debtor, values: Any, errors: Errors) -> ResponseReturnValue:
    file = load_file(case_public_id)
    estates = {each.debtor_id: each for each in list_estates(file.case.id)}
    party = next((one for one in file.debtors if one.debtor.id == debtor.id), None)
    if party is None and debtor.id not in estates:
        raise NotFound  # Somebody else's debtor.
    home = party.address if party else None
    estate = estates.get(debtor.id)
    return page(
        "agency/estates/show.html",
        status=422 if errors else 200,
        file=file,
        debtor=debtor,
        owes=party is not None,
        estate=estate,
        heirs=[get_debtor(heir) for heir in (estate.heirs or {}).get("ids", [])] if estate else [],
        lines=LINES,
        values={
            "last_home": f"{home.street}, {home.postcode} {home.city}" if home else "",
            **values,
        },
        errors=errors,
    )


def _debtor(public_id: str) -> Debtor:
    found = find_debtor(public_id)
    if found is None:
        raise NotFound
    return found


def _estate(case_public_id: str, debtor: Debtor) -> Estate:
    case_id = get_case(case_public_id).id
    found = next((e for e in list_estates(case_id) if e.debtor_id == debtor.id), None)
    if found is None:
        if debtor.id not in {one.debtor.id for one in list_debtors(case_id)}:
            raise NotFound
        raise refused.NoHeirsNamed
    return found


def _heirs() -> list[Heir]:
    """The lines in which something stands."""
    found = []
    for line in LINES:
        typed = {part: request.form.get(f"{part}_{line}", "").strip() for part in PARTS}
        if any(typed.values()):
            found.append(Heir(**typed))
    return found


def _at_field(refusal: Refusal) -> Errors:
    return {FIELDS.get(type(refusal), "_form"): [say(refusal)]}


def _back(case_public_id: str, debtor_public_id: str) -> ResponseReturnValue:
    return see_other(
        "estates.show", case_public_id=case_public_id, debtor_public_id=debtor_public_id
    )
