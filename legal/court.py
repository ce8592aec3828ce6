"""The doors of a country's court: how a proceeding moves, and which deadlines it opens.

Applications and messages have the form of one country each; they stay in its own package and in
the filings that write and read them.
"""

import datetime
from dataclasses import dataclass
from enum import StrEnum
from typing import Protocol

from legal.proceeding import Event, Proceeding


class Whose(StrEnum):
    """Who must act."""

    OURS = "ours"
    OPPONENT = "opponent"
    EARLIEST = "earliest"  # Not an end: from this day on we may act.
    HOUSE = "house"  # No statutory period: our own.


@dataclass(frozen=True, slots=True)
class ProceedingDeadline:
    """One deadline with the rule and the event it comes from."""

    rule_id: str
    name: str
    whose: Whose
    opened_by: Event
    last_day: datetime.date
    unrolled: datetime.date
    law: str
    notes: tuple[str, ...] = ()
    closed_by: Event | None = None

    @property
    def is_open(self) -> bool:
        return self.closed_by is None

    def is_missed(self, today: datetime.date) -> bool:
        """Whether it ended without the act it asked for."""
        return self.is_open and self.whose in {Whose.OURS, Whose.HOUSE} and self.last_day < today


class Court(Protocol):
    """What the platform asks of a country's court proceedings."""

    def take(self, proceeding: Proceeding, event: Event) -> Proceeding:
        """The proceeding after an event; raises MovesBackwards or NotPossibleNow."""

    def list_deadlines(
        self, proceeding: Proceeding, *, query_days: int
    ) -> tuple[ProceedingDeadline, ...]:
        """All deadlines of the proceeding, closed ones with what closed them."""

    def final_on(self, proceeding: Proceeding) -> datetime.date | None:
        """The day from which the title can no longer be contested, None while it can."""
