"""The one clock. Days are days in the agency's time zone, moments are aware and in UTC."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from legal.errors import InvariantBroken


class _Clock:
    zone = ZoneInfo("Europe/Berlin")
    #: Set by tests, or by RECOUP_NOW in test mode.
    fixed: datetime | None = None


def configure(zone: str, fixed: datetime | None = None) -> None:
    """Set the agency's time zone and, in test mode, the moment it is."""
    _Clock.zone = ZoneInfo(zone)
    _Clock.fixed = fixed


def now() -> datetime:
    """This moment, in UTC."""
    return _Clock.fixed or datetime.now(UTC)


def today() -> date:
    """Today in the agency's time zone."""
    return local(now()).date()


def end_of(day: date) -> datetime:
    """The last minute of a day on the agency's wall clock."""
    return datetime.combine(day, time(23, 59), tzinfo=_Clock.zone).astimezone(UTC)


def local(moment: datetime) -> datetime:
    """A moment as the agency's wall clock shows it."""
    return moment.astimezone(_Clock.zone)


@contextmanager
def clock_at(moment: datetime | date) -> Iterator[None]:
    """Let it be this moment (noon of a mere day) for a test."""
    before = _Clock.fixed
    if not isinstance(moment, datetime):
        moment = datetime(moment.year, moment.month, moment.day, 12, tzinfo=_Clock.zone)
    _Clock.fixed = moment.astimezone(UTC)
    try:
        yield
    finally:
        _Clock.fixed = before


def advance(step: timedelta) -> None:
    """Let time pass for a test that has set the clock."""
    if _Clock.fixed is None:
        raise InvariantBroken("only a clock that was set can be advanced")
    _Clock.fixed += step
