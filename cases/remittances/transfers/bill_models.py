"""Bills of third parties and their shares by case; advances that clients are asked for."""

from datetime import date, datetime
from enum import StrEnum

from sqlalchemy import CheckConstraint, ForeignKey, ForeignKeyConstraint, Index, String, text
from sqlalchemy.orm import Mapped, mapped_column

from cases.core.database import Base, new_public_id
from cases.core.retention import Retention


class BillKind(StrEnum):
    """Who sent a bill."""

    COURT = "court"  # Gerichtskasse
    BAILIFF = "bailiff"  # Gerichtsvollzieher
    REGISTER = "register"  # Melderegister, Handelsregister, Schuldnerverzeichnis
    INQUIRY = "inquiry"  # Auskunftei, Adressermittlung


class BillSource(StrEnum):
    """Whose money pays it."""

    OPERATING = "operating"
    ADVANCE = "advance"


class BillState(StrEnum):
    """Where a bill is."""

    OPEN = "open"
    ORDERED = "ordered"
    PAID = "paid"
    WITHDRAWN = "withdrawn"


class AdvanceState(StrEnum):
    """Where a request for an advance is."""

    OPEN = "open"
    RECEIVED = "received"
    WITHDRAWN = "withdrawn"


class Bill(Base):
    """A bill of somebody outside the house, laid out for clients (Fremdrechnung)."""

    __tablename__ = "bills"
    __retention__ = Retention.BOOKS
    __table_args__ = (
        CheckConstraint("amount_cents > 0", name="amount_positive"),
        Index("ix_bills_open", "due_on", "id", postgresql_where=text("state = 'open'")),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    public_id: Mapped[str] = mapped_column(unique=True, default=new_public_id)
    kind: Mapped[BillKind]
    payee: Mapped[str]
    iban: Mapped[str]
    number: Mapped[str]  # As the payee wants it in the transfer: bill number, Kassenzeichen.
    billed_on: Mapped[date]
    due_on: Mapped[date]
    amount_cents: Mapped[int]
    currency: Mapped[str] = mapped_column(String(3))
    source: Mapped[BillSource]
    state: Mapped[BillState] = mapped_column(default=BillState.OPEN)
    entered_by: Mapped[int | None] = mapped_column(ForeignKey("users.id"))
    entered_at: Mapped[datetime]
    paid_on: Mapped[date | None]
    withdrawn_reason: Mapped[str | None]


class BillLine(Base):
    """What one case bears of a bill."""

    __tablename__ = "bill_lines"
    __retention__ = Retention.BOOKS
    __table_args__ = (
        ForeignKeyConstraint(["case_id", "creditor_id"], ["cases.id", "cases.creditor_id"]),
        CheckConstraint("amount_cents > 0", name="amount_positive"),
        Index("ix_bill_lines_bill_id", "bill_id"),
        Index("ix_bill_lines_case_id", "case_id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    bill_id: Mapped[int] = mapped_column(ForeignKey("bills.id"))
    creditor_id: Mapped[int]
    case_id: Mapped[int]
    amount_cents: Mapped[int]
    journal_id: Mapped[int] = mapped_column(ForeignKey("journals.id"))  # Laid out for the client.
    costs_journal_id: Mapped[int | None] = mapped_column(
        ForeignKey("journals.id")
    )  # On the debtor.


class AdvanceRequest(Base):
    """An advance on costs that a client is asked for (Vorschussanforderung)."""

    __tablename__ = "advance_requests"
    __retention__ = Retention.BOOKS
    __table_args__ = (
        CheckConstraint("amount_cents > 0", name="amount_positive"),
        Index("ix_advance_requests_creditor_id", "creditor_id", "id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    public_id: Mapped[str] = mapped_column(unique=True, default=new_public_id)
    creditor_id: Mapped[int] = mapped_column(ForeignKey("creditors.id"))
    number: Mapped[str | None] = mapped_column(unique=True)  # To be named in the transfer.
    amount_cents: Mapped[int]
    currency: Mapped[str] = mapped_column(String(3))
    reason: Mapped[str]
    asked_on: Mapped[date]
    due_on: Mapped[date]
    asked_by: Mapped[int | None] = mapped_column(ForeignKey("users.id"))
    state: Mapped[AdvanceState] = mapped_column(default=AdvanceState.OPEN)
    bank_entry_id: Mapped[int | None] = mapped_column(ForeignKey("bank_entries.id"))
    decided_at: Mapped[datetime | None]
