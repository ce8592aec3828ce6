"""The contact log of a case: every entry with who, as what and what came of it; corrections."""

from dataclasses import dataclass
from typing import Any

from flask import Blueprint, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext
from marshmallow import Schema, fields, post_load

from agency.cases.file import CaseFile, load_file
from agency.refusals import at_field
from cases.claims.queries import get_case
from cases.contacts import errors as refused
from cases.contacts.catalogue import outcomes_of
from cases.contacts.corrections import Correction, correct_contact, corrected_ids, get_contact
from cases.contacts.models import Contact, ContactChannel, ContactOutcome, NonPaymentReason
from cases.contacts.queries import count_attempts, list_log
from cases.core import files
from cases.core.database import transaction
from cases.core.errors import NotFound, Refusal
from cases.core.positions import iso_moment, position
from cases.parties.debtor_models import DebtorRole
from cases.people.services import names_of
from portal.access import may
from portal.pages.documents import file_response
from portal.shell.forms import Errors, load_form
from portal.shell.pages import done, page, see_other
from portal.wording import choices, word

blueprint = Blueprint("contact_log", __name__)

PAGE = 50
FIELDS: dict[type[Refusal], str] = {
    refused.NonPaymentReasonMissing: "reason",
    refused.NothingCorrected: "note",
}


@dataclass(frozen=True, slots=True)
class LogRow:
    """One entry as the page shows it."""

    contact: Contact
    by: str
    corrected: bool  # A newer entry puts it right.


class CorrectionSchema(Schema):
    """How the entry should have read."""

    outcome = fields.Enum(ContactOutcome, by_value=True, load_default=None)
    person = fields.String(load_default=None)
    role = fields.Enum(DebtorRole, by_value=True, load_default=None)
    right_person = fields.Boolean(load_default=None)
    reason = fields.Enum(NonPaymentReason, by_value=True, load_default=None)
    note = fields.String(load_default=None)
    next_step = fields.String(load_default=None)

    @post_load
    def build(self, data: dict[str, Any], **_: Any) -> Correction:
        return Correction(**data)


@blueprint.get("/cases/<case_public_id>/contacts")
@may("case.view")
def show(case_public_id: str) -> ResponseReturnValue:
    """Every contact of the case, newest first, by channel."""
    file = load_file(case_public_id)
    channel = request.args.get("channel", "")
    wanted = ContactChannel(channel) if channel in set(ContactChannel) else None
    found = list_log(file.case.id, wanted, _before(), PAGE + 1)
    shown = found[:PAGE]
    names = names_of({one.user_id for one in shown if one.user_id})
    wrong = corrected_ids(file.case.id, [one.id for one in shown])
    return page(
        "agency/contacts/log.html",
        file=file,
        rows=[LogRow(one, names.get(one.user_id or 0, ""), one.id in wrong) for one in shown],
        channels=choices(ContactChannel),
        chosen=wanted.value if wanted else None,
        attempts=count_attempts(file.case.id),
        older=f"{shown[-1].at.isoformat()}_{shown[-1].id}" if len(found) > PAGE else None,
    )


@blueprint.get("/cases/<case_public_id>/contacts/<contact_public_id>/correction")
@may("contact.log")
def correct(case_public_id: str, contact_public_id: str) -> ResponseReturnValue:
    """What the entry should have said."""
    file = load_file(case_public_id)
    contact = get_contact(file.case.id, contact_public_id)
    return _correcting(file, contact, _values(contact), {})


@blueprint.post("/cases/<case_public_id>/contacts/<contact_public_id>/correction")
@may("contact.log")
def save_correction(case_public_id: str, contact_public_id: str) -> ResponseReturnValue:
    """Write the entry anew; answers 422 when nothing differs or the reason is missing."""
    wish, errors = load_form(CorrectionSchema(), request.form)
    if wish is not None:
        try:
            with transaction():
                correct_contact(contact_public_id, get_case(case_public_id).id, wish)
        except Refusal as refusal:
            if isinstance(refusal, NotFound):
                raise
            errors = at_field(refusal, FIELDS)
        else:
            done(gettext("Put right. The entry of before stays beside it."))
            return see_other("contact_log.show", case_public_id=case_public_id)
    file = load_file(case_public_id)
    contact = get_contact(file.case.id, contact_public_id)
    return _correcting(file, contact, request.form, errors)


@blueprint.get("/cases/<case_public_id>/contacts/<contact_public_id>/file")
@may("document.view")
def attachment(case_public_id: str, contact_public_id: str) -> ResponseReturnValue:
    """The file that was kept with an entry, as a download."""
    contact = get_contact(get_case(case_public_id).id, contact_public_id)
    if contact.file_id is None:
        raise NotFound
    return file_response(files.get_file_by_id(contact.file_id))


def _correcting(
    file: CaseFile, contact: Contact, values: Any, errors: Errors
) -> ResponseReturnValue:
    return page(
        "agency/contacts/correction.html",
        status=422 if errors else 200,
        file=file,
        contact=contact,
        outcomes=[(one.value, word(one)) for one in outcomes_of(contact.channel)],
        reasons=choices(NonPaymentReason),
        roles=choices(DebtorRole),
        values=values,
        errors=errors,
    )


def _values(contact: Contact) -> dict[str, Any]:
    right = {True: "1", False: "0", None: None}[contact.right_person]
    return {
        "outcome": contact.outcome.value if contact.outcome else None,
        "role": contact.role.value if contact.role else None,
        "reason": contact.reason.value if contact.reason else None,
        "right_person": right,
        **{name: getattr(contact, name) for name in ("person", "note", "next_step")},
    }


def _before() -> Any:
    try:
        at, _, contact_id = request.args.get("before", "").rpartition("_")
        return iso_moment(at), position(contact_id)
    except ValueError:
        return None
