"""Reads about a client's customers. The portal sees its own only."""

from collections.abc import Sequence

from sqlalchemy import ColumnElement, Select, func, or_, select, tuple_

from cases.care.models import Customer, CustomerAccount, CustomerChange, CustomerPerson
from cases.core.database import db
from cases.core.errors import NotFound
from cases.core.sort_name import beginnings
from cases.formats.invoice_fold import fold_invoice

PAGE = 50
CHANGES = 100
MOST_DUPLICATES = 200


def get_customer(public_id: str) -> Customer:
    """The customer of that public id; raises NotFound."""
    found = db.session.scalar(select(Customer).where(Customer.public_id == public_id))
    if found is None:
        raise NotFound
    return found


def get_customer_by_id(customer_id: int) -> Customer:
    """The customer of that key."""
    return db.session.get_one(Customer, customer_id)


def list_customers(
    creditor_id: int, words: str, after: tuple[str, int] | None, limit: int, *, archived: bool
) -> list[Customer]:
    """Customers by name (keyset): whose name or number begins like what was typed."""
    query = select(Customer).where(
        Customer.creditor_id == creditor_id, Customer.archived_at.is_not(None) == archived
    )
    if words.strip():
        query = query.where(_fits(words))
    if after is not None:
        query = query.where(tuple_(Customer.sort_name, Customer.id) > after)
    return list(db.session.scalars(query.order_by(Customer.sort_name, Customer.id).limit(limit)))


def _fits(words: str) -> ColumnElement[bool]:
    folded, typed = fold_invoice(words), beginnings(words)
    name = func.to_tsvector("simple", Customer.sort_name).op("@@")(func.to_tsquery("simple", typed))
    if not typed:
        return Customer.number_folded == folded
    return or_(Customer.number_folded.startswith(folded, autoescape=True), name) if folded else name


def count_customers(creditor_id: int) -> int:
    """How many customers a client has in his lists."""
    query = select(func.count()).where(
        Customer.creditor_id == creditor_id, Customer.archived_at.is_(None)
    )
    return db.session.scalar(query) or 0


def list_duplicates(creditor_id: int) -> list[list[Customer]]:
    """Customers that share a number, number by number."""
    several = (
        select(Customer.number_folded)
        .where(
            Customer.creditor_id == creditor_id,
            Customer.merged_into_id.is_(None),
            Customer.number_folded.is_not(None),
        )
        .group_by(Customer.number_folded)
        .having(func.count() > 1)
        .limit(MOST_DUPLICATES)
    )
    query = (
        select(Customer)
        .where(
            Customer.creditor_id == creditor_id,
            Customer.merged_into_id.is_(None),
            Customer.number_folded.in_(several),
        )
        .order_by(Customer.number_folded, Customer.id)
    )
    groups: dict[str, list[Customer]] = {}
    for customer in db.session.scalars(query):
        groups.setdefault(customer.number_folded or "", []).append(customer)
    return list(groups.values())


def list_same_number(customer: Customer) -> Sequence[Customer]:
    """The other customers with the number of this one."""
    if customer.number_folded is None or customer.merged_into_id is not None:
        return []
    query = select(Customer).where(
        Customer.creditor_id == customer.creditor_id,
        Customer.number_folded == customer.number_folded,
        Customer.merged_into_id.is_(None),
        Customer.id != customer.id,
    )
    return db.session.scalars(query.order_by(Customer.id)).all()


def list_people(customer_id: int) -> Sequence[CustomerPerson]:
    """Everybody at a customer, those who are there first."""
    query: Select[CustomerPerson] = (
        select(CustomerPerson)
        .where(CustomerPerson.customer_id == customer_id)
        .order_by(CustomerPerson.ended_on.is_not(None), CustomerPerson.role, CustomerPerson.id)
    )
    return db.session.scalars(query).all()


def list_accounts(customer_id: int) -> Sequence[CustomerAccount]:
    """The bank details of a customer, those seen last first."""
    query = select(CustomerAccount).where(CustomerAccount.customer_id == customer_id)
    return db.session.scalars(
        query.order_by(CustomerAccount.last_seen_on.desc(), CustomerAccount.id.desc())
    ).all()


def list_changes(customer_id: int) -> Sequence[CustomerChange]:
    """What was changed of a customer, the latest first."""
    query = select(CustomerChange).where(CustomerChange.customer_id == customer_id)
    return db.session.scalars(query.order_by(CustomerChange.id.desc()).limit(CHANGES)).all()
