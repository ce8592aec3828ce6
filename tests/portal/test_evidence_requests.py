"""Evidence and complaints as their creditor answers them in the portal; a stranger sees nothing."""

import io

import pytest

from cases.core.database import transaction
from cases.objections.complaints.models import Cause
from cases.objections.complaints.services import note_cause, record_complaint
from cases.objections.evidence import ask
from cases.objections.models import ObjectionKind
from cases.people.policy import Role
from tests.factories.casework import make_objection
from tests.factories.documents import PDF
from tests.factories.records import make_agency, make_case, make_creditor, make_user
from tests.factories.visits import run_effects, visit


class House:
    """A creditor who is asked for a delivery note and has a complaint, a stranger, a worker."""

    def __init__(self, app):
        self.app = app
        with app.app_context(), transaction():
            make_agency()
            creditor, other = make_creditor(), make_creditor("Andere AG")
            worker = make_user(Role.CASE_WORKER)
            case, _ = make_case(creditor, accepted_by=worker)
            objection = make_objection(case, kind=ObjectionKind.NOT_DELIVERED)
            self.piece = ask(objection.id, [])[0].public_id
            complaint = record_complaint(case.id, "Niemand ruft zurück.", objection.raised_on)
            note_cause(case, Cause.WRONG_ADDRESS, complaint_id=complaint.id)
            self.case, self.objection = case.public_id, objection.public_id
            self.complaint = complaint.public_id
            emails = [worker.email, *(
                make_user(Role.CREDITOR, creditor=each).email for each in (creditor, other)
            )]  # fmt: skip
        self.worker, self.person, self.stranger = (visit(app, email) for email in emails)


@pytest.fixture
def house(fresh_app):
    return House(fresh_app)


def test_what_was_asked_is_answered_and_becomes_a_fact(house):
    assert "Unterschriebener Lieferschein" in house.person.get("/my-evidence").text
    assert "Unterschriebener Lieferschein" not in house.stranger.get("/my-evidence").text
    place = f"/my-evidence/{house.piece}"
    assert house.stranger.get(place).status_code == 404
    house.person.get(place)
    assert house.person.post(place, {}).status_code == 422
    answer = {"yes": "yes", "words": "liegt bei", "document": (io.BytesIO(PDF), "schein.pdf")}
    sent = house.person.post(place, answer, content_type="multipart/form-data")
    assert sent.status_code == 303, sent.text
    assert "Unterschriebener Lieferschein" not in house.person.get("/my-evidence").text
    run_effects(house.app)
    shown = house.worker.get(f"/objections/{house.objection}").text
    assert "schein.pdf" in shown
    assert "Der Lieferschein ist unterschrieben." in shown
    assert "Antwort zu den Nachweisen" in house.worker.get(f"/cases/{house.case}").text
    assert house.person.post(place, {"yes": "no"}).status_code == 409


def test_what_waits_for_the_client_stands_first_on_his_first_page(house):
    first = house.person.get("/overview").text
    assert "Das brauchen wir von Ihnen" in first
    assert "1 Nachweis zu einem Einwand" in first
    assert "1 Beschwerde eines Kunden" in first
    assert "Das brauchen wir von Ihnen" not in house.stranger.get("/overview").text


def test_a_complaint_comes_back_answered_and_its_cause_is_counted(house):
    page = house.person.get("/my-evidence").text
    assert "Niemand ruft zurück." in page
    assert "Falsche Anschrift" in page
    assert "Falsche Anschrift" not in house.stranger.get("/my-evidence").text
    place = f"/my-complaints/{house.complaint}"
    house.person.get(place)
    assert house.person.post(place, {}).status_code == 422
    assert house.person.post(place, {"answer": "Wir rufen morgen an."}).status_code == 303
    run_effects(house.app)
    assert "Wir rufen morgen an." in house.worker.get(f"/cases/{house.case}/complaint").text
