"""Our own notes in the timeline: written, corrected and withdrawn by new entries."""

from flask import Blueprint, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from agency.cases.file import load_file
from agency.refusals import at_field
from cases.claims.notes import NoteGone, add_note, correct_note, get_note, withdraw_note
from cases.claims.queries import get_case
from cases.claims.services import ReasonMissing
from cases.core.database import transaction
from cases.core.errors import Refusal
from portal.access import may
from portal.shell.forms import Errors
from portal.shell.pages import done, page, see_other

blueprint = Blueprint("notes", __name__)


@blueprint.post("/cases/<case_public_id>/notes")
@may("contact.log")
def add(case_public_id: str) -> ResponseReturnValue:
    """Write a note; an empty one is left out."""
    text = request.form.get("note", "")
    if text.strip():
        with transaction():
            add_note(get_case(case_public_id).id, text)
    return see_other("cases.show", case_public_id=case_public_id)


@blueprint.get("/cases/<case_public_id>/notes/<int:note_id>")
@may("contact.log")
def show(case_public_id: str, note_id: int) -> ResponseReturnValue:
    """A note with the ways to correct it and to withdraw it."""
    return _show(case_public_id, note_id, {})


@blueprint.post("/cases/<case_public_id>/notes/<int:note_id>")
@may("contact.log")
def correct(case_public_id: str, note_id: int) -> ResponseReturnValue:
    """Say it right: the old words stay, crossed out. Answers 422 without words."""
    try:
        with transaction():
            correct_note(get_case(case_public_id).id, note_id, request.form.get("note", ""))
    except Refusal as refused:
        return _show(case_public_id, note_id, at_field(refused, _at("note")))
    done(gettext("Note corrected. The old words stay readable."))
    return see_other("cases.show", case_public_id=case_public_id)


@blueprint.post("/cases/<case_public_id>/notes/<int:note_id>/withdrawal")
@may("contact.log")
def withdraw(case_public_id: str, note_id: int) -> ResponseReturnValue:
    """Say that a note does not hold. Answers 422 without a reason."""
    try:
        with transaction():
            withdraw_note(get_case(case_public_id).id, note_id, request.form.get("why", ""))
    except Refusal as refused:
        return _show(case_public_id, note_id, at_field(refused, _at("why")))
    done(gettext("Note withdrawn. Its words stay readable, crossed out."))
    return see_other("cases.show", case_public_id=case_public_id)


def _at(field: str) -> dict[type[Refusal], str]:
    return {ReasonMissing: field, NoteGone: field}


def _show(case_public_id: str, note_id: int, errors: Errors) -> ResponseReturnValue:
    note = get_note(get_case(case_public_id).id, note_id)
    return page(
        "agency/cases/note.html",
        status=422 if errors else 200,
        file=load_file(case_public_id),
        note=note,
        values={"note": note.params["note"]} | request.form.to_dict(),
        errors=errors,
    )
