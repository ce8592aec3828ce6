"""How the house files with courts: file numbers, confirmed fields, its own aims."""

from cases.core import audit
from cases.core.database import db
from cases.core.errors import Invalid
from cases.core.locks import relock
from cases.filings.applications.models import CourtSettings

#: Numbers from 500 on are the courts' own.
LAST_FILE_NUMBER = 499
LETTERS = 3


class LettersWrong(Invalid):
    """The file letters are three letters, as the court has given them."""


def get_court_settings() -> CourtSettings:
    """The settings; made with safe defaults when first asked for: no field is confirmed."""
    found = db.session.get(CourtSettings, 1)
    if found is None:
        found = CourtSettings(
            id=1, file_letters="", last_file_number=0, confirmed_fields=[], query_days=14,
            payment_days=14, credit_in="costs", four_eyes=True,
        )  # fmt: skip
        db.session.add(found)
        db.session.flush()
    return found


def change_court_settings(
    *,
    file_letters: str,
    confirmed_fields: list[str],
    query_days: int,
    payment_days: int,
    credit_in: str = "costs",
) -> CourtSettings:
    """What the house has agreed with its court."""
    letters = file_letters.strip().upper()
    if letters and not (len(letters) == LETTERS and letters.isascii() and letters.isalpha()):
        raise LettersWrong
    settings = get_court_settings()
    settings.file_letters = letters
    settings.confirmed_fields = sorted(set(confirmed_fields))
    settings.credit_in = credit_in
    settings.query_days, settings.payment_days = query_days, payment_days
    audit.record("court_settings.changed", "court_settings", 1, fields=confirmed_fields)
    return settings


def next_file_number() -> str:
    """Three letters and a running number from 001 to 499, then from 001 again."""
    settings = get_court_settings()
    relock(settings)
    settings.last_file_number = settings.last_file_number % LAST_FILE_NUMBER + 1
    return f"{settings.file_letters}{settings.last_file_number:03d}"


def shown_file_number(settings: CourtSettings) -> str:
    """The number the next file will have, for checks before it is made."""
    return f"{settings.file_letters}{settings.last_file_number % LAST_FILE_NUMBER + 1:03d}"
