"""A step by e-mail: sent where it may be, and where it does not arrive the case goes on without."""

from datetime import date, timedelta

import pytest
from sqlalchemy import select

from cases.claims.queries import list_debtors
from cases.core import clock
from cases.core.database import db, transaction
from cases.core.mail import transport
from cases.core.outbox import carry_out, list_due_effects
from cases.letters.inbox.reading import MAIL, DeliveryReport, read_post
from cases.letters.inbox.services import take_in
from cases.letters.mailing.models import LetterMail, MailedState
from cases.letters.mailing.services import deliver_letter, key_of
from cases.letters.models import Announcement, Channel, Letter
from cases.letters.printing.services import waiting
from cases.parties.changes import mark_mailbox
from cases.parties.models import Debtor
from cases.parties.profiles import find_profile, refuse_channel
from cases.strategies.facts import read_facts
from cases.strategies.models import CaseStrategy
from cases.strategies.running import advance, cases_due
from cases.strategies.shipped import SHIPPED
from cases.worklist.services import list_open_items
from tests.factories.mail_reports import make_report
from tests.factories.records import (
    claim_details,
    debtor_details,
    make_agency,
    make_case,
    make_creditor,
    make_user,
)
from tests.factories.strategies import make_live_strategy
from tests.infrastructure.post_office import SENDER, post_office

DAY = date(2026, 11, 23)
SMALL = next(each for each in SHIPPED if each.code == "small_amounts").plan


@pytest.fixture
def office():
    with post_office() as running:
        transport.configure(transport.server_of(running.url, SENDER))
        yield running
    transport.configure(None)


@pytest.fixture
def case(app, office):
    """A small case whose first letter has gone by post and was not paid."""
    with app.app_context(), clock.clock_at(DAY):
        with transaction():
            make_agency()
            worker = make_user(name="Nora Petersen")
            make_live_strategy(SMALL)
            made, _ = make_case(
                make_creditor(),
                debtors=[debtor_details(email="jonas@post.example")],
                accepted_by=worker,
                claims=[claim_details(principal_cents=60_00, reminders=[date(2026, 9, 1)])],
            )
        nights(DAY, 1)
        yield made


def nights(first, days):
    for number in range(days):
        day = first + timedelta(days=number)
        with clock.clock_at(day):
            with transaction():
                advance(list(db.session.scalars(cases_due(day))), day)
            work()


def work():
    for _ in range(3):  # A step releases a letter, which is set, which is mailed.
        for effect_id in list_due_effects():
            carry_out(effect_id)


def letters(case):
    return list(db.session.scalars(select(Letter).where(Letter.case_id == case.id)))


def mailed(case):
    """The reminder by e-mail, once its day has come."""
    nights(letters(case)[0].pay_by + timedelta(days=2), 4)
    [_, reminder] = letters(case)
    return reminder, db.session.get_one(LetterMail, reminder.id, populate_existing=True)


def standing(case):
    return db.session.get_one(CaseStrategy, case.id, populate_existing=True)


def arrive(data, day):
    with clock.clock_at(day):
        with transaction():
            take_in(data, "Antwort.eml", None, day)
        work()


def test_a_reminder_goes_by_mail_only_and_what_comes_back_is_followed_by_post(case, office):
    reminder, mail = mailed(case)
    assert (reminder.channel, reminder.kind) == (Channel.EMAIL, "reminder")
    assert mail.state is MailedState.SENT
    [message] = office.received
    assert message["Message-ID"] == mail.message_id
    assert [part.get_content_type() for part in message.iter_attachments()] == ["application/pdf"]
    assert reminder.id not in db.session.scalars(waiting()).all()  # No work for the printer.
    assert standing(case).from_on == reminder.pay_by  # Its days run as those of every letter.
    back_on = reminder.dispatched_on + timedelta(days=1)
    arrive(make_report(mail.message_id), back_on)
    debtor = db.session.get_one(Debtor, reminder.debtor_id, populate_existing=True)
    assert debtor.email_refused_on == back_on
    assert db.session.get_one(LetterMail, reminder.id, populate_existing=True).state == "bounced"
    assert standing(case).from_on == back_on  # Nobody has read it: its days do not run.
    announced = select(Announcement).where(Announcement.letter_id == reminder.id)
    assert db.session.scalars(announced).one().dropped_reason == "not_delivered"
    assert list_open_items(case.id) == []  # A report that is understood is no work for people.
    nights(back_on, 6)
    assert [each.channel for each in letters(case)] == [
        Channel.PRINT, Channel.EMAIL, Channel.PRINT,
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("report", "found"),
    [
        pytest.param({}, DeliveryReport.FAILED, id="no such user"),
        pytest.param({"original": "text/rfc822-headers"}, DeliveryReport.FAILED, id="head only"),
        pytest.param({"status": "5.2.2"}, DeliveryReport.NOT_DELIVERED, id="mailbox full"),
        pytest.param({"status": "4.4.7"}, DeliveryReport.NOT_DELIVERED, id="too long away"),
        pytest.param({"action": "delayed", "status": "4.4.1"}, DeliveryReport.OTHER, id="delayed"),
        pytest.param({"action": "relayed", "status": "2.0.0"}, DeliveryReport.OTHER, id="relayed"),
        pytest.param({"kind": "disposition-notification"}, DeliveryReport.OTHER, id="opened"),
    ],
)
def test_reports_are_told_apart(report, found):
    read = read_post(make_report("<1@haus.example>", **report), MAIL)
    assert (read.report, read.answers) == (found, ["<1@haus.example>"])


def test_a_full_mailbox_stays_good_and_who_wants_no_mails_gets_none(case):
    reminder, mail = mailed(case)
    arrive(make_report(mail.message_id, status="5.2.2"), reminder.dispatched_on)
    debtor = db.session.get_one(Debtor, reminder.debtor_id, populate_existing=True)
    assert debtor.email_refused_on is None
    answer = (
        "From: Jonas <jonas@post.example>\r\nTo: post@haus.example\r\n"
        f"Subject: Keine E-Mails {case.number}\r\nIn-Reply-To: {mail.message_id}\r\n\r\n\r\n"
    ).encode()
    arrive(answer, reminder.dispatched_on)
    assert find_profile(debtor.id).opted_out == ["email"]
    assert list_open_items(case.id) == []


@pytest.mark.deep
def test_a_server_that_refuses_the_mailbox_marks_it_at_once(case, office):
    office.answers["jonas@post.example"] = ["550 no such user"]
    reminder, mail = mailed(case)
    assert (mail.state, mail.answer) == (MailedState.REFUSED, "550 no such user")
    debtor = db.session.get_one(Debtor, reminder.debtor_id, populate_existing=True)
    assert debtor.email_refused_on is not None


@pytest.mark.deep
def test_a_server_that_was_away_for_days_sends_no_letter_whose_days_are_gone(case, office):
    transport.configure(transport.MailServer("127.0.0.1", 1, SENDER, encrypted=False))
    first = letters(case)[0].pay_by + timedelta(days=2)
    with pytest.raises(ConnectionRefusedError):
        nights(first, 4)
    transport.configure(transport.server_of(office.url, SENDER))
    [_, reminder] = letters(case)
    with clock.clock_at(reminder.dispatched_on + timedelta(days=4)):
        deliver_letter(key_of(reminder.number), reminder.id)
    mail = db.session.get_one(LetterMail, reminder.id, populate_existing=True)
    assert mail.state is MailedState.GIVEN_UP
    assert office.received == []


def test_what_forbids_a_mail_is_read_of_every_debtor(app, office):
    with app.app_context(), transaction():
        make_agency()
        made, _ = make_case(debtors=[debtor_details(email="jonas@post.example")])
        debtor = list_debtors(made.id)[0].debtor

        def may_mail():
            return read_facts([made.id], "DE-HH", [SMALL])[made.id].mailbox

        assert may_mail()
        debtor.email_refused_on = DAY
        assert not may_mail()
        mark_mailbox(debtor.id, "jonas@post.example", None)
        assert may_mail()
        transport.configure(None)
        assert not may_mail()
        transport.configure(transport.server_of(office.url, SENDER))
        refuse_channel(debtor.id, "email", "Anruf")
        assert not may_mail()
