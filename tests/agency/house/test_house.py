"""The house's own profile: shown, changed, refused; administration only."""

import pytest

from cases.core.database import transaction
from cases.parties.queries import get_agency
from cases.people.policy import Role
from tests.factories.records import make_user
from tests.factories.visits import Visit, visit


@pytest.fixture
def admin(at_work) -> Visit:
    with transaction():
        email = make_user(Role.ADMIN).email
    person = visit(at_work, email, "en")
    person.get("/house")
    return person


def profile(**changes):
    form = {
        "name": "Hanse Forderungsmanagement GmbH", "street": "Speicherstraße 12",
        "postcode": "20457", "city": "Hamburg", "phone": "040 5550110",
        "email": "post@hanse-forderung.example", "register_entry": "Amtsgericht Hamburg, 3712/1",
        "authority_name": "Bundesamt für Justiz", "authority_address": "Adenauerallee 99, Bonn",
        "authority_contact": "www.bundesjustizamt.de",
        "trust_iban": "DE89 3704 0044 0532 0130 00", "operating_iban": "DE02120300000000202051",
        "place": "DE-HH", "postal_days": "2", "register_court": "Amtsgericht Hamburg",
        "register_number": "HRB 12345", "managing_directors": "Miriam Voss",
    }  # fmt: skip
    return {**form, **changes}


def test_the_profile_is_shown_and_changed(admin):
    assert "Hanse Forderungsmanagement GmbH" in admin.get("/house").text
    answer = admin.post("/house", profile(name="Elbe Inkasso GmbH"))
    assert answer.status_code == 303
    agency = get_agency()
    assert (agency.name, agency.postal_days) == ("Elbe Inkasso GmbH", 2)
    assert agency.trust_iban == "DE89370400440532013000"


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        pytest.param({"name": ""}, "name", id="no name"),
        pytest.param({"trust_iban": "DE89370400440532013001"}, "trust_iban", id="wrong digits"),
        pytest.param(
            {"operating_iban": "DE89370400440532013000"}, "operating_iban", id="one account for all"
        ),
        pytest.param({"place": "DE-XX"}, "place", id="no such state"),
        pytest.param({"register_number": ""}, "register_number", id="a GmbH without its number"),
        pytest.param({"managing_directors": ""}, "managing_directors", id="nobody runs it"),
        pytest.param({"legal_form": "AG"}, "supervisory_chair", id="no supervisory board"),
        pytest.param({"legal_form": "GmbH & Co. KG"}, "liable_partner", id="nobody is liable"),
        pytest.param({"postal_days": "90"}, "postal_days", id="a quarter by post"),
    ],
)
def test_what_cannot_be_is_said_at_its_field(admin, changes, field):
    answer = admin.post("/house", profile(**changes))
    assert answer.status_code == 422
    assert f'href="#{field}"' in answer.text
    assert get_agency().postal_days == 3


def test_a_case_worker_does_not_change_the_house(worker):
    assert worker.get("/house").status_code == 403
    assert worker.post("/house", profile()).status_code == 403
