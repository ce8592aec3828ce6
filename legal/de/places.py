"""The state (Bundesland) of a German postcode: always a suggestion that somebody confirms.

Where a court depends on the state, official statistics know more border codes than this table.
Data: GeoNames postal codes, CC BY 4.0; GeoNames must be credited on the about page.
"""

from collections import Counter
from collections.abc import Mapping
from functools import cache

from legal.de.tables import read_rows
from legal.place import Basis, PlaceSuggestion

ATTRIBUTION = "Postcodes: GeoNames (geonames.org), CC BY 4.0"

STATES: Mapping[str, str] = {
    "BW": "Baden-Württemberg",
    "BY": "Bayern",
    "BE": "Berlin",
    "BB": "Brandenburg",
    "HB": "Bremen",
    "HH": "Hamburg",
    "HE": "Hessen",
    "MV": "Mecklenburg-Vorpommern",
    "NI": "Niedersachsen",
    "NW": "Nordrhein-Westfalen",
    "RP": "Rheinland-Pfalz",
    "SL": "Saarland",
    "SN": "Sachsen",
    "ST": "Sachsen-Anhalt",
    "SH": "Schleswig-Holstein",
    "TH": "Thüringen",
}

LENGTH = 5
PREFIX = 3
#: German-style codes of Austrian places: Jungholz and the Kleinwalsertal.
AUSTRIAN = frozenset({"87491", "87567", "87568", "87569"})


def suggest_place(postcode: str) -> PlaceSuggestion | None:
    """The likely state of a postcode; an unknown code is never an error."""
    code = postcode.strip()
    if len(code) != LENGTH or not (code.isascii() and code.isdigit()) or code in AUSTRIAN:
        return None
    if states := _several().get(code):
        return _suggest(states, Basis.SEVERAL)
    if known := _codes().get(code):
        return known
    alike = _prefixes().get(code[:PREFIX])
    return _suggest(alike, Basis.PREFIX) if alike else None


def _suggest(states: tuple[str, ...], basis: Basis) -> PlaceSuggestion:
    return PlaceSuggestion(tuple(f"DE-{state}" for state in states), basis)


@cache
def _several() -> Mapping[str, tuple[str, ...]]:
    rows = read_rows("postcode_several_states.csv")
    return {row["postcode"]: tuple(row["states"].split()) for row in rows}


@cache
def _codes() -> Mapping[str, PlaceSuggestion]:
    return {
        row["prefix"] + ending: suggestion
        for row in read_rows("postcode_states.csv")
        for suggestion in [_suggest((row["state"],), Basis(row["basis"]))]
        for ending in row["endings"].split()
    }


@cache
def _prefixes() -> Mapping[str, tuple[str, ...]]:
    """Prefix -> its states, the one with most codes first."""
    counts: dict[str, Counter[str]] = {}
    for row in read_rows("postcode_states.csv"):
        found = counts.setdefault(row["prefix"], Counter())
        found[row["state"]] += len(row["endings"].split())
    return {
        prefix: tuple(state for state, _ in found.most_common()) for prefix, found in counts.items()
    }
