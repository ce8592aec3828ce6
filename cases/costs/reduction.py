"""Costs follow the claims: what turns out never to have been owed takes its costs with it.

The collection costs are computed anew on what remains, each booking with its own day and rate;
where nothing remains, every booking of costs goes, by whomever it was made. A later correction
can bring them back. Payments are allocated anew by the caller. Law: BGB §§ 280, 286.
"""

from datetime import date

from sqlalchemy import select

from cases.claims import timeline
from cases.claims.models import Case
from cases.core.database import db
from cases.costs.booking import STEP, list_cost_journals, plan_again, post_plan, rate_when
from cases.ledger.journals import list_standing
from cases.ledger.models import Direction, Entry, Journal
from cases.ledger.posting import ClaimEntry, post, reverse_journal

#: Every booking of costs, of collection, by hand, of courts.
COSTS = Journal.kind.like("costs.%")


def costs_follow(case: Case, reference: str) -> None:
    """Take costs off that are not owed any more; `reference` names why, to bring them back by."""
    if case.principal_cents <= 0:
        _take_back(case, list_standing(case.id, COSTS), reference)
    else:
        _compute_anew(case, list_cost_journals(case), reference)


def costs_fall(case: Case, reference: str) -> None:
    """Take all costs off: they were never owed, although the claim is."""
    _take_back(case, list_standing(case.id, COSTS), reference)


def restore_costs(case: Case, reference: str) -> None:
    """Book again what `costs_follow` took off under this reference."""
    for journal in list_standing(case.id, COSTS, Journal.reference == reference):
        reverse_journal(journal, reference, case=case)
    counters = db.session.scalars(
        select(Journal)
        .distinct()
        .join(Entry, Entry.journal_id == Journal.id)
        .where(
            Entry.case_id == case.id,
            COSTS,
            Journal.reference == reference,
            Journal.reverses_id.is_not(None),
        )
        .order_by(Journal.reverses_id)
    ).all()
    originals = [db.session.get_one(Journal, counter.reverses_id) for counter in counters]
    restored = sum(
        _post_again(case, journal, journal.reference)
        for journal in originals
        if journal.reference != reference  # Those were bookings of the reduction itself.
    )
    if restored:
        timeline.record(case, "costs.booked", amount_cents=restored)


def _take_back(case: Case, journals: list[Journal], reference: str) -> None:
    cents = sum(entry.amount_cents for journal in journals for entry in _entries(journal))
    for journal in reversed(journals):
        reverse_journal(journal, reference, case=case)
    if cents:
        timeline.record(case, "costs.reversed", amount_cents=cents)


def _compute_anew(case: Case, journals: list[Journal], reference: str) -> None:
    """Reverse the collection costs and book them on what remains, never more than before."""
    before = sum(entry.amount_cents for journal in journals for entry in _entries(journal))
    for journal in reversed(journals):
        reverse_journal(journal, reference, case=case)
    after, raised = 0, False
    for journal in journals:
        raised = raised or journal.kind == STEP
        plan = plan_again(case, _day_of(journal), rate_when(case, raised=raised))
        if plan.total_cents >= sum(entry.amount_cents for entry in _entries(journal)):
            after += _post_again(case, journal, reference)
        elif plan.entries:
            post_plan(case, journal.kind, plan.entries, _day_of(journal), reference)
            after += plan.total_cents
    if after < before:
        timeline.record(case, "costs.reversed", amount_cents=before - after)


def _post_again(case: Case, journal: Journal, reference: str | None) -> int:
    """Book the same entries once more; answers their sum."""
    entries = _entries(journal)
    post(
        journal.kind,
        case=case,
        value_on=_day_of(journal),
        currency=case.currency,
        reference=reference,
        entries=[
            ClaimEntry(
                Direction.DEBIT,
                entry.component,
                entry.kind,
                entry.amount_cents,
                entry.claim_id,
                bears_interest=entry.bears_interest,
                words=entry.words,
                computation=entry.computation,
                value_on=entry.value_on,
            )
            for entry in entries
        ],
    )
    return sum(entry.amount_cents for entry in entries)


def _entries(journal: Journal) -> list[Entry]:
    query = select(Entry).where(Entry.journal_id == journal.id).order_by(Entry.id)
    return list(db.session.scalars(query))


def _day_of(journal: Journal) -> date:
    return _entries(journal)[0].value_on
