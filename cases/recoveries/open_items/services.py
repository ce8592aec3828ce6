"""A client's list of open items taken in, compared by a worker, and his answers."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy import case, func, select, update

from cases.claims import reports
from cases.claims.models import Case, Claim, Phase
from cases.claims.queries import get_case_by_id
from cases.claims.report_models import ReportKind
from cases.claims.reports import Report
from cases.core import audit, clock
from cases.core.database import db
from cases.core.errors import Conflict, Invalid, NotFound
from cases.core.files import StoredFile, read_bytes, store_file
from cases.core.locks import lock_row
from cases.core.outbox import register_effect
from cases.formats.claims.reading import read_claims
from cases.ledger.models import Direction, Entry
from cases.parties.models import Creditor
from cases.recoveries.open_items.comparing import Differs, Ours, compare
from cases.recoveries.open_items.models import (
    CheckState,
    ClientAnswer,
    Difference,
    OpenItemCheck,
    OpenItemQuestion,
    QuestionState,
)
from legal.allocation import Component
from legal.findings import finding_to_json

EFFECT = "open_items.compare"
#: A client is compared once a month (house rule).
MONTHLY = timedelta(days=31)
#: More findings than anybody reads.
MOST_FINDINGS = 50
_REPORTS = {
    ClientAnswer.PAID: ReportKind.DIRECT_PAYMENT,
    ClientAnswer.CREDITED: ReportKind.CREDIT_NOTE,
}


class ListMissing(Invalid):
    """Please choose the client's list of open items."""


class ListDayAhead(Invalid):
    """The list cannot be of a day in the future."""


class AlreadySaid(Conflict):
    """This question was answered already, or has settled itself."""


class AnswerMissing(Invalid):
    """Please choose an answer."""


@dataclass(frozen=True, slots=True)
class AnswerWish:
    """What a client says of a difference; amount and day where something was paid or let go."""

    answer: ClientAnswer | None
    amount_cents: int | None = None
    happened_on: date | None = None
    words: str = ""


def take_in(creditor_id: int, data: bytes, filename: str, as_of: date) -> OpenItemCheck:
    """Keep a client's list; a worker compares it.

    Raises:
        ListMissing, ListDayAhead; FileTooLarge.
    """
    if not data:
        raise ListMissing
    if as_of > clock.today():
        raise ListDayAhead
    stored = store_file(data, filename, "application/octet-stream", creditor_id)
    check = OpenItemCheck(
        creditor_id=creditor_id, as_of=as_of, file_id=stored.id, taken_in_at=clock.now(),
        taken_in_by=audit.actor_id(),
    )  # fmt: skip
    db.session.add(check)
    db.session.flush()
    audit.record("open_items.taken_in", "open_item_check", check.id, creditor_id=creditor_id)
    register_effect(EFFECT, f"open_items:{check.id}", check_id=check.id)
    return check


def carry_out(key: str, check_id: int) -> None:
    """Carry out the effect: read the list, compare it, keep the differences."""
    check = lock_row(OpenItemCheck, check_id)
    if check.state is not CheckState.WAITING:
        return
    audit.set_actor(check.taken_in_by)
    stored = db.session.get_one(StoredFile, check.file_id)
    read = read_claims(read_bytes(stored), stored.filename, as_of=clock.today())
    check.findings = [finding_to_json(each) for each in read.findings[:MOST_FINDINGS]]
    usable = [row for row in read.rows if row.invoice_number and row.open_cents is not None]
    check.rows_read = len(usable)
    if not usable:
        check.state = CheckState.REFUSED
        return
    ours = list_ours(check.creditor_id, check.as_of)
    compared = compare(ours, usable)
    check.claims_compared, check.equal_claims = len(ours), compared.equal
    check.not_with_us, check.state = compared.not_with_us, CheckState.DONE
    _settle_earlier(check, {each.ours.claim_id for each in compared.differences})
    asked = _asked_already(check.creditor_id)
    for each in compared.differences:
        if (each.ours.claim_id, each.ours.open_cents, each.his_cents) not in asked:
            _keep(check, each)
    audit.record(
        "open_items.compared", "open_item_check", check.id, creditor_id=check.creditor_id,
        differences=len(compared.differences),
    )  # fmt: skip


def list_ours(creditor_id: int, as_of: date) -> list[Ours]:
    """The claims that a client has open with us on a day, by their principal."""
    cents = case(
        (Entry.direction == Direction.DEBIT, Entry.amount_cents), else_=-Entry.amount_cents
    )
    signed = func.sum(cents)
    query = (
        select(Claim, signed)
        .join(Case, Case.id == Claim.case_id)
        .join(Entry, Entry.claim_id == Claim.id)
        .where(
            Claim.creditor_id == creditor_id,
            Case.phase != Phase.CLOSED,
            Entry.component == Component.PRINCIPAL,
            Entry.value_on <= as_of,
        )
        .group_by(Claim.id)
        .having(signed > 0)
        .order_by(Claim.id)
    )
    return [
        Ours(claim.id, claim.case_id, claim.invoice_folded, claim.currency, int(open_cents))
        for claim, open_cents in db.session.execute(query)
    ]


def _keep(check: OpenItemCheck, differs: Differs) -> None:
    state = QuestionState.NOTED if differs.kind is Difference.MORE else QuestionState.OPEN
    db.session.add(
        OpenItemQuestion(
            check_id=check.id, creditor_id=check.creditor_id, case_id=differs.ours.case_id,
            claim_id=differs.ours.claim_id, difference=differs.kind,
            our_cents=differs.ours.open_cents, his_cents=differs.his_cents, state=state,
        )
    )  # fmt: skip


def _settle_earlier(check: OpenItemCheck, still_different: set[int]) -> None:
    """Questions of earlier lists that the new one answers by itself."""
    db.session.execute(
        update(OpenItemQuestion)
        .where(
            OpenItemQuestion.creditor_id == check.creditor_id,
            OpenItemQuestion.state == QuestionState.OPEN,
            OpenItemQuestion.claim_id != func.all(list(still_different)),
        )
        .values(state=QuestionState.GONE)
        .execution_options(synchronize_session=False)
    )


def _asked_already(creditor_id: int) -> set[tuple[int, int, int]]:
    """The same difference is asked once: it waits for its answer."""
    query = select(
        OpenItemQuestion.claim_id, OpenItemQuestion.our_cents, OpenItemQuestion.his_cents
    ).where(
        OpenItemQuestion.creditor_id == creditor_id, OpenItemQuestion.state == QuestionState.OPEN
    )
    return {(row[0], row[1], row[2]) for row in db.session.execute(query)}


def answer_question(public_id: str, user_id: int, wish: AnswerWish) -> OpenItemQuestion:
    """A client's answer: what was paid or let go becomes his report, which a person accepts.

    Raises:
        NotFound, AlreadySaid, AnswerMissing; what `cases.claims.reports.report` raises.
    """
    question = get_question(public_id, lock=True)
    if question.state is not QuestionState.OPEN:
        raise AlreadySaid
    if wish.answer is None:
        raise AnswerMissing
    kind = _REPORTS.get(wish.answer)
    if kind is not None:
        told = Report(kind, wish.amount_cents, wish.happened_on, wish.words)
        kept = reports.report(get_case_by_id(question.case_id), user_id, told)
        question.report_id = kept.id
    question.state, question.answer = QuestionState.ANSWERED, wish.answer
    question.answered_at, question.answered_by = clock.now(), user_id
    db.session.flush()
    audit.record(
        "open_items.answered", "open_item_question", question.id, creditor_id=question.creditor_id
    )
    return question


def get_question(public_id: str, *, lock: bool = False) -> OpenItemQuestion:
    """The question of that public id. For a creditor only its own exist; raises NotFound."""
    query = select(OpenItemQuestion).where(OpenItemQuestion.public_id == public_id)
    if lock:
        query = query.with_for_update(key_share=True).execution_options(populate_existing=True)
    found = db.session.scalar(query)
    if found is None:
        raise NotFound
    return found


def get_check(public_id: str) -> OpenItemCheck:
    """The comparison of that public id; raises NotFound."""
    found = db.session.scalar(select(OpenItemCheck).where(OpenItemCheck.public_id == public_id))
    if found is None:
        raise NotFound
    return found


def list_checks(limit: int = 50) -> list[OpenItemCheck]:
    """The last comparisons, newest first."""
    return list(
        db.session.scalars(select(OpenItemCheck).order_by(OpenItemCheck.id.desc()).limit(limit))
    )


def list_open_questions(limit: int = 200) -> list[tuple[OpenItemQuestion, Claim]]:
    """What waits for an answer, the largest difference first; for a creditor only its own."""
    query = (
        select(OpenItemQuestion, Claim)
        .join(Claim, Claim.id == OpenItemQuestion.claim_id)
        .where(OpenItemQuestion.state == QuestionState.OPEN)
        .order_by((OpenItemQuestion.our_cents - OpenItemQuestion.his_cents).desc(),
                  OpenItemQuestion.id)
        .limit(limit)
    )  # fmt: skip
    return [(row[0], row[1]) for row in db.session.execute(query)]


def list_questions(check_id: int, limit: int = 500) -> list[tuple[OpenItemQuestion, Claim, Case]]:
    """What a comparison found."""
    query = (
        select(OpenItemQuestion, Claim, Case)
        .join(Claim, Claim.id == OpenItemQuestion.claim_id)
        .join(Case, Case.id == OpenItemQuestion.case_id)
        .where(OpenItemQuestion.check_id == check_id)
        .order_by(OpenItemQuestion.id)
        .limit(limit)
    )
    return [(row[0], row[1], row[2]) for row in db.session.execute(query)]


@dataclass(frozen=True, slots=True)
class Rhythm:
    """When a client with open claims was compared last, and how many questions wait."""

    creditor: Creditor
    last_on: date | None
    questions: int

    @property
    def is_late(self) -> bool:
        """Whether a month has passed."""
        return self.last_on is None or self.last_on + MONTHLY < clock.today()


def list_rhythm() -> Sequence[Rhythm]:
    """Clients with open cases, those longest without a comparison first."""
    last = (
        select(func.max(OpenItemCheck.as_of))
        .where(OpenItemCheck.creditor_id == Creditor.id, OpenItemCheck.state == CheckState.DONE)
        .correlate(Creditor)
        .scalar_subquery()
    )
    waiting = (
        select(func.count())
        .where(
            OpenItemQuestion.creditor_id == Creditor.id,
            OpenItemQuestion.state == QuestionState.OPEN,
        )
        .correlate(Creditor)
        .scalar_subquery()
    )
    open_case = select(Case.id).where(Case.creditor_id == Creditor.id, Case.phase != Phase.CLOSED)
    query = (
        select(Creditor, last, waiting)
        .where(open_case.exists())
        .order_by(last.asc().nulls_first(), Creditor.sort_name)
        .limit(500)
    )
    return [Rhythm(row[0], row[1], int(row[2])) for row in db.session.execute(query)]
