"""How amounts, days and numbers are shown, in German and in English: the Jinja filters.

Only `euro` formats money. Filters know the language of the page through Flask-Babel and today
through the clock of `cases.core`.
"""

from datetime import date, datetime
from decimal import Decimal

from babel import Locale
from babel.dates import format_date, format_time
from babel.numbers import format_decimal
from flask import Flask
from flask_babel import get_locale, gettext, ngettext

from cases.core import clock
from cases.core.sums import Sums

MINUS = "−"
NO_BREAK = "\u00a0"
CENTS = 100
WEEK_DAYS = 7


def language() -> str:
    """`de` or `en`, the language that the page is in."""
    chosen = get_locale()
    return chosen.language if chosen else "de"


def euro(cents: int | Sums | None, currency: str = "EUR") -> str:
    """Whole cents as an amount: 4.812,36 €, in English €4,812.36; other currencies by code.

    A sum in several currencies stays apart: 100,00 € + 200,00 CHF.
    """
    if cents is None:
        return ""
    if isinstance(cents, Sums):
        return " + ".join(euro(part, named) for named, part in cents.parts())
    number = plain_amount(abs(cents), grouping=True)
    sign = MINUS if cents < 0 else ""
    if currency != "EUR":
        return f"{sign}{number}{NO_BREAK}{currency}"
    return f"{sign}€{number}" if language() == "en" else f"{sign}{number}{NO_BREAK}€"


def plain_amount(cents: int, *, grouping: bool) -> str:
    """An amount without a currency sign, always two decimals; never through a float."""
    whole, rest = divmod(cents, CENTS)
    digits = f"{whole:,}" if grouping else str(whole)
    german = language() != "en"
    return (digits.replace(",", ".") if german else digits) + f"{',' if german else '.'}{rest:02}"


def amount_input(value: int | str | None) -> str:
    """What stands in an amount field: what was typed, or whole cents without grouping."""
    if value is None or isinstance(value, str):
        return value or ""
    return (MINUS if value < 0 else "") + plain_amount(abs(value), grouping=False)


def percent(value: Decimal | int | None, decimals: int = 1) -> str:
    """Percentage points: 61,4 % and in English 61.4%."""
    if value is None:
        return ""
    pattern = f"#,##0.{'0' * decimals}" if decimals else "#,##0"
    text = format_decimal(value, pattern, locale=language()).replace("-", MINUS)
    return f"{text}%" if language() == "en" else f"{text}{NO_BREAK}%"


def count(value: int | None) -> str:
    """A whole number with grouping: 1.204."""
    return "" if value is None else format_decimal(value, "#,##0", locale=language())


def day(value: date | None) -> str:
    """23.11.2026, in English 23 Nov 2026, which nobody reads the wrong way round."""
    return _date(value, "dd.MM.yyyy", "d MMM yyyy")


def day_short(value: date | None) -> str:
    """23.11., for dense lists."""
    return _date(value, "dd.MM.", "d MMM")


def day_named(value: date | None) -> str:
    """Fr., 27.11.: with its day of the week."""
    return _date(value, "EEE, dd.MM.", "EEE d MMM")


def day_long(value: date | None) -> str:
    """Montag, 23. November 2026."""
    return _date(value, "EEEE, d. MMMM yyyy", "EEEE, d MMMM yyyy")


def day_input(value: date | str | None) -> str:
    """What stands in a date field: what was typed, or the day as people type it."""
    if value is None or isinstance(value, str):
        return value or ""
    return value.strftime("%d.%m.%Y")


def near(value: date | None) -> str:
    """A day close to today in words (heute, morgen, vor 3 Tg.), any other as a date."""
    if value is None:
        return ""
    value = _day_of(value)
    today = clock.today()
    ahead = (value - today).days
    if ahead in (-1, 0, 1):
        return str((gettext("yesterday"), gettext("today"), gettext("tomorrow"))[ahead + 1])
    if 1 < ahead < WEEK_DAYS:
        return str(ngettext("in %(num)d day", "in %(num)d days", ahead))
    if -WEEK_DAYS < ahead < -1:
        return str(ngettext("%(num)d day ago", "%(num)d days ago", -ahead))
    return day_short(value) if value.year == today.year else day(value)


def time(value: datetime | None) -> str:
    """09:30 Uhr, on the agency's wall clock."""
    if value is None:
        return ""
    shown = format_time(clock.local(value), "HH:mm", locale=language())
    return f"{shown} Uhr" if language() == "de" else shown


def near_time(value: datetime | None) -> str:
    """The hour of what is due today, the day of what was due before."""
    if value is None:
        return ""
    return time(value) if clock.local(value).date() == clock.today() else near(value)


def moment(value: datetime | None) -> str:
    """heute, 07:52 or 18.11., 09:14: when something happened."""
    if value is None:
        return ""
    local = clock.local(value)
    words = (clock.today() - local.date()).days in (0, 1)  # Further back a weekday says less.
    shown = near(value) if words else _date_of_moment(local)
    return f"{shown}, {format_time(local, 'HH:mm', locale=language())}"


def _date_of_moment(local: datetime) -> str:
    return day_short(local) if local.year == clock.today().year else day(local)


def size(byte_count: int | None) -> str:
    """A file's size: 2,4 MB."""
    if byte_count is None:
        return ""
    kilo = 1000
    for unit, factor in (("GB", kilo**3), ("MB", kilo**2), ("KB", kilo)):
        if byte_count >= factor:
            number = format_decimal(Decimal(byte_count) / factor, "#,##0.0", locale=language())
            return f"{number}{NO_BREAK}{unit}"
    return f"{byte_count}{NO_BREAK}B"


def _date(value: date | None, german: str, english: str) -> str:
    if value is None:
        return ""
    locale = "en_GB" if language() == "en" else "de"
    return format_date(_day_of(value), german if locale == "de" else english, locale=locale)


def _day_of(value: date) -> date:
    """The day of a moment on the agency's wall clock; a day stays itself."""
    return clock.local(value).date() if isinstance(value, datetime) else value


def country(code: str | None) -> str:
    """The country of a two-letter code, in the language of the page."""
    return Locale(language()).territories.get(code, code) if code else ""


FILTERS = (
    country, euro, amount_input, percent, count, day, day_short, day_named, day_long, day_input,
    near, near_time, time, moment, size,
)  # fmt: skip


def register(app: Flask) -> None:
    """Install the filters; ours for numbers is `number`, since Jinja has a `count`."""
    for function in FILTERS:
        app.jinja_env.filters["number" if function is count else function.__name__] = function
