"""The screens of the court: one test per outcome; strangers are tried by the map of addresses."""

import io
from datetime import date, timedelta

import pytest
from sqlalchemy import func, select

from cases.claims.ending import Ending, end_case
from cases.claims.models import Outcome, Phase
from cases.claims.queries import get_case_by_id
from cases.core.audit import AuditEvent
from cases.core.clock import clock_at
from cases.core.database import db, transaction
from cases.costs.booking import book_first_costs
from cases.filings.applications import batches, drafts, releasing
from cases.filings.applications.models import FilingState
from cases.filings.applications.readiness import check_filing
from cases.filings.court_mail import applying
from cases.filings.court_mail.models import CourtInboxFile
from cases.filings.proceedings.deadlines import list_of_proceeding
from cases.filings.proceedings.services import list_of_case
from cases.parties.queries import get_creditor
from cases.people.policy import Role
from cases.people.services import change_password
from legal.proceeding import CourtEventKind
from tests.agency.test_sign_in import sign_in
from tests.factories import court_replies
from tests.factories.court_cases import hand_over, make_court_case, make_house, make_ready_filing
from tests.factories.records import debtor_details, make_case, make_user

TODAY = date(2026, 11, 23)
NUMBER = "26000012311"


@pytest.fixture
def house(app):
    app.config["WTF_CSRF_CHECK_DEFAULT"] = False
    with clock_at(TODAY):
        with transaction():
            house = make_house()
            for person in (house.first, house.second):
                person.locale = "en"
        yield house
    app.config["WTF_CSRF_CHECK_DEFAULT"] = True


@pytest.fixture
def client(app, house):
    client = app.test_client()
    client.set_cookie("locale", "en")
    assert sign_in(client, house.first.email).status_code == 303
    return client


def test_case_is_recommended_by_its_number_and_an_unknown_one_is_refused(client, house):
    with transaction():
        number = make_court_case(house).number
    answer = client.post("/filings", data={"number": "99", "why": "refuses"})
    assert answer.status_code == 422
    assert "no case with this number" in answer.text
    answer = client.post("/filings", data={"number": number, "why": "refuses"})
    assert answer.status_code == 303
    page = client.get(answer.location).text
    assert "3 errors" in page
    assert "has not declared that he has performed" in page


def test_a_case_worker_recommends_from_the_case_and_takes_it_back_until_it_is_released(app, house):
    with transaction():
        case = make_court_case(house)
        person = make_user(Role.CASE_WORKER)
        person.locale = "en"
    worker = app.test_client()
    worker.set_cookie("locale", "en")
    assert sign_in(worker, person.email).status_code == 303
    address = f"/cases/{case.public_id}/court"
    page = worker.get(address).text
    assert "What legal would find today" in page
    assert "has not declared that he has performed" in page
    assert drafts.list_drafts(case.id) == []
    assert worker.post(address, data={"reason": " "}).status_code == 422
    assert worker.post(address, data={"reason": "refuses to pay"}).status_code == 303
    assert case.phase is Phase.COURT
    assert "refuses to pay" in worker.get(address).text
    assert worker.post(f"{address}/back", data={"reason": ""}).status_code == 422
    assert worker.post(f"{address}/back", data={"reason": "pays after all"}).status_code == 303
    assert (case.phase, drafts.list_drafts(case.id)) == (Phase.AMICABLE, [])
    with transaction():
        ready = make_ready_filing(house, case)
        releasing.release([ready.public_id], house.first.id)
    assert worker.post(f"{address}/back", data={"reason": "too late"}).status_code == 422
    assert case.phase is Phase.COURT


def test_a_file_of_another_kind_is_refused_at_the_court_by_its_name(client, house):
    message = b'<n:nachricht.gds.x xmlns:n="http://www.xjustiz.de"/>'
    answer = client.post("/court-mail", data={"file": (io.BytesIO(message), "post.xml")})
    assert answer.status_code == 422
    assert "“post.xml” is a file of the kind XJustiz." in answer.text
    assert db.session.scalar(select(func.count()).select_from(CourtInboxFile)) == 0


def test_application_with_errors_cannot_be_ticked_nor_released(client, house):
    with transaction():
        ready = make_ready_filing(house)
        from cases.filings.applications.drafts import recommend

        wrong = recommend(make_court_case(house, "Falsch").id, "refuses")
        names = ready.public_id, wrong.public_id
    page = client.get("/filings").text
    assert f'value="{names[1]}"' in page
    box = page.split(f'value="{names[1]}"')[1].split(">")[0]
    assert "disabled" in box
    answer = client.post("/filings/release", data={"filing": list(names)})
    assert answer.status_code == 422
    assert "not ready" in answer.text
    db.session.refresh(ready)
    assert ready.state is FilingState.DRAFT


def test_the_one_who_released_cannot_confirm(client, house):
    with transaction():
        name = make_ready_filing(house).public_id
    released = client.post("/filings/release", data={"filing": name})
    assert released.status_code == 303
    address = released.location
    page = client.get(address).text
    assert "Somebody else has to look at it" in page
    assert "Antrag auf Mahnbescheid" in page  # What the court reads.
    answer = client.post(f"{address}/confirm")
    assert answer.status_code == 422
    assert "second person" in answer.text


def test_file_is_fetched_only_when_confirmed_and_while_its_cases_allow_it(client, house):
    with transaction():
        filing = make_ready_filing(house)
        batch = releasing.release([filing.public_id], house.first.id)[0]
        name, data, case_id = batch.public_id, batches.batch_bytes(batch), filing.case_id
    address = f"/filings/batches/{name}/file"
    early = client.post(address)
    assert early.status_code == 422
    assert "when a second person has confirmed it" in early.text
    assert client.get(address).status_code == 405
    with transaction():
        batches.confirm(batches.lock_batch(name), house.second.id)
    answer = client.post(address)
    assert answer.data == data
    assert client.get(f"/filings/batches/{name}/cover-sheet.pdf").data.startswith(b"%PDF")
    assert client.get(f"/filings/batches/{name}/rendering.txt").text.startswith("EDA-Datei LIN001")
    with transaction():
        number = end_case(case_id, Ending.usual(Outcome.WITHDRAWN, "asked for")).number
    late = client.post(address)
    assert late.status_code == 422
    assert f"Closed meanwhile, so nothing of it is filed: {number}." in late.text
    sent = client.post(f"/filings/batches/{name}/hand-over", data={"channel": "EGVP"})
    assert sent.status_code == 422
    assert "The file was on its way already" in sent.text
    form = {"channel": "EGVP", "sent_already": "1"}
    assert client.post(f"/filings/batches/{name}/hand-over", data=form).status_code == 303


def test_court_mail_is_read_shown_and_booked(client, house):
    with transaction():
        filing = make_ready_filing(house)
        hand_over(house, filing)
        proceeding = list_of_case(filing.case_id)[0]
        ref, name = proceeding.own_ref, proceeding.public_id
    note = court_replies.cost_note(
        TODAY, [NUMBER], ref, principal_cents=1_000_00, court_fee_cents=38_00
    ).encode()
    files = {"file": [(io.BytesIO(note), "a.eda"), (io.BytesIO(b"no court file" * 20), "b.eda")]}
    answer = client.post("/court-mail", data=files, content_type="multipart/form-data")
    assert answer.status_code == 200
    assert "1 new message" in answer.text
    assert "38.00" in answer.text
    message = answer.text.split('name="message" value="')[1].split('"')[0]
    assert client.post("/court-mail/apply", data={"message": message}).status_code == 303
    page = client.get(f"/proceedings/{name}").text
    assert NUMBER in page
    assert "Owed to the court" in page
    again = {"file": [(io.BytesIO(note), "a.eda")]}
    answer = client.post("/court-mail", data=again, content_type="multipart/form-data")
    assert "came before" in answer.text


def test_calendar_feed_needs_its_own_key_and_names_no_debtor(client, house, app):
    with transaction():
        filing = make_ready_filing(house)
        hand_over(house, filing)
        proceeding = list_of_case(filing.case_id)[0]
        applying.record_event(proceeding, CourtEventKind.ORDER_SERVED, TODAY)
    assert 'id="feed-url"' not in client.get("/deadlines").text
    address, renewed = new_feed(client), new_feed(client)
    stranger = app.test_client()
    assert stranger.get(address).status_code == 404
    answer = stranger.get(renewed)
    assert answer.status_code == 200
    assert answer.text.startswith("BEGIN:VCALENDAR\r\n")
    assert answer.text.count("BEGIN:VEVENT") == 3
    assert "DTSTART;VALUE=DATE:20261207" in answer.text
    assert "Krohn" not in answer.text
    assert max(map(len, answer.data.split(b"\r\n"))) <= 75
    assert stranger.get("/deadlines/feed/MQ.forged.ics").status_code == 404
    reads = select(func.count()).where(AuditEvent.action == "feed.read")
    assert db.session.scalar(reads) == 1
    with transaction():
        change_password(house.first.id, "a long new password")
    assert stranger.get(renewed).status_code == 404


def new_feed(client):
    """The path of the address that the page shows this once; it names our own host."""
    page = client.post("/deadlines/feed").text
    address = page.split('id="feed-url"')[1].split('value="')[1].split('"')[0]
    assert address.startswith("http://127.0.0.1:5000/deadlines/feed/")
    return address.removeprefix("http://127.0.0.1:5000")


def test_deadline_is_moved_with_a_reason_and_the_log_shows_it(client, house):
    with transaction():
        filing = make_ready_filing(house)
        hand_over(house, filing)
        proceeding = list_of_case(filing.case_id)[0]
        applying.record_event(proceeding, CourtEventKind.ORDER_SERVED, TODAY)
        latest = next(d for d in list_of_proceeding(proceeding.id) if d.rule_id == "M11").public_id
    address = f"/deadlines/{latest}/move"
    assert client.post(address, data={"last_day": "01.05.2027"}).status_code == 422
    moved = client.post(address, data={"last_day": "01.05.2027", "reason": "to be safe"})
    assert moved.status_code == 303
    log = client.get("/deadlines/log").text
    assert "to be safe" in log
    assert "1 May 2027" in log


def test_only_fields_of_the_format_can_be_confirmed(app, client, house):
    form = {"file_letters": "LIN", "query_days": "14", "payment_days": "14"}
    assert client.post("/filings/settings", data=form).status_code == 403  # Legal may not.
    with transaction():
        from cases.people.policy import Role
        from tests.factories.records import make_user

        email = make_user(Role.ADMIN, locale="en").email
    admin = app.test_client()
    admin.set_cookie("locale", "en")
    sign_in(admin, email)
    wrong = admin.post("/filings/settings", data={**form, "confirmed_fields": "C99.X"})
    assert wrong.status_code == 422
    right = admin.post("/filings/settings", data={**form, "confirmed_fields": "C32.INKBET"})
    assert right.status_code == 303


def test_the_case_leads_to_court_and_to_its_proceeding(client, house):
    with transaction():
        case = make_court_case(house)
        name, number, case_id = case.public_id, case.number, case.id
    assert f'href="/cases/{name}/court"' in client.get(f"/cases/{name}").text
    assert f'value="{number}"' in client.get(f"/filings?number={number}").text
    with transaction():
        from cases.claims.queries import get_case_by_id

        filing = make_ready_filing(house, get_case_by_id(case_id))
        draft = filing.public_id
    assert client.get(f"/filings/case/{name}").location.endswith(f"filing={draft}")
    with transaction():
        hand_over(house, filing)
        proceeding = list_of_case(case_id)[0].public_id
    assert f"/filings/case/{name}" in client.get(f"/cases/{name}").text
    assert client.get(f"/filings/case/{name}").location.endswith(f"/proceedings/{proceeding}")


DIRECTORY = "plz;gerichtsart;gericht_plz;gericht_ort\n20259;AG;22765;Hamburg\n"


def read_directory(client, text):
    file = (io.BytesIO(text.encode()), "courts.csv")
    form = {"file": file, "source": "Justiz Hamburg", "as_of": "01.11.2026"}
    return client.post("/filings/courts", data=form, content_type="multipart/form-data")


def test_a_directory_of_courts_is_read_looked_at_and_taken(client, house):
    assert "No directory is loaded" in client.get("/filings/courts").text
    wrong = read_directory(client, DIRECTORY + "2x;AG;22765;Hamburg\n")
    assert wrong.status_code == 422
    assert "Line 3" in wrong.text
    assert "no postcode of five digits" in wrong.text
    assert client.post("/filings/courts", data={"source": "x"}).status_code == 422
    read = read_directory(client, DIRECTORY)
    assert read.status_code == 303
    assert "22765" in client.get(read.location).text
    assert client.post(f"{read.location}/take").status_code == 303
    page = client.get("/filings/courts?plz=20259").text
    assert "Courts for this postcode" in page
    assert client.post(f"{read.location}/take").status_code == 422  # It counts already.
    assert client.get(f"{read.location}/file").data == DIRECTORY.encode()
    assert "Justiz Hamburg" in client.get("/filings/settings").text


def test_what_is_remembered_names_its_case_and_can_be_changed(client, house):
    with transaction():
        first = make_ready_filing(house)
        number = first.own_ref
        case = get_case_by_id(first.case_id)
        drafts.declare(case, "performance", "rendered", TODAY, for_all=True)
        other, _ = make_case(
            get_creditor(first.creditor_id), debtors=[debtor_details("Petersen")],
            accepted_by=house.first,
        )  # fmt: skip
        name = drafts.recommend(other.id, "refuses").public_id
    page = client.get(f"/filings?filing={name}").text
    assert f"Remembered from case {number}" in page
    assert f"remembered from case {number}" in page  # The declaration.
    answer = client.post(f"/filings/{name}/entries", data={"entry.claims[0].no": "5"})
    assert answer.status_code == 303
    assert client.post(f"/filings/{name}/declarations/forget").status_code == 303
    page = client.get(f"/filings?filing={name}").text
    assert "The creditor declares something else" in page
    assert "Ask again in each new case" not in page


def test_an_application_that_only_the_file_keeps_back_is_typed(client, house, app):
    with transaction():
        case = make_court_case(house)
        filing = make_ready_filing(house, case)
        book_first_costs(case, TODAY - timedelta(days=60))
        check_filing(filing)
        name = filing.public_id
    assert "Release to be typed" in client.get(f"/filings?filing={name}").text
    released = client.post(f"/filings/{name}/type")
    assert released.status_code == 303
    page = client.get(released.location).text
    assert "leaves as no file" in page
    early = client.get(f"{released.location}/typing-aid.pdf")
    assert early.status_code == 422
    second = app.test_client()
    second.set_cookie("locale", "en")
    sign_in(second, house.second.email)
    assert second.post(f"{released.location}/confirm").status_code == 303
    page = second.get(released.location).text
    assert "What to type, field by field" in page
    assert "Jonas" in page
    assert second.get(f"{released.location}/typing-aid.pdf").data.startswith(b"%PDF")
    assert second.post(f"{released.location}/file").status_code == 422
    sent = second.post(f"{released.location}/hand-over", data={"channel": "Online-Mahnantrag"})
    assert sent.status_code == 303
