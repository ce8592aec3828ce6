"""The end of a case that lets money go: one person up to the house's limit, two above it."""

import re

import pytest
from sqlalchemy import update

from cases.claims.ending import Ending, end_case
from cases.claims.models import Outcome, Phase
from cases.core import clock
from cases.core.database import db, transaction
from cases.costs.booking import post_costs
from cases.ledger.models import EntryKind
from cases.ledger.remainder import LET_GO
from cases.ledger.services import owed_on
from cases.parties.models import AgencyProfile
from cases.people.approvals import find_open
from cases.people.policy import Role
from tests.agency.approvals.test_approvals_screen import person
from tests.factories.records import make_case, make_user

WAIVE = {"ending": "paid_waived", "reason": "The client agrees"}


@pytest.fixture
def case(at_work):
    with transaction():
        return make_case(accepted_by=make_user())[0]


def limit(cents: int) -> None:
    with transaction():
        db.session.execute(update(AgencyProfile).values(let_go_alone_cents=cents))


def ask(visitor, case, **form):
    visitor.get(f"/cases/{case.public_id}/close")
    return visitor.post(f"/cases/{case.public_id}/close", {**WAIVE, **form})


def decide(visitor, verb, **form):
    address = re.search(rf'action="(/approvals/[^"]+/{verb})"', visitor.get("/approvals").text)
    return visitor.post(address.group(1), form)


def test_up_to_the_limit_one_person_is_enough_and_a_cent_above_two_are_needed(at_work, case):
    owed = owed_on(case, clock.today()).open_cents
    worker = person(at_work, Role.CASE_WORKER)
    limit(owed - 1)
    assert "A second person has to confirm it." in worker.get(f"/cases/{case.public_id}/close").text
    assert ask(worker, case).status_code == 303
    assert case.phase is Phase.AMICABLE
    assert "waits for a second person" in worker.get(f"/cases/{case.public_id}/close").text
    assert ask(worker, case).status_code == 422, "it waits already"
    assert decide(worker, "withdraw").status_code == 303
    limit(owed)
    assert ask(worker, case).status_code == 303
    assert case.outcome is Outcome.PAID


def test_the_second_person_books_it_and_the_asker_cannot(at_work, case):
    worker, accounts = person(at_work, Role.CASE_WORKER), person(at_work, Role.ACCOUNTS)
    ask(worker, case, ending="settled")
    assert "/confirm" not in worker.get("/approvals").text
    assert "/confirm" not in person(at_work, Role.CASE_WORKER).get("/approvals").text
    shown = accounts.get("/approvals").text
    assert case.number in shown
    assert "settled" in shown
    assert decide(accounts, "confirm").status_code == 303
    assert (case.phase, case.outcome) == (Phase.CLOSED, Outcome.SETTLED)
    assert owed_on(case, clock.today()).open_cents == 0


def test_what_was_booked_meanwhile_is_not_let_go_unseen(at_work, case):
    worker, accounts = person(at_work, Role.CASE_WORKER), person(at_work, Role.ACCOUNTS)
    ask(worker, case)
    with transaction():
        post_costs(case, EntryKind.ENFORCEMENT_COSTS, 9_00, clock.today(), "Auskunft")
    answer = decide(accounts, "confirm")
    assert answer.status_code == 422
    assert "changed meanwhile" in answer.text
    assert case.phase is Phase.AMICABLE


def test_a_case_that_ended_otherwise_leaves_nothing_to_confirm(at_work, case):
    worker = person(at_work, Role.CASE_WORKER)
    ask(worker, case)
    with transaction():
        end_case(case.id, Ending.usual(Outcome.UNCOLLECTIBLE, "Moved abroad"))
    assert find_open(LET_GO, case.id) is None


def test_a_refusal_leaves_the_case_at_work(at_work, case):
    ask(person(at_work, Role.CASE_WORKER), case)
    assert decide(person(at_work, Role.LEGAL), "refuse", reason="Not agreed").status_code == 303
    assert case.phase is Phase.AMICABLE
    assert find_open(LET_GO, case.id) is None
