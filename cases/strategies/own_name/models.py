"""What a client agreed to, the invoices of his list, and what went out in his name."""

from datetime import date, datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, ForeignKeyConstraint, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from cases.core.database import Base, new_public_id
from cases.core.retention import Retention
from cases.letters.mailing.models import MailedState
from cases.strategies.own_name.rules import CustomerClass, Stage


class OwnNameTerms(Base):
    """What a client agreed to, and his latest list."""

    __tablename__ = "own_name_terms"
    __retention__ = Retention.MASTER
    __table_args__ = (
        CheckConstraint("NOT active OR agreed_on IS NOT NULL", name="active_as_agreed"),
    )

    creditor_id: Mapped[int] = mapped_column(ForeignKey("creditors.id"), primary_key=True)
    agreed_on: Mapped[date | None]  # The processing contract. Law: GDPR Art. 28(3).
    active: Mapped[bool] = mapped_column(default=False, server_default="false")
    rules: Mapped[dict[str, Any]] = mapped_column(default=dict, server_default="{}")
    list_as_of: Mapped[date | None]
    list_rows: Mapped[int] = mapped_column(default=0, server_default="0")
    #: Rows that lack what a reminder needs, or a list that could not be read at all.
    list_wrong: Mapped[int] = mapped_column(default=0, server_default="0")


class ItemState(StrEnum):
    """What is known of an invoice."""

    OPEN = "open"
    PAID = "paid"  # The client no longer shows it as open.
    ASKED = "asked"  # The customer has a question: nothing goes out before it is settled.
    STOPPED = "stopped"  # The client, or we, let it rest.
    WITH_US = "with_us"  # Handed in as a claim: from then on it is a case.


class OwnNameItem(Base):
    """An invoice of the client's list, with the customer who owes it."""

    __tablename__ = "own_name_items"
    __retention__ = Retention.MASTER
    __table_args__ = (
        UniqueConstraint("creditor_id", "folded"),
        UniqueConstraint("id", "creditor_id"),
        Index("ix_own_name_items_state", "state", "due_on"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    public_id: Mapped[str] = mapped_column(unique=True, default=new_public_id)
    creditor_id: Mapped[int] = mapped_column(ForeignKey("creditors.id"))
    folded: Mapped[str]
    invoice_number: Mapped[str]
    invoiced_on: Mapped[date | None]
    due_on: Mapped[date]
    cents: Mapped[int]
    currency: Mapped[str]
    customer: Mapped[str]
    customer_class: Mapped[CustomerClass]
    email: Mapped[str | None]
    state: Mapped[ItemState] = mapped_column(default=ItemState.OPEN)
    state_on: Mapped[date]
    note: Mapped[str | None]  # What the customer asked.


class OwnNameReminder(Base):
    """One reminder that went out in a client's name."""

    __tablename__ = "own_name_reminders"
    __retention__ = Retention.LETTERS
    __table_args__ = (
        ForeignKeyConstraint(
            ["item_id", "creditor_id"], ["own_name_items.id", "own_name_items.creditor_id"]
        ),
        # Each once, whatever runs or crashes.
        UniqueConstraint("item_id", "stage"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    item_id: Mapped[int]
    creditor_id: Mapped[int]
    stage: Mapped[Stage]
    made_on: Mapped[date]
    file_id: Mapped[int] = mapped_column(ForeignKey("stored_files.id"))
    to_address: Mapped[str]
    message_id: Mapped[str] = mapped_column(unique=True)
    state: Mapped[MailedState] = mapped_column(default=MailedState.QUEUED)
    answer: Mapped[str | None]
    finished_at: Mapped[datetime | None]
