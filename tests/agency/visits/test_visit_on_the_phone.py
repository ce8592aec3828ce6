"""A visit on a phone-sized screen whose line is lost: nothing typed is lost, and it books once."""

from datetime import date, datetime

import pytest

from cases.contacts.queries import list_contacts
from cases.contacts.visits.letters import begin_visit_letter
from cases.core import audit
from cases.core.clock import clock_at
from cases.core.database import transaction
from tests.factories.planned_visits import make_visit_of, window
from tests.factories.records import make_agency, make_case, make_user
from tests.factories.walk_steps import Person

pytestmark = pytest.mark.browser
NOW = "2026-12-01T14:30:00+01:00"
BEFORE = datetime.fromisoformat("2026-11-23T10:00:00+01:00")


@pytest.mark.parametrize("live_server", [{"RECOUP_NOW": NOW}], indirect=True)
def test_from_the_letter_to_the_report_without_a_net(live_server, browser):
    with live_server.inside(), clock_at(BEFORE), transaction():
        make_agency()
        visitor = make_user(name="Karl Besucher")
        audit.set_actor(visitor.id)
        case, _ = make_case(accepted_by=visitor)
        day = window(date(2026, 12, 1))
        visit = make_visit_of(case, visitor_id=visitor.id, window=day)
        begin_visit_letter(visit, visitor.id)
        case_id, address, email = case.id, f"/visits/{visit.public_id}", visitor.email
    context = browser.new_context(locale="de", viewport={"width": 400, "height": 800})
    worker = Person(context.new_page(), live_server.url)
    worker.sign_in(email)
    page = worker.page
    page.clock.set_fixed_time(datetime.fromisoformat(NOW))
    worker.open(address)
    page.get_by_role("button", name="Am Brief weiterschreiben").click()
    page.get_by_role("button", name="Schreiben freigeben").click()
    worker.sees("Schreiben freigegeben")
    worker.open("/visits")
    page.get_by_role("link", name="Weber").click()
    assert page.evaluate("document.documentElement.scrollWidth") <= 400
    context.set_offline(True)
    page.get_by_text("Der Schuldner oder jemand").click()
    page.get_by_text("bar gezahlt").click()
    worker.write(cash_amount="300", person="Jonas Weber", note="Zahlt den Rest im Dezember")
    page.select_option("#reason", "forgot")
    page.get_by_role("button", name="Besuch melden").click()
    page.get_by_text("Kein Netz. Der Bericht ist auf diesem Gerät").wait_for()
    context.set_offline(False)
    worker.open(
        address
    )  # The phone was off meanwhile: the page begins anew, and sends what it has.
    page.get_by_text("Bar erhalten").wait_for()
    worker.sees("300,00 €")
    worker.open(address)
    with live_server.inside():
        (contact,) = list_contacts(case_id)
        assert contact.note == "Zahlt den Rest im Dezember"
    assert [one for one in worker.troubles if "ERR_INTERNET_DISCONNECTED" not in one] == []
    context.close()
