"""Costs by their legal numbers, checked by hand against the tables."""

from datetime import date
from decimal import Decimal
from functools import partial

import pytest

from legal.costs import euro, words
from legal.de.costs.fees import Item, Matter
from legal.de.costs.items import Asked, legal_costs
from legal.de.costs.words import MESSAGES
from legal.errors import InputInvalid, TableUnknown
from legal.interest import RateKind

NEW = date(2025, 6, 1)
OLD = date(2025, 5, 31)


def item(name, rate=None, **more):
    return Asked(Item(name), Decimal(rate) if rate else None, **more)


def credit(name, rate=None):
    return item(name, rate, credit=True)


def cents(value_cents, *asked, day=NEW, vat=None, **matter):
    costs = legal_costs(Matter(day, value_cents, **matter), asked, vat and Decimal(vat))
    assert costs.net_cents == sum(one.amount_cents for one in costs.items)
    assert costs.total_cents == costs.net_cents + costs.vat_cents
    return [one.amount_cents for one in costs.items]


def asking(*args, **more):
    """The same, computed when the test runs."""
    return partial(cents, *args, **more)


HALF = Decimal(50)
LUMP = {"debtor": RateKind.BUSINESS}


@pytest.mark.parametrize(
    ("expected", "compute"),
    [
        pytest.param(
            [28_35, 5_67],
            asking(50_00, item("VV2300", "0.9"), item("VV7002")),
            id="small claim, 0.9 of 31.50",
        ),
        pytest.param([15_75], asking(50_00, item("VV2300", "0.5")), id="small claim, simple case"),
        pytest.param([46_35], asking(50_01, item("VV2300", "0.9")), id="a cent above small"),
        pytest.param(
            [46_35],
            asking(50_00, item("VV2300", "0.9"), contested=True),
            id="a contested small claim bears the full table",
        ),
        pytest.param(
            [27_00], asking(50_00, item("VV2300", "0.9"), day=OLD), id="30.00 until May 2025"
        ),
        pytest.param(
            [44_10],
            asking(50_00, item("VV2300", "0.9"), day=date(2021, 9, 30)),
            id="no small-claim fee before October 2021",
        ),
        pytest.param([51_50], asking(50_00, item("VV3305")), id="3305 has no small-claim fee"),
        pytest.param(
            [83_70, 16_74],
            asking(1000_00, item("VV2300", "0.9"), item("VV7002")),
            id="0.9 of 93.00",
        ),
        pytest.param(
            [120_90, 20_00],
            asking(1000_00, item("VV2300", "1.3"), item("VV7002")),
            id="flat expenses capped at 20",
        ),
        # 0.9 + 0.3 + 0.3 = 1.5 of 93.00
        pytest.param(
            [139_50], asking(1000_00, item("VV2300", "0.9"), creditors=3), id="three creditors"
        ),
        # 0.9 + 2.0 (the most) = 2.9 of 93.00
        pytest.param(
            [269_70],
            asking(1000_00, item("VV2300", "0.9"), creditors=9),
            id="the increase ends at 2.0",
        ),
        pytest.param(
            [120_90, 46_50],
            asking(1000_00, item("VV3305"), item("VV3308"), creditors=2),
            id="3308 is not raised beside 3305",
        ),
        pytest.param(
            [74_40], asking(1000_00, item("VV3308"), creditors=2), id="3308 alone is raised"
        ),
        pytest.param(
            [65_10],
            asking(1000_00, item("VV1000", "0.7"), creditors=2),
            id="the settlement fee is not raised",
        ),
        # 50 % of 1000 is 500: 0.7 of 51.50
        pytest.param(
            [36_05],
            asking(1000_00, item("VV1000", "0.7", value_share_percent=HALF)),
            id="payment agreement on half of the value",
        ),
        pytest.param(
            [65_10],
            asking(1000_01, item("VV1000", "0.7", value_share_percent=HALF)),
            id="half a cent above the boundary begins the next step",
        ),
        pytest.param([15_45], asking(500_00, item("VV3309")), id="enforcement, 0.3 of 51.50"),
        pytest.param(
            [15_00], asking(500_00, item("VV3309"), day=OLD), id="14.70 is lifted to 15.00"
        ),
        pytest.param(
            [15_00], asking(500_00, item("RVG", "0.1")), id="a bare fee has the minimum too"
        ),
        pytest.param([93_00], asking(1000_00, item("RVG", "1.0")), id="a bare fee"),
        pytest.param([38_00], asking(1000_00, item("KV1100")), id="half of 61.00, at least 38.00"),
        pytest.param(
            [36_00], asking(1000_00, item("KV1100"), day=OLD), id="at least 36.00 until May"
        ),
        pytest.param(
            [32_00],
            asking(1000_00, item("KV1100"), day=date(2020, 12, 31)),
            id="at least 32.00 until 2020",
        ),
        pytest.param([41_00], asking(1000_01, item("KV1100")), id="half of 82.00"),
        pytest.param(
            [511_50, -85_25],
            asking(5000_00, item("KV1210"), credit("KV1100")),
            id="three fees less the order's half",
        ),
        pytest.param(
            [120_00, -38_00],
            asking(500_00, item("KV1210"), credit("KV1100")),
            id="the minimum fee is credited as it was paid",
        ),
        pytest.param(
            [93_00, -41_85, 18_60],
            asking(1000_00, item("VV3305"), credit("VV2300", "0.9"), item("VV7002")),
            id="half of 0.9 credited, flat expenses before crediting",
        ),
        pytest.param(
            [93_00, -69_75],
            asking(1000_00, item("VV3305"), credit("VV2300", "2.0"), contested=True),
            id="never more than 0.75 credited",
        ),
        pytest.param(
            [51_50, -14_18],
            asking(50_00, item("VV3305"), credit("VV2300", "0.9")),
            id="half of the small-claim fee, half up",
        ),
        pytest.param(
            [83_70, 16_74, 93_00, 46_50, 20_00],
            asking(
                1000_00,
                item("VV2300", "0.9"),
                item("VV7002"),
                item("VV3305"),
                item("VV3308"),
                item("VV7002"),
            ),
            id="flat expenses once per matter",
        ),
        pytest.param(
            [16_74, 83_70],
            asking(1000_00, item("VV7002"), item("VV2300", "0.9")),
            id="a flat in front covers what follows",
        ),
        pytest.param(
            [38_00, 83_70, 16_74],
            asking(1000_00, item("KV1100"), item("VV2300", "0.9"), item("VV7002")),
            id="no flat expenses on court fees",
        ),
        pytest.param(
            [0, 83_70, 16_74],
            asking(1000_00, item("BGB288_5", **LUMP), item("VV2300", "0.9"), item("VV7002")),
            id="lump sum used up by legal costs",
        ),
        pytest.param(
            [15_75, 3_15, 21_10],
            asking(50_00, item("VV2300", "0.5"), item("VV7002"), item("BGB288_5", **LUMP)),
            id="the rest of the lump sum remains",
        ),
        pytest.param(
            [38_00, 40_00],
            asking(50_00, item("KV1100"), item("BGB288_5", **LUMP)),
            id="court fees are no damages",
        ),
        pytest.param(
            [0],
            asking(50_00, item("BGB288_5", debtor=RateKind.CONSUMER)),
            id="a consumer owes no lump sum",
        ),
        pytest.param(
            [0],
            asking(50_00, item("BGB288_5", debtor=RateKind.BUSINESS_OTHER)),
            id="no lump sum on damages",
        ),
        pytest.param(
            [0],
            asking(50_00, item("BGB288_5", **LUMP), day=date(2014, 7, 28)),
            id="no lump sum before its day",
        ),
        pytest.param(
            [40_00],
            asking(50_00, item("BGB288_5", **LUMP), day=date(2014, 7, 29)),
            id="lump sum from its day",
        ),
    ],
)
def test_items(expected, compute):
    assert compute() == expected


def test_vat_on_fees_and_expenses_only():
    asked = [item("VV2300", "0.9"), item("VV7002"), item("KV1100")]
    costs = legal_costs(Matter(NEW, 1000_00), asked, Decimal("19"))
    assert (costs.net_cents, costs.vat_cents, costs.total_cents) == (138_44, 19_08, 157_52)


def test_vat_is_part_of_what_the_lump_sum_is_set_off_with():
    asked = [item("VV2300", "0.5"), item("VV7002"), item("BGB288_5", **LUMP)]
    costs = legal_costs(Matter(NEW, 50_00), asked, Decimal("19"))
    assert costs.total_cents == 40_00


@pytest.mark.parametrize(
    ("asked", "contested", "field"),
    [
        pytest.param([item("VV2300")], False, "items[0].rate", id="no rate"),
        pytest.param([item("RVG")], False, "items[0].rate", id="no rate for a bare fee"),
        pytest.param([item("RVG", "0.0")], False, "items[0].rate", id="rate zero"),
        pytest.param([item("VV2300", "1.31")], False, "items[0].rate", id="uncontested above 1.3"),
        pytest.param([item("VV2300", "2.51")], True, "items[0].rate", id="contested above 2.5"),
        pytest.param([item("VV2300", "0.49")], True, "items[0].rate", id="below 0.5"),
        pytest.param([item("VV3305"), item("VV3308", "0.6")], False, "items[1].rate",
                     id="a fixed rate is fixed"),
        pytest.param([item("VV7002")], False, "items[0].item", id="expenses without fees"),
        pytest.param([item("RVG", "1"), item("VV7002"), item("VV7002")], False, "items[2].item",
                     id="two flats in one matter"),
        pytest.param([item("BGB288_5")], False, "items[0].debtor", id="lump sum from whom"),
        pytest.param([credit("VV3309")], False, "items[0].credit", id="nothing to credit"),
    ],
)  # fmt: skip
def test_impossible_items_are_refused_by_position(asked, contested, field):
    with pytest.raises(InputInvalid) as error:
        legal_costs(Matter(NEW, 1000_00, contested), asked)
    assert error.value.field == field


def test_before_the_uncontested_rule_the_whole_frame_is_open():
    assert cents(1000_00, item("VV2300", "1.5"), day=date(2021, 9, 30)) == [132_00]
    assert cents(1000_00, item("VV2300", "1.5"), contested=True) == [139_50]


def test_no_table_no_fee():
    with pytest.raises(TableUnknown):
        cents(1000_00, item("VV3305"), day=date(2013, 7, 31))


def test_words_follow_the_computation():
    costs = legal_costs(Matter(NEW, 1000_00, creditors=2), [item("VV2300", "1.0")])
    assert words(costs.items[0].steps, MESSAGES) == (
        "Further creditors: 1. The rate rises from 1.0 to 1.3 (VV RVG 1008). "
        "More than 0.9 can be asked only if the matter was particularly extensive or difficult "
        "(VV RVG 2300 note 2). "
        "VV RVG 2300: the full fee for a value of EUR 1,000.00 is EUR 93.00 (§ 13 RVG as of "
        "2025-06-01); 1.3 of it is EUR 120.90."
    )


def test_the_edge_chooses_sentences_and_the_way_amounts_are_written():
    costs = legal_costs(Matter(NEW, 500_00), [item("VV3305")])
    german = MESSAGES | {"fee": "{law}: {rate} aus {full_cents} = {amount_cents}"}
    text = words(
        costs.items[0].steps,
        german,
        lambda amount: f"{amount // 100},{amount % 100:02d} €",
        lambda value: str(value).replace(".", ","),
    )
    assert text == "VV RVG 3305: 1,0 aus 51,50 € = 51,50 €"


def test_amounts_in_words():
    assert [euro(5), euro(-1_234_567_89)] == ["EUR 0.05", "-EUR 1,234,567.89"]
