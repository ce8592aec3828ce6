"""How far a plan is: payments put against its instalments in their order. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum


class Standing(StrEnum):
    """Where one instalment stands."""

    PAID = "paid"
    AHEAD = "ahead"  # Its day has not come.
    WAITED_FOR = "waited_for"  # Its day has come, the tolerance has not passed.
    MISSED = "missed"


@dataclass(frozen=True, slots=True)
class Due:
    """An instalment as it was agreed."""

    number: int
    due_on: date
    amount_cents: int


@dataclass(frozen=True, slots=True)
class Tolerance:
    """How late, and by how little short, an instalment may be."""

    days: int
    cents: int
    grace_until: date | None = None

    def last_day(self, due_on: date) -> date:
        """The last day on which an instalment still comes in time."""
        latest = due_on + timedelta(days=self.days)
        return max(latest, self.grace_until) if self.grace_until else latest


@dataclass(frozen=True, slots=True)
class InstalmentProgress:
    """One instalment with what was paid on it."""

    due: Due
    paid_cents: int
    standing: Standing

    @property
    def missing_cents(self) -> int:
        """What of it has not come."""
        return self.due.amount_cents - self.paid_cents


@dataclass(frozen=True, slots=True)
class Progress:
    """A plan on a day."""

    instalments: tuple[InstalmentProgress, ...]
    paid_cents: int
    agreed_cents: int

    @property
    def missed(self) -> tuple[InstalmentProgress, ...]:
        """What did not come in time."""
        return tuple(each for each in self.instalments if each.standing is Standing.MISSED)

    @property
    def next(self) -> InstalmentProgress | None:
        """The first instalment that is not paid."""
        return next((e for e in self.instalments if e.standing is not Standing.PAID), None)

    @property
    def is_complete(self) -> bool:
        """Whether all that was agreed has been paid."""
        return self.next is None

    @property
    def arrears_cents(self) -> int:
        """What should have come by now, tolerance left aside."""
        late = (Standing.MISSED, Standing.WAITED_FOR)
        return sum(each.missing_cents for each in self.instalments if each.standing in late)

    @property
    def paid_number(self) -> int:
        """How many instalments are paid."""
        return sum(each.standing is Standing.PAID for each in self.instalments)


def progress(dues: Sequence[Due], paid_cents: int, day: date, tolerance: Tolerance) -> Progress:
    """Put what was paid against the instalments, the oldest first."""
    left, made, owed = max(paid_cents, 0), [], 0
    for due in dues:
        owed += due.amount_cents
        share = min(left, due.amount_cents)
        left -= share
        # A trifle short counts as paid until the last one, where everything must have come.
        last = due is dues[-1]
        short = due.amount_cents - share
        enough = short == 0 or (not last and share > 0 and short <= tolerance.cents)
        made.append(InstalmentProgress(due, share, _standing(due, day, tolerance, enough=enough)))
    return Progress(tuple(made), paid_cents, owed)


def _standing(due: Due, day: date, tolerance: Tolerance, *, enough: bool) -> Standing:
    if enough:
        return Standing.PAID
    if day < due.due_on:
        return Standing.AHEAD
    return Standing.WAITED_FOR if day <= tolerance.last_day(due.due_on) else Standing.MISSED
