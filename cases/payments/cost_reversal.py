"""Taking costs back after payments may have been counted towards them."""

from cases.claims.models import Case
from cases.ledger.costs_by_hand import reverse_by_hand
from cases.payments.booking import reallocate_payments


def take_back_costs(case: Case, journal_id: int, reason: str) -> None:
    """Reverse costs booked by hand; what was paid on them goes to what is still owed.

    The case must be locked by the caller. Raises NotFound, CostReasonMissing.
    """
    journal = reverse_by_hand(case, journal_id, reason)
    reallocate_payments(case, journal.booked_on)
