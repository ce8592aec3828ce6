"""A creditor tells us what happened: it becomes a task, and nothing is demanded meanwhile."""

import pytest

from cases.claims.queries import list_open_holds
from cases.claims.reports import list_reports
from cases.core import outbox
from cases.core.database import db, transaction
from cases.ledger.queries import statement
from cases.people.policy import Role
from cases.worklist.services import list_open_items
from tests.factories.records import make_agency, make_case, make_creditor, make_user
from tests.factories.visits import visit

PAID = {"kind": "direct_payment", "amount_cents": "1.250,50", "happened_on": "20.11.2026"}


class House:
    """A creditor with a case that is worked, a stranger, a worker."""

    def __init__(self, app):
        self.app = app
        with app.app_context():
            with transaction():
                make_agency()
                own, other = make_creditor(), make_creditor("Andere AG")
                emails = [make_user(Role.CREDITOR, creditor=each).email for each in (own, other)]
                emails.append(make_user(Role.CASE_WORKER).email)
                case = make_case(own, accepted_by=make_user())[0]
                self.case_id, self.key = case.id, case.public_id
            db.session.remove()
        self.person, self.stranger, self.worker = (visit(app, email) for email in emails)

    def report(self, form):
        address = f"/my-cases/{self.key}/report"
        self.person.get(address)
        answer = self.person.post(address, form)
        with self.app.app_context():
            for effect_id in outbox.list_due_effects():
                outbox.carry_out(effect_id)
        return answer


@pytest.fixture
def house(fresh_app):
    return House(fresh_app)


def test_a_direct_payment_waits_for_us_and_nothing_is_demanded_meanwhile(house):
    assert house.report(PAID).status_code == 303
    own = house.person.get(f"/my-cases/{house.key}").text
    assert "1.250,50" in own
    assert "liegt bei uns" in own
    with house.app.app_context():
        assert [hold.reason for hold in list_open_holds(house.case_id)] == ["creditor"]
        assert "report_arrived" in [item.reason for item in list_open_items(house.case_id)]
        assert statement(house.case_id).principal_open_cents == 1_000_00
        report = list_reports(house.case_id)[0].public_id
    page = house.worker.get(f"/cases/{house.key}").text
    assert "Meldung des Gläubigers beantworten" in page
    assert f"/creditor-reports/{report}" in page
    assert house.worker.post(f"/creditor-reports/{report}", {"answer": " "}).status_code == 422
    house.worker.get(f"/creditor-reports/{report}")
    sent = house.worker.post(f"/creditor-reports/{report}", {"answer": "Die Zahlung ist gebucht."})
    assert sent.status_code == 303
    with house.app.app_context():
        assert list_open_holds(house.case_id) == []
        assert "report_arrived" not in [item.reason for item in list_open_items(house.case_id)]
    assert "Die Zahlung ist gebucht." in house.person.get(f"/my-cases/{house.key}").text


@pytest.mark.parametrize(("form", "field"), [
    ({}, "kind"),
    ({**PAID, "amount_cents": ""}, "amount_cents"),
    ({**PAID, "happened_on": ""}, "happened_on"),
    ({**PAID, "happened_on": "20.11.2099"}, "happened_on"),
    ({"kind": "message"}, "words"),
    ({"kind": "withdrawal", "words": "  "}, "words"),
])  # fmt: skip
def test_what_is_missing_is_asked_for_and_what_was_typed_stays(house, form, field):
    answer = house.report(form)
    assert answer.status_code == 422
    assert f'href="#{field}"' in answer.text
    if form.get("amount_cents"):
        assert "1.250,50" in answer.text


def test_a_message_is_a_task_and_holds_nothing(house):
    house.report({"kind": "message", "words": "Der Kunde hat eine neue Adresse."})
    with house.app.app_context():
        assert list_open_holds(house.case_id) == []
        assert "report_arrived" in [item.reason for item in list_open_items(house.case_id)]


def test_a_stranger_reports_nothing(house):
    house.stranger.get("/overview")
    assert house.stranger.post(f"/my-cases/{house.key}/report", PAID).status_code == 404


def test_a_direct_payment_shows_what_it_does_and_is_booked_by_one_click(house):
    paid = {"kind": "direct_payment", "amount_cents": "1.000,00", "happened_on": "20.11.2026"}
    house.report(paid)
    with house.app.app_context():
        report = list_reports(house.case_id)[0].public_id
    shown = house.worker.get(f"/creditor-reports/{report}").text
    assert "Was die Buchung bewirkt" in shown
    assert "Wie der Schuldner es wollte" in shown
    with house.app.app_context():
        assert statement(house.case_id).principal_open_cents == 1_000_00
    address = f"/creditor-reports/{report}/book"
    words = {"booked_answer": "Die Zahlung ist gebucht.", "counting": ""}
    assert house.worker.post(address, words).status_code == 422
    house.worker.get(f"/creditor-reports/{report}")
    booked = house.worker.post(address, {**words, "counting": "principal_first"})
    assert booked.status_code == 303
    with house.app.app_context():
        assert statement(house.case_id).principal_open_cents == 0
        assert list_open_holds(house.case_id) == []
    page = house.worker.get(f"/creditor-reports/{report}").text
    assert "Buchung zurücknehmen" in page
