"""Limitation (Verjährung): how suspensions and new starts move the end of a running period.

The same in every country that knows suspension (Hemmung), a new start (Neubeginn) and an earliest
end (Ablaufhemmung); which events have which effect is the law of the country.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date

from legal.calendar import ONE_DAY, add_days, add_months, add_years
from legal.findings import N_

MESSAGES = {
    "starts": N_("{years} years from the end of {start_on}."),
    "cap": N_("At the latest {years} years after {start_on}, whatever the creditor knew."),
    "suspended": N_("Suspended from {first_day} to {last_day} ({event}): {days} days not counted."),
    "suspended_open": N_("Suspended since {first_day} ({event}); no end is known."),
    "floor": N_("Does not expire before {floor} ({event})."),
    "restarted": N_("Starts anew after {on} ({event}): {years} years to the day."),
    "too_late": N_("{event} on {on} came after the expiry and has no effect."),
    "too_early": N_("{event} on {on} came before the period began and has no effect."),
    "no_effect": N_("{event} has no effect: {why}."),
    "rolled": N_("The last day moves to the next working day."),
}

Params = Mapping[str, str | int]


@dataclass(frozen=True, slots=True)
class Step:
    """One step of a calculation: the law, what it did, and the end after it (None: open)."""

    code: str
    law: str
    until: date | None
    params: Params = field(default_factory=dict)

    def message(self, sentences: Mapping[str, str] = MESSAGES) -> str:
        """The step in words."""
        return sentences[self.code].format_map(self.params)


@dataclass(frozen=True, slots=True)
class Expiry:
    """The last day before a claim is time-barred; None while a suspension has no known end."""

    unrolled: date | None
    last_day: date | None
    steps: tuple[Step, ...]


@dataclass(frozen=True, slots=True)
class Limitation:
    """The computed and the conservative expiry of one claim."""

    computed: Expiry
    conservative: Expiry


@dataclass(frozen=True, slots=True)
class Suspension:
    """Days that do not count, both ends included; a floor is the earliest end afterwards."""

    first_day: date
    last_day: date | None  # None: still going on.
    event: str
    law: str
    floor: date | None = None
    only_final_months: int = 0  # Counts only within the last months of the period.


@dataclass(frozen=True, slots=True)
class Floor:
    """An earliest end without suspended days, if something happened before the expiry."""

    on: date
    floor: date
    event: str
    law: str


@dataclass(frozen=True, slots=True)
class Restart:
    """A new period from the day after."""

    on: date
    event: str
    law: str
    years: int | None = None  # None: as long as the old one.


@dataclass(frozen=True, slots=True)
class NoEffect:
    """An event that the law does not count, with the reason."""

    on: date
    event: str
    law: str
    why: str


Effect = Suspension | Floor | Restart | NoEffect


@dataclass(frozen=True, slots=True)
class Run:
    """The period before any event."""

    first_day: date  # The first day that counts.
    end: date
    years: int
    step: Step


class RunningPeriod:
    """A limitation period while events happen to it in order of time."""

    def __init__(self, run: Run, roll: Callable[[date], date]) -> None:
        self.first_day = run.first_day
        self.end = run.end
        self.years = run.years
        self.roll = roll
        self.floor = date.min
        self.suspended_until = date.min
        self.open = False
        self.steps = [run.step]

    @property
    def unrolled(self) -> date | None:
        """The end as it stands, None while suspended without a known end."""
        return None if self.open else max(self.end, self.floor)

    def happen(self, effect: Effect) -> None:
        """Let one event take effect, or note why it has none."""
        if self.open:
            return
        on = effect.first_day if isinstance(effect, Suspension) else effect.on
        effective_end = self.roll(max(self.end, self.floor))
        if isinstance(effect, NoEffect):
            self._note("no_effect", effect.law, event=effect.event, why=effect.why)
        elif on > effective_end:
            self._note("too_late", effect.law, event=effect.event, on=on.isoformat())
        elif isinstance(effect, Restart):
            self._restart(effect)
        else:
            if on > self.end:
                # It came in time only because of a floor or § 193: the period runs until there.
                self.end = effective_end
            if isinstance(effect, Suspension):
                self._suspend(effect)
            else:
                self._raise_floor(effect.floor, effect.law, effect.event)

    def _suspend(self, effect: Suspension) -> None:
        if effect.last_day is None:
            self.open = True
            first = effect.first_day.isoformat()
            self._note("suspended_open", effect.law, event=effect.event, first_day=first)
            return
        begin = max(effect.first_day, self.first_day, add_days(self.suspended_until, 1))
        if effect.only_final_months:
            begin = max(begin, add_months(self.end, -effect.only_final_months) + ONE_DAY)
        days = max((effect.last_day - begin).days + 1, 0)
        self.end = add_days(self.end, days)
        self.suspended_until = max(self.suspended_until, effect.last_day)
        self._note(
            "suspended",
            effect.law,
            event=effect.event,
            days=days,
            first_day=effect.first_day.isoformat(),
            last_day=effect.last_day.isoformat(),
        )
        if effect.floor is not None:
            self._raise_floor(effect.floor, effect.law, effect.event)

    def _raise_floor(self, floor: date, law: str, event: str) -> None:
        if floor > max(self.end, self.floor):
            self.floor = floor
            self._note("floor", law, event=event, floor=floor.isoformat())

    def _restart(self, effect: Restart) -> None:
        on = effect.on.isoformat()
        if effect.on < self.first_day:
            # Only a period that runs can start anew.
            self._note("too_early", effect.law, event=effect.event, on=on)
            return
        self.years = effect.years or self.years
        still_suspended = max((self.suspended_until - effect.on).days, 0)
        self.first_day = add_days(effect.on, 1)
        # A suspension that goes on also holds the new period back.
        self.end = add_days(add_years(effect.on, self.years), still_suspended)
        self._note("restarted", effect.law, event=effect.event, on=on, years=self.years)

    def _note(self, code: str, law: str, **params: str | int) -> None:
        self.steps.append(Step(code, law, self.unrolled, params))


def run_out(
    run: Run, effects: Iterable[Effect], roll: Callable[[date], date], roll_law: str
) -> Expiry:
    """The end of a period after all events, moved to a working day."""
    period = RunningPeriod(run, roll)
    for effect in sorted(effects, key=_begins):
        period.happen(effect)
    unrolled = period.unrolled
    if unrolled is None:
        return Expiry(None, None, tuple(period.steps))
    last_day = roll(unrolled)
    if last_day != unrolled:
        period.steps.append(Step("rolled", roll_law, last_day))
    return Expiry(unrolled, last_day, tuple(period.steps))


def _begins(effect: Effect) -> date:
    return effect.first_day if isinstance(effect, Suspension) else effect.on


def earlier(one: Expiry, other: Expiry) -> Expiry:
    """Of two periods that run side by side the one that ends first."""
    if one.unrolled is None or other.unrolled is None:
        return other if one.unrolled is None else one
    return min(one, other, key=lambda expiry: (expiry.unrolled, expiry.last_day))


#: Months before the last day at which legal is warned.
WARNING_MONTHS = (12, 6, 3, 1)


def warning_months(last_day: date | None, as_of: date) -> int | None:
    """The warning that applies on a day: 12, 6, 3 or 1 months ahead, 0 once expired, else None."""
    if last_day is None:
        return None
    if as_of > last_day:
        return 0
    due = [months for months in WARNING_MONTHS if add_months(last_day, -months) <= as_of]
    return min(due, default=None)
