"""The creditor's view of a case: payments made to him count in the order of his contract.

Towards the debtor the law's order stands; only settlement with the creditor reads this view.
"""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import datetime

from cases.claims.models import Case
from cases.claims.queries import list_claims
from cases.ledger.allocation import allocate_principal_first
from cases.ledger.models import EntryKind
from cases.ledger.queries import convention_of, list_postings, terms_of
from cases.ledger.statement import (
    ClaimTerms,
    Convention,
    Posting,
    compute_statement,
)
from cases.parties.models import DirectPaymentOrder
from cases.parties.queries import get_contract


def contract_postings(case: Case, known_at: datetime) -> list[Posting]:
    """The postings of a case as its creditor's contract counts them; raises ContractMissing."""
    known = [p for p in list_postings(case.id) if p.posted_at <= known_at]
    order = get_contract(case.creditor_id, case.ordered_on).direct_payment_order
    if order is DirectPaymentOrder.LAW:
        return known
    terms = [terms_of(claim) for claim in list_claims(case.id)]
    return replay(terms, known, known_at, convention_of(case))


def replay(
    terms: Sequence[ClaimTerms],
    postings: Sequence[Posting],
    known_at: datetime,
    convention: Convention,
) -> list[Posting]:
    """The postings, each direct payment spread anew on the principal first, in their order."""
    reversed_ids = {posting.reverses_id for posting in postings}
    direct = [p for p in postings if p.kind is EntryKind.DIRECT_PAYMENT]
    dropped = {posting.id for posting in direct}
    kept = [p for p in postings if p.id not in dropped and p.reverses_id not in dropped]
    for parts in _payments([p for p in direct if p.id not in reversed_ids]):
        day, cents = parts[0].value_on, sum(part.amount_cents for part in parts)
        owed = compute_statement(terms, kept, day, known_at, convention)
        for share in allocate_principal_first(owed, cents, day).shares:
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
