"""A case worker's day in a real browser: many orders with undo, a false end refused, big numbers.

One server and one browser carry all of it: each costs more than what is looked at.
"""

from datetime import date

import pytest

from agency.app import create_app
from cases.claims.models import Phase
from cases.claims.queries import list_cases_by_public_id, list_claims
from cases.core.clock import clock_at
from cases.core.database import db, transaction
from tests.factories.casework import make_objection
from tests.factories.records import (
    claim_details,
    debtor_details,
    make_agency,
    make_case,
    make_creditor,
    make_user,
)
from tests.factories.walk_steps import Person
from tests.infrastructure.databases import dispose

NOW = "2026-11-23T10:00:00+01:00"
LONG = "Wohnungsbaugenossenschaft Elbmarsch eG"
#: Wider than the window, or a word in a column too narrow to hold six letters.
TOO_WIDE = "document.documentElement.scrollWidth - window.innerWidth"
SQUEEZED = """() => [...document.querySelectorAll(".todo b, .todo small, h1, h2, .btn, .tag, dt")]
  .filter((one) => one.getClientRects().length && one.textContent.trim().length > 6)
  .filter((one) => one.getBoundingClientRect().width < 40)
  .filter((one) => one.getBoundingClientRect().height > 60)
  .map((one) => one.textContent.trim())"""
CUT = """() => [...document.querySelectorAll(".num, .owe dd, .kpi b")]
  .filter((one) => one.getClientRects().length && !one.closest(".scroll, table.wlg"))
  .filter((one) => one.scrollWidth > one.clientWidth + 1)
  .map((one) => one.textContent.trim())"""


@pytest.fixture
def day(live_server, browser, tmp_path):
    """A German-speaking case worker with four orders and one huge case that is disputed."""
    app = create_app(live_server.database.settings(tmp_path / "var", RECOUP_NOW=NOW))
    with app.app_context():
        with clock_at(date(2026, 11, 22)), transaction():
            make_agency()
            creditor = make_creditor(LONG)
            email = make_user(name="Nora Petersen", locale="de").email
            orders = [
                make_case(
                    creditor,
                    debtors=[debtor_details(f"Weber {letter}")],
                    claims=[claim_details(principal_cents=100_00)],
                )[0].public_id
                for letter in "abc"
            ]
            doubtful, _ = make_case(creditor, debtors=[debtor_details(LONG)])
            list_claims(doubtful.id)[0].known_dispute = "Ware mangelhaft"
            huge, _ = make_case(
                creditor,
                accepted_by=make_user(),
                claims=[claim_details(principal_cents=12_500_000_00)],
                debtors=[debtor_details(LONG)],
            )
            make_objection(huge, 1_204_877_10)
            found = {"orders": orders, "doubtful": doubtful.public_id, "huge": huge.public_id}
        context = browser.new_context(
            locale="de", viewport={"width": 1440, "height": 900}, color_scheme="light"
        )
        context.set_default_timeout(30_000)
        worker = Person(context.new_page(), live_server.url)
        worker.sign_in(email)
        yield worker, found
        db.session.remove()
        assert worker.troubles == []
        context.close()
    dispose(app)


@pytest.mark.browser
@pytest.mark.parametrize("live_server", [{"RECOUP_NOW": NOW}], indirect=True)
def test_a_day_of_a_case_worker(day):
    worker, found = day
    accept_many_and_take_it_back(worker, found)
    no_case_ends_as_paid_while_money_is_open(worker, found)
    big_numbers_fit(worker, found)
    paper_shows_no_buttons(worker, found)


def phases(found):
    db.session.rollback()
    return {case.phase for case in list_cases_by_public_id(found["orders"])}


def accept_many_and_take_it_back(worker, found):
    """Ticked by one box, accepted, and new again after one click within two minutes."""
    page = worker.page
    worker.open("/worklist?queue=new_case")
    assert page.locator("tbody input[name=case]").count() == len(found["orders"])
    page.check("[data-tick-all]")
    page.click("#many button")
    worker.sees("3 Aufträge angenommen.", "bis 10:0")
    assert phases(found) == {Phase.AMICABLE}
    page.click("form[action$='/undo'] button")
    worker.sees("3 Aufträge warten wieder auf ihre Prüfung.")
    assert phases(found) == {Phase.NEW}


def no_case_ends_as_paid_while_money_is_open(worker, found):
    """Paid is not offered; what is nearest to it asks for a reason, and nothing is ended."""
    page = worker.page
    worker.open(f"/cases/{found['huge']}/close")
    assert page.locator("input[value=paid]").count() == 0
    page.check("input[value=paid_waived]")
    page.keyboard.press("Control+Enter")
    page.wait_for_selector("[aria-invalid=true]")
    db.session.rollback()
    assert list_cases_by_public_id([found["huge"]])[0].phase is Phase.AMICABLE


def big_numbers_fit(worker, found):
    """12.500.000,00 € and long names, from the desk to the smallest phone."""
    page = worker.page
    addresses = ["/worklist", "/cases", "/objections", f"/cases/{found['huge']}",
                 f"/cases/{found['huge']}/statement", f"/cases/{found['huge']}/call",
                 f"/cases/{found['doubtful']}"]  # fmt: skip
    wrong = []
    for width in (1440, 400, 320):
        page.set_viewport_size({"width": width, "height": 900})
        for address in addresses:
            worker.open(address)
            told = (page.evaluate(TOO_WIDE), page.evaluate(SQUEEZED), page.evaluate(CUT))
            if told[0] > 0 or told[1] or told[2]:
                wrong.append((width, address, *told))
    page.set_viewport_size({"width": 1440, "height": 900})
    assert wrong == []


def paper_shows_no_buttons(worker, found):
    """A printed case is a document: nothing on it can be pressed or typed into."""
    page = worker.page
    worker.open(f"/cases/{found['huge']}")
    page.emulate_media(media="print")
    shown = page.locator("button, input:not([type=hidden]), textarea, select, .btn")
    assert [one.inner_text() for one in shown.all() if one.is_visible()] == []
    page.emulate_media(media="screen")
