"""Row 22: clock changes, a clock set back, leap days: once a day, at the right hour, in order."""

from datetime import UTC, date, datetime, time, timedelta
from types import SimpleNamespace
from zoneinfo import ZoneInfo

import pytest

from agency.backup.serving import next_due
from agency.schedule import periodic_jobs
from cases.core import audit, clock
from cases.core.database import db, transaction
from cases.core.run_tables import Run
from cases.core.runs import RUN_KINDS, start_run

BERLIN = ZoneInfo("Europe/Berlin")


@pytest.mark.parametrize(
    "day",
    [
        pytest.param(date(2027, 3, 28), id="summer time begins"),
        pytest.param(date(2027, 10, 31), id="summer time ends"),
        pytest.param(date(2028, 2, 29), id="a leap day"),
        pytest.param(date(2027, 12, 31), id="the last day of a year"),
    ],
)
def test_the_backup_is_due_once_on_such_a_day(day):
    settings = SimpleNamespace(backup_at=time(2, 30))
    moment = datetime(day.year, day.month, day.day, tzinfo=BERLIN).astimezone(UTC)
    end, due = moment + timedelta(hours=25), []
    while moment < end:
        found = next_due(settings, moment)
        if found.date() == day:
            due.append(found)
        moment += timedelta(minutes=10)
    assert len(set(due)) == 1


@pytest.mark.parametrize("years", [30])
def test_every_day_of_thirty_years_has_one_night(years):
    """The hour of the night is never one that a change of the clock leaves out or repeats."""
    (night,) = [each for each in periodic_jobs(30) if each.cron]
    minute, hour = (int(part) for part in night.cron.split()[:2])
    day, last = date(2026, 1, 1), date(2026 + years, 1, 1)
    while day < last:
        local = datetime(day.year, day.month, day.day, hour, minute, tzinfo=BERLIN)
        back = local.astimezone(UTC).astimezone(BERLIN)
        assert (back.hour, back.minute) == (hour, minute)
        assert local.replace(fold=1).utcoffset() == local.utcoffset()
        day += timedelta(days=1)


def test_a_clock_set_back_an_hour_begins_no_run_twice(database):
    with clock.clock_at(datetime(2026, 11, 24, 0, 30, tzinfo=BERLIN)):
        day = clock.today()
        assert all(start_run(kind, day) for kind in RUN_KINDS)
    # Back to 23:30 of the day before: that day's runs may begin, today's not a second time.
    with clock.clock_at(datetime(2026, 11, 23, 23, 30, tzinfo=BERLIN)):
        assert clock.today() == day - timedelta(days=1)
        assert all(start_run(kind, clock.today()) for kind in RUN_KINDS)
    with clock.clock_at(datetime(2026, 11, 24, 0, 30, tzinfo=BERLIN)):
        assert not any(start_run(kind, day) for kind in RUN_KINDS)
    assert db.session.query(Run).count() == 2 * len(RUN_KINDS)


def test_a_clock_set_back_leaves_the_audit_trail_whole(database):
    for hour in (12, 11, 13):
        with clock.clock_at(datetime(2026, 11, 23, hour, tzinfo=BERLIN)), transaction():
            audit.record("test.noted", "test", hour)
    assert list(audit.verify()) == []
