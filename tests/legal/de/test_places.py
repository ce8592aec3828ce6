"""States by postcode: known codes, border codes, unknown codes; never an error."""

import pytest

from legal.de.places import STATES, _codes, suggest_place
from legal.place import Basis
from legal.public_holidays import check_place


@pytest.mark.parametrize(
    ("postcode", "states", "basis"),
    [
        pytest.param("10115", ("BE",), Basis.AREA, id="Berlin"),
        pytest.param("50667", ("NW",), Basis.AREA, id="Köln"),
        pytest.param(" 80331 ", ("BY",), Basis.AREA, id="München, with blanks"),
        pytest.param("01067", ("SN",), Basis.AREA, id="Dresden keeps its zero"),
        pytest.param("10875", ("BE",), Basis.CHECK, id="a large recipient corrected to Berlin"),
        pytest.param("99095", ("TH",), Basis.CHECK, id="a newer code of Erfurt"),
        pytest.param("07919", ("SN", "TH"), Basis.SEVERAL, id="a border code"),
        pytest.param("22145", ("SH", "HH"), Basis.SEVERAL, id="Rahlstedt"),
        pytest.param("10116", ("BE",), Basis.PREFIX, id="an unknown code"),
    ],
)
def test_states(postcode, states, basis):
    found = suggest_place(postcode)
    assert (found.places, found.basis) == (tuple(f"DE-{s}" for s in states), basis)
    assert check_place(found.places[0])
    assert found.certain == (found.places[0] if basis in {Basis.AREA, Basis.CHECK} else None)


@pytest.mark.parametrize("postcode", ["", "1011", "101150", "A1010", "１０１１５", "87491"])
def test_what_is_no_german_code_has_no_suggestion(postcode):
    assert suggest_place(postcode) is None


def test_every_code_is_in_one_of_the_sixteen_states():
    assert len(_codes()) == 10_820 - 11
    assert {found.places[0] for found in _codes().values()} == {f"DE-{state}" for state in STATES}
