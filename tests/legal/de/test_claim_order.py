"""Between several claims: § 366 BGB."""

from datetime import date
from decimal import Decimal

import pytest

from legal.allocation import OpenClaim
from legal.de.allocation import allocate_between, ranks_of_claims
from legal.errors import InputInvalid

PAID_ON = date(2026, 6, 1)


def make_claim(name, due_on=date(2026, 3, 1), secured=False, rate="6.27", open_cents=100_00):
    return OpenClaim(name, open_cents, due_on, secured, Decimal(rate))


@pytest.mark.parametrize(
    ("claims", "designation", "expected"),
    [
        pytest.param(
            [make_claim("later", date(2026, 6, 2), rate="20"), make_claim("due", secured=True)],
            [], [["due"], ["later"]], id="a claim that is due comes first",
        ),
        pytest.param(
            [make_claim("secured", rate="20"), make_claim("plain", secured=False)],
            [], [["secured"], ["plain"]], id="equal security: the more burdensome first",
        ),
        pytest.param(
            [make_claim("secured", secured=True, rate="20"), make_claim("plain", rate="1")],
            [], [["plain"], ["secured"]], id="lesser security before more burdensome",
        ),
        pytest.param(
            [make_claim("old", date(2025, 1, 1), rate="5"), make_claim("dear", rate="9")],
            [], [["dear"], ["old"]], id="more burdensome before older",
        ),
        pytest.param(
            [make_claim("young"), make_claim("old", date(2026, 2, 28))],
            [], [["old"], ["young"]], id="the older of equals first",
        ),
        pytest.param(
            [make_claim("A"), make_claim("B")], [], [["A", "B"]], id="equals share a rank"
        ),
        pytest.param(
            [make_claim("on the day", PAID_ON)], [], [["on the day"]],
            id="due on the day of payment",
        ),
        pytest.param(
            [make_claim("A"), make_claim("B"), make_claim("C", date(2027, 1, 1))],
            ["C"], [["C"], ["A", "B"]], id="the debtor's designation binds",
        ),
    ],
)  # fmt: skip
def test_claims_are_filled_in_legal_order(claims, designation, expected):
    assert ranks_of_claims(claims, PAID_ON, designation) == expected


def test_due_on_the_day_of_payment_counts_as_due():
    claims = [make_claim("due", PAID_ON, secured=True), make_claim("not", date(2026, 6, 2))]
    assert ranks_of_claims(claims, PAID_ON) == [["due"], ["not"]]


def test_equals_share_in_proportion_to_the_cent():
    claims = [make_claim("A", open_cents=100_00), make_claim("B", open_cents=200_00)]
    result = allocate_between(100_00, PAID_ON, claims)
    assert result.paid_cents == {"A": 33_33, "B": 66_67}


def test_what_exceeds_all_claims_is_surplus():
    result = allocate_between(250_00, PAID_ON, [make_claim("A"), make_claim("B")])
    assert result.paid_cents == {"A": 100_00, "B": 100_00}
    assert result.surplus_cents == 50_00


@pytest.mark.parametrize(
    ("names", "designation"),
    [
        pytest.param(["A"], ["X"], id="unknown claim"),
        pytest.param(["A"], ["A", "A"], id="named twice"),
        pytest.param(["A", "A"], [], id="two claims with one id"),
    ],
)
def test_unclear_designations_are_refused(names, designation):
    with pytest.raises(InputInvalid):
        allocate_between(1, PAID_ON, [make_claim(name) for name in names], designation)
