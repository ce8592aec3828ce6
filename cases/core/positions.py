"""Places in a list, as addresses carry them: whole numbers, days and moments of our own making.

Addresses can be typed by anybody: whatever no row can have is refused here, once, before the
database sees it.
"""

from datetime import date, datetime

LARGEST_NUMBER = 2**63 - 1  # What a column of the database holds.
FIRST_YEAR, LAST_YEAR = 1900, 2199  # No day of a debt lies outside.


def position(typed: str) -> int:
    """The number of a row or page in an address; raises ValueError when no row can have it."""
    if not (typed.isascii() and typed.isdecimal()) or len(typed) > len(str(LARGEST_NUMBER)):
        raise ValueError("not a number of a row")
    number = int(typed)
    if number > LARGEST_NUMBER:
        raise ValueError("no row has this number")
    return number


def number_of(typed: str) -> int | None:
    """The number of a row, or None where there is none."""
    try:
        return position(typed)
    except ValueError:
        return None


def iso_day(typed: str) -> date:
    """A day in an address, as the program writes it; raises ValueError."""
    found = date.fromisoformat(typed)
    if not FIRST_YEAR <= found.year <= LAST_YEAR:
        raise ValueError("no record has this day")
    return found


def iso_moment(typed: str) -> datetime:
    """A moment in an address, as the program writes it; raises ValueError."""
    found = datetime.fromisoformat(typed)
    if not FIRST_YEAR < found.year < LAST_YEAR:
        raise ValueError("no record has this moment")
    return found
