"""One objection in a real browser: recorded, evidence asked, decided, and the reply read back."""

import io
import os
from datetime import date

import pytest
from pypdf import PdfReader

from agency.app import create_app
from cases.core.clock import clock_at
from cases.core.database import db, transaction
from tests.factories.records import claim_details, make_agency, make_case, make_creditor, make_user
from tests.factories.walk_steps import Person
from tests.infrastructure.databases import dispose

NOW = "2026-11-23T10:00:00+01:00"
TOO_WIDE = "document.documentElement.scrollWidth - window.innerWidth"


@pytest.fixture
def desk(live_server, browser, tmp_path):
    """A German-speaking case worker with one accepted case."""
    app = create_app(live_server.database.settings(tmp_path / "var", RECOUP_NOW=NOW))
    with app.app_context():
        with clock_at(date(2026, 11, 22)), transaction():
            make_agency()
            worker = make_user(name="Nora Petersen", locale="de")
            case, _ = make_case(
                make_creditor("Nordlicht Haustechnik GmbH"),
                accepted_by=worker,
                claims=[claim_details(), claim_details(principal_cents=500_00)],
            )
            email, public_id = worker.email, case.public_id
        context = browser.new_context(
            locale="de", viewport={"width": 1440, "height": 900}, color_scheme="light"
        )
        context.set_default_timeout(30_000)
        person = Person(context.new_page(), live_server.url)
        person.sign_in(email)
        yield person, live_server.url, public_id
        db.session.remove()
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
    person, url, case = desk
    page = person.page
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
