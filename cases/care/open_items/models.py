"""Lists of open items, the items, and the events of their life."""

from datetime import date, datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import (
    CheckConstraint,
    ForeignKey,
    ForeignKeyConstraint,
    Index,
    String,
    UniqueConstraint,
)
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column

from cases.core.database import Base, new_public_id
from cases.core.retention import Retention


class ListState(StrEnum):
    """How far a list is."""

    WAITING = "waiting"
    DONE = "done"
    REFUSED = "refused"  # Nothing in it could be read.


class CareList(Base):
    """A list of open items of a client (OP-Liste), kept as it came."""

    __tablename__ = "care_lists"
    __retention__ = Retention.CASE
    __table_args__ = (
        UniqueConstraint("id", "creditor_id"),
        Index("ix_care_lists_creditor_id", "creditor_id", "id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    public_id: Mapped[str] = mapped_column(unique=True, default=new_public_id)
    creditor_id: Mapped[int] = mapped_column(ForeignKey("creditors.id"))
    as_of: Mapped[date]  # The day that it is of.
    file_id: Mapped[int] = mapped_column(ForeignKey("stored_files.id"))
    #: Whether it names everything that is open: only then a missing item is paid.
    complete: Mapped[bool] = mapped_column(default=True, server_default="true")
    state: Mapped[ListState] = mapped_column(default=ListState.WAITING)
    rows_read: Mapped[int] = mapped_column(default=0)
    rows_wrong: Mapped[int] = mapped_column(default=0)
    rows_new: Mapped[int] = mapped_column(default=0)
    rows_changed: Mapped[int] = mapped_column(default=0)
    rows_gone: Mapped[int] = mapped_column(default=0)  # Named before, no longer on this list.
    findings: Mapped[list[dict[str, Any]]] = mapped_column(JSONB, default=list)
    taken_in_at: Mapped[datetime]
    taken_in_by: Mapped[int | None] = mapped_column(ForeignKey("users.id"))


class ItemKind(StrEnum):
    """What an item is."""

    INVOICE = "invoice"
    CREDIT_NOTE = "credit_note"  # Its amounts are negative: it nets.


class ItemState(StrEnum):
    """What is known of an item."""

    OPEN = "open"
    QUERIED = "queried"  # The customer asks: nothing goes out before it is settled.
    PAID = "paid"
    GONE = "gone"  # No longer on the list, and nobody said why.
    WITH_US = "with_us"  # Handed in as a claim: from then on it is a case.


class CareItem(Base):
    """One open item: an invoice or a credit note of a client to a customer."""

    __tablename__ = "care_items"
    __retention__ = Retention.CASE
    __table_args__ = (
        UniqueConstraint("id", "creditor_id"),
        UniqueConstraint("creditor_id", "folded"),
        ForeignKeyConstraint(
            ["customer_id", "creditor_id"], ["customers.id", "customers.creditor_id"]
        ),
        CheckConstraint(
            "(kind = 'credit_note') = (gross_cents < 0)", name="credit_notes_are_negative"
        ),
        Index("ix_care_items_customer_id", "customer_id", "state"),
        Index("ix_care_items_creditor_id_state", "creditor_id", "state", "due_on", "id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    public_id: Mapped[str] = mapped_column(unique=True, default=new_public_id)
    creditor_id: Mapped[int] = mapped_column(ForeignKey("creditors.id"))
    customer_id: Mapped[int | None]  # None: whose it is must be said first.
    folded: Mapped[str]  # The invoice number as it is compared.
    invoice_number: Mapped[str]
    kind: Mapped[ItemKind]
    customer_number: Mapped[str | None]  # As the list says.
    customer_name: Mapped[str | None]
    email: Mapped[str | None]
    invoiced_on: Mapped[date | None]
    due_on: Mapped[date | None]  # None: unknown; shown apart, never left out.
    gross_cents: Mapped[int]
    open_cents: Mapped[int]  # A copy of what the events say today.
    currency: Mapped[str] = mapped_column(String(3))
    discount_until: Mapped[date | None]  # Skonto was offered up to this day.
    paid_with_discount: Mapped[bool | None]
    state: Mapped[ItemState] = mapped_column(default=ItemState.OPEN)
    state_on: Mapped[date]
    settled_on: Mapped[date | None]  # The day of the payment, as far as it is known.


class EventKind(StrEnum):
    """The stations of an invoice (S0-20), and what changes what is open."""

    ISSUED = "issued"
    SENT = "sent"
    RECEIVED = "received"
    BOUNCED = "bounced"
    QUERIED = "queried"
    ANSWERED = "answered"  # The query is settled.
    APPROVED = "approved"
    CHANGED = "changed"  # Another amount is open.
    PAID = "paid"
    GONE = "gone"
    BACK = "back"  # On a later list again.
    HANDED_OVER = "handed_over"


class CareItemEvent(Base):
    """One event of an item's life, with what was open after it. Never changed."""

    __tablename__ = "care_item_events"
    __retention__ = Retention.CASE
    __table_args__ = (
        ForeignKeyConstraint(
            ["item_id", "creditor_id"], ["care_items.id", "care_items.creditor_id"]
        ),
        Index("ix_care_item_events_item_id", "item_id", "happened_on", "id"),
        Index("ix_care_item_events_creditor_id", "creditor_id", "happened_on"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    item_id: Mapped[int]
    creditor_id: Mapped[int]
    kind: Mapped[EventKind]
    happened_on: Mapped[date]
    open_cents: Mapped[int | None]  # What was open after it; None: it changed nothing.
    words: Mapped[str | None]  # What the customer asked, or how it is known.
    list_id: Mapped[int | None] = mapped_column(ForeignKey("care_lists.id"))
    known_at: Mapped[datetime]
    known_by: Mapped[int | None] = mapped_column(ForeignKey("users.id"))
