"""A new client's first steps: named while they are missing, left and taken up again."""

import io

import pytest

from cases.core.database import db, transaction
from cases.parties.models import Creditor
from cases.parties.services import create_creditor
from cases.people.policy import Role
from tests.factories.documents import PDF
from tests.factories.records import make_agency, make_creditor, make_user
from tests.factories.visits import visit

IBAN = "DE89 3704 0044 0532 0130 00"


@pytest.fixture
def person(fresh_app):
    with fresh_app.app_context():
        with transaction():
            make_agency(trust_iban="DE02120300000000202051")
            make_creditor("Anderer Mandant AG")
            new = create_creditor(
                "Neu GmbH", street="Weg 1", postcode="20095", city="Hamburg", email=None
            )
            email = make_user(Role.CREDITOR_ADMIN, creditor=new).email
            reader = make_user(Role.CREDITOR, creditor=new).email
        db.session.remove()
    assert visit(fresh_app, reader).get("/first-steps").status_code == 403
    return visit(fresh_app, email)


def test_each_step_is_named_until_it_is_done(fresh_app, person):
    page = person.get("/first-steps").text
    assert "6 erste Schritte sind noch offen" in page
    assert "Ohne Vertrag kann keine Akte bearbeitet werden" in page
    wrong = person.post("/first-steps/bank", {"iban": "DE00 1234"})
    assert wrong.status_code == 422
    assert "DE00 1234" in wrong.text
    others = person.post("/first-steps/bank", {"iban": "DE75512108001245126199"})
    assert others.status_code == 422
    assert "Anderer Mandant" not in others.text
    assert person.post("/first-steps/bank", {"iban": IBAN}).status_code == 303
    assert "wartet auf unsere Prüfung" in person.get("/first-steps").text
    with fresh_app.app_context():
        assert db.session.query(Creditor).filter_by(name="Neu GmbH").one().iban is None
        db.session.remove()
    assert person.get("/first-steps/power-of-attorney.pdf").data.startswith(b"%PDF-")
    late = {"dated_on": "1.1.2090", "paper": (io.BytesIO(PDF), "v.pdf")}
    assert person.post("/first-steps/power", {"dated_on": ""}).status_code == 422
    assert person.post("/first-steps/power", late).status_code == 422
    signed = {"dated_on": "1.6.2026", "paper": (io.BytesIO(PDF), "v.pdf")}
    assert person.post("/first-steps/power", signed).status_code == 303
    assert person.post("/my-relationship", {"tone": "firm"}).status_code == 303
    assert "4 erste Schritte sind noch offen" in person.get("/first-steps").text
