"""Reports against a recount written apart, and against each other, at random key dates."""

import random
from collections import defaultdict
from datetime import date, timedelta

import pytest
from sqlalchemy import select

from cases.claims.ending import Ending, Remainder, end_case
from cases.claims.models import Case, CaseDebtor, Claim, Outcome, Phase
from cases.claims.queries import lock_case
from cases.contacts.models import Contact, ContactChannel, ContactOutcome, NonPaymentReason
from cases.core import clock
from cases.core.database import db, transaction
from cases.ledger.books.aging import aged_balance
from cases.ledger.models import Direction, Entry, EntryKind
from cases.ledger.queries import statement
from cases.letters.drafting import DemandWish
from cases.letters.models import Letter, LetterState
from cases.letters.services import release_first_demand
from cases.payments.booking import Money, book_payment, reverse_payment
from cases.payments.models import Payment
from cases.recoveries.effectiveness import Approach, DebtPayment, NewDebt, measure
from cases.recoveries.reports.registry import REPORTS, list_cases
from cases.recoveries.reports.shape import Scope
from tests.factories.plans import make_plan_of
from tests.factories.records import (
    claim_details,
    debtor_details,
    make_agency,
    make_case,
    make_creditor,
    make_user,
)

FIRST, LAST = date(2026, 1, 5), date(2026, 11, 20)
MONEY_IN = (EntryKind.PAYMENT, EntryKind.DIRECT_PAYMENT)


@pytest.fixture(scope="module")
def seeds():
    return random.Random(17)


@pytest.fixture
def book(app, seeds):
    """Ten cases of two creditors over eleven months: letters, calls, payments, returns, endings."""
    with clock.clock_at(FIRST), transaction():
        make_agency()
        worker = make_user()
        creditors = [
            make_creditor(name, instalment_months=12) for name in ("Alpha GmbH", "Beta AG")
        ]
    moves = []
    for number in range(10):
        opened = FIRST + timedelta(seeds.randrange(0, 200))
        moves.append((opened, "open", number))
        moves += [
            (opened + timedelta(seeds.randrange(1, 120)), what, number)
            for what in seeds.choices(["letter", "call", "pay", "pay", "back"], k=5)
        ]
    moves += [(LAST - timedelta(3), "end", 2), (LAST - timedelta(2), "waive", 3)]
    cases, lettered = {}, set()
    for day, what, number in sorted(moves, key=lambda move: (move[0], move[1] != "open")):
        with clock.clock_at(min(day, LAST)), transaction():
            _move(cases, lettered, creditors[number % 2], worker, what, number, seeds)
    return creditors


def _move(cases, lettered, creditor, worker, what, number, seeds):
    today = clock.today()
    if what == "open":
        claims = [
            claim_details(
                invoiced_on=today - timedelta(60 + n), due_on=today - timedelta(30 - 20 * n),
                principal_cents=seeds.randrange(100_00, 900_00),
            )
            for n in range(1 + number % 2)
        ]  # fmt: skip
        debtors = [debtor_details(("Ahrens", "Becker", "Conrad", "Dreyer", "Ebert")[number // 2])]
        cases[number] = make_case(creditor, claims=claims, debtors=debtors, accepted_by=worker)[0]
        return
    case = lock_case(cases[number].id)
    if case.phase is Phase.CLOSED:
        return
    if what == "letter" and number not in lettered:
        lettered.add(number)
        release_first_demand(case.id, DemandWish(today), worker.id)
    elif what == "call":
        reached = seeds.random() < 0.7
        db.session.add(
            Contact(
                occurred_on=today, case_id=case.id, creditor_id=case.creditor_id, at=clock.now(),
                channel=seeds.choice([ContactChannel.PHONE, ContactChannel.VISIT]),
                outcome=ContactOutcome.REFUSES if reached else ContactOutcome.NOT_REACHED,
                reason=NonPaymentReason.FORGOT if reached else None, right_person=reached,
            )
        )  # fmt: skip
    elif what == "pay":
        money = Money(seeds.randrange(10_00, 90_00), "EUR", today, today, None, f"t{number}{today}")
        book_payment(case, money)
    elif what == "back":
        live = select(Payment).where(Payment.case_id == case.id, Payment.reversed_at.is_(None))
        payment = db.session.scalars(live.order_by(Payment.id.desc())).first()
        if payment is not None:
            reverse_payment(payment.id, "returned")
    elif what == "end":
        end_case(case.id, Ending.usual(Outcome.UNCOLLECTIBLE, "Kein Vermögen"))
    elif what == "waive":
        end_case(case.id, Ending(Outcome.SETTLED, Remainder.SETTLED, "Vergleich"))


def scope(day, creditor=None, months=12, window=30):
    known = clock.end_of(day)
    return Scope(day, known, creditor.id if creditor else None, months=months, window_days=window)


def figures(code, asked):
    return REPORTS[code].work_out(asked)


def signed(entry):
    return entry.amount_cents if entry.direction is Direction.CREDIT else -entry.amount_cents


def money_in(asked):
    """Every entry that is money, read one by one, with what took it back."""
    entries = {entry.id: entry for entry in db.session.scalars(select(Entry))}
    for entry in entries.values():
        origin = entries.get(entry.reverses_id or 0, entry)
        own = asked.creditor_id in (None, entry.creditor_id)
        if origin.kind in MONEY_IN and own and entry.posted_at <= asked.known_at:
            yield entry


def days_of(seeds):
    return [FIRST + timedelta(seeds.randrange(20, (LAST - FIRST).days)) for _ in range(4)] + [LAST]


def test_each_report_equals_a_recount_and_four_of_them_tie(book, seeds):
    with clock.clock_at(LAST):
        for day in days_of(seeds):
            for creditor in (None, *book):
                _recount(scope(day, creditor))


def _recount(asked):
    expected = defaultdict(int)
    for entry in money_in(asked):
        if entry.booked_on <= asked.day:
            expected[entry.booked_on.replace(day=1), entry.component.value] += signed(entry)
    receipts = figures("receipts", asked)
    shown = {
        (row["month"], part): row[part]
        for row in receipts.rows
        for part in ("principal", "interest", "costs")
        if row[part]
    }
    assert shown == {key: cents for key, cents in expected.items() if cents}
    received = sum(expected.values())
    assert sum(row["all"] for row in receipts.rows) == received
    # Batches, the control report and the receipts are the same money.
    assert sum(row["received"] for row in figures("batches", asked).rows) == received
    control = figures("control", asked).rows
    assert sum(
        r["paid_cents"] + r["uncredited_cents"] for r in control if r["method"] == "all"
    ) == (received)
    # What is open by age, by debtor, at the end of the month and in the ledger is the same.
    cases = [
        case
        for case in db.session.scalars(select(Case))
        if asked.creditor_id in (None, case.creditor_id)
    ]
    owed = sum(statement(case.id, asked.day, asked.known_at).principal_open_cents for case in cases)
    aging = figures("aging", asked).rows
    assert sum(row["all"] for row in aging) == owed
    assert all(
        row["all"] == sum(row[n] for n in ("not_due", "to_30", "to_60", "to_90", "older"))
        for row in aging
    )
    known = [r for r in aged_balance(asked.day, asked.known_at)
             if asked.creditor_id in (None, r.creditor_id)]  # fmt: skip
    assert sum(row.open_cents for row in known) == owed
    assert sum(row["all"] for row in figures("largest", asked).rows) == owed
    delays = figures("delays", asked).rows
    assert delays[-1]["open"] == owed
    assert sum(row["open"] for row in figures("claims", asked).rows) == owed


def test_the_control_report_is_the_pure_rule_on_the_books(book, seeds):
    with clock.clock_at(LAST):
        for day, window in ((LAST, 30), (date(2026, 8, 15), 7), (date(2026, 6, 30), 90)):
            asked = scope(day, window=window)
            shown = {
                (f"{row['month']:%Y-%m}", row["method"]): (
                    row["paid_customers"], row["paid_cents"], row["new_customers"],
                    row["new_cents"],
                )
                for row in figures("control", asked).rows
            }  # fmt: skip
            report = _measured(asked)
            pure = {
                (e.month, e.method or "all"): (
                    e.paid_customers, e.paid_cents, e.new_customers, e.new_cents,
                )
                for e in (*report.rows, *report.all)
            }  # fmt: skip
            assert shown == pure
            assert len(shown) > 3


def _measured(asked):
    """The same question to the pure rule, its facts read one by one."""
    debtor = {row.case_id: row.debtor_id for row in db.session.scalars(select(CaseDebtor))}
    cases = {case.id: case for case in db.session.scalars(select(Case))}
    claims = [
        claim
        for claim in db.session.scalars(select(Claim).order_by(Claim.id))
        if cases[claim.case_id].opened_on <= asked.day
    ]
    first = {}
    for claim in claims:
        first.setdefault(claim.case_id, claim.id)
    debts = [
        NewDebt(str(c.id), str(debtor[c.case_id]), cases[c.case_id].opened_on, c.principal_cents)
        for c in claims
    ]
    approaches = [
        Approach(str(debtor[letter.case_id]), "letter", letter.dispatched_on)
        for letter in db.session.scalars(select(Letter).order_by(Letter.id))
        if letter.dispatched_on <= asked.day and letter.state is not LetterState.CANCELLED
    ]
    approaches += [
        Approach(str(debtor[contact.case_id]), contact.channel.value, contact.occurred_on)
        for contact in db.session.scalars(select(Contact).order_by(Contact.id))
        if contact.occurred_on <= asked.day and contact.outcome is not ContactOutcome.NOT_REACHED
    ]
    paid = defaultdict(int)
    for entry in money_in(asked):
        if entry.value_on <= asked.day and entry.case_id in first:
            paid[entry.claim_id or first[entry.case_id], entry.value_on] += signed(entry)
    payments = [DebtPayment(str(debt), on, cents) for (debt, on), cents in paid.items() if cents]
    months = sorted({f"{debt.opened_on:%Y-%m}" for debt in debts})
    return measure(months, asked.window_days, debts, approaches, payments)


def test_the_effect_of_the_hand_over_equals_a_recount(book):
    with clock.clock_at(LAST):
        for creditor, window in ((None, 30), (book[1], 60)):
            asked = scope(LAST, creditor, window=window)
            shown = {
                row["month"]: (row["cases"], row["handed_in"], row["after_contact"], row["payers"])
                for row in figures("hand_over", asked).rows
            }
            assert shown == _handed_over(asked)
            assert any(after for _, _, after, _ in shown.values())


def _handed_over(asked):
    """Case by case: the first letter or call that reached somebody, and what came after it."""
    found = defaultdict(lambda: (0, 0, 0, 0))
    for case in db.session.scalars(select(Case)):
        letters = db.session.scalars(select(Letter).where(Letter.case_id == case.id))
        calls = db.session.scalars(select(Contact).where(Contact.case_id == case.id))
        days = [each.dispatched_on for each in letters] + [
            each.occurred_on for each in calls if each.outcome is not ContactOutcome.NOT_REACHED
        ]
        if not days or asked.creditor_id not in (None, case.creditor_id):
            continue
        last = min(days) + timedelta(asked.window_days)
        after = sum(
            signed(entry) for entry in money_in(asked)
            if entry.case_id == case.id and min(days) <= entry.value_on <= min(last, asked.day)
        )  # fmt: skip
        claims = db.session.scalars(select(Claim).where(Claim.case_id == case.id))
        add = (1, sum(claim.principal_cents for claim in claims), after, int(after > 0))
        month = case.opened_on.replace(day=1)
        found[month] = tuple(map(sum, zip(found[month], add, strict=True)))
    return found


def test_every_figure_opens_the_cases_that_it_counts(book):
    with clock.clock_at(LAST):
        for creditor in (None, book[0]):
            asked = scope(LAST, creditor)
            for report in REPORTS.values():
                for row in report.work_out(asked).rows:
                    ids = list_cases(report, asked, row.key)
                    named = row["cases"]
                    if named is not None:
                        assert len(ids) == named, (report.code, row)
                    elif report.code in {"aging", "claims"}:
                        assert ids
        receipts = REPORTS["receipts"]
        month = receipts.work_out(scope(LAST)).rows[0].key
        brute = {
            entry.case_id for entry in money_in(scope(LAST))
            if entry.booked_on.replace(day=1).isoformat() == month
        }  # fmt: skip
        assert set(list_cases(receipts, scope(LAST), month)) == brute


def test_a_month_that_runs_and_a_window_that_is_not_over_say_so(book):
    with clock.clock_at(LAST):
        batches = figures("batches", scope(LAST)).rows
    early, late = batches[0], batches[-1]
    assert early["within_30"] is not None
    assert late.unfinished is (late["month"] == LAST.replace(day=1))
    for row in batches:
        end = (row["month"] + timedelta(31)).replace(day=1) - timedelta(1)
        assert (row["within_90"] is None) == (end + timedelta(90) > LAST)


def test_what_is_expected_are_the_instalments_and_promises_ahead(book):
    with clock.clock_at(LAST):
        open_case = next(
            case for case in db.session.scalars(select(Case).order_by(Case.id.desc()))
            if case.phase is Phase.AMICABLE and statement(case.id).open_cents > 100_00
        )  # fmt: skip
        with transaction():
            plan = make_plan_of(open_case, number=2)
        before = {row.key: row["plan"] for row in figures("expected", scope(LAST)).rows}
        assert sum(before.values()) > 0
        assert plan.first_on >= LAST
