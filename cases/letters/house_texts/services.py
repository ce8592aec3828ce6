"""Texts of the house: drafted by one person, put in force by another, used by every new letter."""

import hashlib
from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import func, select

from cases.core import audit, clock
from cases.core.database import db
from cases.core.errors import Conflict, Invalid, NotFound
from cases.core.locks import lock_row
from cases.letters.house_texts.examples import DAY, faults
from cases.letters.models import LetterKind, LetterText, TextState
from cases.letters.written.composing import WrittenWish
from cases.letters.written.kinds import ANNOUNCED, KINDS, WITHOUT_WRITER, shipped_text
from cases.people import approvals
from cases.people.approvals import ChangedMeanwhile, Kind
from cases.people.models import Approval
from cases.people.policy import Permission
from legal.findings import N_, Finding

RELEASE = "letter_text.release"


class TextFaulty(Invalid):
    """Something is missing or wrong in the text; nothing was released."""

    def __init__(self, findings: Sequence[Finding]) -> None:
        super().__init__()
        self.findings = tuple(findings)


class TextNoDraft(Conflict):
    """This text is in force or was. Begin a new draft to change it."""


class TextAsked(Conflict):
    """This text waits for a second person. Withdraw that before you change it."""


def begin_text(kind: LetterKind, language: str, user_id: int) -> LetterText:
    """The draft of a kind and language; a new one begins with what is in force."""
    if kind not in KINDS:
        raise NotFound
    known = find_text(kind, language, TextState.DRAFT)
    if known is not None:
        return known
    last = db.session.scalar(
        select(func.max(LetterText.number)).where(
            LetterText.kind == kind, LetterText.language == language
        )
    )
    draft = LetterText(
        kind=kind, language=language, number=(last or 0) + 1, body=text_for(kind, language),
        written_by=user_id, changed_at=clock.now(),
    )  # fmt: skip
    db.session.add(draft)
    db.session.flush()
    audit.record("letter_text.begun", "letter_text", draft.id)
    return draft


def get_text(public_id: str) -> LetterText:
    """The text of that public id; raises NotFound."""
    found = db.session.scalar(select(LetterText).where(LetterText.public_id == public_id))
    if found is None:
        raise NotFound
    return found


def find_text(kind: LetterKind, language: str, state: TextState) -> LetterText | None:
    """The draft of a kind and language, or what is in force."""
    return db.session.scalar(
        select(LetterText).where(
            LetterText.kind == kind, LetterText.language == language, LetterText.state == state
        )
    )


def list_texts() -> list[LetterText]:
    """Drafts and texts in force."""
    query = select(LetterText).where(LetterText.state != TextState.RETIRED)
    return list(db.session.scalars(query.order_by(LetterText.kind, LetterText.language)))


def list_versions(kind: LetterKind, language: str) -> list[LetterText]:
    """All versions of a text, newest first."""
    query = select(LetterText).where(LetterText.kind == kind, LetterText.language == language)
    return list(db.session.scalars(query.order_by(LetterText.number.desc())))


def text_for(kind: LetterKind, language: str) -> str:
    """What a new letter begins with: the house's text in force, else what ships."""
    live = find_text(kind, language, TextState.LIVE)
    return live.body if live is not None else shipped_text(kind, language)


def change_text(draft: LetterText, body: str, user_id: int) -> None:
    """Keep what was typed, right or wrong. Raises TextNoDraft, TextAsked."""
    if draft.state is not TextState.DRAFT:
        raise TextNoDraft
    if approvals.find_open(RELEASE, draft.id) is not None:
        raise TextAsked
    draft.body, draft.written_by, draft.changed_at = body, user_id, clock.now()
    audit.record("letter_text.changed", "letter_text", draft.id)


def drop_text(draft: LetterText) -> None:
    """Throw a draft away."""
    if draft.state is not TextState.DRAFT:
        raise TextNoDraft
    approvals.close_open(RELEASE, draft.id)
    audit.record("letter_text.dropped", "letter_text", draft.id)
    db.session.delete(draft)


def check_text(draft: LetterText) -> list[Finding]:
    """What is missing or wrong, found by setting the text for every example."""
    return faults(wish_of_text(draft), written_by_nobody=draft.kind in WITHOUT_WRITER)


def wish_of_text(draft: LetterText) -> WrittenWish:
    """A letter that is written with this text as it is."""
    return WrittenWish(
        kind=draft.kind, language=draft.language, text=draft.body, dispatched_on=DAY,
        next_step=ANNOUNCED.get(draft.kind, "call"),
        contract_circumstances="Bestellung im Laden am 1. März 2025",
    )  # fmt: skip


def ask_text_release(draft: LetterText, words: str) -> Approval:
    """Ask a second person to put a text in force. Raises TextNoDraft, TextFaulty."""
    if draft.state is not TextState.DRAFT:
        raise TextNoDraft
    findings = check_text(draft)
    if findings:
        raise TextFaulty(findings)
    return approvals.ask(RELEASE, draft.id, words, {"digest": digest_of(draft)})


def digest_of(draft: LetterText) -> str:
    """What a text says, in short."""
    return hashlib.sha256(draft.body.encode()).hexdigest()[:16]


def put_text_in_force(approval: Approval) -> None:
    """New letters begin with it; letters that were sent stay as they were."""
    draft = lock_row(LetterText, approval.subject_id)
    if draft.state is not TextState.DRAFT or digest_of(draft) != approval.after["digest"]:
        raise ChangedMeanwhile
    findings = check_text(draft)
    if findings:
        raise TextFaulty(findings)
    before = find_text(draft.kind, draft.language, TextState.LIVE)
    if before is not None:
        before.state = TextState.RETIRED
        db.session.flush()
    draft.state, draft.live_from = TextState.LIVE, clock.today()
    audit.record("letter_text.released", "letter_text", draft.id)


def _current(approval: Approval) -> Mapping[str, Any]:
    return {}


TEXT_KINDS: Mapping[str, Kind] = {
    RELEASE: Kind(
        N_("Put the text of a letter in force"),
        N_("Read the text beside its page, for a consumer, a business and joint debtors."),
        Permission.STRATEGY_RELEASE,
        {"digest": N_("Check sum of the text")},
        _current,
        put_text_in_force,
    ),
}
