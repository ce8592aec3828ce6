"""What courts cost, on the claim account: a cost note adds what exceeds the notes before it."""

from datetime import date

from sqlalchemy import func, select

from cases.claims.models import Case
from cases.core.database import db
from cases.ledger.models import Direction, Entry, EntryKind, Journal
from cases.ledger.posting import ClaimEntry, post
from cases.ledger.queries import statement
from legal.allocation import Component

#: The journals of what courts ask for, and of their title.
COURT_JOURNALS, TITLED = ("court_costs", "court_representation"), "court_costs_titled"


def book_court_costs(
    case: Case,
    kind: str,
    total_cents: int,
    on: date,
    *,
    reference: str,
    words: str,
    bears_interest: bool = False,
) -> Journal | None:
    """Book what a cost note names in all, less what earlier notes of the application brought.

    `reference` names the application. The case must be locked by the caller.
    """
    cents = total_cents - booked_court_costs(kind, reference)
    if cents <= 0:
        return None
    entry = ClaimEntry(
        Direction.DEBIT, Component.COSTS, EntryKind.COURT_COSTS, cents,
        bears_interest=bears_interest, words=words,
    )  # fmt: skip
    return post(
        kind, case=case, value_on=on, currency=case.currency, reference=reference, entries=[entry]
    )


def title_court_costs(case: Case, on: date, reference: str) -> Journal | None:
    """Let what is open of an application's costs bear interest from their title on.

    What was paid of them bears none. Law: ZPO §§ 104(1) sentence 2, 699(3). The case must be
    locked by the caller.
    """
    booked = sum(booked_court_costs(kind, reference) for kind in COURT_JOURNALS)
    costs = statement(case.id, on).costs
    cents = min(booked, costs.open_cents - costs.bearing_open_cents)
    if cents <= 0 or booked_court_costs(TITLED, reference):
        return None
    kind, words = EntryKind.COURT_COSTS, "verzinslich seit dem Titel (§ 104 ZPO)"
    return post(
        TITLED, case=case, value_on=on, currency=case.currency, reference=reference,
        entries=[
            ClaimEntry(Direction.CREDIT, Component.COSTS, kind, cents, words=words),
            ClaimEntry(
                Direction.DEBIT, Component.COSTS, kind, cents, bears_interest=True, words=words
            ),
        ],
    )  # fmt: skip


def booked_court_costs(kind: str, reference: str) -> int:
    """What was booked of this kind for the same application, reversals taken off."""
    journals = select(Journal.id).where(Journal.kind == kind, Journal.reference == reference)
    gone = select(Journal.reverses_id).where(Journal.reverses_id.is_not(None))
    total = db.session.scalar(
        select(func.sum(Entry.amount_cents)).where(
            Entry.journal_id.in_(journals), Entry.journal_id.not_in(gone)
        )
    )
    return int(total or 0)
