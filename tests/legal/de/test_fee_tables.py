"""§ 13 RVG and § 34 GKG: the printed tables, each boundary a cent below and above, each version."""

import csv
from datetime import date, timedelta
from itertools import pairwise
from pathlib import Path

import pytest

from legal.de.costs.fee_tables import fee_law
from legal.errors import TableUnknown

PRINTED = Path(__file__).parents[2] / "samples/law/printed_fees.csv"
LAST_PRINTED_CENTS = 550_000_00


def printed_rows():
    """(table, first day, last day) -> the printed values and fees in order."""
    found = {}
    with PRINTED.open() as file:
        for row in csv.DictReader(file):
            key = row["table"], row["valid_from"], row["valid_to"]
            found.setdefault(key, []).append((int(row["value_cents"]), int(row["fee_cents"])))
    return found


VERSIONS = printed_rows()


@pytest.mark.parametrize("version", VERSIONS, ids=" ".join)
def test_every_printed_value_and_both_cents_around_its_boundary(version):
    name, valid_from, valid_to = version
    days = [date.fromisoformat(valid_from)]
    if valid_to:
        days.append(date.fromisoformat(valid_to))
    rows = VERSIONS[version]
    assert len(rows) > 40
    for day in days:
        table = fee_law().table(name, day)
        for value, fee in rows:
            assert table.full_fee_cents(value) == fee
            assert table.full_fee_cents(value - 1) == fee
        boundaries = [row for row in rows if row[0] <= LAST_PRINTED_CENTS and row[0] % 10_000 == 0]
        for (value, _), (_, next_fee) in pairwise(boundaries):
            assert table.full_fee_cents(value + 1) == next_fee


@pytest.mark.parametrize("name", ["RVG", "GKG"])
@pytest.mark.parametrize("change", ["2021-01-01", "2025-06-01"])
def test_the_table_changes_on_its_day(name, change):
    first_day = date.fromisoformat(change)
    before = fee_law().table(name, first_day - timedelta(days=1))
    assert fee_law().table(name, first_day).valid_from == first_day
    assert before.valid_from < first_day
    assert before.full_fee_cents(1) < fee_law().table(name, first_day).full_fee_cents(1)


def test_before_the_oldest_table_nothing_is_guessed():
    assert fee_law().table("RVG", date(2013, 8, 1)).base_cents == 45_00
    with pytest.raises(TableUnknown):
        fee_law().table("RVG", date(2013, 7, 31))


def test_small_claims_have_their_fee_since_october_2021():
    small = {
        day: fee_law().table("RVG", date.fromisoformat(day)).small_claim_cents
        for day in ("2021-09-30", "2021-10-01", "2025-05-31", "2025-06-01")
    }
    assert list(small.values()) == [None, 30_00, 30_00, 31_50]


def test_an_agency_adds_a_newer_table():
    rows = [
        {"kind": kind, "valid_from": "2027-01-01", "valid_to": "", "above_cents": above,
         "up_to_cents": up_to, "step_cents": step, "fee_cents": fee, "source": "a newer notice"}
        for kind, above, up_to, step, fee in (
            ("base", "0", "50000", "", "6000"), ("bracket", "50000", "", "50000", "5000"),
        )
    ]  # fmt: skip
    newer = fee_law().with_rows(rvg=rows)
    assert newer.table("RVG", date(2026, 12, 31)).full_fee_cents(500_01) == 93_00
    assert newer.table("RVG", date(2027, 1, 1)).full_fee_cents(500_01) == 110_00
    assert newer.table("RVG", date(2027, 1, 1)).minimum_cents == 15_00
