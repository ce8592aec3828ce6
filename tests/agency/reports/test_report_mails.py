"""Reports by mail: each period once, nothing empty, no claim in the mail itself, and stoppable."""

from datetime import date

import pytest
from sqlalchemy import select, update

from cases.core import clock
from cases.core.database import db, transaction
from cases.core.files import StoredFile, read_bytes
from cases.core.mail.models import Mail
from cases.core.mail.services import _content
from cases.core.mail.transport import configure, server_of
from cases.parties.clients import add_contact
from cases.parties.models import ContactRole, CreditorContract, ReportRhythm
from cases.parties.queries import get_creditor
from cases.people.policy import Role
from cases.recoveries.mailing.models import ReportReader
from cases.recoveries.mailing.periods import Period, last_period
from cases.recoveries.mailing.services import creditors_due
from portal.reporting.mailing import mail_reports
from tests.factories.records import make_agency, make_case, make_user

MONDAY = date(2026, 11, 23)


@pytest.mark.parametrize(
    ("rhythm", "today", "first", "last"),
    [
        (ReportRhythm.DAILY, date(2026, 3, 1), date(2026, 2, 28), date(2026, 2, 28)),
        (ReportRhythm.WEEKLY, MONDAY, date(2026, 11, 16), date(2026, 11, 22)),
        (ReportRhythm.WEEKLY, date(2026, 11, 29), date(2026, 11, 16), date(2026, 11, 22)),
        (ReportRhythm.MONTHLY, date(2026, 3, 31), date(2026, 2, 1), date(2026, 2, 28)),
        (ReportRhythm.MONTHLY, date(2027, 1, 1), date(2026, 12, 1), date(2026, 12, 31)),
    ],
)
def test_the_last_period_that_is_over(rhythm, today, first, last):
    assert last_period(rhythm, today) == Period(first, last)


def test_no_rhythm_no_period():
    assert last_period(ReportRhythm.NONE, MONDAY) is None


@pytest.fixture
def case(app):
    """A client with a weekly report whose case was opened in the week before."""
    configure(server_of("smtp://localhost:25", "Inkasso Nord <post@inkasso.example>"))
    with clock.clock_at(date(2026, 11, 18)), transaction():
        make_agency()
        found, _ = make_case(accepted_by=make_user(Role.CASE_WORKER))
        db.session.execute(update(CreditorContract).values(report_rhythm=ReportRhythm.WEEKLY))
    yield found
    configure(None)


def night(case, day):
    """What the night of a day sends; answers the mails of it."""
    before = set(db.session.scalars(select(Mail.id)))
    with clock.clock_at(day), transaction():
        if case.creditor_id in set(db.session.scalars(creditors_due(day))):
            mail_reports("key", case.creditor_id, day.isoformat())
    return [mail for mail in db.session.scalars(select(Mail)) if mail.id not in before]


def test_a_week_is_told_once_and_a_week_without_news_not_at_all(case):
    [mail] = night(case, MONDAY)
    assert not night(case, MONDAY)
    assert not night(case, date(2026, 11, 30))
    files = [db.session.get_one(StoredFile, file_id) for file_id in mail.file_ids]
    assert [file.filename.rpartition(".")[2] for file in files] == ["pdf", "xlsx"]
    assert read_bytes(files[0]).startswith(b"%PDF")
    content = _content(mail)
    said = " ".join([content.subject, *content.paragraphs])
    assert "16.11.2026 bis 22.11.2026" in said.replace("vom ", "")
    assert not {case.number, "Weber"} & set(said.split())
    assert [each.name for each in content.attachments] == [file.filename for file in files]


def test_whoever_stops_the_reports_gets_none(case, app):
    with clock.clock_at(date(2026, 11, 18)), transaction():
        get_creditor(case.creditor_id).email = "buero@stadtwerke.example"
    night(case, MONDAY)
    reader = db.session.scalars(select(ReportReader)).one()
    app.config["WTF_CSRF_CHECK_DEFAULT"] = False
    client = app.test_client()
    address = f"/report-mails/{reader.public_id}"
    assert reader.address in client.get(address).text
    assert client.post(address, data={"reads": "0"}).status_code == 303
    with clock.clock_at(date(2026, 11, 24)), transaction():
        make_case(accepted_by=make_user(Role.CASE_WORKER), creditor=get_creditor(case.creditor_id))
    assert not night(case, date(2026, 11, 30))
    assert client.post(address, data={"reads": "1"}).status_code == 303
    app.config["WTF_CSRF_CHECK_DEFAULT"] = True
    db.session.expire_all()
    assert db.session.scalars(select(ReportReader)).one().stopped_at is None


def test_who_decides_and_who_keeps_books_reads_it(case):
    with clock.clock_at(date(2026, 11, 18)), transaction():
        for role in (ContactRole.DECIDES, ContactRole.SALES):
            add_contact(case.creditor_id, role, "N", None, f"{role.value}@kunde.example")
    assert [mail.to_address for mail in night(case, MONDAY)] == ["decides@kunde.example"]
