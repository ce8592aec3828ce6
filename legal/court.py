"""The doors of a country's court: how a proceeding moves, what its files say, what it opens.

How an application is drafted from the records of a case stands in `cases.filings`, behind a door
of its own: it needs the case.
"""

import datetime
from dataclasses import dataclass
from enum import StrEnum
from typing import Protocol

from legal.court_papers import IncomingFile, Outgoing, TypedApplication
from legal.findings import Finding
from legal.limitation_events import LimitationEvent
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

    def must_not_wait(self, proceeding: Proceeding, today: datetime.date) -> bool:
        """Whether a last day is so near that a hold may not keep an application back."""

    def obstacles_to_enforcement(
        self, proceeding: Proceeding, today: datetime.date
    ) -> tuple[Finding, ...]:
        """What stands against applying for a title today; a warning when the last day is near."""

    # Limitation

    def limitation_event(self, proceeding: Proceeding) -> LimitationEvent | None:
        """What the proceeding does to limitation by now; None while it does nothing."""

    def titled_on(self, proceeding: Proceeding) -> datetime.date | None:
        """Since when there is a title for the whole claim; None while a part is contested."""

    def title_final_on(self, proceeding: Proceeding) -> datetime.date | None:
        """Since when that title cannot be contested any more, by what has happened."""

    # Files

    def recognises(self, data: bytes) -> bool:
        """Whether a file has the form of this court's files."""

    def read_messages(self, data: bytes, received_on: datetime.date) -> tuple[IncomingFile, ...]:
        """The files of the court in these bytes; a day they do not say is the one they came."""

    def read_own(self, data: bytes) -> Outgoing:
        """A file of ours as the court will read it."""

    def show(self, data: bytes) -> str:
        """A whole file for people to read."""

    def show_first(self, data: bytes, applications: int) -> str:
        """The first applications of a long file of ours."""

    def show_part(self, data: bytes) -> str:
        """A part of a file without its end, such as the excerpt of a message."""

    def own_part(self, data: bytes, own_ref: str) -> bytes:
        """What a file of ours says under one reference: nobody else's data is in it."""

    def entries_to_type(self, data: bytes) -> tuple[TypedApplication, ...]:
        """Every entry of every application of a file, to be typed by a person."""

    def first_fee_cents(self, value_cents: int, day: datetime.date) -> int:
        """What the court takes for the first application at a value."""

    def seat(self, court: str) -> str:
        """The place of a court, whose holidays count for its periods."""
