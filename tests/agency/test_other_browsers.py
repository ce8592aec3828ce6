"""People who use no mouse, or whose browser runs no scripts, get their work done as well."""

import pytest

from cases.core.database import transaction
from cases.people.policy import CREDITOR_ROLES, Role
from tests.factories.records import (
    claim_details,
    debtor_details,
    make_agency,
    make_case,
    make_creditor,
    make_user,
)
from tests.factories.uploads import invoice, list_of
from tests.factories.walk_steps import Person

pytestmark = pytest.mark.browser


@pytest.fixture
def emails(live_server, tmp_path):
    """A creditor and a case worker with three new cases of 300, 200 and 100 euro."""
    with live_server.inside(), transaction():
        make_agency()
        creditor = make_creditor()
        for name, cents in (("Erster", 300_00), ("Zweiter", 200_00), ("Dritter", 100_00)):
            make_case(creditor, debtors=[debtor_details(name)],
                      claims=[claim_details(principal_cents=cents)])  # fmt: skip
        return {
            role: make_user(role, creditor=creditor if role in CREDITOR_ROLES else None).email
            for role in (Role.CREDITOR, Role.CASE_WORKER)
        }


def test_the_worklist_by_keys_alone(live_server, browser, emails):
    context = browser.new_context(locale="de")
    worker = Person(context.new_page(), live_server.url)
    worker.sign_in(emails[Role.CASE_WORKER])
    page = worker.page
    page.keyboard.press("j")
    page.keyboard.press("j")  # Quicker than the preview of the second one comes.
    page.locator("#preview h2", has_text="Dritter").wait_for()
    page.wait_for_load_state("networkidle")
    assert "Dritter" in page.locator("#preview h2").inner_text()
    page.keyboard.press("Enter")
    page.wait_for_url("**/cases/*")
    page.keyboard.press("Enter")  # The one thing to do next: accept.
    worker.sees("Auftrag angenommen.")
    page.keyboard.press("?")
    page.get_by_role("dialog").wait_for()
    page.keyboard.press("Escape")
    page.keyboard.press("a")
    page.wait_for_url("**/call")
    page.keyboard.press("8")  # The outcomes stand in the order of the catalogue.
    assert page.locator("[name=outcome]:checked").get_attribute("value") == "not_reached"
    assert worker.troubles == []
    context.close()


@pytest.mark.deep
def test_from_the_list_to_the_case_without_scripts(live_server, browser, emails):
    context = browser.new_context(locale="de", java_script_enabled=False)
    creditor = Person(context.new_page(), live_server.url)
    creditor.sign_in(emails[Role.CREDITOR])
    creditor.open("/submissions")
    creditor.upload("offen.csv", "text/csv", list_of([invoice("R-1"), invoice("R-2", "12o,00")]))
    creditor.sees("1 von 2 Zeilen braucht eine Korrektur")
    creditor.correct("12o,00", "120,00")
    creditor.sees("2 Zeilen sind bereit zur Übergabe")
    creditor.page.locator(".foot a.p").click()
    creditor.choose(due_basis="contract", reminder="none", disputed="no")
    creditor.page.check("#performed")
    creditor.press("/hand-over")
    creditor.sees("2 Forderungen sind übergeben")
    creditor.page.locator("td.ref a").first.click()
    creditor.sees("Bei uns in Prüfung")
    context.close()

    context = browser.new_context(locale="de", java_script_enabled=False)
    worker = Person(context.new_page(), live_server.url)
    worker.sign_in(emails[Role.CASE_WORKER])
    worker.page.locator("tr", has_text="Zweiter").locator("a.tag").click()
    worker.page.locator("#preview h2", has_text="Zweiter").wait_for()
    worker.page.locator("#preview a.btn").first.click()
    worker.press("/accept")
    worker.sees("Auftrag angenommen.")
    context.close()


@pytest.mark.deep
def test_going_back_and_pressing_twice_does_things_once(live_server, browser, emails):
    context = browser.new_context(locale="de")
    worker = Person(context.new_page(), live_server.url)
    worker.sign_in(emails[Role.CASE_WORKER])
    worker.page.locator("tr", has_text="Erster").locator("td a.plain").click()
    worker.page.wait_for_url("**/cases/*")
    worker.press("/accept")
    worker.sees("Auftrag angenommen.")
    worker.page.go_back()
    worker.page.go_back()
    worker.page.go_forward()
    if worker.page.locator("form[action$='/accept']").count():
        worker.press("/accept")
    worker.page.wait_for_load_state()
    assert worker.page.locator("h1").is_visible()
    worker.open(worker.page.url)
    assert worker.text().count("Auftrag angenommen heute") == 1
    context.close()
