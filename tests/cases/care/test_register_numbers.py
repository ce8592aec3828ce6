"""Register numbers, each as its country checks it."""

import pytest

from cases.care.register_numbers import check_register


@pytest.mark.parametrize(
    ("country", "number", "court", "wrong"),
    [
        ("DE", "HRB 8841", "Pinneberg", None),
        ("DE", "HRA 10482 PI", "Pinneberg", None),
        ("DE", "HRC 8841", "Pinneberg", "register_form_de"),
        ("DE", "HRB 8841", None, "register_court_missing"),
        ("AT", "FN 122119m", None, None),
        ("AT", "FN 122119", None, "register_form_at"),
        ("CH", "CHE-107.787.577", None, None),
        ("CH", "CHE-107.787.578", None, "register_form_ch"),
        ("FR", "732 829 320 00074", None, None),
        ("FR", "732 829 320 00075", None, "register_form_fr"),
        ("NL", "12345678", None, None),
    ],
)
def test_a_number_is_checked_as_its_country_does(country, number, court, wrong):
    found = check_register(country, number, court)
    assert (found.code if found else None) == wrong
