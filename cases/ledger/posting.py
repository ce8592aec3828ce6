"""Posting: the one function that writes both sides, the claim account's and the journal's."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import Date, func, select, text
from sqlalchemy import case as sql_case
from sqlalchemy.orm import aliased

from cases.claims.models import Case
from cases.core import audit, clock
from cases.core.database import db
from cases.core.locks import Lock
from cases.ledger.balances import BookedBalances, sum_balances
from cases.ledger.errors import (
    AlreadyReversed,
    AmountTooLarge,
    JournalUnbalanced,
    NotReversible,
    PeriodClosed,
)
from cases.ledger.models import (
    Account,
    Direction,
    Entry,
    EntryKind,
    Journal,
    JournalLine,
)
from legal.allocation import Component

#: The largest amount of one line: nine thousand of them still fit into 63 bits.
LARGEST_CENTS = 10**15


@dataclass(frozen=True, slots=True)
class Line:
    """One side of a journal: positive is debit, negative is credit."""

    account: Account
    amount_cents: int
    creditor_id: int | None = None
    case_id: int | None = None


@dataclass(frozen=True, slots=True)
class ClaimEntry:
    """One line for the claim account."""

    direction: Direction
    component: Component
    kind: EntryKind
    amount_cents: int
    claim_id: int | None = None
    bears_interest: bool = False
    words: str | None = None
    computation: list[dict[str, Any]] | None = None
    value_on: date | None = None  # None: the day of the whole booking.


def post(
    kind: str,
    *,
    value_on: date,
    currency: str,
    case: Case | None = None,
    entries: Sequence[ClaimEntry] = (),
    lines: Sequence[Line] = (),
    reference: str | None = None,
    booked_on: date | None = None,
    creditor_id: int | None = None,
) -> Journal:
    """Write a journal with its lines and the entries of the claim account beside it.

    What the entries change in claims is mirrored on the memorandum accounts, interest excepted:
    it is computed, not booked, until it is paid. The case must be locked by the caller.

    Raises:
        JournalUnbalanced: the lines do not sum to zero.
        AmountTooLarge: an amount could leave the 63 bits that sums have.
        PeriodClosed: the business day lies in a closed period.
    """
    booked_on = booked_on or clock.today()
    require_open(booked_on, share_period())
    all_lines = [*lines, *memorandum(case, entries)]
    check_amounts(all_lines, entries)
    now = clock.now()
    journal = Journal(
        booked_on=booked_on,
        posted_at=now,
        posted_by=audit.actor_id(),
        kind=kind,
        reference=reference,
    )
    db.session.add(journal)
    db.session.flush()
    db.session.add_all(_line(journal, line, currency) for line in all_lines)
    if case is not None:
        for entry in entries:
            db.session.add(_entry(journal, case, entry, value_on, currency))
    db.session.flush()
    if case is not None:
        refresh_balances(case)
    audit.record(
        f"ledger.{kind}",
        "journal",
        journal.id,
        creditor_id=case.creditor_id if case else creditor_id,
        case_id=case.id if case else None,
        digest=digest_of_journals(journal.id),
    )
    return journal


def reverse_journal(journal: Journal, reason: str, *, case: Case | None) -> Journal:
    """Undo a journal by a counter-journal with the same value dates; the mistake stays visible.

    Raises:
        AlreadyReversed, NotReversible, PeriodClosed.
    """
    if journal.reverses_id is not None:
        raise NotReversible
    if db.session.scalar(select(Journal.id).where(Journal.reverses_id == journal.id)):
        raise AlreadyReversed
    today, now = clock.today(), clock.now()
    require_open(today, share_period())
    counter = Journal(
        booked_on=today,
        posted_at=now,
        posted_by=audit.actor_id(),
        kind=f"{journal.kind}.reversed",
        reference=reason,
        reverses_id=journal.id,
    )
    db.session.add(counter)
    db.session.flush()
    for line in db.session.scalars(select(JournalLine).where(JournalLine.journal_id == journal.id)):
        db.session.add(
            JournalLine(
                journal_id=counter.id,
                account=line.account,
                creditor_id=line.creditor_id,
                case_id=line.case_id,
                amount_cents=-line.amount_cents,
                currency=line.currency,
            )
        )
    for entry in db.session.scalars(select(Entry).where(Entry.journal_id == journal.id)):
        db.session.add(_counter_entry(counter, entry))
    db.session.flush()
    if case is not None:
        refresh_balances(case)
    digest = digest_of_journals(counter.id)
    audit.record(
        "ledger.reversed",
        "journal",
        journal.id,
        reason=reason,
        counter_id=counter.id,
        digest=digest,
    )
    return counter


def digest_of_journals(first_id: int, last_id: int | None = None) -> str:
    """What journals say with their lines; the audit trail keeps it, so that none is changed."""
    query = text("SELECT journals_digest(:first, :last)")
    bounds = {"first": first_id, "last": first_id if last_id is None else last_id}
    return str(db.session.scalar(query, bounds))


def refresh_balances(case: Case) -> None:
    """Copy what the entries say into the case: principal, booked open sum, money received."""
    balances = booked_balances(case.id)
    case.principal_cents = balances.principal_cents
    case.booked_open_cents = balances.booked_open_cents
    case.received_cents = balances.received_cents


def booked_balances(case_id: int) -> BookedBalances:
    """Add up the entries of one case; a reversal counts as what it reverses."""
    original = aliased(Entry)
    signed = sql_case(
        (Entry.direction == Direction.DEBIT, Entry.amount_cents), else_=-Entry.amount_cents
    )
    kind = func.coalesce(original.kind, Entry.kind)
    query = (
        select(Entry.component, kind, func.sum(signed))
        .outerjoin(original, original.id == Entry.reverses_id)
        .where(Entry.case_id == case_id)
        .group_by(Entry.component, kind)
    )
    return sum_balances(
        (component, EntryKind(name), int(cents))
        for component, name, cents in db.session.execute(query)
    )


def check_amounts(lines: Sequence[Line], entries: Sequence[ClaimEntry]) -> None:
    """Raise JournalUnbalanced, or AmountTooLarge."""
    if sum(line.amount_cents for line in lines) != 0:
        raise JournalUnbalanced
    amounts = [*(line.amount_cents for line in lines), *(e.amount_cents for e in entries)]
    if any(abs(cents) > LARGEST_CENTS for cents in amounts):
        raise AmountTooLarge


def memorandum(case: Case | None, entries: Sequence[ClaimEntry]) -> list[Line]:
    """What entries change in claims, interest excepted, on the memorandum accounts."""
    change = sum(
        entry.amount_cents if entry.direction is Direction.DEBIT else -entry.amount_cents
        for entry in entries
        if entry.component is not Component.INTEREST
    )
    if case is None or change == 0:
        return []
    return [
        Line(Account.CLAIMS_DUE, change, case.creditor_id, case.id),
        Line(Account.CLAIMS_HELD, -change, case.creditor_id, case.id),
    ]


def _line(journal: Journal, line: Line, currency: str) -> JournalLine:
    return JournalLine(
        journal_id=journal.id,
        account=line.account,
        creditor_id=line.creditor_id,
        case_id=line.case_id,
        amount_cents=line.amount_cents,
        currency=currency,
    )


def _entry(journal: Journal, case: Case, entry: ClaimEntry, value_on: date, currency: str) -> Entry:
    return Entry(
        case_id=case.id,
        creditor_id=case.creditor_id,
        claim_id=entry.claim_id,
        journal_id=journal.id,
        value_on=entry.value_on or value_on,
        booked_on=journal.booked_on,
        posted_at=journal.posted_at,
        direction=entry.direction,
        component=entry.component,
        kind=entry.kind,
        bears_interest=entry.bears_interest,
        amount_cents=entry.amount_cents,
        currency=currency,
        words=entry.words,
        computation=entry.computation,
    )


def _counter_entry(counter: Journal, entry: Entry) -> Entry:
    opposite = Direction.CREDIT if entry.direction is Direction.DEBIT else Direction.DEBIT
    return Entry(
        case_id=entry.case_id,
        creditor_id=entry.creditor_id,
        claim_id=entry.claim_id,
        journal_id=counter.id,
        value_on=entry.value_on,
        booked_on=counter.booked_on,
        posted_at=counter.posted_at,
        direction=opposite,
        component=entry.component,
        kind=EntryKind.REVERSAL,
        bears_interest=entry.bears_interest,
        amount_cents=entry.amount_cents,
        currency=entry.currency,
        reverses_id=entry.id,
    )


def share_period() -> date | None:
    """The last closed day; who closes a period waits for this booking, and this one for him."""
    # One function of the database: it reads after it has waited.
    return db.session.scalar(select(func.share_period(Lock.PERIOD.value, type_=Date)))


def require_open(booked_on: date, closed: date | None) -> None:
    """Raise PeriodClosed if a business day lies in a closed period."""
    if closed is not None and booked_on <= closed:
        raise PeriodClosed(last_day=closed.isoformat())
