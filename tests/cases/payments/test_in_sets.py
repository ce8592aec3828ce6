"""Payments booked in sets: the same as one by one, few statements, and no odd line holds a file."""

import random
from collections import Counter
from datetime import date, timedelta

import pytest
from sqlalchemy import select

from cases.claims.ending import Ending, end_case
from cases.claims.models import LimitationRow, Outcome
from cases.claims.queries import list_claims, lock_cases
from cases.claims.timeline import list_events
from cases.core.clock import clock_at
from cases.core.database import attempt, db, transaction
from cases.ledger.balances import balances_of
from cases.ledger.models import Account, EntryKind, JournalLine
from cases.ledger.posting import booked_balances
from cases.ledger.queries import list_postings, shown_statement
from cases.ledger.trust import prove_trust
from cases.payments import importing, placing
from cases.payments.booking import Order, book_payment, book_payments
from cases.payments.case_book import Money
from cases.payments.importing import import_statement
from cases.payments.models import BankEntry, EntryState, Payment
from cases.worklist.models import WorkItem
from tests.factories.bank_files import Transfer, camt053
from tests.factories.records import (
    claim_details,
    debtor_details,
    make_agency,
    make_case,
    make_creditor,
    make_uncomputable,
)
from tests.infrastructure.statements import statements_of

TODAY = date(2026, 11, 23)
FIRST_DAY = date(2026, 6, 1)  # Before the invoices: such money counts from their day.


@pytest.fixture(autouse=True)
def house(database):
    with clock_at(TODAY):
        make_agency()
        yield database


def make_world(creditor):
    """One case of each sort that money may meet."""
    loan = claim_details(is_consumer_loan=True, invoice_number="RE-1")
    two = [claim_details(invoice_number="RE-1", principal_cents=80_00),
           claim_details(invoice_number="RE-2", principal_cents=45_50)]  # fmt: skip
    cases = [
        make_case(creditor, claims=claims)[0]
        for claims in (two, two, [loan], [claim_details(currency="CHF")], two[:1], two[:1])
    ]
    end_case(cases[4].id, Ending.usual(Outcome.WITHDRAWN, "Auftrag zurück"))
    make_uncomputable(cases[5])
    return cases


def money(cents, day):
    return Money(cents, "EUR", day, day, None, "test")


def some_orders(dice, number):
    """Amounts, days and words for cases by their place, in no order of days."""
    words = ("", None, "nur RE-2", "RE-1 Hauptforderung", "Rate")
    return [
        (
            dice.choice((0, 0, 0, 1, 1, 2, 3, 4, 5)),
            money(
                dice.choice((5_00, 20_00, 45_50, 80_00, 300_00)),
                FIRST_DAY + timedelta(days=dice.randrange(0, 170, 10)),
            ),
            dice.choice(words),
        )
        for _ in range(number)
    ]


def orders_of(cases, chosen):
    locked = lock_cases([case.id for case in cases])
    return [Order(locked[cases[place].id], each, words) for place, each, words in chosen]


def standing(case):
    """What is booked on a case and not taken back."""
    postings = list_postings(case.id)
    gone = {each.reverses_id for each in postings}
    claims = {claim.id: claim.position for claim in list_claims(case.id)}
    return Counter(
        (p.value_on, p.booked_on, claims.get(p.claim_id), p.component, p.kind, p.signed_cents)
        for p in postings
        if p.id not in gone and p.kind is not EntryKind.REVERSAL
    )


def picture(case):
    """All that payments leave in a case, numbers of rows left out."""
    db.session.expire_all()
    claims = {claim.id: claim for claim in list_claims(case.id)}
    payments = db.session.scalars(
        select(Payment)
        .where(Payment.case_id == case.id, Payment.reversed_at.is_(None))
        .order_by(Payment.value_on, Payment.id)
    )
    items = db.session.scalars(select(WorkItem).where(WorkItem.case_id == case.id))
    noted = db.session.scalars(select(LimitationRow).where(LimitationRow.case_id == case.id))
    owed = [shown_statement(case.id, day) for day in (date(2026, 9, 1), TODAY)]
    return {
        "standing": standing(case),
        "payments": [
            (p.value_on, p.amount_cents, p.costs_cents, p.interest_cents, p.principal_cents,
             p.surplus_cents, [claims[c].position for c in p.designated_claims])
            for p in payments
        ],
        "owed": [(s.open_cents, s.paid_cents, s.principal_open_cents) for s in owed],
        "kept": (case.principal_cents, case.booked_open_cents, case.received_cents),
        "timeline": Counter(
            (each.kind, *sorted(
                (name, str(claims[value].position) if name == "claim_id" else str(value))
                for name, value in each.params.items() if not name.endswith(("payment_id",
                                                                           "journal_id"))
            ))
            for each in list_events(case.id, limit=500)
        ),
        "items": Counter(
            (i.queue, i.reason, i.negative_cents, i.done_at is None, i.urgency) for i in items
        ),
        "limitation": Counter((claims[r.claim_id].position, r.kind, r.first_day) for r in noted),
        "last days": [(c.limitation_on, c.limitation_conservative_on) for c in claims.values()],
    }  # fmt: skip


@pytest.mark.parametrize("seed", range(8))
def test_a_set_books_what_its_payments_book_one_by_one(database, seed):
    dice = random.Random(seed)
    creditor = make_creditor()
    worlds = [make_world(creditor), make_world(creditor)]
    # Later days come first: the second round has to go before them.
    for number in (6, 14):
        chosen = some_orders(dice, number)
        alone = [
            found
            for each in sorted(chosen, key=lambda order: order[1].value_on)
            for found in book_payments(orders_of(worlds[0], [each]))
        ]
        together = book_payments(orders_of(worlds[1], chosen))
        assert Counter(map(type, together)) == Counter(map(type, alone))
        for one, other in zip(*worlds, strict=True):
            assert picture(one) == picture(other)
    for case in (*worlds[0], *worlds[1]):
        assert booked_balances(case.id) == balances_of(list_postings(case.id))
    with transaction():
        pass  # The journals balance, which the database checks when it commits.


def test_what_comes_before_several_others_takes_them_out_once(database):
    case, _ = make_case()
    for day in (date(2026, 10, 1), date(2026, 10, 8)):
        book_payment(case, money(30_00, day))
    early = [Order(case, money(20_00, date(2026, 9, day))) for day in (1, 2, 3)]
    book_payments(early)
    kinds = Counter(posting.kind for posting in list_postings(case.id))
    reversed_ = {p.journal_id for p in list_postings(case.id) if p.kind is EntryKind.REVERSAL}
    assert len(reversed_) == 2, kinds
    live = select(Payment).where(Payment.reversed_at.is_(None)).order_by(Payment.value_on)
    assert [p.value_on.day for p in database.scalars(live)] == [1, 2, 3, 1, 8]


@pytest.mark.parametrize(
    ("cents", "most"),
    [pytest.param(100_00, 12, id="a part"), pytest.param(5_000_00, 12, id="all and more")],
)
def test_a_single_payment_takes_twelve_statements_at_most(database, cents, most):
    case, _ = make_case()
    database.expire_all()
    (locked,) = lock_cases([case.id]).values()
    _, sent = statements_of(lambda: book_payment(locked, money(cents, date(2026, 10, 1))))
    assert len(sent) <= most, "\n\n".join(sent)


def test_a_thousand_payments_take_hardly_more_statements_than_one(database):
    creditor = make_creditor()
    cases = [make_case(creditor, debtors=[debtor_details(f"Nr{n}")])[0] for n in range(12)]
    locked = lock_cases([case.id for case in cases])
    orders = [Order(locked[case.id], money(20_00, date(2026, 10, 1))) for case in cases]
    _, sent = statements_of(lambda: book_payments(orders))
    assert len(sent) <= 12, "\n\n".join(sent)


def test_what_a_file_brings_for_one_case_comes_into_one_batch(database, monkeypatch):
    numbers = [make_case(debtors=[debtor_details(f"Nr{n}")])[0].number for n in range(2)]
    days = [date(2026, 10, day) for day in (5, 6, 7)]
    lines = [Transfer(20_00, number, on=day) for day in days for number in numbers]
    batches = []
    monkeypatch.setattr(placing, "BATCH", 4)
    monkeypatch.setattr(importing, "place_batch", batches.append)
    import_statement(camt053([*lines, Transfer(5_00, "ohne Zeichen")]), "statement.xml")
    named = [[database.get_one(BankEntry, each).purpose for each in ids] for ids in batches]
    assert named == [[numbers[0]] * 3, [numbers[1]] * 3 + ["ohne Zeichen"]]


def test_an_odd_line_waits_in_suspense_and_the_others_are_booked(database):
    cases = [make_case(debtors=[debtor_details(f"Nr{n}")])[0] for n in range(5)]
    huge = 10**15 + 1  # No claim account takes it.
    lines = [Transfer(huge if n == 2 else 50_00, case.number) for n, case in enumerate(cases)]
    with transaction():
        bank_file = import_statement(camt053(lines), "statement.xml")
    assert bank_file.state.value == "done"
    found = database.scalars(select(BankEntry).order_by(BankEntry.id)).all()
    assert [(e.state, e.reason) for e in found if e.amount_cents == huge] == [
        (EntryState.SUSPENSE, "not_booked")
    ]
    assert [e.state for e in found if e.amount_cents != huge] == [EntryState.BOOKED] * 4
    assert [case.received_cents for case in cases] == [50_00, 50_00, 0, 50_00, 50_00]
    assert all(proof.difference_cents == 0 for proof in prove_trust())


def test_an_attempt_that_fails_leaves_neither_rows_nor_traces(database):
    case, _ = make_case()
    before = len(database.info.get("audit", []))
    lines = select(JournalLine.id).where(JournalLine.account == Account.SUSPENSE)

    def act():
        with attempt():
            book_payment(case, money(20_00, date(2026, 10, 1)))
            raise RuntimeError("odd")

    with pytest.raises(RuntimeError):
        act()
    assert len(database.info.get("audit", [])) == before
    assert not database.scalars(lines).all()
