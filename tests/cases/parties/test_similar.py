"""A debtor under another spelling is found by staff, at the same postcode only."""

import pytest

from cases.core.database import transaction
from cases.core.sort_name import sort_name
from cases.parties.services import find_or_create_debtor
from cases.parties.similar import is_alike, list_similar
from tests.factories.records import debtor_details


@pytest.mark.parametrize(
    ("one", "other", "alike"),
    [
        pytest.param("Jonas Weber", "Jonas Webber", True, id="a letter more"),
        pytest.param("Müller Bau GmbH", "Muller Bau GmbH", True, id="an umlaut lost"),
        pytest.param("Jonas Weber", "Anna Weber", False, id="another first name"),
        pytest.param("Alpha GmbH", "Omega GmbH", False, id="the legal form alone"),
    ],
)
def test_names_that_differ_in_spelling(one, other, alike):
    assert is_alike(sort_name(one), sort_name(other)) is alike


def test_the_same_name_at_the_same_postcode_is_shown(database):
    with transaction():
        first = find_or_create_debtor(debtor_details("Weber"))
        alike = find_or_create_debtor(debtor_details("Webber", street="Lindenallee 7a"))
        find_or_create_debtor(debtor_details("Webber", postcode="24103", city="Kiel"))
        find_or_create_debtor(debtor_details("Sommer"))
    assert [one.debtor.id for one in list_similar([first.id])] == [alike.id]
