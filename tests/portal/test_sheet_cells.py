"""Cells of a spreadsheet, as its owner sees them."""

import pytest
from flask_babel import force_locale

from portal.pages.submission_columns import shown_cell


@pytest.mark.parametrize(
    ("cell", "german"),
    [("2057.65", "2.057,65"), ("-12.5", "-12,50"), ("2026-01-23", "23.01.2026"),
     ("2026-01-23 00:00:00", "23.01.2026"), ("2026-13-45", "2026-13-45"), ("20571", "20571"),
     ("RE-1.2", "RE-1.2"), ("1.2.3", "1.2.3"), ("", "")],
)  # fmt: skip
def test_numbers_and_days_stand_there_as_in_the_sheet(app, cell, german):
    with app.test_request_context(), force_locale("de"):
        assert shown_cell(cell) == german
