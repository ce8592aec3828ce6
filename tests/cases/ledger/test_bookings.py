"""Rows 3, 7, 9, 10: every booking can be undone, closed periods stay closed, nothing wraps."""

from datetime import date, timedelta

import pytest
from sqlalchemy import func, select, text
from sqlalchemy.exc import DBAPIError

from cases.core import clock
from cases.core.database import db
from cases.costs.booking import book_first_costs, post_costs, raise_fee
from cases.ledger.books.closing import close_period, next_closing_day
from cases.ledger.books.trial_balance import trial_balance
from cases.ledger.books.verifying import verify_ledger
from cases.ledger.bulk_posting import JournalDraft, post_journals
from cases.ledger.errors import (
    AlreadyReversed,
    AmountTooLarge,
    JournalUnbalanced,
    NotACorrection,
    NotEnoughThere,
    NotReversible,
    PeriodClosed,
    PeriodNotOver,
    WhyMissing,
)
from cases.ledger.models import Account, Entry, EntryKind, Journal, JournalLine
from cases.ledger.posting import LARGEST_CENTS, Line, booked_balances, post, reverse_journal
from cases.ledger.queries import statement
from cases.ledger.services import (
    Share,
    allocate_by_law,
    post_correction,
    post_direct_payment,
    post_interest_arrears,
    post_payment,
)
from cases.ledger.settlement_bookings import cover_debts, invoice_fee
from cases.ledger.trust import prove_trust
from cases.ledger.trust_bookings import (
    balance_of,
    list_uncovered,
    owe_court_fee,
    pay_court_fee,
    pay_out,
    receive_advance,
    top_up,
    withdraw_share,
)
from cases.ledger.write_offs import settle_remainder, write_off
from legal.allocation import Component
from tests.factories.records import claim_details, make_case

TODAY = date(2026, 11, 23)


@pytest.fixture(autouse=True)
def _today(database):
    with clock.clock_at(TODAY):
        yield


@pytest.fixture
def booked():
    """A case with 500.00 paid, and the creditor's money in trust."""
    case, claims = make_case()
    pay(case, 500_00)
    return case, claims


def pay(case, cents, day=TODAY):
    spread = allocate_by_law(statement(case.id, day), cents, day)
    return post_payment(case, spread, amount_cents=cents, value_on=day)


def costs(case):
    book_first_costs(case, TODAY)
    return db.session.scalars(select(Journal).order_by(Journal.id.desc())).first()


def fee_step(case):
    book_first_costs(case, TODAY)
    raise_fee(case, TODAY)
    return db.session.scalars(select(Journal).order_by(Journal.id.desc())).first()


def principal_of(case):
    query = select(Journal).join(Entry, Entry.journal_id == Journal.id)
    query = query.where(Entry.case_id == case.id, Journal.kind == "principal")
    return db.session.scalars(query).one()


def direct(case):
    spread = allocate_by_law(statement(case.id, TODAY), 70_00, TODAY)
    return post_direct_payment(case, spread, amount_cents=70_00, value_on=TODAY)


def correction(kind):
    def book(case, claims):
        share = Share(claims[0].id, Component.PRINCIPAL, 30_00)
        return post_correction(case, kind, [share], TODAY)

    return book


def of_creditor(function):
    return lambda case, claims: function(case.creditor_id)


def with_fee_owed(case, *, from_advance):
    receive_advance(case.creditor_id, 50_00, TODAY)
    owe_court_fee(case, 38_00, TODAY)
    return pay_court_fee(case, 38_00, TODAY, from_advance=from_advance)


def share(creditor_id):
    """Our invoiced fee, covered from the creditor's money."""
    invoice_fee(creditor_id, 50_00, 9_50, TODAY, "EUR", "test")
    assert cover_debts(creditor_id, TODAY, "EUR", "test") == 59_50
    return db.session.scalar(select(Journal).order_by(Journal.id.desc()).limit(1))


def share_and_withdrawal(creditor_id):
    share(creditor_id)
    return withdraw_share(creditor_id, 59_50, TODAY)


#: Kind of journal -> how it is made on a case with 500.00 in trust.
BOOKINGS = {
    "principal": lambda case, claims: principal_of(case),
    "interest_arrears": lambda case, claims: post_interest_arrears(
        case, claims[0], 12_34, TODAY, "tituliert"
    ),
    "costs.first": lambda case, claims: costs(case),
    "costs.step": lambda case, claims: fee_step(case),
    "costs.court_costs": lambda case, claims: post_costs(
        case, EntryKind.COURT_COSTS, 38_00, TODAY, "Mahnbescheid", bears_interest=True
    ),
    "costs.enforcement_costs": lambda case, claims: post_costs(
        case, EntryKind.ENFORCEMENT_COSTS, 21_00, TODAY, "Gerichtsvollzieher"
    ),
    "payment": lambda case, claims: pay(case, 70_00),
    "overpayment": lambda case, claims: pay(case, 5_000_00),
    "direct_payment": lambda case, claims: direct(case),
    "credit_note": correction(EntryKind.CREDIT_NOTE),
    "waiver": correction(EntryKind.WAIVER),
    "write_off": lambda case, claims: write_off(case, "Schuldner unauffindbar"),
    "settlement": lambda case, claims: settle_remainder(case, TODAY, "Vergleich"),
    "advance": of_creditor(lambda creditor: receive_advance(creditor, 50_00, TODAY)),
    "share_settled": of_creditor(share),
    "share_withdrawn": of_creditor(share_and_withdrawal),
    "paid_out": of_creditor(lambda creditor: pay_out(creditor, 400_00, TODAY)),
    "court_fee_owed": lambda case, claims: owe_court_fee(case, 38_00, TODAY),
    "court fee from operating": lambda case, claims: with_fee_owed(case, from_advance=False),
    "court fee from the advance": lambda case, claims: with_fee_owed(case, from_advance=True),
}


def position(case):
    """Everything that a reversal must bring back to the cent."""
    owed = statement(case.id, TODAY + timedelta(days=30))
    claims = tuple((c.principal_open_cents, c.interest_open_cents) for c in owed.claims)
    accounts = {row.account: row.balance_cents for row in trial_balance(TODAY)}
    accounts = {account: cents for account, cents in accounts.items() if cents}
    return owed.costs_open_cents, owed.costs.interest_open_cents, claims, accounts


@pytest.mark.parametrize("kind", BOOKINGS)
def test_every_booking_can_be_undone_to_the_cent(booked, kind):
    case, claims = booked
    journal = BOOKINGS[kind](case, claims)
    after = position(case)
    counter = reverse_journal(journal, "Versehen", case=case)
    undone = position(case)
    assert undone != after
    again = _repeat(case, journal)
    assert position(case) == after
    assert list(verify_ledger()) == []
    with pytest.raises(AlreadyReversed):
        reverse_journal(journal, "noch einmal", case=case)
    with pytest.raises(NotReversible):
        reverse_journal(counter, "zurück", case=case)
    assert again.id > counter.id


def _repeat(case, journal):
    """Book the same lines and entries anew."""
    from cases.ledger.posting import ClaimEntry

    memorandum = {Account.CLAIMS_DUE, Account.CLAIMS_HELD}
    lines = db.session.scalars(select(JournalLine).where(JournalLine.journal_id == journal.id))
    entries = db.session.scalars(select(Entry).where(Entry.journal_id == journal.id)).all()
    return post(
        journal.kind,
        case=case if entries else None,
        value_on=entries[0].value_on if entries else TODAY,
        currency="EUR",
        lines=[Line(one.account, one.amount_cents, one.creditor_id, one.case_id)
               for one in lines if one.account not in memorandum],
        entries=[ClaimEntry(e.direction, e.component, e.kind, e.amount_cents, e.claim_id,
                            e.bears_interest) for e in entries],
    )  # fmt: skip


def test_every_kind_of_entry_is_among_the_bookings(booked):
    case, claims = booked
    found = set()
    for make in BOOKINGS.values():
        point = db.session.begin_nested()
        make(case, claims)
        found |= set(db.session.scalars(select(Entry.kind)))
        point.rollback()
    # Booked nowhere yet: no screen asks for them.
    unused = {EntryKind.REMINDER_COSTS, EntryKind.LUMP_SUM, EntryKind.VAT,
              EntryKind.SETTLEMENT_FEE, EntryKind.REVERSAL}  # fmt: skip
    by_rule = {EntryKind.PAID_IN_TIME}  # tests/cases/dunning/test_paid_in_time.py
    assert found | unused | by_rule == set(EntryKind)


def test_a_closed_period_accepts_nothing(booked):
    case, _claims = booked
    close_period(date(2026, 10, 31))
    line = [Line(Account.TRUST_BANK, 5_00), Line(Account.SUSPENSE, -5_00)]
    for days in range(1, 60):
        day = date(2026, 11, 1) - timedelta(days=days)
        with pytest.raises(PeriodClosed):
            post("bank_entry", value_on=TODAY, booked_on=day, currency="EUR", lines=line)
        with pytest.raises(PeriodClosed):
            post_journals("bank_entry", [JournalDraft(day, "EUR", "x", tuple(line))])
    with pytest.raises(DBAPIError, match="the period is closed"), db.session.begin_nested():
        db.session.execute(text(
            "INSERT INTO journals (booked_on, posted_at, kind) VALUES ('2026-10-31', now(), 'x')"
        ))  # fmt: skip
    # A value date in the closed period is no booking in it: interest is corrected from today on.
    pay(case, 10_00, date(2026, 10, 15))
    assert db.session.scalars(
        select(Journal.booked_on).order_by(Journal.id.desc())
    ).first() == TODAY  # fmt: skip


def test_only_what_is_over_is_closed_and_only_once():
    assert next_closing_day() == date(2026, 10, 31)
    with pytest.raises(PeriodNotOver):
        close_period(TODAY)
    close_period(date(2026, 10, 31))
    with pytest.raises(PeriodClosed):
        close_period(date(2026, 9, 30))
    assert next_closing_day() == date(2026, 11, 30)


def test_too_large_an_amount_is_refused_before_it_can_wrap():
    cents = LARGEST_CENTS + 1
    lines = [Line(Account.TRUST_BANK, cents), Line(Account.SUSPENSE, -cents)]
    with pytest.raises(AmountTooLarge):
        post("bank_entry", value_on=TODAY, currency="EUR", lines=lines)


def test_ten_billion_over_thirty_years_stays_exact():
    claim = claim_details(
        principal_cents=10**12, invoiced_on=date(2002, 1, 1), due_on=date(2002, 1, 2),
        contract_on=None,
    )  # fmt: skip
    case, _ = make_case(claims=[claim])
    owed = statement(case.id, date(2032, 1, 1))
    assert 0 < owed.open_cents < 2**63
    assert sum(p.interest_cents for p in owed.claims[0].periods) == owed.interest_open_cents


def test_an_unbalanced_journal_is_refused_twice():
    line = [Line(Account.TRUST_BANK, 5_00)]
    with pytest.raises(JournalUnbalanced):
        post("bank_entry", value_on=TODAY, currency="EUR", lines=line)
    db.session.execute(text(
        "WITH j AS (INSERT INTO journals (booked_on, posted_at, kind)"
        " VALUES ('2026-11-23', now(), 'x') RETURNING id)"
        " INSERT INTO journal_lines (journal_id, account, amount_cents, currency)"
        " SELECT id, 'trust_bank', 5, 'EUR' FROM j"
    ))  # fmt: skip
    with pytest.raises(DBAPIError, match="does not sum to zero"):
        db.session.execute(text("SET CONSTRAINTS ALL IMMEDIATE"))
    db.session.rollback()


def test_nobody_spends_what_is_not_there(booked):
    case, _ = booked
    creditor = case.creditor_id
    owe_court_fee(case, 38_00, TODAY)
    for refused in (
        lambda: pay_out(creditor, 500_01, TODAY),
        lambda: withdraw_share(creditor, 1, TODAY),
        lambda: pay_court_fee(case, 38_00, TODAY, from_advance=True),
        lambda: pay_court_fee(case, 38_01, TODAY, from_advance=False),
    ):
        with pytest.raises(NotEnoughThere):
            refused()


def test_a_late_return_is_topped_up_from_operating(booked):
    case, _ = booked
    payment = pay(case, 100_00)
    pay_out(case.creditor_id, 600_00, TODAY)
    reverse_journal(payment, "Rückgabe", case=case)
    assert list_uncovered() == [(case.creditor_id, 100_00)]
    top_up(case.creditor_id, TODAY)
    assert list_uncovered() == []
    assert balance_of(Account.CREDITOR_RECEIVABLES, case.creditor_id) == -100_00
    assert [proof.difference_cents for proof in prove_trust()] == [0]
    assert top_up(case.creditor_id, TODAY) is None


def test_verification_names_what_differs(booked):
    case, _ = booked
    assert list(verify_ledger()) == []
    case.booked_open_cents += 1
    db.session.flush()
    [found] = verify_ledger()
    assert (found.check, found.kept_cents - found.computed_cents) == ("case_balances", 1)
    assert found.record == f"case {case.number} booked_open"
    assert booked_balances(case.id).booked_open_cents == found.computed_cents


def test_a_statement_of_the_past_does_not_change(booked):
    case, _ = booked
    with clock.clock_at(date(2026, 12, 1)):
        before = statement(case.id, TODAY, clock.now())
    with clock.clock_at(date(2026, 12, 2)):
        pay(case, 80_00, date(2026, 11, 20))
        assert statement(case.id, TODAY, before.known_at) == before
        assert statement(case.id, TODAY).open_cents < before.open_cents
        assert db.session.scalar(select(func.count()).select_from(Entry)) > 0


@pytest.mark.parametrize("kind", [EntryKind.WRITE_OFF, EntryKind.WAIVER, EntryKind.SETTLEMENT])
def test_letting_go_leaves_exactly_nothing_open_from_that_day_on(booked, kind):
    case, _ = booked
    post_costs(case, EntryKind.OUTLAYS, 12_00, TODAY, "Auskunft")
    assert write_off(case, "Kleinbetrag", kind=kind) is not None
    for day in (TODAY, TODAY + timedelta(days=400)):
        owed = statement(case.id, day)
        parts = [owed.costs.open_cents, owed.costs.interest_open_cents]
        parts += [c.interest_open_cents for c in owed.claims]
        assert [*parts, owed.principal_open_cents] == [0] * 4
    assert list(verify_ledger()) == []
    assert write_off(case, "noch einmal") is None


def test_only_the_part_named_is_let_go_and_only_with_a_reason(booked):
    case, claims = booked
    before = statement(case.id, TODAY)
    with pytest.raises(WhyMissing):
        write_off(case, "  ")
    write_off(case, "Kulanz", parts={Component.INTEREST}, claim_id=claims[0].id)
    after = statement(case.id, TODAY)
    assert after.interest_open_cents == 0
    assert after.principal_open_cents == before.principal_open_cents


def test_a_correction_is_of_a_kind_that_corrects(booked):
    case, claims = booked
    with pytest.raises(NotACorrection):
        post_correction(
            case, EntryKind.PAYMENT, [Share(claims[0].id, Component.PRINCIPAL, 1)], TODAY
        )
