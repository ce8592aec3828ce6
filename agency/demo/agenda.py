"""The moving clock: stories of many cases told in the order of their days.

A story is a generator. Each part up to its next `yield` is one transaction on one day; what it
yields is how many days pass until it goes on. What lies in the future is not told.
"""

import heapq
from collections.abc import Generator
from contextlib import nullcontext
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import structlog

from cases.core import audit, clock
from cases.core.database import transaction
from cases.core.errors import Refusal

Story = Generator[int, None, None]
ZONE = ZoneInfo("Europe/Berlin")
BEGINS = time(9)
log = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True)
class Told:
    """A story and what it is called in the log."""

    name: str
    story: Story
    chore: bool


@dataclass(slots=True)
class Agenda:
    """Whose turn it is."""

    until: date  # The last day that is told.
    waiting: list[tuple[date, int, Told]] = field(default_factory=list)
    #: Stories that a service refused to go on with: in a sound demo there are none.
    refused: list[tuple[str, Refusal]] = field(default_factory=list)
    steps: int = 0
    _serial: int = 0
    _moment: datetime | None = None

    def begin(self, day: date, name: str, story: Story, *, chore: bool = False) -> None:
        """Let a story begin on a day; a chore opens its own transactions."""
        self._push(day, Told(name, story, chore))

    def _push(self, day: date, told: Told) -> None:
        self._serial += 1
        heapq.heappush(self.waiting, (day, self._serial, told))

    def run(self) -> None:
        """Tell everything up to the last day."""
        while self.waiting and self.waiting[0][0] <= self.until:
            day, _, told = heapq.heappop(self.waiting)
            self._tell(day, told)

    def _tell(self, day: date, told: Told) -> None:
        self.steps += 1
        with clock.clock_at(self._next_moment(day)):
            try:
                with nullcontext() if told.chore else transaction():
                    days = next(told.story, None)
            except Refusal as refusal:
                self.refused.append((told.name, refusal))
                log.warning(
                    "a demo story ended early", story=told.name, refusal=type(refusal).__name__
                )
                return
        audit.set_actor(None)
        if days is not None:
            self._push(day + timedelta(days=days), told)

    def _next_moment(self, day: date) -> datetime:
        """A minute later than the last part of the same day; the office closes at six."""
        begins = datetime.combine(day, BEGINS, tzinfo=ZONE)
        last = self._moment
        self._moment = begins if last is None or last < begins else last + timedelta(minutes=1)
        return self._moment
