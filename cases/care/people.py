"""Who represents a customer and whom to talk to, and his bank details; earlier ones stay."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy import select

from cases.care.customers import lock_customer, note_change
from cases.care.models import (
    AccountSource,
    Customer,
    CustomerAccount,
    CustomerPerson,
    PersonRole,
)
from cases.care.services import require_ordered
from cases.core import audit, clock
from cases.core.database import db
from cases.core.errors import Invalid, NotFound
from cases.formats.identifiers import find_iban


class IbanWrong(Invalid):
    """This IBAN is wrong: its check digits or its length do not fit."""


class SeenAhead(Invalid):
    """Bank details cannot have been seen on a day in the future."""


@dataclass(frozen=True, slots=True)
class PersonWish:
    """What a client says of somebody at a customer."""

    role: PersonRole
    name: str
    function: str | None = None
    phone: str | None = None
    email: str | None = None
    language: str = "de"


@dataclass(frozen=True, slots=True)
class AccountWish:
    """Bank details that a client has seen, and how; a notice in time with its reason."""

    iban: str
    source: AccountSource
    seen_on: date
    holder: str | None = None
    announced_on: date | None = None
    announced_reason: str | None = None


def add_person(customer_public_id: str, wish: PersonWish) -> CustomerPerson:
    """Name somebody at a customer. Raises NotFound, CareNotOrdered."""
    customer = _ordered(customer_public_id)
    person = CustomerPerson(
        customer_id=customer.id, creditor_id=customer.creditor_id, role=wish.role, name=wish.name,
        function=wish.function, phone=wish.phone, email=wish.email, language=wish.language,
        since=clock.today(),
    )  # fmt: skip
    db.session.add(person)
    db.session.flush()
    audit.record("customer.person", "customer", customer.id, creditor_id=customer.creditor_id)
    return person


def end_person(customer_public_id: str, public_id: str) -> None:
    """Somebody is no longer there: he stays in the history. Raises NotFound."""
    customer = _ordered(customer_public_id)
    person = db.session.scalar(
        select(CustomerPerson)
        .where(CustomerPerson.public_id == public_id, CustomerPerson.customer_id == customer.id)
        .with_for_update(key_share=True)
        .execution_options(populate_existing=True)
    )
    if person is None:
        raise NotFound
    person.ended_on = person.ended_on or clock.today()
    audit.record("customer.person_ended", "customer", customer.id, creditor_id=customer.creditor_id)


def see_account(customer_public_id: str, wish: AccountWish) -> CustomerAccount:
    """Note bank details: new ones with the day they were first seen, known ones were seen again.

    Raises:
        NotFound, CareNotOrdered, IbanWrong, SeenAhead.
    """
    customer = _ordered(customer_public_id)
    iban = find_iban(wish.iban)
    if iban is None:
        raise IbanWrong
    if wish.seen_on > clock.today():
        raise SeenAhead
    account = db.session.scalar(
        select(CustomerAccount).where(
            CustomerAccount.customer_id == customer.id, CustomerAccount.iban == iban
        )
    )
    if account is None:
        account = CustomerAccount(
            customer_id=customer.id, creditor_id=customer.creditor_id, iban=iban,
            source=wish.source, first_seen_on=wish.seen_on, last_seen_on=wish.seen_on,
        )  # fmt: skip
        db.session.add(account)
        note_change(customer, "iban", None, iban)
    account.first_seen_on = min(account.first_seen_on, wish.seen_on)
    account.last_seen_on = max(account.last_seen_on, wish.seen_on)
    account.holder = wish.holder or account.holder
    account.announced_on = wish.announced_on or account.announced_on
    account.announced_reason = wish.announced_reason or account.announced_reason
    db.session.flush()
    audit.record("customer.account", "customer", customer.id, creditor_id=customer.creditor_id)
    return account


def _ordered(public_id: str) -> Customer:
    customer = lock_customer(public_id)
    require_ordered(customer.creditor_id)
    return customer
