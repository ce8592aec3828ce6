"""The legal-position sheet equals the ledger of the day; the client is told by one click."""

import re
from datetime import date
from io import BytesIO

import pytest
from pypdf import PdfReader

from cases.claims.services import send_to_court
from cases.claims.timeline import list_events
from cases.core.database import db, transaction
from cases.core.mail.models import Mail
from cases.ledger.queries import statement
from tests.factories.records import make_case, make_user


@pytest.fixture
def case(worker):
    with transaction():
        found, _ = make_case(accepted_by=make_user())
    return found


def text_of(pdf: bytes) -> str:
    pages = PdfReader(BytesIO(pdf)).pages
    return re.sub(r"\s+", " ", " ".join(page.extract_text() for page in pages))


def test_the_sheet_has_the_figures_of_the_ledger_on_that_day(worker, case):
    day = date(2026, 12, 24)
    owed = statement(case.id, day)
    shown = f"{owed.open_cents // 100:,}.{owed.open_cents % 100:02}"
    page = worker.get(f"/cases/{case.public_id}/position?as_of=24.12.2026").text
    assert shown in page
    german = shown.translate(str.maketrans(",.", ".,"))
    answer = worker.get(f"/cases/{case.public_id}/position.pdf?as_of=24.12.2026&language=de")
    text = text_of(answer.data)
    for words in (
        german,
        "Verzug seit 01.08.2026",
        "vereinbarte Zahlungstag",
        "Gerichtsgebühr",
        "Jeder",
    ):
        assert words in text, words


def test_what_was_applied_for_is_not_announced(worker, case):
    sheet = f"/cases/{case.public_id}/position.pdf?as_of=24.12.2026&language=de"
    assert "Gerichtsgebühr" in text_of(worker.get(sheet).data)
    with transaction():
        send_to_court(case.id, "zahlt nicht")
    assert "Gerichtsgebühr" not in text_of(worker.get(sheet).data)


def test_the_client_is_told_by_mail_without_a_word_about_the_debtor(worker, case):
    assert worker.post(f"/cases/{case.public_id}/status-mail").status_code == 303
    mail = db.session.query(Mail).one()
    assert mail.to_address == "buchhaltung@stadtwerke.example"
    assert mail.params["number"] == case.number
    assert "Weber" not in str(mail.params)
    told = [event for event in list_events(case.id) if event.kind == "status.told"]
    assert told
    assert told[0].creditor_visible
