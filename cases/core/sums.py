"""Sums of money that may be in several currencies: they are never added up across."""

from collections.abc import Mapping
from dataclasses import dataclass, field

HOME = "EUR"


@dataclass(frozen=True, slots=True)
class Sums:
    """Minor units by their currency."""

    cents: Mapping[str, int] = field(default_factory=dict)

    @classmethod
    def of(cls, cents: int, currency: str = HOME) -> "Sums":
        """One amount."""
        return cls({currency: cents})

    def __add__(self, other: "Sums") -> "Sums":
        found = dict(self.cents)
        for currency, cents in other.cents.items():
            found[currency] = found.get(currency, 0) + cents
        return Sums(found)

    def __bool__(self) -> bool:
        return any(self.cents.values())

    def parts(self) -> list[tuple[str, int]]:
        """Each currency with something in it, the euro first; no euro at all where nothing is."""
        found = [(currency, cents) for currency, cents in self.cents.items() if cents]
        return sorted(found, key=lambda part: (part[0] != HOME, part[0])) or [(HOME, 0)]


#: No money at all.
NOTHING = Sums()


def apart(everything: int, foreign: "Sums") -> Sums:
    """A total that was summed without looking at currencies, taken apart again."""
    return Sums({HOME: everything - sum(foreign.cents.values())}) + foreign
