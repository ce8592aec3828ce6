"""One claim by form: invoice, debtors, what the law asks and a document on one page."""

from collections.abc import Mapping
from typing import Any

from flask import Blueprint, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from cases.claims.models import DueBasis
from cases.core.database import transaction
from cases.core.errors import Invalid
from cases.documents.models import DocumentKind
from cases.formats.claims.lists.fields import FURTHER
from cases.intake.corrections import understood
from cases.intake.documents import Handed, attach_to_upload
from cases.intake.services import hand_over
from cases.intake.single import LINE, Typed, check_single, hand_in_single
from cases.intake.standing import ANSWERS, KNOWN, is_blocking
from cases.parties.queries import get_creditor
from legal.errors import InvariantBroken
from legal.findings import Finding, finding_to_json
from portal.access import may
from portal.login import require_user
from portal.pages.declaration_form import BASES, LABELS, PURPOSES, DeclarationSchema
from portal.pages.document_words import handed_documents
from portal.pages.intake_words import field_name, mistake_name, sentence_of
from portal.shell.errors import say
from portal.shell.formatting import language
from portal.shell.forms import Errors, load_form
from portal.shell.pages import invalid, page, see_other
from portal.wording import choices

blueprint = Blueprint("single_claim", __name__, template_folder="../templates")
OF_CLAIM = (
    "invoice_number", "text", "invoiced_on", "due_on", "open", "contract_on",
    "second_reminded_on", "last_reminded_on",
)  # fmt: skip
OF_DEBTOR = ("name", "street", "postcode", "city", "country", "email", "phone")
OF_JOINT = ("name", "street", "postcode", "city")
#: The further debtors that the form has room for, by the beginning of their fields.
PLACES = FURTHER
#: Field of a reminder's file -> field of the day that it proves.
OF_REMINDERS = {
    "reminder_first": "reminded_day",
    "reminder_second": "second_reminded_on",
    "reminder_last": "last_reminded_on",
}


@blueprint.get("/submissions/single")
@may("submission.edit")
def form() -> ResponseReturnValue:
    """The empty form."""
    return page("portal/submissions/single.html", **_context({}, [], set()))


@blueprint.post("/submissions/single")
@may("submission.edit")
def send() -> ResponseReturnValue:
    """Check the claim and hand it over; answers 422 with everything typed while it is not right."""
    user = require_user()
    if user.creditor_id is None:
        raise InvariantBroken("user.creditor_id is missing")
    schema = DeclarationSchema(asks_purpose=True, own_name=get_creditor(user.creditor_id).name)
    declared, errors = load_form(schema, request.form, LABELS)
    typed = _typed(request.form)
    checked = check_single(user.creditor_id, typed)
    blocking = [each for each in checked.findings if is_blocking(each) or each.code in KNOWN]
    errors = _of_claim(blocking) | errors
    chosen = any(each.filename for name in ("document", *OF_REMINDERS)
                 for each in request.files.getlist(name))  # fmt: skip
    handed, refused = _handed()
    errors |= refused
    if not errors and declared is not None:
        try:
            with transaction():
                submission = hand_in_single(user.creditor_id, user.user_id, typed)
                attach_to_upload(submission.id, user.user_id, handed, LINE)
                hand_over(submission.id, declared)
                public_id = submission.public_id
        except Invalid as wrong:
            errors = {"document": [say(wrong)]}
        else:
            return see_other("hand_over.result", submission_id=public_id)
    if chosen and "document" not in errors:
        errors["document"] = [gettext("Please choose the documents again: a browser forgets them.")]
    codes = {each.code for each in blocking if ANSWERS.get(each.code) == "confirm"}
    return invalid(
        "portal/submissions/single.html",
        errors=errors,
        **_context(request.form, sorted(codes | _ticked(request.form)), _opened(typed)),
    )


def _handed() -> tuple[list[Handed], Errors]:
    """The documents of all fields; a reminder needs no question what it is and of which day."""
    reminders = [
        handed
        for name, day in OF_REMINDERS.items()
        for handed in handed_documents(DocumentKind.REMINDER, name, day)[0]
    ]
    if not any(each.filename for each in request.files.getlist("document")):
        return reminders, {}
    others, errors = handed_documents()
    return [*others, *reminders], errors


def _opened(typed: Typed) -> set[str]:
    return {place for place in PLACES if any(f"{place}_{part}" in typed.cells for part in OF_JOINT)}


def _typed(entries: Mapping[str, str]) -> Typed:
    """What was typed, as cells that can be read in one way."""
    sign = "." if language() == "en" else ","
    cells = {
        name: text
        for name in (*OF_CLAIM, *OF_DEBTOR, *_of_joint())
        if (text := understood(name, entries.get(name, ""), sign))
    }
    confirmed = _ticked(entries)
    if entries.get("due_basis") == DueBasis.STATUTE.value and "due_on" not in cells:
        confirmed.add("due_on_missing")  # "No payment day at all" is the answer to it.
    return Typed(cells, confirmed)


def _of_joint() -> list[str]:
    return [f"{place}_{part}" for place in PLACES for part in OF_JOINT]


def _ticked(entries: Mapping[str, str]) -> set[str]:
    return {code for code, answer in ANSWERS.items() if answer == "confirm" and
            entries.get(f"confirm_{code}")}  # fmt: skip


def _of_claim(blocking: list[Finding]) -> Errors:
    errors: Errors = {}
    for each in blocking:
        shown = (*OF_CLAIM, *OF_DEBTOR, *_of_joint())
        name = each.field if each.field in shown else "invoice_number"
        if each.code == "address_missing" and name in OF_DEBTOR:
            name = "street"
        errors.setdefault(name, []).append(sentence_of(finding_to_json(each)))
    return errors


def _context(entries: Mapping[str, str], to_confirm: list[str], opened: set[str]) -> dict[str, Any]:
    return {
        "values": entries,
        "bases": BASES,
        "purposes": PURPOSES,
        "kinds": choices(DocumentKind),
        "to_confirm": [(code, mistake_name(code, None)) for code in to_confirm],
        "places": PLACES,
        "opened": opened,
        "of_joint": [(name, field_name(name)) for name in OF_JOINT],
        "label": field_name,
    }
