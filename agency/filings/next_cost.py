"""What the next step in court would cost the debtor: the fee of an order for payment."""

from datetime import date

from cases.claims.law import law_of
from cases.claims.models import Case, Phase
from legal.de.costs.fee_tables import fee_law
from legal.de.costs.fees import Item, Matter, court_fee

GERMAN = "de"


def payment_order_fee(case: Case, principal_cents: int, day: date) -> int | None:
    """The court's fee at that value. Law: KV GKG 1100. None where none is to come."""
    if case.phase is not Phase.AMICABLE:
        return None  # It was applied for already.
    if law_of(case).code != GERMAN or principal_cents <= 0:
        return None
    return court_fee(Item.KV1100, Matter(day, principal_cents), fee_law()).amount_cents
