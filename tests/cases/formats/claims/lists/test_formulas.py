"""Cells that leave the house in a spreadsheet."""

import pytest

from cases.formats.claims.lists.formulas import harmless


@pytest.mark.parametrize("cell", [
    '=HYPERLINK("http://192.0.2.1/")', "=cmd|' /C calc'!A0", "-2+3", "\t=1+1", "＝1+1", "@SUM(A1)",
    "+1+1", "  =1+1", "-cmd",
])  # fmt: skip
def test_formula_becomes_text(cell):
    assert harmless(cell) == "'" + cell


@pytest.mark.parametrize("cell", [
    "Müller GmbH", "+49 351 123456", "-119,00", "-1.234,56", "a=b", "", "2026-01-01",
])  # fmt: skip
def test_everything_else_stays(cell):
    assert harmless(cell) == cell
