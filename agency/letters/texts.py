"""Texts that letters begin with: listed, edited beside their page, released by a second person."""

import re
from typing import Any

from flask import Blueprint, Response, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from agency.letters.schemas import LANGUAGES, ChoiceSchema
from agency.letters.views import pdf_answer
from cases.claims.queries import find_case_by_number
from cases.core.database import transaction
from cases.core.errors import Conflict, NotFound, Refusal
from cases.core.locks import relock
from cases.letters.house_texts.examples import EXAMPLES, draft_example, example_of
from cases.letters.house_texts.services import (
    RELEASE,
    ask_text_release,
    begin_text,
    change_text,
    check_text,
    drop_text,
    get_text,
    list_texts,
    list_versions,
    wish_of_text,
)
from cases.letters.models import LetterText, TextState
from cases.letters.pdf import render_preview
from cases.letters.written.drafting import draft_written
from cases.letters.written.kinds import KINDS, WrittenKind
from cases.people import approvals
from cases.people.services import get_user
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

blueprint = Blueprint("letter_texts", __name__)

LANGUAGE_NAMES = {"de": "Deutsch", "en": "English"}
_SENTENCE = re.compile(r"[.!?]\s|\n\s*\n")


@blueprint.get("/letter-texts")
@may("strategy.view")
def index() -> ResponseReturnValue:
    """Every kind of letter in both languages: what is in force, and what is being written."""
    texts: dict[tuple[str, str], dict[TextState, LetterText]] = {}
    for text in list_texts():
        texts.setdefault((text.kind.value, text.language), {})[text.state] = text
    rows = [
        (kind, language, texts.get((kind.value, language), {}))
        for kind in KINDS
        for language in LANGUAGES
    ]
    return page(
        "agency/letters/texts.html",
        rows=rows,
        names=LANGUAGE_NAMES,
        live=TextState.LIVE,
        draft=TextState.DRAFT,
    )


@blueprint.post("/letter-texts")
@may("strategy.edit")
def begin() -> ResponseReturnValue:
    """Begin a draft with what is in force, or go on with the one that exists."""
    chosen, errors = load_form(ChoiceSchema(), request.form)
    if chosen is None or errors:
        raise NotFound
    kind, language = chosen
    with transaction():
        public_id = begin_text(kind, language, require_user().user_id).public_id
    return see_other("letter_texts.show", text_public_id=public_id)


@blueprint.get("/letter-texts/<text_public_id>")
@costly
@may("strategy.view")
def show(text_public_id: str) -> ResponseReturnValue:
    """The text beside the page it makes, with everything that is missing."""
    return _show(get_text(text_public_id), {})


@blueprint.post("/letter-texts/<text_public_id>")
@may("strategy.edit")
def save(text_public_id: str) -> ResponseReturnValue:
    """Keep what was typed, right or wrong."""
    text = get_text(text_public_id)
    body = request.form.get("body", "")
    try:
        with transaction():
            relock(text)
            now = {"body": text.body}
            require_unchanged("text", now, ("letter_text", text.id), "letter_text.changed")
            change_text(text, body, require_user().user_id)
    except ChangedByOther as changed:
        return _show(text, changed.errors, {"body": body})
    except Refusal as refusal:
        return _show(text, {"body": [say(refusal)]}, {"body": body})
    example = request.form.get("example") or None
    case = request.form.get("case", "").strip() or None
    return see_other("letter_texts.show", text_public_id=text_public_id, example=example, case=case)


@blueprint.post("/letter-texts/<text_public_id>/release")
@may("strategy.edit")
def release(text_public_id: str) -> ResponseReturnValue:
    """Ask a second person to put the text in force; answers 422 while a duty is missing."""
    text = get_text(text_public_id)
    words = f"{word(text.kind)} ({LANGUAGE_NAMES[text.language]}), {text.number}"
    try:
        with transaction():
            ask_text_release(text, words)
    except Refusal as refusal:
        return _show(text, {"_form": [say(refusal)]})
    done(gettext("Asked for release. A second person puts it in force."))
    return see_other("letter_texts.show", text_public_id=text_public_id)


@blueprint.post("/letter-texts/<text_public_id>/drop")
@may("strategy.edit")
def drop(text_public_id: str) -> ResponseReturnValue:
    """Throw a draft away."""
    with transaction():
        drop_text(get_text(text_public_id))
    done(gettext("Draft thrown away."))
    return see_other("letter_texts.index")


@blueprint.get("/letter-texts/<text_public_id>.pdf")
@costly
@may("strategy.view")
def preview(text_public_id: str) -> Response:
    """The page for an example, or for a case of the house; kept nowhere."""
    text = get_text(text_public_id)
    case = find_case_by_number(request.args.get("case", ""))
    wish = wish_of_text(text)
    if case is None:
        html = draft_example(wish, example_of(request.args.get("example", ""))).html
    else:
        html = draft_written(case.id, wish, require_user().user_id)[0].draft.html
    return pdf_answer(render_preview(html), "preview.pdf")


may_be_framed(preview)


def _show(
    text: LetterText, errors: Errors, typed: dict[str, Any] | None = None
) -> ResponseReturnValue:
    findings = check_text(text)
    number = request.values.get("case", "").strip()
    case = find_case_by_number(number) if number else None
    obstacle = _obstacle(case.id, text) if case else None
    waiting = approvals.find_open(RELEASE, text.id)
    return page(
        "agency/letters/text.html",
        status=422 if errors else 200,
        text=text,
        values={"body": text.body, "example": request.values.get("example", ""), "case": number,
                **(typed or {})},
        opened=opened("text", {"body": text.body}),
        errors=errors,
        findings=findings,
        sendable=is_sendable(findings),
        vocabulary=_kind_of(text).vocabulary,
        examples=[(each.code, gettext(each.name)) for each in EXAMPLES],
        unknown=bool(number) and case is None,
        obstacle=obstacle,
        longest=_longest_sentence(text.body),
        language_name=LANGUAGE_NAMES[text.language],
        versions=list_versions(text.kind, text.language),
        is_draft=text.state is TextState.DRAFT,
        waiting=waiting,
        asked_by=get_user(waiting.asked_by).name if waiting else None,
    )  # fmt: skip


def _kind_of(text: LetterText) -> WrittenKind:
    """Its kind; one that is not written by hand any more has no page."""
    if text.kind not in KINDS:
        raise NotFound
    return KINDS[text.kind]


def _obstacle(case_id: int, text: LetterText) -> str | None:
    """Why no such letter can be written on a case."""
    try:
        draft_written(case_id, wish_of_text(text), require_user().user_id)
    except (Conflict, NotFound) as refusal:
        return say(refusal)
    return None


def _longest_sentence(body: str) -> int:
    """How many words the longest sentence has."""
    return max((len(sentence.split()) for sentence in _SENTENCE.split(body)), default=0)
