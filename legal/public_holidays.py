"""Public holidays (gesetzliche Feiertage) of a place: the one module that knows the library.

A place is an ISO 3166-2 code: "DE-NW", "CH-ZH", "AT-9", or a country alone ("DE") for the holidays
that all of it shares. Where a holiday depends on the municipality the place carries a flag:
"DE-BY+catholic" (Assumption), "DE-SN+catholic", "DE-TH+catholic" (Corpus Christi),
"DE-BY+augsburg" (Peace Festival), "CH-ZH+city".
"""

import csv
from collections.abc import Mapping
from datetime import date
from functools import cache, lru_cache
from importlib.resources import files
from typing import Final

from legal.errors import InputInvalid

#: Countries whose calendars we have checked.
COUNTRIES: Final = ("AT", "CH", "DE")
LONGEST_STATE: Final = 2
LONGEST_CODE: Final = len("DE-BY+augsburg")

#: Flag of a place -> (country and state it belongs to, state in the library, categories).
MUNICIPAL: Final[Mapping[str, tuple[str, tuple[str, ...]]]] = {
    "DE-BY+catholic": ("BY", ("public", "catholic")),
    "DE-SN+catholic": ("SN", ("public", "catholic")),
    "DE-TH+catholic": ("TH", ("public", "catholic")),
    "DE-BY+augsburg": ("Augsburg", ("public", "catholic")),
    "CH-ZH+city": ("Stadt Zurich", ("public",)),
}


class PlaceUnknown(InputInvalid):
    """No calendar of public holidays is known for this place."""

    def __init__(self, place: object) -> None:
        super().__init__(
            f"{place!r} is not a place with a known calendar, such as DE-NW, CH-ZH or AT-9.",
            field="place",
        )


def check_place(place: object) -> str:
    """The place as given, if its calendar is known.

    Raises:
        PlaceUnknown: it is not.
    """
    if not isinstance(place, str) or len(place) > LONGEST_CODE:
        raise PlaceUnknown(place)
    _library_key(place)
    return place


@lru_cache(maxsize=8192)
def holidays_of_year(place: str, year: int) -> Mapping[date, str]:
    """The public holidays of a place in one year with their German names.

    Nothing is known before 1991 and after 2100: those years have weekends only.
    """
    # Late, because most calculations never meet a calendar and this library costs start-up time.
    import holidays

    country, state, categories = _library_key(place)
    found = holidays.country_holidays(
        country, subdiv=state, years=year, language="de", categories=categories, expand=False
    )
    named = {day: str(name) for day, name in found.items() if day.year == year}
    for month, day_of_month, name in additional_holidays().get(place.partition("+")[0], ()):
        named.setdefault(date(year, month, day_of_month), name)
    return named


def find_holiday(day: date, place: str) -> str | None:
    """The German name of the public holiday on this day, if there is one at this place."""
    return holidays_of_year(place, day.year).get(day)


@cache
def additional_holidays() -> Mapping[str, list[tuple[int, int, str]]]:
    """Days that courts treat as holidays although the library does not list them."""
    rows: dict[str, list[tuple[int, int, str]]] = {}
    text = (files("legal") / "data" / "additional_holidays.csv").read_text(encoding="utf-8")
    for row in csv.DictReader(text.splitlines()):
        rows.setdefault(row["place"], []).append((int(row["month"]), int(row["day"]), row["name"]))
    return rows


@cache
def _library_key(place: str) -> tuple[str, str | None, tuple[str, ...]]:
    """The country, state and categories by which the library knows a place."""
    import holidays

    code = place.partition("+")[0]
    country, dash, state = code.partition("-")
    if country not in COUNTRIES or (dash and not state):
        raise PlaceUnknown(place)
    if "+" in place:
        if place not in MUNICIPAL:
            raise PlaceUnknown(place)
        state_key, categories = MUNICIPAL[place]
        return country, state_key, categories
    # Longer names are single towns, which are reached by their flag.
    known = {s for s in holidays.list_supported_countries()[country] if len(s) <= LONGEST_STATE}
    if state and state not in known:
        raise PlaceUnknown(place)
    return country, state or None, ("public",)
