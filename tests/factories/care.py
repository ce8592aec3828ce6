"""Customers of clients, with people and bank details."""

from itertools import count
from typing import Any

from cases.care.customers import CustomerWish, add_customer
from cases.care.models import Customer, CustomerPerson, PersonRole
from cases.care.people import PersonWish, add_person
from cases.care.services import switch
from cases.core import clock
from cases.parties.models import Creditor, DebtorKind

_serial = count(1)


def order_care(creditor: Creditor) -> None:
    """A client who has the service."""
    switch(creditor, clock.today(), active=True)


def make_customer(creditor: Creditor, **fields: Any) -> Customer:
    """A company that a client sells to."""
    order_care(creditor)
    number = f"K-{next(_serial):05}"
    wish: dict[str, Any] = {
        "kind": DebtorKind.COMPANY, "name": "Tischlerei Behrens GmbH", "number": number,
        "street": "Hafenstraße 4", "postcode": "25335", "city": "Elmshorn",
        "email": "rechnung@behrens.example",
    }  # fmt: skip
    return add_customer(creditor.id, CustomerWish(**{**wish, **fields}))


def make_customer_person(creditor: Creditor) -> CustomerPerson:
    """Somebody who represents a customer."""
    customer = make_customer(creditor)
    return add_person(customer.public_id, PersonWish(PersonRole.REPRESENTS, "Silke Behrens"))
