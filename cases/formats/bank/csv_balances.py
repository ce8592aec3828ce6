"""What the balances of an export prove: that it is whole, and that its signs are right."""

from collections.abc import Sequence
from itertools import pairwise

from cases.formats.bank.csv_rows import Reading
from cases.formats.bank.statement import BankEntry
from legal.findings import Severity


def proven(entries: Sequence[BankEntry], reading: Reading) -> tuple[int | None, int | None]:
    """Opening and closing balance; a finding where the entries do not lead from one to the other.

    Under a header we do not know the balances decide: if hardly a step fits, amounts and signs
    were taken from the wrong columns, and nothing may be booked.
    """
    opening, closing = reading.opening_cents, reading.closing_cents
    if opening is None or closing is None:
        opening, closing, fitting = _around(entries, reading)
        if not reading.layout.known and fitting is not None and not fitting:
            reading.note("balances_contradict", Severity.ERROR, None)
    total = sum(each.amount_cents for each in entries)
    if opening is not None and closing is not None and opening + total != closing:
        reading.note("balance_mismatch", Severity.WARNING, None)
    return opening, closing


def _around(
    entries: Sequence[BankEntry], reading: Reading
) -> tuple[int | None, int | None, bool | None]:
    """The balances before and after, and whether most steps fit; None: there are none to judge."""
    after = [(each, reading.balances.get(each.line or -1)) for each in entries]
    steps = [
        (first, second, each.amount_cents, other.amount_cents)
        for (each, first), (other, second) in pairwise(after)
        if first is not None and second is not None
    ]
    upwards = sum(second == first + added for first, second, _, added in steps)
    downwards = sum(first == second + added for first, second, added, _ in steps)
    if not steps or any(balance is None for _, balance in after):
        return None, None, (None if not steps else 2 * max(upwards, downwards) >= len(steps))
    ordered = after if upwards >= downwards else after[::-1]
    (first_entry, first), (_, last) = ordered[0], ordered[-1]
    opening = None if first is None else first - first_entry.amount_cents
    return opening, last, 2 * max(upwards, downwards) >= len(steps)
