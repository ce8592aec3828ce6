"""Start of default and the lump sum."""

from datetime import date, timedelta

import pytest

from legal.de.costs.lump_sum import lump_sum
from legal.de.default import start_of_default
from legal.default import DueFacts, Ground
from legal.errors import InputInvalid
from legal.interest import RateKind

DUE = date(2026, 3, 2)  # a Monday


def make_facts(agreed=False, consumer=False, **known):
    days = {name: date.fromisoformat(day) if isinstance(day, str) else day
            for name, day in known.items()}  # fmt: skip
    return DueFacts(DUE, agreed, consumer, **days)


@pytest.mark.parametrize(
    ("facts", "first_day", "ground"),
    [
        pytest.param(make_facts(agreed=True), "2026-03-03", Ground.AGREED_DAY, id="agreed day"),
        pytest.param(make_facts(), None, None, id="a day printed on the invoice starts nothing"),
        pytest.param(
            make_facts(reminder_received_on="2026-03-10"),
            "2026-03-11",
            Ground.REMINDER,
            id="receipt of a reminder",
        ),
        pytest.param(
            make_facts(reminder_received_on="2026-03-02"),
            None,
            None,
            id="a reminder on the due day comes too early",
        ),
        pytest.param(
            make_facts(order_served_on="2026-04-01"),
            "2026-04-02",
            Ground.REMINDER,
            id="service of an order equals a reminder",
        ),
        pytest.param(
            make_facts(reminder_received_on="2026-02-01", order_served_on="2026-04-01"),
            "2026-04-02",
            Ground.REMINDER,
            id="an early reminder is passed over",
        ),
        pytest.param(
            make_facts(refused_on="2026-02-01"),
            "2026-03-03",
            Ground.REFUSAL,
            id="refused before the due date",
        ),
        pytest.param(
            make_facts(refused_on="2026-03-05"),
            "2026-03-06",
            Ground.REFUSAL,
            id="refused after the due date",
        ),
        pytest.param(
            make_facts(invoice_received_on="2026-02-20"),
            "2026-04-02",
            Ground.THIRTY_DAYS,
            id="30 days after the due date",
        ),
        pytest.param(
            make_facts(invoice_received_on="2026-03-20"),
            "2026-04-20",
            Ground.THIRTY_DAYS,
            id="30 days after a later receipt",
        ),
        pytest.param(
            make_facts(consumer=True, invoice_received_on="2026-02-20"),
            None,
            None,
            id="consumer without the notice",
        ),
        pytest.param(
            make_facts(consumer=True, invoice_received_on="2026-02-20", consumer_notice=True),
            "2026-04-02",
            Ground.THIRTY_DAYS,
            id="consumer with the notice",
        ),
        pytest.param(
            make_facts(performed_on="2026-02-20"),
            "2026-04-02",
            Ground.THIRTY_DAYS,
            id="receipt uncertain: receipt of the performance",
        ),
        pytest.param(
            make_facts(consumer=True, performed_on="2026-02-20", consumer_notice=True),
            None,
            None,
            id="not so towards a consumer",
        ),
        pytest.param(
            make_facts(invoice_received_on="2026-02-20", remuneration=False),
            None,
            None,
            id="no 30-day rule for damages",
        ),
        pytest.param(
            make_facts(invoice_received_on="2026-02-20", reminder_received_on="2026-03-04"),
            "2026-03-05",
            Ground.REMINDER,
            id="the earliest ground counts",
        ),
    ],
)
def test_start_of_default(facts, first_day, ground):
    default = start_of_default(facts)
    if first_day is None:
        assert default is None
    else:
        assert (default.first_day, default.ground) == (date.fromisoformat(first_day), ground)
        assert default.law.startswith("BGB § 286")


def test_payment_on_the_next_working_day_is_in_time():
    def roll(day):
        return day + timedelta(days=1) if day == DUE else day

    assert start_of_default(make_facts(agreed=True), roll).first_day == date(2026, 3, 4)


@pytest.mark.parametrize(
    ("debtor", "arose_on", "performed_on", "costs", "cents"),
    [
        pytest.param(RateKind.BUSINESS, "2014-07-28", None, 0, 0, id="arose a day before"),
        pytest.param(RateKind.BUSINESS, "2014-07-29", None, 0, 40_00, id="arose on the day"),
        pytest.param(RateKind.BUSINESS, "2014-01-01", "2016-06-30", 0, 0, id="old performance"),
        pytest.param(RateKind.BUSINESS, "2014-01-01", "2016-07-01", 0, 40_00, id="new performance"),
        pytest.param(RateKind.BUSINESS, "2026-01-01", None, 39_99, 1, id="a cent remains"),
        pytest.param(RateKind.BUSINESS, "2026-01-01", None, 40_00, 0, id="used up"),
        pytest.param(RateKind.BUSINESS, "2026-01-01", None, -5_00, 40_00, id="never more"),
        pytest.param(RateKind.CONSUMER, "2026-01-01", None, 0, 0, id="consumer"),
    ],
)
def test_lump_sum(debtor, arose_on, performed_on, costs, cents):
    performed = performed_on and date.fromisoformat(performed_on)
    owed = lump_sum(debtor, date.fromisoformat(arose_on), costs, performed)
    assert owed.amount_cents == cents
    assert owed.steps


def test_lump_sum_needs_to_know_the_debtor():
    with pytest.raises(InputInvalid):
        lump_sum(RateKind.FIXED, DUE)
