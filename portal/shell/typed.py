"""What people type into amount and date fields, understood: 1.234,5 and 1234.50, 3.7.26, heute."""

import re
from datetime import date

from cases.core.positions import FIRST_YEAR, LAST_YEAR
from legal.findings import N_
from portal.shell.spoken_days import WITHOUT_YEAR, find_nearest, find_spoken_day

#: Groups of three, one separator throughout, then perhaps decimals behind another one.
GROUPED = re.compile(
    r"([1-9][0-9]{0,2})((?:([ .,'])[0-9]{3})(?:\3[0-9]{3})*)(?:([.,])([0-9]{0,2}))?"
)
PLAIN = re.compile(r"([0-9]*)(?:[.,]([0-9]{0,2}))?")
GERMAN_DAY = re.compile(r"([0-9]{1,2})\.\s?([0-9]{1,2})\.\s?([0-9]{2}|[0-9]{4})")
ISO_DAY = re.compile(r"([0-9]{4})-([0-9]{1,2})-([0-9]{1,2})")
CURRENCY = re.compile(r"^(?:€|EUR) ?| ?(?:€|EUR)$", re.IGNORECASE)
BLANKS = re.compile(r"[\s\u00a0\u202f\u2009]+")
LARGEST_CENTS = 10**15  # Ten billion euros and more is a slip of the finger.
CENTURY = 2000
DECIMAL_SIGNS = {"en": "."}


class NotUnderstood(ValueError):
    """What was typed cannot be read; `sentence` says why, `params` fill it in."""

    def __init__(self, sentence: str, **params: str) -> None:
        self.sentence = sentence
        self.params = params
        super().__init__(sentence % params)


def parse_amount_cents(typed: str, locale: str = "de") -> int:
    """Whole cents from an amount as people type it; the locale decides only what 1.234 means."""
    text = BLANKS.sub(" ", typed).strip().replace("’", "'")
    text = CURRENCY.sub("", text).replace("−", "-").replace("–", "-")
    negative = text.startswith("-") != text.endswith("-")
    text = CURRENCY.sub("", text.strip("- ") if negative else text)
    whole, decimals = _digits(text, DECIMAL_SIGNS.get(locale, ","), typed)
    cents = int(whole or "0") * 100 + int((decimals or "").ljust(2, "0"))
    if cents >= LARGEST_CENTS:
        raise NotUnderstood(N_("This amount is too large."))
    return -cents if negative else cents


def _digits(text: str, decimal_sign: str, typed: str) -> tuple[str, str | None]:
    """The digits before and after the decimal sign."""
    plain = PLAIN.fullmatch(text)
    if plain and (plain[1] or plain[2]):
        return plain[1], plain[2]
    grouped = GROUPED.fullmatch(text)
    if grouped is None or grouped[3] == grouped[4]:
        raise NotUnderstood(
            N_("“%(typed)s” is not an amount. Write it like 1.234,50."), typed=typed.strip()
        )
    one_group = len(grouped[2]) == len(".123")
    if grouped[4] is None and one_group and grouped[3] == decimal_sign:
        # 1,234 may mean a thousand or one euro and some: asking is cheaper than a wrong claim.
        raise NotUnderstood(
            N_("“%(typed)s” can be read in two ways. Please write two decimals."),
            typed=typed.strip(),
        )
    return grouped[1] + re.sub("[^0-9]", "", grouped[2]), grouped[5]


def parse_date(typed: str, today: date, *, full_year: bool = False) -> date:
    """A day from 3.7.26, 03.07.2026, 2026-07-03, 3.7., heute or in 14 Tagen.

    `full_year` wants four digits, as a birth date needs them.
    """
    text = typed.strip()
    if not full_year and (spoken := find_spoken_day(text, today) or find_nearest(text, today)):
        return _plausible(spoken, text)
    if match := ISO_DAY.fullmatch(text):
        year, month, day = match.groups()
    elif match := GERMAN_DAY.fullmatch(text):
        day, month, year = match.groups()
    elif match := WITHOUT_YEAR.fullmatch(text):
        sentence = (
            N_("Please write the year with four digits.") if full_year
            else N_("There is no %(typed)s in the calendar.")
        )  # fmt: skip
        raise NotUnderstood(sentence, typed=text)
    else:
        raise NotUnderstood(N_("“%(typed)s” is not a day. Write it like 31.12.2026."), typed=text)
    if len(year) == len("26"):
        if full_year:
            raise NotUnderstood(N_("Please write the year with four digits."))
        year = str(CENTURY + int(year))
    try:
        found = date(int(year), int(month), int(day))
    except ValueError:
        raise NotUnderstood(N_("There is no %(typed)s in the calendar."), typed=text) from None
    return _plausible(found, text)


def _plausible(day: date, text: str) -> date:
    if not FIRST_YEAR <= day.year <= LAST_YEAR:
        raise NotUnderstood(N_("Please check the year of %(typed)s."), typed=text)
    return day
