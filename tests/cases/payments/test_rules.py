"""Rules for ordinary lines of the bank: what they book, what they leave, and how they end."""

from dataclasses import replace
from datetime import date

import pytest
from sqlalchemy import func, select

from cases.core.clock import clock_at
from cases.core.database import db, transaction
from cases.ledger.models import JournalLine
from cases.ledger.trust import prove_trust
from cases.payments.importing import import_statement
from cases.payments.models import BankEntry, EntryState
from cases.payments.rules import services
from cases.payments.rules.models import RuleKind
from cases.payments.rules.queries import list_rules, try_out
from cases.payments.rules.wish import Line, RuleWish, fits
from cases.payments.settling import settle_entry, unsettle_entry
from cases.payments.standing import Standing
from cases.worklist.house_tasks import list_house_tasks
from tests.factories.bank_files import Transfer, camt053
from tests.factories.records import make_agency

FEES = RuleWish(RuleKind.FEE, 30_00, words="Kontoführung Entgelt")
CHARGE = Line(-9_90, "Sparkasse", "DE02120300000000202051", "Kontofuehrung, ENTGELT 11/2026")


@pytest.fixture(autouse=True)
def house(database):
    with clock_at(date(2026, 11, 23)):
        make_agency()
        yield database


def book(*transfers, **more):
    with transaction():
        import_statement(camt053(transfers, **more), "statement.xml")


def entries():
    query = select(BankEntry).order_by(BankEntry.id).execution_options(populate_existing=True)
    return list(db.session.scalars(query))


def lines_of(entry):
    query = select(JournalLine.account, func.sum(JournalLine.amount_cents))
    query = query.where(JournalLine.journal_id == entry.settled_journal_id)
    return dict(db.session.execute(query.group_by(JournalLine.account)).all())


@pytest.mark.parametrize(
    ("wish", "line", "expected"),
    [
        pytest.param(FEES, replace(CHARGE, purpose="Kontoführung-Entgelt"), True, id="marks"),
        pytest.param(FEES, CHARGE, False, id="another spelling is another word"),
        pytest.param(replace(FEES, words="entgelt 11"), CHARGE, True, id="capitals and blanks"),
        pytest.param(replace(FEES, words="Entgelt", name="Sparkasse", most_cents=9_89), CHARGE,
                     False, id="above the limit"),
        pytest.param(replace(FEES, words="", iban="DE02 1203 0000 0000 2020 51"), CHARGE, True,
                     id="by the account"),
        pytest.param(replace(FEES, words="", iban="DE89370400440532013000"), CHARGE, False,
                     id="another account"),
        pytest.param(replace(FEES, words="Entgelt"), replace(CHARGE, end_to_end="R-2026-1"), False,
                     id="an order with a reference"),
        pytest.param(replace(FEES, words="Entgelt"), replace(CHARGE, end_to_end="NOTPROVIDED"),
                     True, id="the bank's word for none"),
        pytest.param(replace(FEES, words="Entgelt"), replace(CHARGE, is_return=True), False,
                     id="a return"),
        pytest.param(replace(FEES, words="Entgelt"), replace(CHARGE, amount_cents=9_90), False,
                     id="money that came in"),
        pytest.param(RuleWish(RuleKind.TRANSFER_IN, 900_00, name="Inkasso"),
                     Line(900_00, "Inkasso Nord GmbH"), True, id="our own money came in"),
    ],
)  # fmt: skip
def test_what_a_rule_speaks_of(wish, line, expected):
    assert fits(wish, line) is expected


def test_a_rule_books_what_lies_open_as_a_person_would_and_what_comes_later():
    charge = Transfer(-9_90, "Kontoführung Entgelt", name="Bank")
    book(charge, charge, Transfer(-50_00, "Kontoführung Entgelt, zu viel", name="Bank"))
    by_hand, by_rule, too_much = entries()
    with transaction():
        settle_entry(by_hand.public_id, Standing.BANK_FEE)
    trial = try_out(FEES)
    assert (trial.open_count, trial.open_cents, trial.alike) == (1, -9_90, 1)
    with transaction():
        rule, booked = services.make_rule(FEES)
    assert booked == 1
    by_hand, by_rule, too_much = entries()
    assert lines_of(by_hand) == lines_of(by_rule)
    assert (by_rule.state, by_rule.reason, by_rule.rule_id) == (
        EntryState.SETTLED, Standing.BANK_FEE.value, rule.id,
    )  # fmt: skip
    assert too_much.state is EntryState.SUSPENSE
    book(replace(charge, on=date(2026, 11, 22)), number=2, opening_cents=-69_80)
    with transaction():
        assert services.book_by_rules() == 1
    assert all(proof.difference_cents == 0 for proof in prove_trust())


def test_a_line_that_was_taken_back_is_left_to_people_and_counts_as_a_miss():
    book(Transfer(-9_90, "Kontoführung Entgelt", name="Bank"))
    with transaction():
        services.make_rule(FEES)
        unsettle_entry(entries()[0].public_id)
        assert services.book_by_rules() == 0
    [line] = list_rules()
    assert (line.booked, line.booked_cents, line.taken_back) == (0, 0, 1)


def test_a_rule_that_is_withdrawn_books_no_more():
    with transaction():
        rule, _ = services.make_rule(FEES)
        services.withdraw_rule(rule.public_id)
    book(Transfer(-9_90, "Kontoführung Entgelt", name="Bank"))
    with transaction():
        assert services.book_by_rules() == 0
        with pytest.raises(services.RuleWithdrawn):
            services.withdraw_rule(rule.public_id)
        services.make_rule(FEES)  # It can be made anew.
        with pytest.raises(services.RuleKnown):
            services.make_rule(FEES)


@pytest.mark.parametrize(
    ("wish", "refusal"),
    [
        (replace(FEES, words="Ent"), services.RuleSaysTooLittle),
        (replace(FEES, words="- - - - -"), services.RuleSaysTooLittle),
        (replace(FEES, iban="DE89370400440532013001"), services.RuleIbanWrong),
        (replace(FEES, most_cents=0), services.RuleLimitMissing),
    ],
)
def test_a_rule_that_would_book_anything_is_refused(wish, refusal):
    with pytest.raises(refusal):
        services.make_rule(wish)


def test_the_accounts_have_a_task_while_a_line_is_open():
    book(Transfer(-9_90, "Kontoführung Entgelt", name="Bank"))
    assert [task.reason for task in list_house_tasks()] == ["open_lines"]
    with transaction():
        services.make_rule(FEES)
    assert not list_house_tasks()
