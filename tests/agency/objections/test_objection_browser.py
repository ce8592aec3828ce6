"""Objections in a real browser: by phone to the reply, asked in the portal, two at once, again."""

import io
import os
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

import pytest
from pypdf import PdfReader

from agency.app import create_app
from cases.core.clock import clock_at
from cases.core.database import db, transaction
from cases.people.policy import Role
from tests.factories.documents import PDF
from tests.factories.records import claim_details, make_agency, make_case, make_creditor, make_user
from tests.factories.walk_steps import Person
from tests.infrastructure.databases import dispose

NOW = "2026-11-23T10:00:00+01:00"
TOO_WIDE = "document.documentElement.scrollWidth - window.innerWidth"


@dataclass
class Desk:
    """A German-speaking case worker with one accepted case, and how others come in."""

    person: Person
    url: str
    case: str
    creditor_email: str
    colleague_email: str
    enter: Callable[[str], Person]


@pytest.fixture
def desk(live_server, browser, tmp_path):
    """The case worker, a colleague, and a person of the creditor."""
    app = create_app(live_server.database.settings(tmp_path / "var", RECOUP_NOW=NOW))
    with app.app_context():
        with clock_at(date(2026, 11, 22)), transaction():
            make_agency()
            worker = make_user(name="Nora Petersen", locale="de")
            colleague = make_user(name="Ole Brandt", locale="de")
            creditor = make_creditor("Nordlicht Haustechnik GmbH")
            own = make_user(Role.CREDITOR, creditor=creditor, locale="de")
            case, _ = make_case(
                creditor,
                accepted_by=worker,
                claims=[claim_details(), claim_details(principal_cents=500_00)],
            )
            emails = worker.email, own.email, colleague.email
            public_id = case.public_id
        contexts = []

        def enter(email: str) -> Person:
            context = browser.new_context(
                locale="de", viewport={"width": 1440, "height": 900}, color_scheme="light"
            )
            context.set_default_timeout(30_000)
            contexts.append(context)
            person = Person(context.new_page(), live_server.url)
            person.sign_in(email)
            return person

        yield Desk(enter(emails[0]), live_server.url, public_id, emails[1], emails[2], enter)
        db.session.remove()
        for context in contexts:
            context.close()
    dispose(app)


def look(page, name: str) -> None:
    """Nothing is wider than the window, on a desk and on a phone."""
    for width, height in ((1440, 900), (400, 800)):
        page.set_viewport_size({"width": width, "height": height})
        assert page.evaluate(TOO_WIDE) <= 0, (name, width)
        if folder := os.environ.get("RECOUP_SHOTS"):
            page.screenshot(path=f"{folder}/{name}-{width}.png", full_page=True)
    page.set_viewport_size({"width": 1440, "height": 900})


def test_an_objection_from_the_phone_to_the_reply(desk):
    page, url, case = desk.person.page, desk.url, desk.case
    page.goto(f"{url}/cases/{case}/objection")
    look(page, "new")
    page.select_option("select[name=kind]", "not_delivered")
    page.fill("textarea[name=words]", "Die zweite Lieferung ist nie angekommen.")
    page.check("input[name=claims] >> nth=0")
    page.check("input[name=contests][value='1']")
    page.select_option("select[name=channel]", "phone")
    page.click("button:has-text('Einwand erfassen')")
    page.wait_for_selector("text=Wer heute was beweisen muss")
    look(page, "open")
    page.click("button:has-text('Alles Fehlende anfordern')")
    page.wait_for_selector("text=angefordert am")
    page.click("text=Antwort eintragen oder erklären")
    page.check("input[name=yes][value=yes]")
    page.click("button:has-text('Antwort speichern')")
    page.wait_for_selector("text=Der Lieferschein ist unterschrieben.")
    for field in page.query_selector_all("input[name^=finding_]"):
        field.fill("steht in der Akte")
    page.check("input[name=verdict][value=pretext]")
    page.fill("textarea[name=reason]", "Der Lieferschein ist unterschrieben.")
    page.fill("input[name=no_evidence]", "Das Original liegt beim Gläubiger.")
    look(page, "deciding")
    page.click("button:has-text('Einwand entscheiden')")
    page.wait_for_selector("text=Entschieden")
    page.goto(f"{url}/objections?show=decided")
    look(page, "decided")
    page.click("table.grid a.plain")
    page.click("button:has-text('Erwiderung schreiben')")
    page.wait_for_url("**/letter-drafts/**")
    assert "Die Lieferung ist belegt" in page.input_value("textarea[name=text]")
    pdf = page.request.get(f"{page.url}.pdf").body()
    text = " ".join(PdfReader(io.BytesIO(pdf)).pages[0].extract_text().split())
    assert "Die zweite Lieferung ist nie angekommen." in text
    assert "Schutzbehauptung" not in text
    page.goto(f"{url}/objections/quality")
    look(page, "quality")
    page.goto(f"{url}/cases/{case}/complaint")
    look(page, "complaint")


def record(page, url, case, kind="not_delivered", **form):
    """An objection against the first claim, as it is typed."""
    page.goto(f"{url}/cases/{case}/objection")
    page.select_option("select[name=kind]", kind)
    page.fill("textarea[name=words]", form.get("words", "Das ist nie angekommen."))
    page.check("input[name=claims] >> nth=0")
    page.check("input[name=contests][value='1']")
    page.select_option("select[name=channel]", "email")
    if again := form.get("again"):
        page.check(f"input[name=again][value={again}]")
    page.click("button:has-text('Einwand erfassen')")
    page.wait_for_selector("text=Wer heute was beweisen muss")
    return page.url


def fill_in(page, verdict, reason):
    """Findings, explanations and the verdict, not sent yet."""
    while page.locator("button:has-text('Erklären')").count():
        page.locator("summary:has-text('Antwort eintragen oder erklären')").first.click()
        page.locator("input[name=why]").first.fill("Der Gläubiger hat es nicht mehr")
        page.locator("button:has-text('Erklären')").first.click()
        page.wait_for_selector("text=Die Erklärung ist")
    for field in page.query_selector_all("input[name^=finding_]"):
        field.fill("steht in der Akte")
    page.check(f"input[name=verdict][value={verdict}]")
    page.fill("textarea[name=reason]", reason)
    page.fill("input[name=no_evidence]", "Das Original liegt beim Gläubiger.")


@pytest.mark.deep
def test_the_creditor_answers_in_the_portal_and_the_panel_follows(desk):
    page = desk.person.page
    address = record(page, desk.url, desk.case)
    page.click("button:has-text('Alles Fehlende anfordern')")
    page.wait_for_selector("text=angefordert am")
    creditor = desk.enter(desk.creditor_email).page
    creditor.goto(f"{desk.url}/my-evidence")
    look(creditor, "portal-evidence")
    creditor.click("li:has-text('Lieferschein') a.btn")
    creditor.click("main button.p")
    creditor.wait_for_selector(".error")
    look(creditor, "portal-evidence-wrong")
    creditor.check("input[name=yes][value=yes]")
    creditor.set_input_files(
        "input[type=file]", {"name": "LS-7.pdf", "mimeType": "application/pdf", "buffer": PDF}
    )
    creditor.click("main button.p")
    creditor.wait_for_url("**/my-evidence")
    page.goto(address)
    page.wait_for_selector("text=beantwortet")
    page.wait_for_selector("text=LS-7.pdf")
    look(page, "answered")


@pytest.mark.deep
def test_two_people_decide_at_once_and_one_is_told(desk):
    page = desk.person.page
    address = record(page, desk.url, desk.case)
    colleague = desk.enter(desk.colleague_email).page
    colleague.goto(address)
    fill_in(page, "pretext", "Der Lieferschein ist unterschrieben.")
    colleague.reload()
    fill_in(colleague, "genuine", "Es fehlt jeder Nachweis.")
    colleague.fill("textarea[name=told_creditor]", "Es gibt keinen Lieferschein.")
    page.click("button:has-text('Einwand entscheiden')")
    page.wait_for_selector("text=Entschieden")
    colleague.click("button:has-text('Einwand entscheiden')")
    colleague.wait_for_selector("text=schon entschieden")
    look(colleague, "decided-by-other")
    colleague.goto(address)
    colleague.wait_for_selector("text=Der Lieferschein ist unterschrieben.")


@pytest.mark.deep
def test_it_is_taken_up_again_with_something_new_and_answered_again(desk):
    page = desk.person.page
    address = record(page, desk.url, desk.case, "retention")
    page.click("button:has-text('Einwand entscheiden')")
    page.wait_for_selector(".error")
    look(page, "verdict-wrong")
    fill_in(page, "genuine", "Die Montage fehlt noch.")
    page.fill("textarea[name=told_creditor]", "Bitte montieren Sie zuerst.")
    look(page, "not-due")
    page.click("button:has-text('Einwand entscheiden')")
    page.wait_for_selector("text=Nennen Sie den Tag nach heute")
    page.fill("input[name=again_on]", "15.02.2027")
    page.click("button:has-text('Einwand entscheiden')")
    page.wait_for_selector("text=Entschieden")
    page.goto(address)
    page.wait_for_selector("text=Noch nicht fällig")
    look(page, "waits")
    page.click("button:has-text('Erwiderung schreiben')")
    page.wait_for_url("**/letter-drafts/**")
    assert "bis die noch geschuldete Leistung erbracht ist" in page.input_value(
        "textarea[name=text]"
    )
    again = record(page, desk.url, desk.case, "retention", again="something_new",
                   words="Auch die Einweisung fehlt.")  # fmt: skip
    assert again == address
    page.wait_for_selector("text=Wieder aufgenommen")
    page.click("summary:has-text('erhoben')")
    look(page, "again")
    assert page.locator("text=Auch die Einweisung fehlt.").count()


@pytest.mark.deep
def test_the_paper_goes_out_by_one_click(desk):
    page = desk.person.page
    page.goto(f"{desk.url}/cases/{desk.case}/objection")
    page.select_option("select[name=kind]", "no_authority")
    page.fill("textarea[name=words]", "Zeigen Sie mir Ihre Vollmacht.")
    page.check("input[name=contests][value='0']")
    page.select_option("select[name=channel]", "letter")
    page.click("button:has-text('Einwand erfassen')")
    page.wait_for_selector("text=Noch keine Urkunde")
    address = page.url
    page.click("text=Urkunde hinterlegen oder ersetzen")
    page.click("button:has-text('Urkunde hinterlegen')")
    page.wait_for_selector(".error")
    look(page, "paper-wrong")
    page.select_option("select[name=kind]", "power_of_attorney")
    page.fill("input[name=dated_on]", "05.01.2026")
    page.set_input_files("input[type=file]", {
        "name": "Vollmacht.pdf", "mimeType": "application/pdf", "buffer": PDF,
    })  # fmt: skip
    page.click("button:has-text('Urkunde hinterlegen')")
    page.wait_for_selector("text=Die Urkunde ist hinterlegt.")
    look(page, "paper")
    page.goto(address)
    look(page, "no-authority")
    page.click("button:has-text('An den Schuldner senden')")
    page.wait_for_selector("text=Schreiben freigegeben")
    page.goto(f"{desk.url}/cases/{desk.case}")
    page.wait_for_selector("text=vorgelegt: Vollmacht")
