"""The control report equals a recount written apart, and credits each payment once."""

import random
from datetime import date, timedelta
from decimal import Decimal

import pytest

from cases.recoveries.effectiveness import Approach, DebtPayment, NewDebt, measure, wilson
from legal.errors import InputInvalid

DEBT = NewDebt("D1", "A", date(2026, 3, 2), 500_00)


def credited(contacts, paid_on, window=30, opened_on=date(2026, 3, 2)):
    """The method that a payment is credited to."""
    report = measure(
        ["2026-03"],
        window,
        [NewDebt("D1", "A", opened_on, 500_00)],
        [Approach("A", method, on) for method, on in contacts],
        [DebtPayment("D1", paid_on, 500_00)],
    )
    return next((row.method for row in report.rows if row.paid_cents), None)


@pytest.mark.parametrize(
    ("contacts", "paid_on", "method"),
    [
        pytest.param([("letter", date(2026, 3, 2))], date(2026, 3, 2), "letter", id="one day"),
        pytest.param([("letter", date(2026, 3, 1))], date(2026, 3, 9), None, id="before the debt"),
        pytest.param([("letter", date(2026, 3, 10))], date(2026, 3, 9), None, id="after the money"),
        pytest.param([("letter", date(2026, 3, 5))], date(2026, 4, 4), "letter", id="30 days"),
        pytest.param([("letter", date(2026, 3, 5))], date(2026, 4, 5), None, id="31 days"),
        pytest.param(
            [("phone", date(2026, 3, 5)), ("letter", date(2026, 3, 5))],
            date(2026, 3, 9),
            "letter",
            id="of one day the last given",
        ),
        pytest.param(
            [("phone", date(2026, 3, 8)), ("letter", date(2026, 3, 5))],
            date(2026, 3, 9),
            "phone",
            id="the latest, not the last given",
        ),
    ],
)
def test_which_contact_a_payment_is_credited_to(contacts, paid_on, method):
    assert credited(contacts, paid_on) == method


def test_wilson_of_one_in_one_and_of_none():
    assert wilson(1, 1) == (Decimal("0.2065"), Decimal("1.0000"))
    assert wilson(0, 0) is None
    assert wilson(0, 10) == (Decimal("0.0000"), Decimal("0.2775"))


def test_a_month_without_new_debts_has_no_share():
    report = measure(["2026-05"], 30, [DEBT], [], [])
    assert [line.share_cents for line in report.all] == [None]
    assert report.rows == ()


def test_an_unknown_debt_and_a_doubled_one_are_named():
    with pytest.raises(InputInvalid, match="D9"):
        measure(["2026-03"], 30, [DEBT], [], [DebtPayment("D9", date(2026, 3, 3), 1)])
    with pytest.raises(InputInvalid, match="D1"):
        measure(["2026-03"], 30, [DEBT, NewDebt("D1", "B", date(2026, 3, 3), 1)], [], [])


def recount(months, window, debts, contacts, payments):
    """The definition again, sentence by sentence, as slowly as it reads."""
    rows = {}
    for month in months:
        new = [debt for debt in debts if str(debt.opened_on)[:7] == month]
        customers = {debt.debtor for debt in new}
        for contact in contacts:
            if contact.debtor in customers:
                rows.setdefault((month, contact.method), [set(), 0])
        for payment in payments:
            for debt in new:
                if payment.debt != debt.id:
                    continue
                fitting = [
                    contact
                    for contact in contacts
                    if contact.debtor == debt.debtor
                    and debt.opened_on <= contact.on <= payment.on
                    and (payment.on - contact.on).days <= window
                ]
                if fitting:
                    latest = max(contact.on for contact in fitting)
                    best = [contact for contact in fitting if contact.on == latest][-1]
                    rows[month, best.method][0].add(debt.debtor)
                    rows[month, best.method][1] += payment.amount_cents
    return {key: (len(who), amount) for key, (who, amount) in sorted(rows.items())}


@pytest.mark.parametrize("seed", range(40))
def test_it_equals_a_recount(seed):
    rng = random.Random(seed)
    begin = date(2026, 1, 1)

    def some_day():
        return begin + timedelta(days=rng.randrange(120))

    debts = [
        NewDebt(f"D{n}", rng.choice("ABCDE"), some_day(), rng.randrange(1, 900_00))
        for n in range(12)
    ]
    contacts = [
        Approach(rng.choice("ABCDEF"), rng.choice(["letter", "phone", "visit"]), some_day())
        for _ in range(25)
    ]
    payments = [
        DebtPayment(rng.choice(debts).id, some_day(), rng.randrange(1, 900_00)) for _ in range(15)
    ]
    months, window = ["2026-01", "2026-02", "2026-03", "2026-04"], rng.choice([0, 7, 30])
    report = measure(months, window, debts, contacts, payments)
    found = {(row.month, row.method): (row.paid_customers, row.paid_cents) for row in report.rows}
    assert found == recount(months, window, debts, contacts, payments)
    for line in report.all:
        of_month = [row.paid_cents for row in report.rows if row.month == line.month]
        assert line.paid_cents == sum(of_month)
        came = sum(
            payment.amount_cents
            for payment in payments
            for debt in debts
            if debt.id == payment.debt and f"{debt.opened_on:%Y-%m}" == line.month
        )
        assert line.paid_cents + report.uncredited_cents[line.month] == came
