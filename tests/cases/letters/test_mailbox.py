"""A mailbox on a real server is read, each mail once, and a bad one never stops the others."""

from datetime import date

import pytest
from sqlalchemy import func, select

from agency.running.diagnoses import mailbox_diagnosis
from agency.settings import BadSetting, Settings
from cases.core import clock
from cases.core.database import db, transaction
from cases.core.files import StoredFile, read_bytes
from cases.core.outbox import carry_out, list_due_effects
from cases.formats import gate
from cases.letters.inbox import fetching
from cases.letters.inbox.fetching import fetch, find_mailbox
from cases.letters.inbox.imap import MailboxAway, MailboxRefuses, address_of
from cases.letters.inbox.models import PostItem, PostState
from tests.factories.records import make_agency
from tests.infrastructure.mailboxes import mail_house

DAY = date(2026, 11, 23)


@pytest.fixture(scope="module")
def server():
    with mail_house() as house:
        yield house


@pytest.fixture
def house(app):
    with app.app_context(), clock.clock_at(DAY):
        with transaction():
            make_agency()
        yield


def mail(subject, body="Guten Tag"):
    lines = ["From: Jonas <jonas@post.example>", "To: post@haus.example", f"Subject: {subject}"]
    return ("\r\n".join(lines) + "\r\n\r\n" + body).encode()


def items():
    return db.session.scalars(select(PostItem).order_by(PostItem.id)).all()


def work():
    for effect_id in list_due_effects():
        carry_out(effect_id)


def test_every_mail_is_taken_in_once_and_left_where_it_lies(server, house, monkeypatch):
    address = address_of(server.url("Antworten"))
    server.put("Antworten", mail("Eins"), mail("Zwei"))
    monkeypatch.setattr(fetching, "MOST", 1)  # The next look goes on from there.
    assert [fetch(address) for _ in range(3)] == [1, 1, 0]
    server.put("Antworten", mail("Drei"))
    assert fetch(address) == 1
    work()
    assert [item.name for item in items()] == ["Eins", "Zwei", "Drei"]
    assert find_mailbox(address.name).looked_at is not None
    # The server counts anew: what is known does not come again.
    server.put("Antworten", mail("Eins"), mail("Zwei"), mail("Vier"), anew=True)
    monkeypatch.undo()
    assert fetch(address) == 1
    assert db.session.scalar(select(func.count()).select_from(PostItem)) == 4


def test_a_mail_with_an_attachment_of_40_mb_is_kept_by_its_head(server, house, monkeypatch):
    monkeypatch.setattr(fetching, "MAX_BYTES", 4_000)
    address = address_of(server.url("Gross"))
    server.put("Gross", mail("Zu groß", "A" * 5_000), mail("Passt"))
    assert fetch(address) == 2
    work()
    large, small = items()
    assert (large.state, large.fault, large.name) == (PostState.WAITING, "too_large", "Zu groß")
    assert b"AAAA" not in read_bytes(db.session.get_one(StoredFile, large.file_id))
    assert small.fault is None
    assert gate.MAX_BYTES < 40 * 1024 * 1024 * 4 / 3  # So much a mail with 40 MB has.


def test_a_mailbox_that_is_away_or_refuses_says_so_and_goes_on_later(server, house):
    right = address_of(server.url("Wieder"))
    for wrong, fault in (
        (server.url("Wieder", password="falsch"), MailboxRefuses),
        (server.url("Gibtsnicht"), MailboxRefuses),
        ("imap+plain://a:b@127.0.0.1:1/Wieder", MailboxAway),
    ):
        with pytest.raises(fault):
            fetch(address_of(wrong))
        assert find_mailbox(address_of(wrong).name).fault == fault.__name__
    server.put("Wieder", mail("Endlich"))
    assert fetch(right) == 1
    assert find_mailbox(right.name).fault is None


def test_the_doctor_signs_in(server, tmp_path):
    server.put("Arzt")
    given = {
        "DATABASE_URL": "postgresql://recoup_app@db/recoup",
        "PORTAL_DATABASE_URL": "postgresql://recoup_portal@db/recoup",
        "REDIS_URL": "redis://queue/0", "SECRET_KEY": "0" * 32, "RECOUP_VAR": str(tmp_path),
    }  # fmt: skip
    for url, good, words in (
        (server.url("Arzt"), True, "answers"),
        (server.url("Arzt", password="falsch"), False, "refuses user, password or folder"),
        ("imap+plain://a:b@127.0.0.1:1", False, "does not answer"),
        ("", True, "No mailbox is set up"),
    ):
        settings = Settings.from_environment({**given, "MAILBOX_URL": url})
        found = mailbox_diagnosis(settings)
        assert found.good is good
        assert words in found.what
        assert "falsch" not in found.what
    with pytest.raises(BadSetting, match="imaps://"):
        Settings.from_environment({**given, "MAILBOX_URL": "pop3://x"})
