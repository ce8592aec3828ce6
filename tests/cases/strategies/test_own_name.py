"""Reminders in a client's own name: on their day, once, never after a payment or question."""

from datetime import date, timedelta

import pypdfium2
import pytest
from sqlalchemy import select

from cases.core import clock
from cases.core.database import db, transaction
from cases.core.mail import transport
from cases.core.outbox import carry_out, list_due_effects
from cases.letters.mailing.models import MailedState
from cases.strategies.own_name import services
from cases.strategies.own_name.models import ItemState, OwnNameItem, OwnNameReminder
from cases.strategies.own_name.nightly import items_near, remind
from cases.strategies.own_name.queries import list_items
from cases.strategies.own_name.rules import Rule, Rules, Stage, next_day, stage_due
from tests.factories.records import claim_details, make_agency, make_case, make_creditor
from tests.infrastructure.post_office import SENDER, post_office

DAY = date(2026, 11, 23)
DUE = date(2026, 12, 1)
RULE = Rule(before_days=5, after_days=3, from_cents=50_00)
RULES = Rules(person=RULE)
HEAD = "Rechnungsnummer;Rechnungsdatum;Fälligkeit;Offener Betrag;Kunde;E-Mail;Kundenart\r\n"


@pytest.mark.parametrize(
    ("today", "cents", "sent", "stage"),
    [
        (DUE - timedelta(days=6), 100_00, (), None),
        (DUE - timedelta(days=5), 100_00, (), Stage.BEFORE),
        (DUE - timedelta(days=5), 49_99, (), None),
        (DUE - timedelta(days=4), 100_00, (Stage.BEFORE,), None),
        (DUE, 100_00, (), None),  # The reminder before the day came too late for itself.
        (DUE + timedelta(days=2), 100_00, (), None),
        (DUE + timedelta(days=3), 100_00, (), Stage.AFTER),
        (DUE + timedelta(days=17), 100_00, (Stage.BEFORE,), Stage.AFTER),
        (DUE + timedelta(days=18), 100_00, (), None),
        (DUE + timedelta(days=4), 100_00, (Stage.AFTER,), None),
    ],
)
def test_a_reminder_is_due_in_its_days_and_never_late(today, cents, sent, stage):
    assert stage_due(RULE, DUE, cents, sent, today) is stage
    assert stage_due(Rule(), DUE, cents, sent, today) is None


def test_the_next_day_is_named():
    assert next_day(RULE, DUE, 100_00, (), DAY) == date(2026, 11, 26)
    assert next_day(RULE, DUE, 100_00, {Stage.BEFORE}, DAY) == date(2026, 12, 4)
    assert next_day(RULE, DUE, 1_00, (), DAY) is None


@pytest.fixture
def office():
    with post_office() as running:
        transport.configure(transport.server_of(running.url, SENDER))
        yield running
    transport.configure(None)


@pytest.fixture
def creditor(app, office):
    with app.app_context(), clock.clock_at(DAY):
        with transaction():
            make_agency()
            made = make_creditor("Stadtwerke Musterstadt GmbH")
            made.email = "rechnung@stadtwerke.example"
            services.set_terms(made, date(2026, 10, 1), RULES, active=True)
        yield made


def row(number, *, due="01.12.2026", amount="119,00", name="Jonas Weber"):
    mail = f"{number.lower()}@post.example"
    who = f"{name};{mail};Privatperson"
    return f"{number};01.11.2026;{due};{amount};{who}\r\n"


def take_in(creditor, day, *rows):
    with clock.clock_at(day):
        with transaction():
            services.take_in_list(creditor.id, (HEAD + "".join(rows)).encode(), "OP.csv", day)
        work()


def work():
    for effect_id in list_due_effects():
        carry_out(effect_id)


def night(day):
    with clock.clock_at(day):
        with transaction():
            made = remind(list(db.session.scalars(items_near(day))), day)
        work()
    return made


def item(number):
    query = select(OwnNameItem).where(OwnNameItem.invoice_number == number)
    return db.session.scalars(query.execution_options(populate_existing=True)).one()


def test_each_reminder_goes_out_once_with_his_invoice_and_nothing_of_ours(creditor, office):
    take_in(creditor, DAY, row("A-1"), row("A-2", amount="20,00"))
    assert night(DAY) == 0
    before = DUE - timedelta(days=5)
    take_in(creditor, before, row("A-1"), row("A-2", amount="20,00"))
    assert [night(before), night(before), night(before + timedelta(days=1))] == [1, 0, 0]
    [mail] = office.received
    assert mail["From"] == "Stadtwerke Musterstadt GmbH <post@inkasso.example>"
    assert mail["Reply-To"] == "rechnung@stadtwerke.example"
    [attached] = mail.iter_attachments()
    page = pypdfium2.PdfDocument(attached.get_payload(decode=True))[0].get_textpage()
    text = page.get_text_range()
    assert "119,00" in text
    for ours in ("Inkasso", "Mahn", "Kosten", "Zinsen", "Gebühr"):
        assert ours not in text
        assert ours not in mail.get_body(("plain",)).get_content()
    assert "119" not in mail.get_body(("plain",)).get_content() + mail["Subject"]
    [reminder] = db.session.scalars(select(OwnNameReminder)).all()
    assert reminder.state is MailedState.SENT
    after = DUE + timedelta(days=3)
    take_in(creditor, after, row("A-1"))
    assert [night(after), night(after)] == [1, 0]
    [shown] = [each for each in list_items(creditor.id, RULES, after) if each.item.state == "open"]
    assert [each.stage for each in shown.sent] == [Stage.BEFORE, Stage.AFTER]


def test_nothing_goes_out_after_payment_question_hand_over_or_on_an_old_list(creditor, office):
    before = DUE - timedelta(days=5)
    take_in(creditor, DAY, *(row(number) for number in ("P-1", "Q-1", "R-1", "C-1")))
    with transaction():
        make_case(creditor, claims=[claim_details(invoice_number="C-1")])
        with pytest.raises(services.QuestionMissing):
            services.note_question(item("Q-1"), " ")
        services.note_question(item("Q-1"), "Menge stimmt nicht")
        services.let_rest(item("R-1"))
    take_in(creditor, before, *(row(number) for number in ("Q-1", "R-1", "C-1")))
    states = {each: item(each).state.value for each in ("P-1", "Q-1", "R-1", "C-1")}
    assert states == {"P-1": "paid", "Q-1": "asked", "R-1": "stopped", "C-1": "with_us"}
    assert night(before) == 0
    with transaction():
        services.go_on(item("Q-1"))
        with pytest.raises(services.ItemSettled):
            services.go_on(item("P-1"))
    stale = before + timedelta(days=8)
    assert night(stale) == 0  # The list is older than a week.
    with transaction():
        services.set_terms(creditor, date(2026, 10, 1), RULES, active=False)
    assert night(before) == 0
    assert office.received == []


def test_what_is_paid_between_night_and_mail_keeps_the_mail_in_the_house(creditor, office):
    take_in(creditor, DUE - timedelta(days=5), row("A-1"))
    with clock.clock_at(DUE - timedelta(days=5)):
        with transaction():
            remind([item("A-1").id], clock.today())
            item("A-1").state = ItemState.PAID
        work()
    [reminder] = db.session.scalars(select(OwnNameReminder)).all()
    assert reminder.state is MailedState.GIVEN_UP
    assert office.received == []


def test_a_list_that_nobody_can_read_settles_nothing_and_terms_need_an_agreement(creditor):
    take_in(creditor, DAY, row("A-1"))
    with clock.clock_at(DAY):
        with transaction():
            services.take_in_list(creditor.id, b"\x00\x01 kein Blatt", "x.csv", DAY)
        work()
        assert item("A-1").state is ItemState.OPEN
        assert services.find_terms(creditor.id).list_wrong > 0
        for data, day, refusal in (
            (b"", DAY, services.ListMissing),
            (b"x", DAY + timedelta(days=1), services.ListDayWrong),
        ):
            with pytest.raises(refusal):
                services.take_in_list(creditor.id, data, "x.csv", day)
        with pytest.raises(services.AgreementMissing):
            services.set_terms(creditor, None, RULES, active=True)
