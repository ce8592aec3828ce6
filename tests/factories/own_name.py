"""Invoices of a client's list, for reminders in his name."""

from datetime import timedelta
from itertools import count

from cases.core import clock
from cases.core.database import db
from cases.parties.models import Creditor
from cases.strategies.own_name.models import OwnNameItem
from cases.strategies.own_name.rules import CustomerClass

_serial = count(1)


def make_own_item(creditor: Creditor) -> OwnNameItem:
    """An open invoice that is due in a week."""
    number = f"EN-{next(_serial):05}"
    today = clock.today()
    item = OwnNameItem(
        creditor_id=creditor.id, folded=number.replace("-", ""), invoice_number=number,
        invoiced_on=today, due_on=today + timedelta(days=7), cents=119_00, currency="EUR",
        customer="Jonas Weber", customer_class=CustomerClass.PERSON, email="jonas@post.example",
        state_on=today,
    )  # fmt: skip
    db.session.add(item)
    db.session.flush()
    return item
