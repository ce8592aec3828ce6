"""Which of the twelve courts is competent, and what the lists say."""

import pytest

from legal.de.court.courts import (
    DistrictNeeded,
    StateUnknown,
    competent_court,
    dunning_courts,
    find_court_by_postcode,
)
from legal.de.court.eda.codec import in_capitals
from legal.de.court.readiness.catalogue import (
    claim_catalogue,
    contract_types,
    find_legal_form,
    functions_of,
)

STATES = ["BW", "BY", "BE", "BB", "HB", "HH", "MV", "HE", "NI", "RP", "SL", "SN", "ST", "TH", "SH"]


# From the table of central courts; holidays count at the seat of the court.
@pytest.mark.parametrize(
    ("state", "court", "holidays"),
    [
        ("BW", "Stuttgart", "BW"),
        ("BY", "Coburg", "BY"),
        ("BE", "Wedding", "BE"),
        ("BB", "Wedding", "BE"),
        ("HB", "Bremen", "HB"),
        ("HH", "Hamburg-Altona", "HH"),
        ("MV", "Hamburg-Altona", "HH"),
        ("HE", "Hünfeld", "HE"),
        ("NI", "Uelzen", "NI"),
        ("RP", "Mayen", "RP"),
        ("SL", "Mayen", "RP"),
        ("SN", "Aschersleben", "ST"),
        ("ST", "Aschersleben", "ST"),
        ("TH", "Aschersleben", "ST"),
        ("SH", "Schleswig", "SH"),
    ],
)
def test_seat_decides(state, court, holidays):
    found = competent_court(f"DE-{state}")
    assert found.name == f"Amtsgericht {court}"
    assert found.holiday_place == f"DE-{holidays}"


@pytest.mark.parametrize(
    ("district", "court"),
    [
        ("Köln", "Euskirchen"),
        ("Hamm", "Hagen"),
        ("Düsseldorf", "Hagen"),
    ],
)
def test_north_rhine_westphalia_is_split(district, court):
    assert competent_court("DE-NW", olg_district=district).name == f"Amtsgericht {court}"


def test_without_district_north_rhine_westphalia_is_not_guessed():
    with pytest.raises(DistrictNeeded):
        competent_court("DE-NW")


def test_applicant_abroad_goes_to_wedding():
    assert competent_court(None).name == "Amtsgericht Wedding"


def test_unknown_state_is_an_error():
    with pytest.raises(StateUnknown):
        competent_court("DE-XX")


def test_there_are_twelve_courts_with_their_postcodes():
    assert len(dunning_courts()) == 12
    assert len({court.plz for court in dunning_courts().values()}) == 12
    assert find_court_by_postcode("70190").name == "Amtsgericht Stuttgart"
    assert find_court_by_postcode("70154") is None
    assert {s.removeprefix("DE-") for c in dunning_courts().values() for s in c.states} == {
        *STATES,
        "NW",
    }


@pytest.mark.parametrize(
    ("written", "key"),
    [
        ("GmbH", "10"),
        ("GmbH & Co KG", "31"),
        ("GmbH & Co. KG", "31"),
        ("AG", "03"),
        ("AG & Co. KG", "30"),
        ("UG (haftungsbeschränkt)", "10"),
        ("OHG", "19"),
        ("e.V.", "06"),
        ("GbR", "78"),
        ("e.K.", "01"),
        ("gGmbH", "07"),
        ("Gesellschaft mit beschr. Haftung", "10"),
    ],
)
def test_usual_spellings_of_legal_forms_are_found(written, key):
    assert find_legal_form(written).function_key == key


def test_unknown_legal_form_is_not_guessed():
    assert find_legal_form("XYZ") is None


def test_lists_are_complete():
    assert len(claim_catalogue()) == 56
    assert len(contract_types()) == 278
    assert "GESCHÄFTSFÜHRER" in functions_of("10")
    assert functions_of("02") == frozenset()


def test_a_contract_type_is_known_in_small_letters_too():
    assert "AUSSCHLIEßLICHKEIT" in contract_types()  # As the courts write it.
    assert {in_capitals(name.lower()) for name in contract_types()} == contract_types()
