"""What debt counsellors ask for: the statement of § 305(2) InsO, and an answer to their plan."""

from datetime import date, timedelta

import pytest
from sqlalchemy import select, update

from cases.claims.queries import lock_case
from cases.contacts.requests import RequestKind, RequestWish, list_open_requests, note_request
from cases.core import clock
from cases.core.database import db, transaction
from cases.core.outbox import carry_out, list_due_effects
from cases.ledger.queries import statement
from cases.letters.models import Letter, LetterKind
from cases.letters.rendering import render_html
from cases.parties.models import CreditorContract
from cases.people.policy import Role
from cases.plans.claims_statement import (
    ClaimsNotComputable,
    preview_claims_statement,
    send_claims_statement,
)
from tests.factories.plans import make_plan_of
from tests.factories.records import make_agency, make_case, make_uncomputable, make_user

TODAY = date(2026, 11, 23)


@pytest.fixture(autouse=True)
def today(app):
    with clock.clock_at(TODAY):
        yield


@pytest.fixture
def worker(today):
    with transaction():
        make_agency()
        return make_user(Role.CASE_WORKER)


@pytest.fixture
def case(worker):
    with transaction():
        return make_case(accepted_by=worker)[0]


def asked(case, kind, **more):
    with transaction():
        note_request(lock_case(case.id), RequestWish(kind, **more))


def open_kinds(case):
    return [each.kind for each in list_open_requests(case.id)]


def test_one_click_sends_what_is_owed_by_its_parts_and_answers_the_request(case, worker):
    asked(case, RequestKind.INSOLVENCY_STATEMENT)
    asked(case, RequestKind.QUESTION)
    with transaction():
        [letter] = send_claims_statement(case.id, worker.id)
    owed, told = statement(case.id, TODAY), letter.content
    assert (told["principal_cents"], told["interest_cents"], told["costs_cents"]) == (
        owed.principal_open_cents, owed.interest_open_cents, owed.costs_open_cents,
    )  # fmt: skip
    assert told["total_cents"] == owed.open_cents > 0
    assert open_kinds(case) == [RequestKind.QUESTION]
    for language in ("de", "en"):
        page = render_html("claims_statement", {**told, "language": language})
        assert "305" in page
        assert "IBAN" not in page.split("<main", 1)[1]  # It asks for nothing.
    for effect_id in list_due_effects():
        carry_out(effect_id)
    db.session.expire_all()
    kept = db.session.scalars(select(Letter).where(Letter.kind == LetterKind.CLAIMS_STATEMENT))
    assert [each.state.value for each in kept] == ["sent"]


def test_no_figure_is_told_that_cannot_be_computed(case, worker):
    with transaction():
        make_uncomputable(case)
    with pytest.raises(ClaimsNotComputable):
        preview_claims_statement(case, worker.id)


@pytest.mark.parametrize(
    ("answer_by", "due_on"),
    [
        pytest.param(TODAY + timedelta(days=21), TODAY + timedelta(days=21), id="their day"),
        pytest.param(TODAY - timedelta(days=3), TODAY, id="a day that has passed: today"),
        pytest.param(None, date(2026, 11, 30), id="five working days of the house"),
    ],
)
def test_a_counsellors_plan_is_answered_by_its_day(case, answer_by, due_on):
    asked(case, RequestKind.COUNSELLOR_PLAN, answer_by=answer_by)
    assert [each.due_on for each in list_open_requests(case.id)] == [due_on]


def test_an_offer_of_our_own_answers_the_counsellors_plan(case):
    asked(case, RequestKind.COUNSELLOR_PLAN)
    with transaction():
        db.session.execute(update(CreditorContract).values(instalment_months=12))
        make_plan_of(case)
    assert not open_kinds(case)
