"""Whether a German postcode can belong to its place, as far as the law's table of states tells.

The table knows every prefix that is in use, and the state of each code; so a code that no place
has is seen, and one that lies outside Berlin, Hamburg or Bremen beside such a city. Other towns
are not known here, and nothing is guessed about them.
"""

from cases.formats.claims.law_outlook import states_of_postcode

_CITIES = {"berlin": "DE-BE", "hamburg": "DE-HH", "bremen": "DE-HB", "bremerhaven": "DE-HB"}
_DIGITS = 5


def postcode_problem(postcode: str | None, city: str | None, country: str | None) -> str | None:
    """The code of what is wrong with a postcode for its place, or None."""
    if country not in {None, "DE"} or not postcode or len(postcode) != _DIGITS:
        return None
    states = states_of_postcode(postcode)
    if not states:
        return "postcode_unknown"
    state = _CITIES.get((city or "").casefold())
    return "postcode_elsewhere" if state and state not in states else None
