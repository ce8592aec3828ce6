"""Row 14: the queue is flushed or stopped between an effect and its work; nothing is lost."""

import time

import pytest
from redis import Redis
from sqlalchemy import text

from agency.app import create_app
from cases.core.database import db, transaction
from cases.payments.importing import receive_file
from tests.infrastructure.databases import dispose
from tests.infrastructure.live import LiveServer

PATIENCE_SECONDS = 60


def left(app):
    with app.app_context(), transaction():
        return db.session.scalar(text("SELECT count(*) FROM outbox_effects WHERE state <> 'done'"))


@pytest.mark.parametrize(
    "turns",
    [pytest.param(6, id="quick"), pytest.param(100, id="deep", marks=pytest.mark.deep)],
)
def test_flushed_and_stopped_it_loses_nothing(fresh_database, redis_server, tmp_path, turns):
    environment = fresh_database.process_environment(tmp_path / "var", REDIS_URL=redis_server.url)
    live = LiveServer(environment, fresh_database, redis_server, tmp_path / "live.log")
    app = create_app(fresh_database.settings(tmp_path / "var", REDIS_URL=redis_server.url))
    slowest = 0.0
    try:
        live.start_worker()
        for turn in range(turns):
            if turn % 2:
                redis_server.stop()
            with app.app_context(), transaction():
                receive_file(f"no bank file {turn}".encode(), f"{turn}.xml")
            if turn % 2:
                redis_server.start()
            else:
                with Redis.from_url(redis_server.url) as queue:
                    queue.flushall()
            back = time.monotonic()
            while left(app):
                assert time.monotonic() - back < PATIENCE_SECONDS, live.log.read_text()
                time.sleep(0.05)
            slowest = max(slowest, time.monotonic() - back)
        with app.app_context():
            assert db.session.scalar(text("SELECT count(*) FROM bank_files")) == turns
        # The sweeper comes every second in tests (30 in a house): two of them, and the work.
        assert slowest < PATIENCE_SECONDS
    finally:
        live.stop()
        dispose(app)
