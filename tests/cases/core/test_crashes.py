"""Workers killed in the middle, Redis away: every letter goes out, and each exactly once."""

import time
from datetime import date
from string import ascii_lowercase

import pytest
from sqlalchemy import create_engine, text

from cases.core import clock
from cases.core.database import transaction
from cases.letters.drafting import DemandWish
from cases.letters.services import release_first_demand
from tests.factories.records import claim_details, debtor_details, make_agency, make_case, make_user

PATIENCE_SECONDS = 90


def release_letters(live_server, count):
    """Release letters as a web request would, beside the processes under test."""
    with live_server.inside(), clock.clock_at(date(2026, 11, 23)):
        with transaction():
            make_agency()
            worker = make_user()
            cases = [
                make_case(
                    claims=[claim_details()],
                    debtors=[debtor_details(f"Debtor{letter}")],
                    accepted_by=worker,
                )[0].id
                for letter in ascii_lowercase[:count]
            ]
            worker_id = worker.id
        for case_id in cases:
            with transaction():
                release_first_demand(case_id, DemandWish(date(2026, 11, 23)), worker_id)


def sent(live_server):
    engine = create_engine(live_server.database.environment["DATABASE_URL"])
    with engine.connect() as connection:
        row = connection.execute(
            text(
                "SELECT (SELECT count(*) FROM sent_letters), (SELECT count(DISTINCT sha256) FROM"
                " sent_letters), (SELECT count(*) FROM timeline_events WHERE kind = 'letter.sent'),"
                " (SELECT count(*) FROM outbox_effects WHERE state <> 'done')"
            )
        ).one()
    engine.dispose()
    return tuple(row)


def wait_until(condition):
    until = time.monotonic() + PATIENCE_SECONDS
    while time.monotonic() < until:
        if condition():
            return
        time.sleep(0.2)
    raise AssertionError("it did not happen in time")


@pytest.mark.parametrize(
    ("letters", "kills"), [(6, (2, 4)), pytest.param(20, (3, 8, 14), marks=pytest.mark.deep)]
)
def test_a_worker_killed_among_letters_sends_each_once(live_server, letters, kills):
    live_server.kill("worker")
    release_letters(live_server, letters)
    for kill_at in kills:
        live_server.start_worker()
        wait_until(lambda kill_at=kill_at: sent(live_server)[0] >= kill_at)
        live_server.kill("worker")
    live_server.start_worker()
    wait_until(lambda: sent(live_server)[3] == 0)
    assert sent(live_server) == (letters, letters, letters, 0)


def test_redis_gone_and_back_loses_no_letter(live_server):
    live_server.redis.stop()
    release_letters(live_server, 5)
    wait_until(lambda: sent(live_server)[3] == 0)  # The worker looks into the outbox by itself.
    live_server.redis.start()
    assert sent(live_server)[:3] == (5, 5, 5)
