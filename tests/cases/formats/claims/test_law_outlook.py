"""The day a row would become time-barred, under assumptions that the finding names.

Law: BGB §§ 195, 199 (three years from the end of the year), § 193 (weekends, holidays).
"""

from datetime import date

import pytest

from cases.formats.claims.conventions import Conventions
from cases.formats.claims.law_outlook import first_day_far_from_limitation, last_day_assumed
from cases.formats.claims.reading import check_row

ROW = {"invoice_number": "R-1", "open": "1.00", "name": "A", "street": "Weg 1",
       "postcode": "01067", "city": "Dresden"}  # fmt: skip


@pytest.mark.parametrize(("arose_on", "last_day"), [
    pytest.param(date(2023, 1, 1), date(2026, 12, 31), id="from the end of its year"),
    pytest.param(date(2023, 12, 31), date(2026, 12, 31), id="on the last day of the year"),
    pytest.param(date(2020, 5, 4), date(2024, 1, 2), id="a Sunday moves behind the holiday"),
])  # fmt: skip
def test_the_last_day(arose_on, last_day):
    assert last_day_assumed(arose_on) == last_day


@pytest.mark.parametrize(
    ("as_of", "first_day"),
    [
        pytest.param(date(2026, 6, 29), date(2023, 1, 1), id="more than six months ahead"),
        pytest.param(date(2026, 6, 30), date(2024, 1, 1), id="six months ahead"),
        pytest.param(date(2026, 12, 31), date(2024, 1, 1), id="on the last day"),
    ],
)
def test_from_which_day_on_limitation_is_far(as_of, first_day):
    assert first_day_far_from_limitation(as_of) == first_day


@pytest.mark.parametrize(
    ("due_on", "code"),
    [
        pytest.param("2024-01-01", None, id="far"),
        pytest.param("2023-12-31", "limitation_near", id="near"),
        pytest.param("2022-12-31", "limitation_over", id="over"),
    ],
)
def test_the_warning_names_the_day(due_on, code):
    conventions = Conventions(as_of=date(2026, 11, 23))
    row = check_row(ROW | {"invoiced_on": due_on, "due_on": due_on}, conventions=conventions)
    assert [each.code for each in row.findings] == ([code] if code else [])
    assert all(each.params["last_day_on"][-5:] == "12-31" for each in row.findings)


def test_without_a_key_date_nothing_is_said():
    assert check_row(ROW | {"invoiced_on": "2004-01-01", "due_on": "2004-01-01"}).findings == ()
