"""A deadline (Frist): the answer that every jurisdiction gives to "until when?"."""

from dataclasses import dataclass
from datetime import date

from legal.calendar import add_days


@dataclass(frozen=True, slots=True)
class Deadline:
    """The last day of a period, with the law that made it."""

    last_day: date
    unrolled: date  # Before the move off weekends, holidays and closed periods.
    law: str
    notes: tuple[str, ...] = ()

    @property
    def first_day_after(self) -> date:
        """The day after; for waiting periods the earliest day on which one may act."""
        return add_days(self.last_day, 1)
