"""How often a signal was nothing: measured on the creditor's own customers, looking back.

A look of the past is judged by what has become of the customer since: he stayed healthy when
nothing is unpaid long after its due day by now, and no insolvency was published in between.
"""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from cases.watch.customer import Customer, NoticeKind
from cases.watch.look import Look
from cases.watch.signals import find_signals

#: An invoice that is this late counts as not paid.
UNPAID_AFTER_DAYS = 30


@dataclass(frozen=True, slots=True)
class Reliability:
    """Of so many times a signal fired, so often nothing came of it; and of so many healthy."""

    fired: int
    nothing: int
    healthy: int


def stayed_healthy(customer: Customer, since: date, until: date) -> bool:
    """Whether everything was paid by the second day, and nothing published since the first."""
    for invoice in customer.invoices:
        given_up_on = invoice.due_on + timedelta(days=UNPAID_AFTER_DAYS)
        paid = invoice.paid_on is not None and invoice.paid_on <= until
        if given_up_on <= until and not paid:
            return False
    return not any(
        notice.kind is not NoticeKind.REGISTER and since < notice.on <= until
        for notice in customer.notices
    )


def measure(looks: Iterable[Look], until: date) -> dict[str, Reliability]:
    """Code -> how it did, for every signal that fired at least once in these looks of the past."""
    fired: Counter[str] = Counter()
    nothing: Counter[str] = Counter()
    healthy = 0
    for look in looks:
        well = stayed_healthy(look.customer, look.as_of, until)
        healthy += well
        for signal in find_signals(look):
            fired[signal.code] += 1
            nothing[signal.code] += well
    return {code: Reliability(fired[code], nothing[code], healthy) for code in fired}
