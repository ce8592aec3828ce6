"""Evidence requests (Nachweisanforderungen): asked for, answered, reminded, or explained.

What we ask of the creditor stands in his portal with its day and what silence means; what we ask
of the debtor goes out by letter and is answered through us. An answer states a fact of the file.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from sqlalchemy import Select, func, select

from cases.claims import timeline
from cases.claims.models import Case
from cases.claims.queries import lock_case
from cases.claims.services import require_open
from cases.core import audit, clock
from cases.core.database import db
from cases.core.errors import Conflict, Invalid, NotFound
from cases.core.locks import lock_row
from cases.core.outbox import register_effect
from cases.objections.catalogue import AnswerForm, Label, Side, labels, reason_of
from cases.objections.evidence_models import EvidencePiece
from cases.objections.facts import note_fact
from cases.objections.file_facts import Raised
from cases.objections.gathering import raised_of
from cases.objections.models import Objection
from cases.objections.proof import missing_for
from cases.objections.queries import list_disputed
from cases.objections.settings import get_settings

EFFECT = "objection.evidence_arrived"


class AnswerMissing(Invalid):
    """Please answer: with the document, the day, yes or no, or say that you do not have it."""


class AnswerDayAhead(Invalid):
    """The day lies in the future."""


class ExplanationMissing(Invalid):
    """Say why the verdict may go without it."""


class EvidenceAnswered(Conflict):
    """This was answered already."""


class NothingToAsk(Conflict):
    """Nothing of this is missing: it was asked for, or the file has it."""


@dataclass(frozen=True, slots=True)
class PieceAnswer:
    """What somebody says about a piece of evidence."""

    has_none: bool = False
    on: date | None = None
    yes: bool | None = None
    words: str = ""
    document_id: int | None = None

    def with_document(self, document_id: int | None) -> "PieceAnswer":
        """The same answer with the document that was handed in."""
        return replace(self, document_id=document_id)

    @property
    def is_empty(self) -> bool:
        """Whether nothing was said at all."""
        given = (self.on, self.yes, self.document_id)
        return not self.has_none and not self.words.strip() and all(v is None for v in given)


@dataclass(frozen=True, slots=True)
class Need:
    """A label that a verdict needs, with what came of it so far."""

    label: Label
    piece: EvidencePiece | None
    in_file: bool  # The file itself says it.

    @property
    def is_met(self) -> bool:
        """Whether a verdict may be given as far as this is concerned."""
        if self.in_file or self.piece is None:
            return self.in_file
        return self.piece.answered_at is not None or bool(self.piece.explained)


def list_pieces(objection_id: int) -> list[EvidencePiece]:
    """What was asked or explained about an objection, in the order in which it was."""
    query = select(EvidencePiece).where(EvidencePiece.objection_id == objection_id)
    return list(db.session.scalars(query.order_by(EvidencePiece.id)))


def list_needs(objection: Objection, raised: Raised | None = None) -> list[Need]:
    """What a verdict needs, each with what the file has, and what was asked beyond."""
    pieces = {piece.label: piece for piece in list_pieces(objection.id)}
    missing = {one.what for one in missing_for(raised or raised_of(objection))}
    needed = reason_of(objection.kind.value).needs
    beyond = [code for code in pieces if code not in needed and code in labels()]
    return [
        Need(labels()[code], pieces.get(code), code in needed and code not in missing)
        for code in (*needed, *beyond)
    ]


def unmet(needs: Sequence[Need]) -> list[Need]:
    """What is required, empty and not explained."""
    return [need for need in needs if not need.is_met]


def ask(objection_id: int, codes: Sequence[str]) -> list[EvidencePiece]:
    """Ask for what is missing, all of it without codes: the creditor sees it in his portal.

    Raises:
        NothingToAsk, CaseClosed.
    """
    case, objection = lock_objection(objection_id)
    require_open(case)
    known = {piece.label: piece for piece in list_pieces(objection.id)}
    wanted = codes or [one.what for one in missing_for(raised_of(objection))]
    due_on = clock.today() + timedelta(days=get_settings().evidence_days)
    asked = []
    for code in wanted:
        piece = known.get(code)
        if code not in labels() or (piece is not None and piece.asked_at is not None):
            continue
        if piece is None:
            piece = _new_piece(objection, code)
        piece.asked_at, piece.asked_by, piece.due_on = clock.now(), audit.actor_id(), due_on
        asked.append(piece)
    if not asked:
        raise NothingToAsk
    db.session.flush()
    sides = {piece.side for piece in asked}
    timeline.record(
        case, "objection.evidence_asked", objection_id=objection.id, due_on=due_on,
        pieces=len(asked), from_debtor="yes" if Side.DEBTOR in sides else "no",
    )  # fmt: skip
    return asked


def explain(objection_id: int, code: str, why: str) -> EvidencePiece:
    """Say why the verdict may go without a piece. Raises ExplanationMissing."""
    if not why.strip():
        raise ExplanationMissing
    _, objection = lock_objection(objection_id)
    if code not in labels():
        raise NotFound
    known = {piece.label: piece for piece in list_pieces(objection.id)}
    piece = known.get(code) or _new_piece(objection, code)
    piece.explained = why.strip()
    db.session.flush()
    audit.record("objection.evidence_explained", "objection", objection.id,
                 creditor_id=objection.creditor_id, label=code)  # fmt: skip
    return piece


def answer(piece_id: int, given: PieceAnswer) -> EvidencePiece:
    """Keep what was answered, through us; what it states becomes a fact of the file.

    Raises:
        AnswerMissing, AnswerDayAhead, EvidenceAnswered, NotFound.
    """
    found = db.session.get(EvidencePiece, piece_id)
    if found is None:
        raise NotFound
    case, objection = lock_objection(found.objection_id)
    piece = lock_row(EvidencePiece, piece_id)
    _take(piece, given)
    _arrived(case, objection, piece)
    return piece


def answer_in_portal(piece: EvidencePiece, given: PieceAnswer) -> None:
    """Keep what the creditor answers; a worker tells the staff, the portal writes no timeline.

    Raises:
        AnswerMissing, AnswerDayAhead, EvidenceAnswered.
    """
    _take(piece, given)
    audit.record("objection.evidence_answered", "objection", piece.objection_id,
                 creditor_id=piece.creditor_id, label=piece.label)  # fmt: skip
    register_effect(EFFECT, f"evidence:{piece.id}", piece_id=piece.id)


def tell_evidence(key: str, piece_id: int) -> None:
    """Carry out the effect: facts, timeline and worklist follow what the creditor answered."""
    piece = db.session.get_one(EvidencePiece, piece_id)
    case, objection = lock_objection(piece.objection_id)
    audit.set_actor(piece.answered_by)
    _arrived(case, objection, piece)


def get_piece(public_id: str) -> EvidencePiece:
    """The piece of that public id. For a creditor only its own exist; raises NotFound."""
    query = select(EvidencePiece).where(EvidencePiece.public_id == public_id)
    found = db.session.scalar(query.execution_options(populate_existing=True))
    if found is None:
        raise NotFound
    return found


def open_pieces(side: Side) -> Select[EvidencePiece]:
    """What one side still owes us, the earliest day first."""
    return (
        select(EvidencePiece)
        .where(
            EvidencePiece.side == side,
            EvidencePiece.asked_at.is_not(None),
            EvidencePiece.answered_at.is_(None),
            EvidencePiece.closed_at.is_(None),
        )
        .order_by(EvidencePiece.due_on, EvidencePiece.id)
    )


def count_open_pieces() -> int:
    """How much a creditor still owes us an answer about; the portal sees its own only."""
    asked = open_pieces(Side.CREDITOR).order_by(None).subquery()
    return db.session.scalar(select(func.count()).select_from(asked)) or 0


def close_pieces(objection: Objection) -> None:
    """Nobody waits for evidence any more: the verdict was given."""
    for piece in list_pieces(objection.id):
        if piece.closed_at is None:
            piece.closed_at = clock.now()


def reopen_pieces(objection: Objection) -> None:
    """What was not answered is waited for again."""
    for piece in list_pieces(objection.id):
        piece.closed_at = None


def lock_objection(objection_id: int) -> tuple[Case, Objection]:
    """The case first, as everywhere, then the objection."""
    known = db.session.get(Objection, objection_id)
    if known is None:
        raise NotFound
    case = lock_case(known.case_id)
    return case, lock_row(Objection, objection_id)


def _new_piece(objection: Objection, code: str) -> EvidencePiece:
    piece = EvidencePiece(
        objection_id=objection.id,
        creditor_id=objection.creditor_id,
        label=code,
        side=labels()[code].side,
    )
    db.session.add(piece)
    return piece


def _take(piece: EvidencePiece, given: PieceAnswer) -> None:
    if piece.answered_at is not None:
        raise EvidenceAnswered
    if given.is_empty:
        raise AnswerMissing
    ahead_allowed = piece.label in {"promised_day", "end_of_contract", "limitation_day"}
    if given.on is not None and given.on > clock.today() and not ahead_allowed:
        raise AnswerDayAhead
    piece.has_none, piece.answer_on, piece.answer_yes = given.has_none, given.on, given.yes
    piece.answer_words = given.words.strip() or None
    piece.document_id = given.document_id
    piece.answered_at, piece.answered_by = clock.now(), audit.actor_id()
    db.session.flush()


def _arrived(case: Case, objection: Objection, piece: EvidencePiece) -> None:
    label = labels().get(piece.label)
    value = None if label is None else _stated(piece, label)
    if label is not None and label.sets and value is not None:
        for one in list_disputed(objection.id):
            note_fact(one.claim, label.sets, value, piece.id)
    timeline.record(
        case,
        "objection.evidence_arrived",
        objection_id=objection.id,
        piece_id=piece.id,
        from_code=piece.side.value,
        has_none="yes" if piece.has_none else "no",
    )


def _stated(piece: EvidencePiece, label: Label) -> date | bool | None:
    """The value that an answer states: the day, yes or no, or that the document exists."""
    if label.form is AnswerForm.DAY:
        return None if piece.has_none else piece.answer_on
    if label.form is AnswerForm.YES_NO:
        return False if piece.has_none else piece.answer_yes
    if label.form is AnswerForm.DOCUMENT:
        return not piece.has_none and piece.document_id is not None
    return None
