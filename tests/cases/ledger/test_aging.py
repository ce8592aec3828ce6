"""The aged balance against a recount of every claim, on any day."""

from datetime import date, timedelta

import pytest
from click.testing import CliRunner

from agency.cli import main
from cases.core.clock import clock_at
from cases.core.database import transaction
from cases.ledger.books.aging import BRACKETS, aged_balance
from cases.ledger.services import allocate_by_law, owed_on, post_payment
from tests.factories.records import claim_details, make_case, make_creditor

TODAY = date(2026, 11, 23)
AGES = (-5, 0, 1, 30, 31, 60, 61, 90, 91, 180, 181, 365, 366, 900)


def open_claim(creditor, days_past_due, cents, **more):
    due = TODAY - timedelta(days=days_past_due)
    invoiced = due - timedelta(days=10)
    details = claim_details(principal_cents=cents, due_on=due, invoiced_on=invoiced)
    return make_case(creditor, claims=[details], **more)[0]


def bracket_of(days_past_due):
    """By a loop over the brackets, as a person counts."""
    return sum(1 for first in BRACKETS if days_past_due >= first)


def test_every_age_falls_into_its_bracket(database):
    with clock_at(TODAY):
        creditor = make_creditor()
        for position, age in enumerate(AGES, 1):
            open_claim(creditor, age, position * 100)
        (row,) = aged_balance(TODAY)
    expected = [0] * (len(BRACKETS) + 1)
    for position, age in enumerate(AGES, 1):
        expected[bracket_of(age)] += position * 100
    assert row.by_bracket_cents == tuple(expected)
    assert (row.claims, row.open_cents) == (len(AGES), sum(expected))


def test_what_was_paid_is_open_before_and_not_after(database):
    with clock_at(TODAY):
        case = open_claim(make_creditor(), 40, 100_00)
        owed = owed_on(case, TODAY)
        allocation = allocate_by_law(owed, owed.open_cents, TODAY)
        post_payment(case, allocation, amount_cents=owed.open_cents, value_on=TODAY)
        assert aged_balance(TODAY) == []
        (before,) = aged_balance(TODAY - timedelta(days=1))
    assert before.open_cents == 100_00


@pytest.mark.parametrize("words", [(), ("--day", "2026-11-23")])
def test_the_command_writes_it(fresh_app, fresh_database, tmp_path, monkeypatch, words):
    with fresh_app.app_context(), clock_at(TODAY), transaction():
        open_claim(make_creditor("Stadtwerke Beispiel GmbH"), 40, 100_00)
    for name, value in fresh_database.process_environment(tmp_path / "var").items():
        monkeypatch.setenv(name, value)
    lines = CliRunner().invoke(main, ["ledger", "aging", *words]).output.splitlines()
    assert lines[0].startswith("client;currency;claims;open_cents;not_due_cents;from_day_1_cents")
    assert lines[1].startswith("Stadtwerke Beispiel GmbH;EUR;1;10000;0;")


def test_a_day_that_is_none_is_refused():
    found = CliRunner().invoke(main, ["ledger", "aging", "--day", "gestern"])
    assert found.exit_code == 2
