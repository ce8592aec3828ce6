"""The one rounding rule: half up to the cent, where the law names an amount and nowhere else."""

from collections.abc import Iterable
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction


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


def round_cumulatively(parts: Iterable[Decimal | Fraction]) -> list[int]:
    """Round the parts of a sum so that they add up to the rounded sum.

    Each part is the difference of two rounded running totals.
    """
    exact = Fraction(0)
    rounded: list[int] = []
    total = 0
    for part in parts:
        exact += Fraction(part)
        running = round_cents(exact)
        rounded.append(running - total)
        total = running
    return rounded
