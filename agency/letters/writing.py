"""A single letter on any case: chosen, written beside its real page, checked, released."""

from datetime import date
from typing import Any

from flask import Blueprint, Response, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext, ngettext

from agency.cases.file import load_file
from agency.letters.schemas import LANGUAGES, ChoiceSchema, TextSchema
from agency.letters.views import once, pdf_answer
from cases.claims.queries import get_case
from cases.contacts.queries import list_open_promises
from cases.core import clock
from cases.core.database import transaction
from cases.core.errors import Conflict, NotFound
from cases.core.locks import relock
from cases.core.positions import position
from cases.letters.errors import LetterLacksDuties
from cases.letters.models import LetterDraft
from cases.letters.pdf import render_preview
from cases.letters.written.attachments import list_attachments
from cases.letters.written.drafting import draft_written
from cases.letters.written.kinds import KINDS
from cases.letters.written.services import (
    begin_letter,
    case_of,
    change_letter,
    drop_letter,
    get_letter_draft,
    list_letter_drafts,
    release_written,
    wish_of,
)
from legal.demand import is_sendable
from portal.access import may
from portal.limits import costly
from portal.login import require_user
from portal.shell.errors import say
from portal.shell.forms import Errors, load_form
from portal.shell.headers import may_be_framed
from portal.shell.opened import ChangedByOther, opened, require_unchanged
from portal.shell.pages import done, page, see_other
from portal.wording import word

blueprint = Blueprint("written_letters", __name__)


@blueprint.get("/cases/<case_public_id>/letters")
@may("letter.send")
def choose(case_public_id: str) -> ResponseReturnValue:
    """Which letter is to be written, and those that are being written."""
    return choose_letter(case_public_id, {})


@blueprint.post("/cases/<case_public_id>/letters")
@may("letter.send")
def begin(case_public_id: str) -> ResponseReturnValue:
    """Begin a letter with the text that its kind begins with."""
    chosen, errors = load_form(ChoiceSchema(), request.form)
    if chosen is None:
        return choose_letter(case_public_id, errors)
    with transaction():
        kind, language = chosen
        draft = begin_letter(get_case(case_public_id), kind, language, require_user().user_id)
        public_id = draft.public_id
    return see_other("written_letters.show", draft_public_id=public_id)


@blueprint.get("/letter-drafts/<draft_public_id>")
@may("letter.send")
def show(draft_public_id: str) -> ResponseReturnValue:
    """The text beside the page that it makes, with everything that is wrong with it."""
    return show_draft(get_letter_draft(draft_public_id), {})


@blueprint.post("/letter-drafts/<draft_public_id>")
@may("letter.send")
def save(draft_public_id: str) -> ResponseReturnValue:
    """Keep what was typed; with `release` the letter leaves, unless something is missing."""
    draft = get_letter_draft(draft_public_id)
    typed, errors = load_form(TextSchema(), request.form)
    if typed is None:
        return show_draft(draft, errors, dict(request.form))
    try:
        with transaction():
            relock(draft)
            require_unchanged("letter", _shown(draft), ("letter_draft", draft.id), "letter.changed")
            change_letter(draft, **typed)
    except ChangedByOther as changed:
        return show_draft(draft, changed.errors, dict(request.form))
    if "release" not in request.form:
        return see_other("written_letters.show", draft_public_id=draft_public_id)
    try:
        with transaction():
            letters = release_written(draft.id, require_user().user_id, _promise(draft))
            count = len(letters)
    except LetterLacksDuties as refusal:
        return show_draft(draft, {"_letter": [say(refusal)]})
    done(ngettext("Letter released. It is being printed.", "%(num)d letters released.", count))
    return see_other("cases.show", case_public_id=case_of(draft).public_id)


@blueprint.post("/letter-drafts/<draft_public_id>/drop")
@may("letter.send")
def drop(draft_public_id: str) -> ResponseReturnValue:
    """Throw a letter away that nobody will send."""
    draft = get_letter_draft(draft_public_id)
    case_public_id = case_of(draft).public_id
    with transaction():
        drop_letter(draft)
    done(gettext("Draft thrown away."))
    return see_other("written_letters.choose", case_public_id=case_public_id)


@blueprint.get("/letter-drafts/<draft_public_id>.pdf")
@costly
@may("letter.send")
def preview(draft_public_id: str) -> Response:
    """The page as it will be printed, for one of the joint debtors; kept nowhere."""
    draft = get_letter_draft(draft_public_id)
    drafts = draft_written(draft.case_id, _wish(draft), require_user().user_id)
    number = request.args.get("debtor", 1, type=position)
    if not 1 <= number <= len(drafts):
        raise NotFound
    return pdf_answer(render_preview(drafts[number - 1].draft.html), "preview.pdf")


may_be_framed(preview)


def choose_letter(case_public_id: str, errors: Errors) -> ResponseReturnValue:
    """The page on which a letter is begun, with what is wrong."""
    file = load_file(case_public_id)
    language = file.debtors[0].debtor.language if file.debtors else "de"
    return page(
        "agency/letters/choose.html",
        status=422 if errors else 200,
        file=file,
        kinds=[(kind.value, word(kind)) for kind in KINDS],
        drafts=list_letter_drafts(file.case.id),
        values={
            "language": language if language in LANGUAGES else "de",
            "kind": request.args.get("kind", ""),
            **request.form,
        },
        errors=errors,
    )


def show_draft(
    draft: LetterDraft, errors: Errors, typed: dict[str, Any] | None = None
) -> ResponseReturnValue:
    """The writing page of a letter, with what was typed and what is wrong."""
    case, kind = case_of(draft), KINDS[draft.kind]
    context: dict[str, Any] = {"letters": [], "findings": [], "obstacle": None, "sendable": False}
    try:
        letters = draft_written(case.id, _wish(draft), require_user().user_id)
        findings = once([finding for each in letters for finding in each.draft.findings])
        sendable = is_sendable(findings) and not errors and draft.released_at is None
        context |= {"letters": letters, "findings": findings, "sendable": sendable}
    except (Conflict, NotFound) as refusal:
        context["obstacle"] = say(refusal)
    file = load_file(case.public_id)
    return page(
        "agency/letters/write.html",
        status=422 if errors else 200,
        file=file,
        documents=[(each.document.public_id, each.file.filename) for each in file.papers.kept],
        draft=draft,
        vocabulary=kind.vocabulary,
        values=typed or _shown(draft),
        opened=opened("letter", _shown(draft)),
        attachments=list_attachments(draft.id),
        errors=errors,
        **context,
    )


def _shown(draft: LetterDraft) -> dict[str, Any]:
    return {name: getattr(draft, name) for name in TextSchema().fields}


def _wish(draft: LetterDraft) -> Any:
    return wish_of(draft, clock.today(), _promise(draft))


def _promise(draft: LetterDraft) -> tuple[int, date] | None:
    """The next promise that is open: a confirmation repeats it."""
    promises = list_open_promises(draft.case_id)
    return (promises[0].amount_cents, promises[0].due_on) if promises else None
