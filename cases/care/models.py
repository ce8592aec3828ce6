"""The service as a client switched it on, and his customers with people and bank details."""

from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum

from sqlalchemy import (
    CheckConstraint,
    ForeignKey,
    ForeignKeyConstraint,
    Index,
    String,
    UniqueConstraint,
    func,
    text,
)
from sqlalchemy.orm import Mapped, mapped_column

from cases.core.database import Base, new_public_id
from cases.core.retention import Retention
from cases.parties.models import DebtorKind


class CareService(Base):
    """What a client ordered beside collection, by a contract of its own."""

    __tablename__ = "care_services"
    __retention__ = Retention.MASTER
    __table_args__ = (
        CheckConstraint("NOT active OR agreed_on IS NOT NULL", name="active_as_agreed"),
    )

    creditor_id: Mapped[int] = mapped_column(ForeignKey("creditors.id"), primary_key=True)
    agreed_on: Mapped[date | None]  # The processing contract. Law: GDPR Art. 28(3).
    active: Mapped[bool] = mapped_column(default=False, server_default="false")


class Customer(Base):
    """A customer of a client (Kunde des Mandanten); no debtor of ours before he hands him over."""

    __tablename__ = "customers"
    __retention__ = Retention.MASTER
    __table_args__ = (
        UniqueConstraint("id", "creditor_id"),
        # Not unique: two customers with one number are shown as duplicates and brought together.
        Index("ix_customers_number", "creditor_id", "number_folded"),
        Index("ix_customers_name", "creditor_id", "sort_name", "id"),
        Index(
            "ix_customers_words",
            text("to_tsvector('simple'::regconfig, sort_name)"),
            postgresql_using="gin",
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    public_id: Mapped[str] = mapped_column(unique=True, default=new_public_id)
    creditor_id: Mapped[int] = mapped_column(ForeignKey("creditors.id"))
    number: Mapped[str | None]  # As his own books name him (Kundennummer).
    number_folded: Mapped[str | None]
    kind: Mapped[DebtorKind]
    name: Mapped[str]  # Exactly as in the register.
    given_name: Mapped[str | None]
    sort_name: Mapped[str] = mapped_column(String(collation="C"))
    legal_form: Mapped[str | None]
    register_court: Mapped[str | None]
    register_number: Mapped[str | None]
    vat_id: Mapped[str | None]
    street: Mapped[str | None]
    postcode: Mapped[str | None]
    city: Mapped[str | None]
    country: Mapped[str] = mapped_column(String(2), default="DE", server_default="DE")
    email: Mapped[str | None]  # Where invoices and reminders go.
    phone: Mapped[str | None]
    language: Mapped[str] = mapped_column(String(2), default="de", server_default="de")
    sector: Mapped[str | None]
    # What he sells on: days to pay, discount for paying early (Skonto), and up to how much.
    payment_days: Mapped[int | None]
    discount_percent: Mapped[Decimal | None]
    discount_days: Mapped[int | None]
    credit_limit_cents: Mapped[int | None]
    merged_into_id: Mapped[int | None] = mapped_column(ForeignKey("customers.id"), index=True)
    archived_at: Mapped[datetime | None]
    created_at: Mapped[datetime] = mapped_column(server_default=func.now())


class CustomerChange(Base):
    """What stood in one field of a customer before. Never changed."""

    __tablename__ = "customer_changes"
    __retention__ = Retention.MASTER
    __table_args__ = (
        ForeignKeyConstraint(
            ["customer_id", "creditor_id"], ["customers.id", "customers.creditor_id"]
        ),
        Index("ix_customer_changes_customer_id", "customer_id", "id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    customer_id: Mapped[int]
    creditor_id: Mapped[int]
    field: Mapped[str]
    before: Mapped[str | None]
    after: Mapped[str | None]
    changed_at: Mapped[datetime]
    changed_by: Mapped[int | None] = mapped_column(ForeignKey("users.id"))


class PersonRole(StrEnum):
    """What a person at a customer is asked about."""

    REPRESENTS = "represents"  # By law (gesetzlicher Vertreter); the court asks for it.
    LIABLE_PARTNER = "liable_partner"  # Of a GmbH & Co. KG: a company of its own.
    DECIDES = "decides"
    BOOKKEEPING = "bookkeeping"
    ORDERS = "orders"


class CustomerPerson(Base):
    """Somebody at a customer: who represents it, and whom to talk to; earlier ones stay."""

    __tablename__ = "customer_people"
    __retention__ = Retention.MASTER
    __table_args__ = (
        ForeignKeyConstraint(
            ["customer_id", "creditor_id"], ["customers.id", "customers.creditor_id"]
        ),
        Index("ix_customer_people_customer_id", "customer_id", "id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    public_id: Mapped[str] = mapped_column(unique=True, default=new_public_id)
    customer_id: Mapped[int]
    creditor_id: Mapped[int]
    role: Mapped[PersonRole]
    name: Mapped[str]
    function: Mapped[str | None]  # Geschäftsführerin, einzeln ...
    phone: Mapped[str | None]
    email: Mapped[str | None]
    language: Mapped[str] = mapped_column(String(2), default="de", server_default="de")
    since: Mapped[date]
    ended_on: Mapped[date | None]


class AccountSource(StrEnum):
    """How a client came to know a customer's bank details."""

    FORM = "form"  # The customer gave them when his account was opened.
    NOTICE = "notice"  # He told of a change.
    PAYMENT = "payment"  # A payment came from there.


class CustomerAccount(Base):
    """Bank details of a customer (Bankverbindung), with the days they were first and last seen."""

    __tablename__ = "customer_accounts"
    __retention__ = Retention.MASTER
    __table_args__ = (
        ForeignKeyConstraint(
            ["customer_id", "creditor_id"], ["customers.id", "customers.creditor_id"]
        ),
        UniqueConstraint("customer_id", "iban"),
        CheckConstraint("last_seen_on >= first_seen_on", name="span"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    public_id: Mapped[str] = mapped_column(unique=True, default=new_public_id)
    customer_id: Mapped[int]
    creditor_id: Mapped[int]
    iban: Mapped[str]
    holder: Mapped[str | None]
    source: Mapped[AccountSource]
    first_seen_on: Mapped[date]
    last_seen_on: Mapped[date]
    # A notice in time that names a plausible reason makes a change harmless.
    announced_on: Mapped[date | None]
    announced_reason: Mapped[str | None]
