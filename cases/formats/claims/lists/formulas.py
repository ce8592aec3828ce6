"""Cells that a spreadsheet would take for formulas (CSV injection), made harmless for exports."""

import re

#: What makes a spreadsheet calculate, also in the full-width forms that it normalises.
_STARTERS = ("=", "+", "-", "@", "\t", "\r", "\n", "|", "%", "＝", "＋", "－", "＠")
_NUMBER = re.compile(r"^-?\d{1,3}(?:[.,' ]?\d{3})*(?:[.,]\d+)?$", re.ASCII)
_PHONE = re.compile(r"^\+\d[\d /().-]{4,24}$", re.ASCII)


def harmless(cell: str) -> str:
    """The cell with an apostrophe in front if a spreadsheet would calculate it.

    Negative amounts and telephone numbers stay as they are: a spreadsheet shows them, no more.
    """
    if not cell.lstrip(" \u00a0\u200b\ufeff").startswith(_STARTERS):
        return cell
    if _NUMBER.match(cell) or _PHONE.match(cell):
        return cell
    return "'" + cell
