"""The creditor's view of a case: payments made to him count in the order of his contract.

Towards the debtor the law's order stands; only settlement with the creditor reads this view.
"""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date, datetime

from cases.claims.queries import get_case_by_id, list_claims
from cases.core import clock
from cases.ledger.allocation import allocate_by_contract
from cases.ledger.models import EntryKind
from cases.ledger.queries import convention_of, list_postings, terms_of
from cases.ledger.statement import (
    ClaimTerms,
    Convention,
    Posting,
    Statement,
    compute_statement,
)
from cases.parties.queries import get_contract


def creditor_statement(
    case_id: int, as_of: date | None = None, known_at: datetime | None = None
) -> Statement:
    """The statement of a case as its creditor's contract counts it; raises ContractMissing."""
    case = get_case_by_id(case_id)
    day, moment = as_of or clock.today(), known_at or clock.now()
    order = get_contract(case.creditor_id, case.ordered_on).direct_payment_order
    terms = [terms_of(claim) for claim in list_claims(case_id)]
    known = [p for p in list_postings(case_id) if p.posted_at <= moment]
    convention = convention_of(case)
    if order != "law":
        known = replay(terms, known, order, moment, convention)
    return compute_statement(terms, known, day, moment, convention)


def replay(
    terms: Sequence[ClaimTerms],
    postings: Sequence[Posting],
    order: str,
    known_at: datetime,
    convention: Convention,
) -> list[Posting]:
    """The postings with every direct payment spread anew, one after the other."""
    reversed_ids = {posting.reverses_id for posting in postings}
    direct = [p for p in postings if p.kind is EntryKind.DIRECT_PAYMENT]
    dropped = {posting.id for posting in direct}
    kept = [p for p in postings if p.id not in dropped and p.reverses_id not in dropped]
    for parts in _payments([p for p in direct if p.id not in reversed_ids]):
        day, cents = parts[0].value_on, sum(part.amount_cents for part in parts)
        owed = compute_statement(terms, kept, day, known_at, convention)
        for share in allocate_by_contract(owed, cents, day, order).shares:
            kept.append(
                replace(
                    parts[0],
                    claim_id=share.claim_id,
                    component=share.component,
                    amount_cents=share.cents,
                    bears_interest=share.bears_interest,
                )
            )
    return kept


def _payments(entries: Sequence[Posting]) -> Iterator[list[Posting]]:
    """The entries of each payment together, in the order of their value days."""
    by_journal: dict[int, list[Posting]] = {}
    for entry in entries:
        by_journal.setdefault(entry.journal_id, []).append(entry)
    yield from sorted(by_journal.values(), key=lambda parts: (parts[0].value_on, parts[0].id))
