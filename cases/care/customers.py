"""A client's customers: entered, changed with what stood before, brought together, laid aside."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from sqlalchemy import select, update

from cases.care.models import (
    Customer,
    CustomerAccount,
    CustomerChange,
    CustomerPerson,
)
from cases.care.services import require_ordered
from cases.core import audit, clock
from cases.core.database import db
from cases.core.errors import Conflict, Invalid, NotFound
from cases.core.sort_name import sort_name
from cases.formats.invoice_fold import fold_invoice
from cases.parties.models import DebtorKind


class CustomerMerged(Conflict):
    """This customer was brought together with another one; open that one."""


class SameCustomer(Invalid):
    """Choose the other customer: this is the same one."""


@dataclass(frozen=True, slots=True)
class CustomerWish:
    """What a client says of a customer."""

    kind: DebtorKind
    name: str
    number: str | None = None
    given_name: str | None = None
    legal_form: str | None = None
    register_court: str | None = None
    register_number: str | None = None
    vat_id: str | None = None
    street: str | None = None
    postcode: str | None = None
    city: str | None = None
    country: str = "DE"
    email: str | None = None
    phone: str | None = None
    language: str = "de"
    sector: str | None = None
    payment_days: int | None = None
    discount_percent: Decimal | None = None
    discount_days: int | None = None
    credit_limit_cents: int | None = None


FIELDS = (
    "kind", "name", "number", "given_name", "legal_form", "register_court", "register_number",
    "vat_id", "street", "postcode", "city", "country", "email", "phone", "language", "sector",
    "payment_days", "discount_percent", "discount_days", "credit_limit_cents",
)  # fmt: skip


def add_customer(creditor_id: int, wish: CustomerWish) -> Customer:
    """Enter a customer. Two with one number are told to the client, never refused.

    Raises:
        CareNotOrdered
    """
    require_ordered(creditor_id)
    customer = Customer(creditor_id=creditor_id, **values_of(wish))
    _sorted(customer)
    db.session.add(customer)
    db.session.flush()
    audit.record("customer.added", "customer", customer.id, creditor_id=creditor_id)
    return customer


def change_customer(public_id: str, wish: CustomerWish) -> list[str]:
    """Change a customer; what stood there before stays readable. Answers the fields changed.

    Raises:
        NotFound, CareNotOrdered, CustomerMerged.
    """
    customer = lock_customer(public_id)
    require_ordered(customer.creditor_id)
    if customer.merged_into_id is not None:
        raise CustomerMerged
    changed = {
        name: value for name, value in values_of(wish).items() if getattr(customer, name) != value
    }
    for name, value in changed.items():
        note_change(customer, name, getattr(customer, name), value)
        setattr(customer, name, value)
    _sorted(customer)
    if changed:
        audit.record(
            "customer.changed", "customer", customer.id, creditor_id=customer.creditor_id,
            fields=sorted(changed),
        )  # fmt: skip
    return sorted(changed)


def bring_together(public_id: str, other_public_id: str) -> Customer:
    """Two customers are one: everything of the first goes over to the other, which is answered.

    Raises:
        NotFound, CareNotOrdered, CustomerMerged, SameCustomer.
    """
    if public_id == other_public_id:
        raise SameCustomer
    # In the order of their keys, so that two people never wait for each other.
    first, second = sorted((public_id, other_public_id))
    found = {key: lock_customer(key) for key in (first, second)}
    gone, kept = found[public_id], found[other_public_id]
    require_ordered(gone.creditor_id)
    if gone.merged_into_id is not None or kept.merged_into_id is not None:
        raise CustomerMerged
    _move(gone, kept)
    note_change(kept, "merged", gone.number or gone.name, None)
    gone.merged_into_id, gone.archived_at = kept.id, clock.now()
    audit.record("customer.merged", "customer", gone.id, creditor_id=gone.creditor_id, into=kept.id)
    return kept


def lay_aside(public_id: str) -> None:
    """Take a customer out of the lists; what is known of him stays."""
    customer = lock_customer(public_id)
    customer.archived_at = clock.now()
    audit.record("customer.archived", "customer", customer.id, creditor_id=customer.creditor_id)


def take_up(public_id: str) -> None:
    """Put a customer back into the lists. Raises CustomerMerged."""
    customer = lock_customer(public_id)
    if customer.merged_into_id is not None:
        raise CustomerMerged
    customer.archived_at = None
    audit.record("customer.taken_up", "customer", customer.id, creditor_id=customer.creditor_id)


def lock_customer(public_id: str) -> Customer:
    """A customer, locked for a change; raises NotFound. For a client only its own exist."""
    query = select(Customer).where(Customer.public_id == public_id)
    locked = query.with_for_update(key_share=True).execution_options(populate_existing=True)
    customer = db.session.scalar(locked)
    if customer is None:
        raise NotFound
    return customer


def note_change(customer: Customer, field: str, before: Any, after: Any) -> None:
    """Keep what stood in a field before."""
    db.session.add(
        CustomerChange(
            customer_id=customer.id, creditor_id=customer.creditor_id, field=field,
            before=_text(before), after=_text(after), changed_at=clock.now(),
            changed_by=audit.actor_id(),
        )
    )  # fmt: skip


def values_of(wish: CustomerWish) -> Mapping[str, Any]:
    """A wish as the columns that it fills."""
    return {name: getattr(wish, name) for name in FIELDS}


def _sorted(customer: Customer) -> None:
    """What follows from the name and the number."""
    customer.sort_name = sort_name(f"{customer.name} {customer.given_name or ''}")
    customer.number_folded = fold_invoice(customer.number) if customer.number else None


def _text(value: Any) -> str | None:
    return None if value is None else str(getattr(value, "value", value))


def _move(gone: Customer, kept: Customer) -> None:
    """People, and bank details that the other does not know yet."""
    db.session.execute(
        update(CustomerPerson)
        .where(CustomerPerson.customer_id == gone.id)
        .values(customer_id=kept.id)
        .execution_options(synchronize_session=False)
    )
    known = set(
        db.session.scalars(
            select(CustomerAccount.iban).where(CustomerAccount.customer_id == kept.id)
        )
    )
    db.session.execute(
        update(CustomerAccount)
        .where(CustomerAccount.customer_id == gone.id, CustomerAccount.iban.not_in(known))
        .values(customer_id=kept.id)
        .execution_options(synchronize_session=False)
    )
