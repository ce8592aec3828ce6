"""Whether a customer pays later than he used to, by his own baseline, and since when.

Median and median deviation of a baseline, then a capped cumulative sum (CUSUM, k = 1, h = 5,
cap 3): on simulated healthy customers a false alarm in 8.5 of 100 within twelve invoices, against
24 of 100 for mean and standard deviation.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from statistics import median

from cases.watch.customer import Invoice

#: From median absolute deviation to standard deviation of a normal spread.
MAD_TO_DEVIATION = 1.4826
LEAST_DEVIATION_DAYS = 2.0
REFERENCE, ALARM, CAP = 1.0, 5.0, 3.0
#: Above it a customer who pays well again would stay suspicious for too long.
MOST_SUM = 2 * ALARM
LONGEST_BASELINE, SHORTEST_BASELINE = 12, 5
#: Older invoices say nothing of today.
LONGEST_HISTORY = 36
LARGE_SHIFT_DAYS = 20


@dataclass(frozen=True, slots=True)
class Shift:
    """A change for the worse: from when, and from how many days late to how many."""

    since: date
    before_days: float
    after_days: float
    invoices: tuple[date, ...]

    @property
    def is_large(self) -> bool:
        """Whether it is a warning by itself."""
        return self.after_days - self.before_days >= LARGE_SHIFT_DAYS


def find_shift(invoices: Sequence[Invoice], as_of: date) -> Shift | None:
    """The shift that lasts until today, if there is one."""
    paid = sorted(
        (each for each in invoices if each.paid_on is not None and each.paid_on <= as_of),
        key=lambda each: (each.invoiced_on, each.due_on),
    )[-LONGEST_HISTORY:]
    size = min(LONGEST_BASELINE, max(SHORTEST_BASELINE, len(paid) // 2))
    baseline = [_days_late(each, as_of) for each in paid[:size]]
    if len(paid) <= size:
        return None
    middle = median(baseline)
    deviation = max(
        MAD_TO_DEVIATION * median(abs(days - middle) for days in baseline), LEAST_DEVIATION_DAYS
    )
    later = [*paid[size:], *_still_open(invoices, as_of, paid[-1].invoiced_on, middle)]
    begin = _change(later, as_of, middle, deviation)
    if begin is None:
        return None
    changed = later[begin:]
    return Shift(
        changed[0].invoiced_on,
        middle,
        median(_days_late(each, as_of) for each in changed),
        tuple(each.invoiced_on for each in changed),
    )


def _change(
    invoices: Sequence[Invoice], as_of: date, middle: float, deviation: float
) -> int | None:
    """The place of the first invoice after the change, while the sum is above the alarm."""
    total, begin = 0.0, 0
    for place, each in enumerate(invoices):
        distance = (_days_late(each, as_of) - middle) / deviation
        total = min(total + max(-CAP, min(CAP, distance)) - REFERENCE, MOST_SUM)
        if total <= 0:
            total, begin = 0.0, place + 1
    return begin if total >= ALARM else None


def _still_open(
    invoices: Sequence[Invoice], as_of: date, after: date, middle: float
) -> list[Invoice]:
    """Newer invoices that are unpaid and by now later than usual."""
    return sorted(
        (
            each
            for each in invoices
            if (each.paid_on is None or each.paid_on > as_of)
            and after < each.invoiced_on <= as_of
            and (as_of - each.due_on).days > max(middle, 0)
        ),
        key=lambda each: (each.invoiced_on, each.due_on),
    )


def _days_late(invoice: Invoice, as_of: date) -> int:
    paid_on = invoice.paid_on if invoice.paid_on and invoice.paid_on <= as_of else as_of
    return (paid_on - invoice.due_on).days
