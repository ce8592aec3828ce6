"""The combined score: several weak signals weigh more than one strong; nothing lowers it."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import ROUND_DOWN, ROUND_HALF_UP, Decimal
from enum import StrEnum

from cases.watch.customer import Parameters
from cases.watch.look import Signal

TWO_DIGITS = Decimal("0.01")


class Level(StrEnum):
    """What the score asks for. With the shipped weights two signals or a strong one warn."""

    CALM = "calm"
    WATCH = "watch"
    WARN = "warn"


@dataclass(frozen=True, slots=True)
class Score:
    """Between 0 and 1 in steps of a hundredth; the contributions add up to it exactly."""

    value: Decimal
    contributions: dict[str, Decimal]
    level: Level


def combine(signals: Sequence[Signal], parameters: Parameters) -> Score:
    """One minus the product of what each signal leaves: a further one never lowers the score."""
    left = Decimal(1)
    for signal in signals:
        left *= 1 - signal.weight
    value = (1 - left).quantize(TWO_DIGITS, ROUND_HALF_UP)
    return Score(value, _contributions(signals, value), _level(value, parameters))


def _level(value: Decimal, parameters: Parameters) -> Level:
    if value >= parameters.warn_from:
        return Level.WARN
    return Level.WATCH if value >= parameters.watch_from else Level.CALM


def _contributions(signals: Sequence[Signal], value: Decimal) -> dict[str, Decimal]:
    """The score shared out by weight; the hundredths left over go to the largest remainders."""
    total = sum((signal.weight for signal in signals), Decimal(0))
    exact = {signal.code: value * signal.weight / total for signal in signals}
    shares = {code: part.quantize(TWO_DIGITS, ROUND_DOWN) for code, part in exact.items()}
    left = int((value - sum(shares.values(), Decimal(0))) / TWO_DIGITS)
    for code in sorted(exact, key=lambda code: shares[code] - exact[code])[:left]:
        shares[code] += TWO_DIGITS
    return shares
