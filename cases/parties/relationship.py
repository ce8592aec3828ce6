"""Relationship policy (Umgangsregel): how a client wants his customers to be treated. Pure.

It is set for the client and may be tightened for a kind of debtor or for one debtor; it is never
loosened there. From here it travels to what strategies do, by which ways debtors are approached,
and what the client is asked about before it happens.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from functools import reduce


class Tone(StrEnum):
    """How firmly debtors are addressed; the softest first."""

    SOFT = "soft"
    BALANCED = "balanced"
    FIRM = "firm"


#: The strongest step of a strategy (1 to 5) that a tone lets happen without the client.
STRONGEST = {Tone.SOFT: 2, Tone.BALANCED: 4, Tone.FIRM: 5}


class Way(StrEnum):
    """By which ways a client may not want his customers to be approached. A letter remains."""

    PHONE = "phone"
    VISIT = "visit"
    EMAIL = "email"
    SMS = "sms"


@dataclass(frozen=True, slots=True)
class Policy:
    """What holds for a debtor; as it stands here it forbids nothing."""

    tone: Tone = Tone.FIRM
    without: frozenset[str] = frozenset()  # Values of Way.
    asks_court: bool = False  # Court, and the letter that announces it, with his approval only.
    asks_visit: bool = False

    @property
    def strongest(self) -> int:
        """The strongest step that happens without asking."""
        return STRONGEST[self.tone]

    @property
    def needs_court_approval(self) -> bool:
        """A soft tone never leads to court by itself."""
        return self.asks_court or self.tone is Tone.SOFT

    def tightened(self, other: "Policy") -> "Policy":
        """Both together: of each term the stricter one."""
        tones = list(Tone)
        return Policy(
            tone=tones[min(tones.index(self.tone), tones.index(other.tone))],
            without=self.without | other.without,
            asks_court=self.asks_court or other.asks_court,
            asks_visit=self.asks_visit or other.asks_visit,
        )


def strictest(policies: Iterable[Policy]) -> Policy:
    """All together, in whatever order."""
    return reduce(Policy.tightened, policies, Policy())
