"""Meetings, heirs, orders by phone, the dialer and the group of a debtor at the screen."""

import io
from datetime import date, datetime

import pytest

from cases.claims.debtors import set_debtor_card
from cases.claims.models import HoldReason
from cases.claims.queries import list_debtors, list_open_holds
from cases.claims.services import set_hold
from cases.contacts.meetings.models import Meeting, MeetingState
from cases.contacts.queries import list_contacts, list_open_commitments
from cases.core.clock import clock_at
from cases.core.database import db, transaction
from cases.parties.profiles import Card
from cases.worklist.models import WorkQueue
from cases.worklist.services import add_item
from tests.factories.contacts import make_person_of
from tests.factories.planned_visits import make_meeting_of, window
from tests.factories.records import debtor_details, make_case, make_user
from tests.factories.visits import visit

AFTER = datetime.fromisoformat("2026-12-01T12:00:00+01:00")


@pytest.fixture
def case(worker):
    with transaction():
        found, _ = make_case(accepted_by=make_user())
    return found


def refuses(answer, *fields):
    assert answer.status_code == 422
    for field in fields:
        assert f'href="#{field}"' in answer.text, field


def test_a_meeting_from_the_plan_to_its_minutes(at_work, worker, case):
    address = f"/cases/{case.public_id}/meetings"
    worker.get(address)
    with transaction():
        host = make_user(name="Petra Gastgeberin")
    form = {"on": "1.12.2026", "first": "10", "last": "11", "place": "Rathausplatz 1",
            "host": host.public_id, "agenda": "Offene Rechnungen"}  # fmt: skip
    refuses(worker.post(address, {**form, "agenda": "", "place": ""}), "agenda", "place")
    refuses(worker.post(address, {**form, "last": "9"}), "last")
    refuses(worker.post(address, {**form, "host": "niemand"}), "host")
    assert worker.post(address, form).status_code == 303
    meeting = db.session.query(Meeting).filter_by(case_id=case.id).one()
    own = f"/meetings/{meeting.public_id}"
    assert "Offene Rechnungen" in worker.get(own).text
    assert b"SUMMARY:" in worker.get(f"{own}.ics").data
    assert worker.post(f"{own}/invitation").status_code == 303
    changed = {**form, "on": "1.12.2026", "first": "11", "last": "11:45", "why": ""}
    refuses(worker.post(f"{own}/change", changed), "why")
    assert worker.post(f"{own}/change", {**changed, "why": "Später"}).status_code == 303
    with transaction():
        email = make_user().email
    with clock_at(AFTER):
        person = visit(at_work, email, "en")
        person.get(own)
        minutes = {"identity": "confirmed", "outcome": "reached_pays", "reason": "internal_delay",
                   "minutes": "Zahlt nach Freigabe.", "what_1": "Kopie senden"}  # fmt: skip
        refuses(person.post(own, minutes), "on_1")
        refuses(person.post(own, {**minutes, "what_1": "", "minutes": ""}), "minutes")
        assert person.post(own, {**minutes, "on_1": "4.12.2026"}).status_code == 303
        assert "Zahlt nach Freigabe." in person.get(own).text
    assert [one.what for one in list_open_commitments(case.id)] == ["Kopie senden"]
    with transaction():
        other = make_meeting_of(case, window=window(date(2026, 12, 9)))
    cancel = f"/meetings/{other.public_id}/cancel"
    refuses(worker.post(cancel, {"cancel_why": " "}), "cancel_why")
    assert worker.post(cancel, {"cancel_why": "Abgesagt"}).status_code == 303
    assert other.state is MeetingState.CANCELLED


def test_heirs_orders_and_the_group_at_the_screen(worker, case):
    with transaction():
        set_hold(case, HoldReason.DECEASED)
        head, _ = make_case(debtors=[debtor_details("Zentrale")], accepted_by=make_user())
        site, _ = make_case(debtors=[debtor_details("Standort")], accepted_by=make_user())
        center, branch = (list_debtors(one.id)[0].debtor for one in (head, site))
        set_debtor_card(site.id, branch.public_id, Card(head_office_id=center.id))
    page = worker.get(f"/debtors/{center.public_id}").text
    assert "Exposure of the group" in page
    assert "€2,000.00" in page
    assert "2 open cases of all sites" in page
    dead = list_debtors(case.id)[0].debtor
    address = f"/cases/{case.public_id}/debtors/{dead.public_id}/estate"
    assert address in worker.get(f"/cases/{case.public_id}").text
    court = {"court": "", "last_home": "Lindenallee 7", "court_street": "Sievekingplatz 1",
             "court_postcode": "20355", "court_city": "Hamburg"}  # fmt: skip
    refuses(worker.post(f"{address}/inquiry", court), "court")
    heir = {"name_1": "Weber", "given_name_1": "Anna", "street_1": "Werftstraße 21",
            "postcode_1": "22113", "city_1": "Hamburg", "how_known": ""}  # fmt: skip
    refuses(worker.post(f"{address}/heirs", heir), "how_known")
    refuses(worker.post(f"{address}/heirs", {"how_known": "Erbschein"}), "name_1")
    assert worker.post(f"{address}/heirs", {**heir, "how_known": "Erbschein"}).status_code == 303
    assert [one.debtor.full_name for one in list_debtors(case.id)] == ["Anna Weber"]
    assert worker.post(f"{address}/take-back").status_code == 303
    order = f"/cases/{head.public_id}/client-order"
    worker.get(order)
    refuses(worker.post(order, {"from_whom": "Frau Kern"}), "order")
    refuses(worker.post(order, {"order": "wait", "from_whom": "Frau Kern"}), "until_on")
    given = {"order": "wait", "from_whom": "Frau Kern", "until_on": "7.12.2026"}
    assert worker.post(order, given).status_code == 303
    assert [hold.reason for hold in list_open_holds(head.id)] == [HoldReason.CREDITOR]


def test_the_dialers_list_goes_out_and_comes_back(worker, case):
    with transaction():
        make_person_of(case)
        add_item(case, WorkQueue.STEP_DUE, "not_reached", f"call:{case.id}", happened_on="x")
    worker.get("/dialer")
    listed = worker.get("/dialer/list.csv").data.decode("utf-8-sig")
    assert case.number in listed
    row = f"{case.number};nicht erreicht;23.11.2026 9:45\r\n{case.number};kaputt;23.11.2026 9:50"
    data = f"Akte;Ergebnis;Zeitpunkt\r\n{row}".encode()
    for recorded in ("One call recorded", "0 calls recorded"):
        sent = {"file": (io.BytesIO(data), "ergebnisse.csv")}
        answer = worker.post("/dialer", sent, content_type="multipart/form-data")
        assert answer.status_code == 422
        assert "is no outcome of a call" in answer.text
        assert recorded in answer.text
    assert len(list_contacts(case.id)) == 1
    assert 'href="#file"' in worker.post("/dialer", {}).text
