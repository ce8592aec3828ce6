"""Row 12: the database is killed in the middle of commits; what it acknowledged is there."""

import random
import threading
import time

import pytest
from sqlalchemy import text
from sqlalchemy.exc import SQLAlchemyError

from cases.claims.models import Case
from cases.core import audit
from cases.core.database import db, transaction
from cases.ledger.books.verifying import verify_ledger
from tests.crashes.durable import (
    application,
    durable_server,
    kill_server,
    wait_for_server,
)
from tests.factories.payouts import pay
from tests.factories.records import make_agency, make_case
from tests.infrastructure.databases import dispose

WRITERS = 4


class Writers:
    """Threads that book payments and keep their own list of what was acknowledged."""

    def __init__(self, app, case_ids):
        self.app, self.case_ids = app, case_ids
        self.acknowledged: list[int] = []  # Cents, each used once.
        self.number = 0
        self.lock = threading.Lock()
        self.over = threading.Event()
        self.threads = [threading.Thread(target=self.write, args=(key,)) for key in case_ids]

    def next_cents(self):
        with self.lock:
            self.number += 1
            return self.number

    def write(self, case_id):
        with self.app.app_context():
            while not self.over.is_set():
                cents = self.next_cents()
                try:
                    with transaction():
                        pay(db.session.get_one(Case, case_id), cents)
                    self.acknowledged.append(cents)
                except SQLAlchemyError:
                    db.session.remove()
                    time.sleep(0.05)
            db.session.remove()


@pytest.mark.parametrize(
    ("kills", "least"),
    [
        pytest.param(3, 60, id="quick"),
        pytest.param(100, 10_000, id="deep", marks=pytest.mark.deep),
    ],
)
def test_what_was_acknowledged_survives_the_server(tmp_path_factory, kills, least):
    folder = tmp_path_factory.mktemp("k")
    server = durable_server(folder / "pg")
    app = application(server, folder / "var")
    chance = random.Random(20261128)
    try:
        with app.app_context():
            with transaction():
                make_agency()
                case_ids = [make_case()[0].id for _ in range(WRITERS)]
            db.session.remove()
        writers = Writers(app, case_ids)
        for thread in writers.threads:
            thread.start()
        for kill in range(1, kills + 1):
            wanted = least * kill // kills
            while len(writers.acknowledged) < wanted:
                time.sleep(0.01)
            time.sleep(chance.random() / 20)
            kill_server(server)
            wait_for_server(server)
        writers.over.set()
        for thread in writers.threads:
            thread.join(60)
        with app.app_context():
            booked = set(db.session.scalars(text("SELECT amount_cents FROM payments")))
            missing = [cents for cents in writers.acknowledged if cents not in booked]
            assert missing == []
            assert len(writers.acknowledged) >= least
            # Nobody was told of at most one booking for each writer and kill.
            assert len(booked) - len(writers.acknowledged) <= WRITERS * kills
            assert list(verify_ledger()) == []
            assert list(audit.verify()) == []
    finally:
        dispose(app)
        server.stop()
