"""Row 1: random bookings of every kind; after every step all sums hold and equal the reference.

Debits equal credits per journal, case, creditor and overall; the trust account comes out even.
"""

from datetime import date, timedelta

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)
from sqlalchemy import func, select, text

from cases.claims.models import DueBasis
from cases.claims.queries import list_claims
from cases.claims.services import add_claim
from cases.core import clock
from cases.core.database import db
from cases.costs.booking import book_first_costs, post_costs
from cases.ledger.allocation import allocate_by_law
from cases.ledger.bank.bookings import book_bank_fee, book_refund_paid
from cases.ledger.books.verifying import verify_ledger
from cases.ledger.models import Account, EntryKind, Journal, JournalLine
from cases.ledger.posting import Line, booked_balances, post, reverse_journal
from cases.ledger.queries import statement
from cases.ledger.services import (
    Share,
    post_correction,
    post_interest_arrears,
    post_payment,
    post_principal,
)
from cases.ledger.settlement_bookings import cover_debts, invoice_fee
from cases.ledger.trust import prove_trust
from cases.ledger.trust_bookings import (
    balance_of,
    owe_court_fee,
    pay_court_fee,
    pay_out,
    receive_advance,
    top_up,
    withdraw_share,
)
from legal.allocation import Component
from tests.cases.ledger.reference_model import ReferenceCase
from tests.factories.records import claim_details, make_case, make_creditor

BEGIN = date(2025, 11, 3)
CENTS = st.integers(1, 4_000_00)
SUMS = text("""
    SELECT coalesce(max(abs(total)), 0) FROM (
        SELECT sum(amount_cents) AS total FROM journal_lines GROUP BY journal_id
        UNION ALL SELECT sum(amount_cents) FROM journal_lines
        UNION ALL SELECT sum(amount_cents) FROM journal_lines
            WHERE account IN ('claims_due', 'claims_held') GROUP BY case_id
        UNION ALL SELECT sum(amount_cents) FROM journal_lines
            WHERE account IN ('claims_due', 'claims_held') GROUP BY creditor_id
    ) AS sums
""")


class Books(RuleBasedStateMachine):
    """One creditor, one case, any order of bookings; time only goes on."""

    @initialize(cents=CENTS)
    def open(self, cents):
        self.day = BEGIN
        self.model = ReferenceCase()
        self.creditor = make_creditor()
        with clock.clock_at(self.day):
            self.case, claims = make_case(self.creditor, claims=[self.details(cents)])
        self.note_claim(claims[0])
        self.journals = []
        self.owed = 0  # By the creditor: fees not covered, and what the house laid out.

    def details(self, cents):
        due = self.day - timedelta(days=10)
        return claim_details(invoiced_on=due - timedelta(days=14), due_on=due,
                             principal_cents=cents, due_basis=DueBasis.CONTRACT)  # fmt: skip

    def note_claim(self, claim):
        self.model.due[claim.id] = (claim.due_on, claim.default_on)
        self.model.book(claim.invoiced_on, claim.id, "P", claim.principal_cents)

    def claim_id(self, which):
        return sorted(self.model.due)[which % len(self.model.due)]

    @rule(days=st.integers(1, 60))
    def wait(self, days):
        self.day += timedelta(days=days)

    @rule(cents=CENTS)
    def claim(self, cents):
        with clock.clock_at(self.day):
            added = add_claim(self.case, self.details(cents))
            post_principal(self.case, [added])
        self.note_claim(added)

    @rule()
    def fee(self):
        with clock.clock_at(self.day):
            plan = book_first_costs(self.case, self.day)
        if plan.total_cents:
            self.model.book(self.day, None, "C", plan.total_cents)

    @rule(cents=CENTS)
    def court_costs(self, cents):
        with clock.clock_at(self.day):
            post_costs(self.case, EntryKind.COURT_COSTS, cents, self.day, "Gericht")
        self.model.book(self.day, None, "C", cents)

    @rule(cents=CENTS, which=st.integers(0, 5))
    def arrears(self, cents, which):
        claim_id = self.claim_id(which)
        claim = next(c for c in list_claims(self.case.id) if c.id == claim_id)
        with clock.clock_at(self.day):
            post_interest_arrears(self.case, claim, cents, self.day, "tituliert")
        self.model.book(self.day, claim_id, "I", cents)

    @rule(cents=CENTS, which=st.integers(0, 5))
    def write_off(self, cents, which):
        share = Share(self.claim_id(which), Component.PRINCIPAL, cents)
        with clock.clock_at(self.day):
            post_correction(self.case, EntryKind.WAIVER, [share], self.day)
        self.model.book(self.day, share.claim_id, "P", -cents, paid=True)

    @rule(cents=CENTS)
    def payment(self, cents):
        with clock.clock_at(self.day):
            spread = allocate_by_law(statement(self.case.id, self.day), cents, self.day)
            journal = post_payment(self.case, spread, amount_cents=cents, value_on=self.day)
        parts, surplus = self.model.pay(self.day, cents)
        assert spread.surplus_cents == surplus
        self.journals.append((journal.id, self.day, parts, cents, surplus))
        self.move(cents, surplus)

    def move(self, cents, surplus):
        self.model.money["trust"] += cents
        self.model.money["payables"] += cents - surplus
        self.model.money["refunds"] += surplus

    @precondition(lambda self: self.journals)
    @rule(which=st.integers(0, 50))
    def reversal(self, which):
        number, day, parts, cents, surplus = self.journals.pop(which % len(self.journals))
        with clock.clock_at(self.day):
            reverse_journal(db.session.get_one(Journal, number), "returned", case=self.case)
            missing = -balance_of(Account.CREDITOR_PAYABLES, self.creditor.id)
            top_up(self.creditor.id, self.day)
        for claim_id, component, part in parts:
            self.model.book(day, claim_id, component, part, paid=True)
        self.move(-cents, -surplus)
        if missing > 0:  # After a pay-out: the house lays it out, no other creditor does.
            self.model.money["trust"] += missing
            self.model.money["payables"] += missing
            self.model.money["operating"] -= missing
            self.owed += missing

    @precondition(lambda self: self.model.money["payables"] >= 100)
    @rule()
    def remittance(self):
        cents = self.model.money["payables"]
        net = cents // 10
        with clock.clock_at(self.day):
            invoice_fee(self.creditor.id, net, net // 5, self.day, "EUR", "test")
            self.owed += net + net // 5
            share = cover_debts(self.creditor.id, self.day, "EUR", "test")
            assert share == min(self.owed, cents)
            withdraw_share(self.creditor.id, share, self.day)
            if cents > share:
                pay_out(self.creditor.id, cents - share, self.day)
        self.owed -= share
        self.model.money["trust"] -= cents
        self.model.money["payables"] = 0
        self.model.money["operating"] += share

    @rule(cents=CENTS)
    def advance(self, cents):
        """A line of the bank that is the creditor's advance: in suspense first."""
        self.bank_line(cents)
        with clock.clock_at(self.day):
            receive_advance(self.creditor.id, cents, self.day)
        self.model.money["trust"] += cents

    @rule(cents=CENTS, from_advance=st.booleans())
    def court_fee(self, cents, from_advance):
        """Paid from the advance as far as it reaches, else from operating money."""
        there = balance_of(Account.CREDITOR_ADVANCES, self.creditor.id)
        if from_advance and there < cents:
            return
        with clock.clock_at(self.day):
            owe_court_fee(self.case, cents, self.day)
            pay_court_fee(self.case, cents, self.day, from_advance=from_advance)
        self.model.money["trust" if from_advance else "operating"] -= cents

    @rule(cents=CENTS)
    def refund(self, cents):
        """Money of nobody's case came in, and went back."""
        self.bank_line(cents)
        with clock.clock_at(self.day):
            post("refund_noted", value_on=self.day, currency="EUR", lines=[
                Line(Account.SUSPENSE, cents), Line(Account.REFUNDS_DUE, -cents)])  # fmt: skip
            self.bank_line(-cents)
            book_refund_paid(cents, self.day, "EUR", "test")

    @rule(cents=st.integers(1, 20_00))
    def bank_fee(self, cents):
        """The bank's charge is made good from operating money at once."""
        self.bank_line(-cents)
        with clock.clock_at(self.day):
            book_bank_fee(cents, self.day, "EUR", "test")
        self.model.money["operating"] -= cents

    @rule(cents=CENTS, which=st.integers(0, 5))
    def credit_note(self, cents, which):
        share = Share(self.claim_id(which), Component.PRINCIPAL, cents)
        with clock.clock_at(self.day):
            post_correction(self.case, EntryKind.CREDIT_NOTE, [share], self.day)
        self.model.book(self.day, share.claim_id, "P", -cents)

    def bank_line(self, cents):
        with clock.clock_at(self.day):
            post("bank_entry", value_on=self.day, currency="EUR", lines=[
                Line(Account.TRUST_BANK, cents), Line(Account.SUSPENSE, -cents)])  # fmt: skip

    @invariant()
    def every_cent_in_trust_has_an_owner(self):
        assert all(proof.difference_cents == 0 for proof in prove_trust())

    @invariant()
    def sums_hold(self):
        assert db.session.scalar(SUMS) == 0

    @invariant()
    def accounts_equal_the_reference(self):
        with clock.clock_at(self.day):  # The machine's days may lie ahead of the real one.
            owed = statement(self.case.id, self.day)
        costs, claims = self.model.open(self.day)
        assert owed.costs_open_cents == costs
        assert {
            c.terms.claim_id: (c.interest_open_cents, c.principal_open_cents) for c in owed.claims
        } == claims
        kept = booked_balances(self.case.id)
        assert kept.booked_open_cents == costs + sum(p for _, p in claims.values())

    @invariant()
    def money_is_where_the_reference_has_it(self):
        creditor = self.creditor.id
        assert balance_of(Account.CREDITOR_PAYABLES, creditor) == self.model.money["payables"]
        assert (
            _bank(Account.TRUST_BANK) + _bank(Account.TRUST_IN_TRANSIT) == self.model.money["trust"]
        )
        assert _bank(Account.OPERATING_BANK) == self.model.money["operating"]

    def teardown(self):
        assert list(verify_ledger()) == []
        db.session.execute(text("SET CONSTRAINTS ALL IMMEDIATE"))
        db.session.rollback()


def _bank(account):
    return db.session.scalar(
        select(func.coalesce(func.sum(JournalLine.amount_cents), 0)).where(
            JournalLine.account == account
        )
    )


def profile(examples, steps):
    return settings(max_examples=examples, stateful_step_count=steps, deadline=None,
                    suppress_health_check=list(HealthCheck), print_blob=True)  # fmt: skip


def test_random_bookings_keep_every_sum(database):
    run_state_machine_as_test(Books, settings=profile(4, 14))


@pytest.mark.deep
def test_random_bookings_keep_every_sum_deep(database):
    run_state_machine_as_test(Books, settings=profile(2_000, 50))
