"""Two people, two commands, one record, at the same moment: nothing is lost, nothing done twice.

Every answer is one a person can read (never a failure), and the audit trail holds exactly as many
marks of a command as answers that said yes. Afterwards books and trail must be whole.
"""

import random
from concurrent.futures import ThreadPoolExecutor
from itertools import combinations_with_replacement
from threading import Barrier

import pytest
from sqlalchemy import text

from cases.core import audit
from cases.core.clock import clock_at
from cases.core.database import db, transaction
from cases.ledger.books.verifying import verify_ledger
from cases.people.policy import CREDITOR_ROLES, Role
from tests.agency.conftest import NOW
from tests.agency.test_sign_in import sign_in
from tests.factories.races import FIELDS, make_things
from tests.factories.records import make_agency, make_user
from tests.infrastructure.clones import clone_template, drop_clone
from tests.infrastructure.databases import dispose

QUICK, DEEP = 60, 10_000
PAIRS = [
    (field, *pair)
    for field, commands in FIELDS.items()
    for pair in combinations_with_replacement(commands, 2)
]


class House:
    """A house with two people of each role at their desks."""

    def __init__(self, app):
        self.app, self.people = app, {}
        self.pool = ThreadPoolExecutor(2)
        self.barrier = Barrier(2)
        with app.app_context():
            with transaction():
                make_agency(kennziffer="07599999")
                staff = [role for role in Role if role not in CREDITOR_ROLES]
                emails = [(role, make_user(role).email) for role in staff for _ in range(2)]
            db.session.remove()
        for role, email in emails:
            client = app.test_client()
            assert sign_in(client, email).status_code == 303
            self.people.setdefault(role, []).append(client)

    def race(self, field, first, second):
        """Send both forms at once; answers whether each said yes, and what the trail gained."""
        with self.app.app_context():
            things = make_things(field)
            head = audit.head()[0]
            db.session.remove()
        sent = [self.pool.submit(self.send, place, command, things)
                for place, command in enumerate((first, second))]  # fmt: skip
        answers = [each.result() for each in sent]
        query = "SELECT action FROM audit_events WHERE seq > :head"
        with self.app.app_context():
            marks = list(db.session.scalars(text(query), {"head": head}))
            db.session.remove()
        return answers, marks

    def send(self, place, command, things):
        """One person's form, sent the moment the other one is ready, too."""
        address, form = command.filled(things)
        self.barrier.wait(30)
        client = self.people[command.who][place]
        return client.post(address, data=form)


@pytest.fixture(scope="module")
def house(postgres, tmp_path_factory):
    from agency.app import create_app

    clone = clone_template(postgres)
    app = create_app(clone.settings(tmp_path_factory.mktemp("var")))
    app.config["WTF_CSRF_CHECK_DEFAULT"] = False
    with clock_at(NOW):
        yield House(app)
    dispose(app)
    drop_clone(postgres, clone)


YES = {200, 201, 303}


def check(pair, answers, marks):
    """Never a failure, a mark for each yes, and no more marks where both people wanted the same.

    Of two different acts one may leave the other's mark, too: an objection holds the case.
    """
    told = [(command.address, answer.status_code) for command, answer in
            zip(pair, answers, strict=True)]  # fmt: skip
    assert all(answer.status_code < 500 for answer in answers), told
    for mark in {command.mark for command in pair}:
        found = marks.count(mark)
        agreed = sum(
            command.mark == mark and answer.status_code in YES
            for command, answer in zip(pair, answers, strict=True)
        )
        at_least = min(agreed, 1) if any(each.repeats for each in pair) else agreed
        assert at_least <= found, (mark, marks, told)
        if len({command.mark for command in pair}) == 1:
            assert found <= agreed, (mark, marks, told)


def run(house, number, seed):
    """So many races, each pair as often as every other."""
    chance = random.Random(seed)
    pairs = PAIRS * (number // len(PAIRS) + 1)
    chance.shuffle(pairs)
    for field, first, second in pairs[:number]:
        check((first, second), *house.race(field, first, second))
    with house.app.app_context():
        assert list(audit.verify()) == []
        assert list(verify_ledger()) == []
        deadlocks = db.session.scalar(
            text("SELECT deadlocks FROM pg_stat_database WHERE datname = current_database()")
        )
        db.session.remove()
    print(f"{number} races, seed {seed}, {deadlocks} deadlocks begun anew")


def test_each_command_is_carried_out_when_nobody_races(house):
    """Else the races below would be between refusals."""
    refused = []
    for field, commands in FIELDS.items():
        for command in commands:
            with house.app.app_context():
                things = make_things(field)
                db.session.remove()
            address, form = command.filled(things)
            answer = house.people[command.who][0].post(address, data=form)
            if answer.status_code not in YES:
                refused.append((command.address, answer.status_code))
    print(refused)
    assert refused == [("/suspense/{entry}/release", 422), ("/suspense/{entry}/keep", 422)]


def test_two_commands_at_once(house):
    run(house, QUICK, seed=1)


@pytest.mark.deep
def test_ten_thousand_races(house):
    run(house, DEEP, seed=random.randrange(10**6))
