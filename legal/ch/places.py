"""The canton of a Swiss postcode: a suggestion; border codes lie in several.

Data: GeoNames postal codes, CC BY 4.0; GeoNames must be credited on the about page.
"""

import csv
from collections.abc import Mapping
from functools import cache
from importlib.resources import files

from legal.place import Basis, PlaceSuggestion


def suggest_place(postcode: str) -> PlaceSuggestion | None:
    """The likely canton of a postcode; an unknown code is never an error."""
    return _codes().get(postcode.strip())


@cache
def _codes() -> Mapping[str, PlaceSuggestion]:
    text = (files("legal.ch") / "data" / "postcode_cantons.csv").read_text(encoding="utf-8")
    return {
        row["postcode"]: _suggest(row["cantons"].split())
        for row in csv.DictReader(text.splitlines())
    }


def _suggest(cantons: list[str]) -> PlaceSuggestion:
    places = tuple(f"CH-{canton}" for canton in cantons)
    return PlaceSuggestion(places, Basis.AREA if len(places) == 1 else Basis.SEVERAL)
