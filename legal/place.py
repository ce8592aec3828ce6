"""Where an address lies, as far as the calendar of its public holidays asks."""

from dataclasses import dataclass
from enum import StrEnum


class Basis(StrEnum):
    """What a suggestion rests on, the surest first."""

    AREA = "area"  # An ordinary delivery code.
    CHECK = "check"  # A large recipient's code or one decided by its neighbours.
    SEVERAL = "several"  # The code lies in several states: ask, or use the town.
    PREFIX = "prefix"  # An unknown code; codes that begin alike lie there.


@dataclass(frozen=True, slots=True)
class PlaceSuggestion:
    """The likely places of a postcode, the likeliest first, as in "DE-NW"."""

    places: tuple[str, ...]
    basis: Basis

    @property
    def certain(self) -> str | None:
        """The place, if the code leaves no doubt."""
        return self.places[0] if self.basis in {Basis.AREA, Basis.CHECK} else None
