"""Early warning: each rule on both sides of its threshold, and the arithmetic of the score."""

import random
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cases.watch.advice import ADVICE
from cases.watch.customer import (
    BankChange,
    Customer,
    Invoice,
    Notice,
    NoticeKind,
    Order,
    Others,
    Parameters,
    Partner,
    PartnerEvent,
    Promise,
)
from cases.watch.days_late import find_shift
from cases.watch.look import MIDDLE, STRONG, WEAK, Look, Signal
from cases.watch.reliability import Reliability, measure
from cases.watch.score import Level, combine
from cases.watch.signals import RULES, WORDS, find_signals, notes_on

AS_OF = date(2026, 11, 28)
INSOLVENCY = NoticeKind.INSOLVENCY


def ago(*days):
    return tuple(AS_OF - timedelta(days=each) for each in days)


def look(others=None, parameters=None, **facts):
    return Look(Customer(**facts), AS_OF, others or Others(), parameters or Parameters())


def codes(**facts):
    return [signal.code for signal in find_signals(look(**facts))]


@pytest.mark.parametrize(
    ("facts", "expected"),
    [
        ({"reminders": ago(1, 40, 89)}, ["reminders"]),
        ({"reminders": ago(1, 40, 90)}, []),
        ({"reminders": (AS_OF + timedelta(days=1), *ago(1, 40))}, []),
        ({"offers_unanswered": ago(0, 1, 2)}, ["offers_ignored"]),
        ({"promises": tuple(Promise(on, kept=False) for on in ago(1, 179))}, ["terms_broken"]),
        ({"promises": tuple(Promise(on, kept=False) for on in ago(1, 180))}, []),
        ({"promises": tuple(Promise(on, kept=True) for on in ago(1, 2))}, []),
        ({"orders": tuple(Order(on, on) for on in ago(1, 2, 3))}, ["cancellations"]),
        (
            {"orders": tuple(Order(on, on) for on in ago(1, 2, 3)) + 6 * (Order(ago(4)[0]),)},
            ["cancellations"],
        ),
        ({"orders": tuple(Order(on, on) for on in ago(1, 2, 3)) + 7 * (Order(ago(4)[0]),)}, []),
        ({"bank_changes": (BankChange(ago(5)[0]),)}, ["bank_changed"]),
        ({"bank_changes": (BankChange(ago(5)[0], ago(5)[0], "new bank"),)}, []),
        ({"bank_changes": (BankChange(ago(5)[0], ago(4)[0], "new bank"),)}, ["bank_changed"]),
        ({"bank_changes": (BankChange(ago(5)[0], ago(9)[0], " "),)}, ["bank_changed"]),
        ({"bank_changes": (BankChange(ago(365)[0]),)}, []),
        ({"bank_changes": 2 * (BankChange(ago(5)[0]),)}, ["bank_changed"]),
        ({"partners": (Partner("Alt GmbH", PartnerEvent.LOST, ago(364)[0]),)}, ["partner_lost"]),
        ({"partners": (Partner("Alt GmbH", PartnerEvent.LOST, ago(365)[0]),)}, []),
        ({"offers_unanswered": ago(0, 1)}, []),
        ({"orders": tuple(Order(on, on) for on in ago(1, 2))}, []),
        ({"notices": (Notice(INSOLVENCY, ago(364)[0], "InsO 1"),)}, ["insolvency_notice"]),
        ({"notices": (Notice(INSOLVENCY, ago(365)[0], "InsO 1"),)}, []),
        ({"notices": (Notice(NoticeKind.WINDING_UP, ago(0)[0], "HRB 1"),)}, ["insolvency_notice"]),
        ({"notices": (Notice(NoticeKind.REGISTER, ago(0)[0], "HRB 1"),)}, ["register_notice"]),
        ({"notices": (Notice(NoticeKind.REGISTER, AS_OF + timedelta(1), "HRB 1"),)}, []),
        ({"news": ago(0, 89)}, ["news"]),
        ({"news": ago(0, 90)}, []),
    ],
)
def test_each_rule_on_both_sides(facts, expected):
    assert codes(**facts) == expected


def test_a_counted_signal_stands_since_its_number_was_reached():
    [found] = find_signals(look(reminders=ago(1, 40, 20, 60)))
    assert found.since == ago(20)[0]


ORDERS = tuple(Order(AS_OF - timedelta(days=n)) for n in range(180))


def test_complaints_of_this_customer_alone_are_a_signal():
    others = Others(orders=400, complaints=8, complaints_before=7)
    assert codes(orders=ORDERS, complaints=ago(1, 5, 9), others=others) == ["complaints_rising"]


def test_complaints_that_rise_with_everybody_are_the_creditors_quality():
    others = Others(orders=400, complaints=9, complaints_before=6)
    found = look(orders=ORDERS, complaints=ago(1, 5, 9), others=others)
    assert find_signals(found) == []
    assert "quality" in list(notes_on(found))


def paid_late(days_late, *, count=24, discount=False):
    """One invoice every 15 days, the last one paid before the key date."""
    for place in range(count):
        invoiced_on = AS_OF - timedelta(days=15 * (count - place) + 60)
        due_on = invoiced_on + timedelta(days=30)
        yield Invoice(
            invoiced_on, due_on, 100, invoiced_on + timedelta(days=10) if discount else None,
            due_on + timedelta(days=days_late(place)),
        )  # fmt: skip


def test_who_always_paid_late_is_no_signal():
    assert codes(invoices=tuple(paid_late(lambda _: 21))) == []


def test_a_short_history_is_said():
    short = look(invoices=tuple(paid_late(lambda n: 40 * n, count=7)))
    assert find_signals(short) == []
    assert list(notes_on(short)) == ["history_short"]


@pytest.mark.parametrize("seed", range(25))
def test_a_change_is_dated_within_two_months(seed):
    rng = random.Random(seed)
    noise = [rng.choice([-2, -1, 0, 0, 1, 2, 4]) for _ in range(24)]
    invoices = tuple(paid_late(lambda n: noise[n] + (18 if n >= 16 else 0)))
    shift = find_shift(invoices, AS_OF)
    assert shift is not None
    assert abs((shift.since - invoices[16].invoiced_on).days) <= 61


def test_a_customer_who_pays_well_again_is_calm():
    invoices = tuple(paid_late(lambda n: 25 if 12 <= n < 16 else 0, count=36))
    assert find_shift(invoices, AS_OF) is None


def test_discount_taken_before_and_never_since():
    invoices = [
        replace(each, paid_with_discount=place < 8)
        for place, each in enumerate(paid_late(lambda _: 0, count=12, discount=True))
    ]
    [found] = find_signals(look(invoices=tuple(invoices)))
    assert (found.code, found.since) == ("discount_stopped", invoices[8].invoiced_on)
    assert codes(invoices=tuple(invoices[:10])) == []


def signal(code, weight):
    return Signal(code, AS_OF, weight, ())


def test_several_weak_signals_exceed_one_strong():
    weak = combine([signal(code, WEAK) for code in "abc"], Parameters())
    assert weak.value > combine([signal("a", STRONG)], Parameters()).value


@pytest.mark.parametrize(
    ("weights", "level"),
    [
        ([], Level.CALM),
        ([WEAK], Level.WATCH),
        ([MIDDLE], Level.WATCH),
        ([WEAK, WEAK], Level.WARN),
        ([STRONG], Level.WARN),
    ],
)
def test_two_keys_or_a_strong_one_warn(weights, level):
    signals = [signal(str(place), weight) for place, weight in enumerate(weights)]
    assert combine(signals, Parameters()).level is level


@given(st.lists(st.sampled_from([WEAK, MIDDLE, STRONG]), max_size=9))
def test_contributions_add_up_and_nothing_lowers_the_score(weights):
    signals = [signal(str(place), weight) for place, weight in enumerate(weights)]
    score = combine(signals, Parameters())
    assert sum(score.contributions.values(), Decimal(0)) == score.value
    assert set(score.contributions) == {each.code for each in signals}
    assert all(part >= 0 for part in score.contributions.values())
    assert score.value >= combine(signals[:-1], Parameters()).value


@pytest.mark.parametrize(
    ("count", "days_late", "expected"),
    [(3, 25, ["class_later"]), (3, 24, []), (2, 99, []), (7, 25, ["class_later"]), (8, 25, [])],
)
def test_a_new_customer_is_compared_with_his_class(count, days_late, expected):
    invoices = tuple(paid_late(lambda _: days_late, count=count))
    assert codes(invoices=invoices, class_days_late=5) == expected
    assert codes(invoices=invoices) == []


def test_an_insolvency_is_a_key_by_itself_and_a_report_is_not():
    insolvent = find_signals(look(notices=(Notice(INSOLVENCY, AS_OF, "InsO 1"),)))
    assert combine(insolvent, Parameters()).level is Level.WARN
    assert combine(find_signals(look(news=ago(0, 1))), Parameters()).level is Level.WATCH


def test_every_signal_has_words_a_step_and_a_beginning_of_the_talk():
    assert set(WORDS) == set(ADVICE)
    assert len(WORDS) == len(RULES)


def test_how_often_a_signal_was_nothing():
    until = AS_OF + timedelta(days=180)
    paid = Invoice(AS_OF, AS_OF + timedelta(days=30), 100, paid_on=AS_OF + timedelta(days=50))
    reminded = {"reminders": ago(1, 2, 3)}
    looks = [
        look(invoices=(paid,), **reminded),
        look(invoices=(replace(paid, paid_on=None),), **reminded),
        look(invoices=(replace(paid, paid_on=until + timedelta(days=1)),), **reminded),
        look(notices=(Notice(INSOLVENCY, until, "InsO 1"),), **reminded),
        look(invoices=(paid,)),
    ]
    assert measure(looks, until) == {"reminders": Reliability(fired=4, nothing=1, healthy=2)}


def test_a_look_of_the_past_knows_nothing_of_later_days():
    invoices = tuple(paid_late(lambda n: 25 if n >= 16 else 0))
    before = replace(look(invoices=invoices), as_of=invoices[16].invoiced_on)
    assert find_signals(before) == []
    assert codes(invoices=invoices) == ["pays_later"]
