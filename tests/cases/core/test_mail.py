"""Mail leaves the house: through a real mail server, once, in the reader's language."""

import smtplib
from contextlib import suppress

import pytest
from sqlalchemy import func, update

from cases.core import outbox
from cases.core.database import db, transaction
from cases.core.failed_effects import count_failed
from cases.core.mail import services as mails
from cases.core.mail import transport
from cases.core.mail.message import AddressUnusable, Content, compose
from cases.core.mail.models import Mail, MailState
from cases.core.mail.services import MailText
from cases.core.outbox import Effect
from cases.worklist.house_tasks import list_house_tasks
from tests.infrastructure.post_office import SENDER, certificate, post_office

TO = "anna@mandant.example"


@pytest.fixture(scope="module")
def office():
    with post_office() as running:
        yield running


@pytest.fixture
def sent(app, office, monkeypatch):
    """A house with a mail server; what arrives there."""
    monkeypatch.setitem(mails.TEXTS, "test", MailText("Welcome", ("Dear {name},",), "Begin"))
    office.received.clear()
    transport.configure(transport.server_of(office.url, SENDER))
    yield office.received
    transport.configure(None)


def write(to=TO, language="de", **options):
    with transaction():
        mail = mails.send_mail("test", to, language, {"name": "Anna"}, **options)
        return mail.id, mail.public_id


def work():
    """Let a worker do what is due, as often as it is due."""
    for effect_id in outbox.list_due_effects():
        with suppress(smtplib.SMTPException, transport.ServerDoesNotEncrypt):
            outbox.carry_out(effect_id)


def test_a_mail_says_the_same_as_text_and_as_html_in_the_readers_language(sent):
    write(path="/begin/{token}", seed="a")
    work()
    (message,) = sent
    assert (message["To"], message["From"]) == (TO, SENDER)
    text, html = (part.get_content() for part in message.iter_parts())
    token = mails.token_of("a")
    for shape in (text, html):
        assert "Guten Tag," in shape
        assert "Mit freundlichen Grüßen" in shape
        assert f"/begin/{token}" in shape
    assert 'lang="de"' in html
    write(language="en")
    work()
    assert "Kind regards" in sent[1].get_body(("plain",)).get_content()


def test_a_repeat_is_the_same_message_to_the_byte(sent):
    mail_id, public_id = write()
    for _ in range(2):  # As two workers would, one of which has lost its lease.
        mails.deliver(f"mail:{public_id}", mail_id)
        with transaction():
            db.session.execute(update(Mail).values(state=MailState.WAITING))
    first, second = sent
    assert first["Message-ID"] == second["Message-ID"]
    assert first.as_bytes() == second.as_bytes()
    assert first["Message-ID"].endswith("@inkasso.example>")


def test_a_mail_that_was_sent_is_not_sent_again(sent):
    mail_id, public_id = write()
    work()
    mails.deliver(f"mail:{public_id}", mail_id)
    assert len(sent) == 1
    assert db.session.get(Mail, mail_id).state is MailState.SENT


def test_a_busy_server_is_asked_again_and_an_unwilling_one_is_told_to_a_person(sent, office):
    office.answers[TO] = ["451 Please try later"]
    mail_id, public_id = write()
    work()
    assert (sent, db.session.get(Mail, mail_id).state) == ([], MailState.WAITING)
    with transaction():
        db.session.execute(update(Effect).values(available_at=func.now()))
    work()
    assert len(sent) == 1
    office.answers[TO] = ["550 No such user here"]
    mail_id, public_id = write()
    work()
    refused = db.session.get(Mail, mail_id)
    assert (refused.state, refused.refusal) == (MailState.REFUSED, "550 No such user here")
    assert count_failed() == 0
    assert [task.reason for task in list_house_tasks()] == ["mail_refused"]
    with transaction():
        mails.note_seen(public_id)
    assert list_house_tasks() == []


@pytest.mark.parametrize(
    "address",
    [
        "anna",
        "anna@",
        "@mandant.example",
        "a@b\r\nBcc: x@y.example",
        "a@" + 70 * "b",
    ],
)
def test_an_address_that_nobody_has_is_refused_before_a_server_is_asked(address):
    content = Content("en", "Hello", "Good day,", (), "Kind regards")
    with pytest.raises(AddressUnusable):
        compose(content, address, SENDER, "key", None)


def test_no_password_goes_out_readable(sent):
    server = transport.get_server()
    transport.configure(transport.server_of(f"smtp://u:geheim@127.0.0.1:{server.port}", SENDER))
    write()
    work()
    assert sent == []
    assert db.session.scalar(db.select(Effect.last_error)) == "ServerDoesNotEncrypt"


def test_starttls_and_a_password_open_the_server(app, tmp_path, monkeypatch):
    context, file = certificate(tmp_path)
    monkeypatch.setenv("SSL_CERT_FILE", str(file))
    with post_office(
        tls_context=context, auth_required=True, auth_exclude_mechanism=["LOGIN"]
    ) as office:
        right = transport.server_of(f"smtp://haus:geheim@127.0.0.1:{office.port}", SENDER)
        transport.greet(right)
        wrong = transport.server_of(f"smtp://haus:falsch@127.0.0.1:{office.port}", SENDER)
        with pytest.raises(smtplib.SMTPAuthenticationError):
            transport.greet(wrong)
        monkeypatch.delenv("SSL_CERT_FILE")
        with pytest.raises(OSError, match="certificate"):
            transport.greet(right)
        assert office.signed_in == ["haus", "haus"]


def test_without_a_server_nothing_is_promised(app):
    assert not transport.is_set_up()
    with pytest.raises(transport.MailNotSetUp):
        transport.get_server()
