"""Court fee and representation proposed from the fee tables."""

from datetime import date
from decimal import Decimal

import pytest

from legal.de.court.cost_proposal import propose_costs

DAY = date(2026, 9, 30)


# Tables of June 2025: GKG 40 and increments, half a fee with 38.00 minimum; RVG 51.50.
@pytest.mark.parametrize(
    ("value", "court", "lawyer", "later", "advance"),
    [
        pytest.param(5_192_78, 96_50, 434_00, 207_00, 482_50, id="the court's own note of 96.50"),
        pytest.param(300_00, 38_00, 61_80, 25_75, 82_00, id="smallest court fee"),
    ],
)
def test_costs_are_proposed(value, court, lawyer, later, advance):
    proposal = propose_costs(value, applied_on=DAY, ordered_on=DAY)
    assert proposal.court_fee_cents == court
    assert proposal.remuneration_cents == lawyer
    assert proposal.enforcement_order.net_cents == later
    assert proposal.litigation_advance_cents == advance


def test_half_of_the_pre_court_fee_is_credited():
    proposal = propose_costs(
        5_192_78, applied_on=DAY, ordered_on=DAY, pre_court_rate=Decimal("0.9")
    )
    credited = [i.amount_cents for i in proposal.payment_order.items if i.credit]
    assert credited == [-186_30]  # Half of 0.9 times 414.00.
    assert proposal.remuneration_cents == 414_00 + 20_00 - 186_30


@pytest.mark.parametrize(
    ("value", "remuneration"),
    [pytest.param(1_999_00, 152_00, id="176 - 44 + 20"),
     pytest.param(742_33, 88_35, id="93 - 23.25 + 18.60")],
)  # fmt: skip
def test_fee_of_an_agency_that_files_itself(value, remuneration):
    proposal = propose_costs(value, applied_on=DAY, ordered_on=DAY, pre_court_rate=Decimal("0.5"))
    assert proposal.remuneration_cents == remuneration


def test_court_fees_count_thirty_million_at_most():
    """GKG § 39(2)."""
    highest = propose_costs(30_000_000_00, applied_on=DAY, ordered_on=DAY)
    more = propose_costs(80_000_000_00, applied_on=DAY, ordered_on=DAY)
    assert more.court_fee_cents == highest.court_fee_cents
    assert more.litigation_advance_cents == highest.litigation_advance_cents
