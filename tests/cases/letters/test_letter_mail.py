"""Letters by e-mail: attached as kept, saying nothing of the claim, bounces and answers noticed."""

from datetime import date
from email import message_from_bytes, policy

import pytest

from cases.core import clock
from cases.core.database import db, transaction
from cases.core.files import store_file
from cases.core.mail import transport
from cases.core.mail.transport import MailServer
from cases.core.outbox import carry_out, list_due_effects
from cases.letters.drafting import DemandWish
from cases.letters.inbox.models import PostState
from cases.letters.inbox.services import take_in
from cases.letters.mailing.models import LetterMail, MailedState
from cases.letters.mailing.services import (
    AlreadyMailed,
    MailNotPossible,
    compose_letter_mail,
    key_of,
    mail_letter,
)
from cases.letters.queries import read_sent_letter
from cases.letters.services import release_first_demand
from tests.factories.documents import make_pdf
from tests.factories.records import debtor_details, make_agency, make_case, make_user

DAY = date(2026, 11, 23)


@pytest.fixture
def letter(app):
    """A letter that has been set, to a debtor with a mailbox, in a house with a mail server."""
    transport.configure(MailServer("127.0.0.1", 1, "Haus <post@haus.example>", encrypted=False))
    with app.app_context(), clock.clock_at(DAY):
        with transaction():
            make_agency()
            worker = make_user()
            case, _ = make_case(
                debtors=[debtor_details(email="jonas@post.example")], accepted_by=worker
            )
            [made] = release_first_demand(case.id, DemandWish(DAY), worker.id)
        for effect_id in list_due_effects():
            carry_out(effect_id)
        yield made
    transport.configure(None)


def test_the_mail_carries_the_letter_and_says_nothing_of_the_claim(letter):
    _, pdf = read_sent_letter(letter.public_id)
    made = [compose_letter_mail(letter, pdf, "jonas@post.example", key_of(letter.number))
            for _ in range(2)]  # fmt: skip
    assert bytes(made[0]) == bytes(made[1])  # A repeat is the same mail.
    mail = message_from_bytes(bytes(made[0]), policy=policy.default)
    [attached] = list(mail.iter_attachments())
    assert attached.get_payload(decode=True) == pdf
    assert mail["List-Unsubscribe"].startswith("<mailto:")
    words = mail.get_body(("plain",)).get_content() + mail.get_body(("html",)).get_content()
    for secret in ("€", "Stadtwerke", "Rechnung", "RE-", "zahl"):
        assert secret not in words + mail["Subject"]
    assert "<img" not in words
    enclosed = store_file(make_pdf(2), "Vollmacht.pdf", "application/pdf", None)
    db.session.expunge(letter)  # A letter is never changed once it is kept.
    letter.content = {**letter.content, "attachments": [
        {"name": "Vollmacht", "pages": 2, "file_id": enclosed.id}
    ]}  # fmt: skip
    both = compose_letter_mail(letter, pdf, "jonas@post.example", key_of(letter.number))
    assert [one.get_filename() for one in both.iter_attachments()] == [
        f"{letter.number}.pdf", "Vollmacht.pdf",
    ]  # fmt: skip


def test_a_letter_is_mailed_once_and_a_bounce_closes_the_mailbox(letter):
    with transaction():
        mail = mail_letter(letter, None)
    with pytest.raises(AlreadyMailed):
        mail_letter(letter, None)
    bounce = (
        "From: MAILER-DAEMON@post.example\r\nTo: post@haus.example\r\nSubject: Undelivered\r\n"
        'MIME-Version: 1.0\r\nContent-Type: multipart/report; boundary="x"\r\n\r\n'
        "--x\r\nContent-Type: text/plain\r\n\r\n550 no such user\r\n"
        "--x\r\nContent-Type: text/rfc822-headers\r\n\r\n"
        f"Message-ID: {mail.message_id}\r\n\r\n--x--\r\n"
    ).encode()
    with transaction():
        item = take_in(bounce, "bounce.eml", None, DAY)
    for effect_id in list_due_effects():
        try:
            carry_out(effect_id)
        except OSError:  # There is no server behind the address.
            continue
    db.session.refresh(item)
    kept = db.session.get(LetterMail, letter.id, populate_existing=True)
    assert kept.state is MailedState.BOUNCED
    assert "550" in kept.answer
    assert (item.state, item.how) == (PostState.ASSIGNED, "answer")
    db.session.delete(kept)
    db.session.flush()


def test_without_a_mailbox_or_a_server_no_mail_is_promised(letter):
    transport.configure(None)
    with pytest.raises(MailNotPossible):
        mail_letter(letter, None)
