"""Cells of a spreadsheet as its owner sees them: the file keeps 2057.65, he sees 2.057,65."""

import re
from datetime import date
from decimal import Decimal

from babel.numbers import format_decimal

from cases.formats.content import WORKBOOKS, recognise
from cases.formats.gate import Refused
from portal.shell.formatting import day, language

_NUMBER = re.compile(r"-?[0-9]{1,15}\.[0-9]{1,10}")
_DAY = re.compile(r"([0-9]{4}-[0-9]{2}-[0-9]{2})(?:[T ]00:00:00)?")


def is_sheet(data: bytes) -> bool:
    """Whether a file is a spreadsheet, which shows its cells in another form than it keeps them."""
    try:
        return recognise(data) in WORKBOOKS
    except Refused:
        return False


def shown_cell(cell: str) -> str:
    """A number with decimals and a day in the language of the page; everything else as it is."""
    if _NUMBER.fullmatch(cell):
        return str(format_decimal(Decimal(cell), "#,##0.00########", locale=language()))
    found = _DAY.fullmatch(cell)
    try:
        return day(date.fromisoformat(found[1])) if found else cell
    except ValueError:
        return cell
