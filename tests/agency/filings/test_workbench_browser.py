"""Two people of legal bring a ready case to its title, with replies of an independent court."""

from datetime import date
from pathlib import Path

import pytest

from cases.core.clock import clock_at
from cases.core.database import db, transaction
from cases.filings.applications import drafts
from cases.filings.proceedings.services import list_of_case
from cases.parties.models import DebtorKind
from cases.payments.models import BankEntry, EntryState
from tests.factories import court_replies
from tests.factories.court_cases import (
    enter_suspense,
    import_bank_days,
    make_court_case,
    make_house,
    make_ready_filing,
)
from tests.factories.records import PASSWORD
from tests.infrastructure.barriers import look

TODAY = date(2026, 11, 23)
BEFORE = date(2026, 11, 22)  # The processes look at their clock a little later.
NUMBER = "26000012311"


class Story:
    """The two people, the case in hand, and the database behind the screens."""

    def __init__(self, live, app):
        self.live, self.app = live, app
        with app.app_context(), clock_at(BEFORE), transaction():
            house = make_house()
            self.people = (house.first.email, house.second.email)
            self.iban = "DE89370400440532013000"
            case = make_court_case(house)
            self.number, self.case_id = case.number, case.id
            other = make_court_case(
                house, name="Lüders Transporte GmbH & Co. KG", given_name=None, salutation=None,
                kind=DebtorKind.COMPANY, principal_cents=6_234_80,
            )  # fmt: skip
            drafts.recommend(other.id, "zahlt nicht")
            make_ready_filing(house, make_court_case(house, name="Öztürk", given_name="Aylin",
                                                     principal_cents=547_10))  # fmt: skip

    def do(self, work, day=TODAY):
        with self.app.app_context(), clock_at(day), transaction():
            return work()

    def travel(self, day):
        """Let the web side live on another day."""
        web = self.live.processes.pop("web")
        web.terminate()
        web.wait(20)
        self.live.environment["RECOUP_NOW"] = f"{day.isoformat()}T10:00:00+01:00"
        self.live.start_web()


@pytest.fixture
def story(live_server):
    with live_server.inside() as app:
        yield Story(live_server, app)


def names_of(proceeding):
    return proceeding.own_ref, proceeding.public_id


def place(entry_id):
    """Somebody has found out whose it is; the money went back to another payer."""
    db.session.get_one(BankEntry, entry_id).state = EntryState.REFUNDED


def enter(live, browser, email):
    page = browser.new_context(locale="de", viewport={"width": 1440, "height": 900}).new_page()
    sign_in(live, page, email)
    return page


def sign_in(live, page, email):
    page.goto(live.url)
    page.fill("[name=email]", email)
    page.fill("[name=password]", PASSWORD)
    page.click("form .btn.p")


def drop(page, live, file, name):
    page.goto(f"{live.url}/court-mail")
    page.set_input_files(
        "#file", {"name": name, "mimeType": "application/octet-stream", "buffer": file.encode()}
    )
    page.locator("#import button").click()
    page.wait_for_selector(".note")


def book_all(page):
    for box in page.locator("[name=message]:enabled").all():
        box.check()
    page.locator(".head button.p").click()
    page.wait_for_selector(".flash")


@pytest.mark.browser
@pytest.mark.deep
@pytest.mark.parametrize(
    "live_server", [{"RECOUP_NOW": "2026-11-23T10:00:00+01:00"}], indirect=True
)
def test_a_ready_case_reaches_its_title(live_server, browser, story):
    first, second = (enter(live_server, browser, email) for email in story.people)
    troubles = []
    for page in (first, second):
        page.on("console", lambda line: troubles.append(line.text) if line.type == "error" else 0)

    # Recommended, mended in place, declared.
    first.goto(f"{live_server.url}/filings")
    look(first, "workbench")
    first.fill("#number", story.number)
    first.fill("#why", "zahlt trotz Mahnung nicht")
    first.locator("#recommend button").click()
    first.wait_for_selector("#mend")
    assert first.locator(".fil [name=filing]:disabled").count() == 2  # Errors cannot be ticked.
    look(first, "workbench-errors")
    first.locator(f".fil a:text-is('{story.number}')").click()
    first.select_option('[name="entry.claims[0].no"]', "11")
    base = "entry.defendants[0].prozessgericht."
    if first.locator(f'[name="{base}pgm"]').is_visible():  # Else known from another case.
        first.select_option(f'[name="{base}pgm"]', "1")
        first.fill(f'[name="{base}plz"]', "22765")
        first.fill(f'[name="{base}place"]', "Hamburg")
    first.locator("#mend .btn.p").click()
    first.wait_for_selector(".flash")
    first.locator(f".fil a:text-is('{story.number}')").click()
    assert first.locator("[name=answer]:checked").count() == 0  # Never ticked beforehand.
    first.locator("[name=answer][value=rendered]").check()
    first.fill("#declared_on", "20.11.2026")
    first.locator("form:has([name=answer]) button.sm").click()
    first.wait_for_selector(".flash")
    look(first, "workbench-ready")

    # Money in suspense that names the case stops it, and says what to do; placed, it goes on.
    entry = story.do(lambda: enter_suspense(547_10, f"Rate {story.number}").id)
    first.locator("form[action$='/filings/check'] button").click()
    first.wait_for_selector(".flash")
    first.locator(f".fil a:text-is('{story.number}')").click()
    panel = first.locator("#panel")
    panel.get_by_text("gehören vielleicht zu dieser Akte").wait_for()
    look(first, "workbench-suspense")
    assert first.locator(f"[aria-label='Akte {story.number}']:disabled").count() == 1
    panel.locator("a[href$='/suspense']").click()
    first.get_by_text(f"Rate {story.number}").first.wait_for()
    story.do(lambda: place(entry))
    first.goto(f"{live_server.url}/filings")
    first.locator("form[action$='/filings/check'] button").click()
    first.wait_for_selector(".flash")
    assert first.locator(f"[aria-label='Akte {story.number}']:enabled").count() == 1

    # Released by one, confirmed by another, handed over.
    for box in first.locator("[name=filing]:enabled").all():
        box.check()
    first.locator(".head button.p").click()
    first.wait_for_selector("#bytes")
    look(first, "batch-released")
    address = first.url
    assert first.locator("form[action$=confirm]").count() == 0
    second.goto(address)
    second.locator("form[action$=confirm] button").click()
    second.wait_for_selector("#channel")
    look(second, "batch-confirmed")
    second.fill("#channel", "EGVP, Sendung 4711")
    second.locator("#handover button").click()
    second.wait_for_selector(".flash")

    ref, name = story.do(lambda: names_of(list_of_case(story.case_id)[0]))
    path = f"{live_server.url}/proceedings/{name}"
    story.travel(date(2026, 12, 21))
    for page, email in zip((first, second), story.people, strict=True):
        sign_in(live_server, page, email)
    drop(first, live_server, court_replies.cost_note(
        date(2026, 11, 30), [NUMBER], ref, principal_cents=1_000_00, court_fee_cents=38_00),
        "FSR501.eda")  # fmt: skip
    drop(
        first,
        live_server,
        court_replies.service_note(
            date(2026, 12, 4), NUMBER, ref, "05", served_on=date(2026, 12, 2)
        ),
        "FSR502.eda",
    )
    look(first, "court-mail")
    book_all(first)
    first.goto(f"{live_server.url}/deadlines")
    look(first, "deadlines")
    first.goto(path)
    look(first, "proceeding-served")
    first.fill("#paid_on", "10.12.2026")
    first.locator("[name=source][value=operating]").check()
    first.locator("form:has(#paid_on) button.w").click()
    first.wait_for_selector(".flash")
    first.locator('[name=step][value="08"]').check()
    first.locator("#next button.p").click()
    first.wait_for_selector("#panel .fixb")
    look(first, "enforcement-blocked")
    story.do(lambda: import_bank_days(story.iban, date(2026, 12, 20)), date(2026, 12, 21))
    first.locator("[name=answer][value=none]").check()
    first.fill("#declared_on", "21.12.2026")
    first.locator("form:has([name=answer]) button.sm").click()
    first.wait_for_selector(".flash")
    for box in first.locator("[name=filing]:enabled").all():
        box.check()
    first.locator(".head button.p").click()
    first.wait_for_selector("#bytes")
    second.goto(first.url)
    second.locator("form[action$=confirm] button").click()
    second.fill("#channel", "EGVP")
    second.locator("#handover button").click()
    second.wait_for_selector(".flash")

    story.travel(date(2027, 1, 25))
    sign_in(live_server, first, story.people[0])
    drop(first, live_server, court_replies.enforcement_order_issued(
        date(2026, 12, 28), NUMBER, ref, principal_cents=1_000_00, court_fee_cents=38_00),
        "FSR503.eda")  # fmt: skip
    book_all(first)
    drop(
        first,
        live_server,
        court_replies.service_note(date(2027, 1, 5), NUMBER, ref, "08", served_on=date(2027, 1, 4)),
        "FSR504.eda",
    )
    book_all(first)
    first.goto(path)
    first.select_option("#kind", "became_final")
    first.fill("#happened_on", "19.01.2027")
    first.locator("#record button.w").click()
    first.wait_for_selector("#title")
    look(first, "proceeding-title")
    for screen in ("filings?stage=title", "filings?stage=batches", "deadlines/log",
                   "filings/reports", "filings/settings", "court-mail"):  # fmt: skip
        first.goto(f"{live_server.url}/{screen}")
        look(first, screen.replace("/", "-").replace("?stage=", "-"))
    with first.expect_download() as download:
        first.goto(path)
        first.get_by_role("link", name="ZIP").or_(
            first.locator("a[href$='lawyer.zip']")
        ).first.click()
    assert Path(download.value.path()).stat().st_size > 10_000
    assert troubles == []
