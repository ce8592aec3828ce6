"""The lump sum gives way: legal costs booked after it are set off against it.

Law: BGB § 288(5) sentence 3.
"""

from cases.claims.models import Case, Claim
from cases.claims.queries import list_claims
from cases.costs.by_hand import (
    LUMP_SUM,
    book_by_hand,
    list_hand_entries,
    list_hand_journals,
    owed_lump_sum,
    take_back_costs,
)

SET_OFF = "legal_costs_set_off"


def on_costs(case: Case) -> None:
    """Lower the lump sums that stand to what remains after today's legal costs."""
    journals = {j.id: j for j in list_hand_journals(case) if j.kind == LUMP_SUM}
    claims = {claim.invoice_number: claim for claim in list_claims(case.id)}
    for entry in list_hand_entries(case):
        journal = journals.get(entry.journal_id)
        claim = claims.get(journal.reference or "") if journal else None
        if claim is not None:
            _lower(case, claim, entry.journal_id, entry.amount_cents)


def _lower(case: Case, claim: Claim, journal_id: int, booked_cents: int) -> None:
    owed = owed_lump_sum(case, claim)
    if owed.cents >= booked_cents:
        return
    take_back_costs(case, journal_id, SET_OFF)
    if owed.cents:
        book_by_hand(case, owed)
