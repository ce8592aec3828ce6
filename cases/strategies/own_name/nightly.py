"""The night's reminders in clients' names: set, kept and handed to a mail, once each."""

from collections.abc import Sequence
from datetime import date, timedelta

from sqlalchemy import Select, select

from cases.core.database import db
from cases.core.files import store_file
from cases.core.mail.transport import is_set_up
from cases.core.many import one_of
from cases.core.outbox import register_effect
from cases.core.runs import RunKind
from cases.parties.models import Creditor
from cases.parties.queries import list_creditors_by_id
from cases.strategies.own_name.letter import LANGUAGES, Client, Invoice, html_of, set_letter
from cases.strategies.own_name.mails import EFFECT, key_of, message_id_of
from cases.strategies.own_name.models import (
    ItemState,
    OwnNameItem,
    OwnNameReminder,
    OwnNameTerms,
)
from cases.strategies.own_name.rules import FRESH, LATE, LONGEST, Stage, read_rules, stage_due

#: Setting a page takes half a second: a killed worker loses a few of them at most.
STEP_KEYS = 20


def items_near(day: date) -> Select[int]:
    """Open invoices near their due date whose client's list is fresh and who may be written to."""
    span = timedelta(days=LONGEST)
    return (
        select(OwnNameItem.id)
        .join(OwnNameTerms, OwnNameTerms.creditor_id == OwnNameItem.creditor_id)
        .join(Creditor, Creditor.id == OwnNameItem.creditor_id)
        .where(
            OwnNameTerms.active,
            Creditor.archived_at.is_(None),
            OwnNameTerms.list_as_of >= day - FRESH,
            OwnNameItem.state == ItemState.OPEN,
            OwnNameItem.email.is_not(None),
            OwnNameItem.due_on.between(day - span - LATE, day + span),
        )
    )


def remind(item_ids: Sequence[int], day: date) -> int:
    """Send what is due; how many. Without a mail server nothing is begun."""
    if not is_set_up():
        return 0
    query = select(OwnNameItem).where(one_of(OwnNameItem.id, item_ids)).order_by(OwnNameItem.id)
    locked = query.with_for_update(key_share=True).execution_options(populate_existing=True)
    items = db.session.scalars(locked).all()
    sent = _sent(item_ids)
    creditors = list_creditors_by_id({item.creditor_id for item in items})
    terms = {each.creditor_id: read_rules(each.rules) for each in _terms(creditors)}
    made = 0
    for item in items:
        rule = terms[item.creditor_id].of(item.customer_class)
        stage = stage_due(rule, item.due_on, item.cents, sent.get(item.id, set()), day)
        if stage is not None and item.state is ItemState.OPEN and item.email:
            _send(item, creditors[item.creditor_id], stage, day)
            made += 1
    return made


def client_of(creditor: Creditor) -> Client:
    """A client as his letterhead names him."""
    return Client(
        creditor.name, creditor.street, creditor.postcode, creditor.city, creditor.email or "",
        creditor.phone or "",
    )  # fmt: skip


def _send(item: OwnNameItem, creditor: Creditor, stage: Stage, day: date) -> None:
    language = creditor.language if creditor.language in LANGUAGES else "de"
    invoice = Invoice(
        item.invoice_number, item.invoiced_on, item.due_on, item.cents, item.currency,
        item.customer,
    )  # fmt: skip
    pdf = set_letter(html_of(client_of(creditor), invoice, stage, language, day))
    name = f"{item.invoice_number}.pdf".replace("/", "-")
    file = store_file(pdf, name, "application/pdf", item.creditor_id)
    key = key_of(item.public_id, stage)
    reminder = OwnNameReminder(
        item_id=item.id, creditor_id=item.creditor_id, stage=stage, made_on=day, file_id=file.id,
        to_address=item.email or "", message_id=message_id_of(key),
    )  # fmt: skip
    db.session.add(reminder)
    db.session.flush()
    register_effect(EFFECT, key, reminder_id=reminder.id)


def _sent(item_ids: Sequence[int]) -> dict[int, set[Stage]]:
    found: dict[int, set[Stage]] = {}
    query = select(OwnNameReminder.item_id, OwnNameReminder.stage)
    for item_id, stage in db.session.execute(
        query.where(one_of(OwnNameReminder.item_id, item_ids))
    ):
        found.setdefault(item_id, set()).add(stage)
    return found


def _terms(creditor_ids: dict[int, Creditor]) -> Sequence[OwnNameTerms]:
    query = select(OwnNameTerms).where(one_of(OwnNameTerms.creditor_id, creditor_ids))
    return db.session.scalars(query).all()


OWN_NAME = RunKind(keys=items_near, act=remind, step_keys=STEP_KEYS)
