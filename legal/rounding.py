"""The one rounding rule: half up to the cent, where the law names an amount and nowhere else."""

from collections.abc import Iterable
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction
from itertools import accumulate, pairwise


def round_cents(amount: Decimal | Fraction) -> int:
    """Round an amount in cents half up (away from zero at exactly half).

    Our convention for interest and fees; the law names no rule of its own except § 2(2) RVG,
    which rounds from half a cent upwards.
    """
    if isinstance(amount, Fraction):
        doubled = 2 * abs(amount)
        cents = (doubled.numerator // doubled.denominator + 1) // 2
        return cents if amount >= 0 else -cents
    return int(amount.quantize(Decimal(1), rounding=ROUND_HALF_UP))


def round_ratio(numerator: int, denominator: int) -> int:
    """The same for a ratio of whole numbers, the denominator above zero; no fraction is made."""
    cents = (2 * abs(numerator) + denominator) // (2 * denominator)
    return cents if numerator >= 0 else -cents


def round_cumulatively(numerators: Iterable[int], denominator: int) -> list[int]:
    """Round ratios of one denominator so that they add up to their rounded sum.

    Each is the difference of two rounded running totals.
    """
    running = [round_ratio(total, denominator) for total in accumulate(numerators)]
    return [after - before for before, after in pairwise((0, *running))]
