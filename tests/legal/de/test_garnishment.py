"""§ 850c: the formula at each limit, a cent below and above, and on both days of each change."""

from datetime import date
from fractions import Fraction

import pytest

from legal.de.garnishment import (
    GarnishmentLimits,
    PayPeriod,
    attachable_cents,
    garnishment_limits,
)
from legal.errors import InputInvalid, TableUnknown

JULY_2026 = date(2026, 7, 1)
SHARES = ["0.7", "0.5", "0.4", "0.3", "0.2", "0.1"]


@pytest.mark.parametrize(
    ("net_cents", "dependants", "day", "cents"),
    [
        pytest.param(2000_00, 0, "2026-07-01", 288_82, id="published example"),
        pytest.param(2000_00, 0, "2026-06-30", 311_50, id="a day before the change"),
        pytest.param(2009_99, 0, "2026-07-01", 288_82, id="rounded down to ten euro"),
        pytest.param(2010_00, 0, "2026-07-01", 295_82, id="the next ten euro"),
        pytest.param(1587_40, 0, "2026-07-01", 0, id="exempt"),
        pytest.param(1590_00, 0, "2026-07-01", 1_82, id="the first attachable step"),
        pytest.param(2200_00, 1, "2025-07-01", 29_89, id="half a cent is rounded up"),
        pytest.param(2000_00, 0, "2025-06-30", 355_78, id="limits of 2024, half a cent"),
        pytest.param(4866_30, 0, "2026-07-01", 2290_82, id="the upper limit: 0.7 of 4860.00"),
        pytest.param(4866_31, 0, "2026-07-01", 2290_83, id="a cent above goes in full"),
        pytest.param(4866_30, 5, "2026-07-01", 134_39, id="five dependants"),
        pytest.param(4866_30, 9, "2026-07-01", 134_39, id="more than five change nothing"),
        pytest.param(0, 0, "2026-07-01", 0, id="nothing earned"),
        pytest.param(10**12, 0, "2026-07-01", 10**12 - 4866_30 + 2290_82, id="a very high income"),
    ],
)
def test_attachable_part(net_cents, dependants, day, cents):
    assert attachable_cents(net_cents, dependants, date.fromisoformat(day)) == cents


@pytest.mark.parametrize("dependants", range(6))
@pytest.mark.parametrize("limits", garnishment_limits(), ids=lambda r: f"{r.valid_from} {r.period}")
def test_formula_in_fractions_over_the_whole_table(limits, dependants):
    step = {"month": 1000, "week": 250, "day": 50}[limits.period]
    exempt = limits.exempt_cents
    if dependants:
        exempt += limits.first_dependant_cents + (dependants - 1) * limits.further_dependant_cents
    top = limits.fully_attachable_above_cents
    for net in range(0, top + 2 * step, step):
        exact = max(Fraction(min(net, top // step * step) - exempt), Fraction(0))
        exact = exact * Fraction(SHARES[dependants]) + max(net - top, 0)
        expected = int(exact + Fraction(1, 2))
        for day in (limits.valid_from, limits.valid_to):
            assert attachable_cents(net, dependants, day, limits.period) == expected


@pytest.mark.parametrize("day", ["2021-06-30", "2027-07-01"])
def test_outside_the_table_nothing_is_guessed(day):
    with pytest.raises(TableUnknown):
        attachable_cents(2000_00, 0, date.fromisoformat(day))


def test_an_agency_adds_newer_limits():
    newer = GarnishmentLimits(
        date(2027, 7, 1), date(2028, 6, 30), PayPeriod.MONTH,
        1600_00, 600_00, 340_00, 4900_00, "official notice",
    )  # fmt: skip
    table = (*garnishment_limits(), newer)
    assert attachable_cents(2000_00, 0, date(2027, 7, 1), table=table) == 280_00


@pytest.mark.parametrize(("net_cents", "dependants"), [(-1, 0), (0, -1)])
def test_negative_numbers_are_refused(net_cents, dependants):
    with pytest.raises(InputInvalid):
        attachable_cents(net_cents, dependants, JULY_2026)
