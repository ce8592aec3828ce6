"""The form of an account opening, credit reports, and decisions before a contract."""

from datetime import date, datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, ForeignKeyConstraint, Index, UniqueConstraint
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column

from cases.core.database import Base, new_public_id, stored_enum
from cases.core.retention import Retention


class Authority(StrEnum):
    """Whether the person who signs may do so, and how the client knows."""

    REGISTER = "register"  # Seen in an extract of the register.
    POWER_OF_ATTORNEY = "power_of_attorney"
    UNVERIFIED = "unverified"  # The file says so.


class HandedHow(StrEnum):
    """How the terms came to the customer."""

    WITH_OFFER = "with_offer"
    WITH_FORM = "with_form"  # They were signed with the account opening.
    WITH_ORDER = "with_order"  # He could read and accept them when he ordered.
    WITH_CONFIRMATION = "with_confirmation"
    WITH_DELIVERY = "with_delivery"
    WITH_INVOICE = "with_invoice"


class AccountOpening(Base):
    """A customer's account as it was opened: signature, terms, first order."""

    __tablename__ = "account_openings"
    __retention__ = Retention.MASTER
    __table_args__ = (
        ForeignKeyConstraint(
            ["customer_id", "creditor_id"], ["customers.id", "customers.creditor_id"]
        ),
        ForeignKeyConstraint(
            ["terms_id", "creditor_id"], ["terms_versions.id", "terms_versions.creditor_id"]
        ),
        UniqueConstraint("customer_id"),
        CheckConstraint("(file_id IS NULL) = (signed_on IS NULL)", name="signed_with_form"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    customer_id: Mapped[int]
    creditor_id: Mapped[int]
    terms_id: Mapped[int | None]
    terms_handed_on: Mapped[date | None]
    terms_handed_how: Mapped[HandedHow | None]
    terms_agreed: Mapped[bool | None]  # Referred to and accepted when the contract was made.
    ordered_on: Mapped[date | None]
    delivered_on: Mapped[date | None]
    formal_acceptance: Mapped[bool | None]  # Förmliche Abnahme
    signatory_name: Mapped[str | None]
    signatory_role: Mapped[str | None]
    authority: Mapped[Authority | None]
    signed_on: Mapped[date | None]
    file_id: Mapped[int | None] = mapped_column(ForeignKey("stored_files.id"))
    printed_at: Mapped[datetime | None]
    changed_at: Mapped[datetime]
    changed_by: Mapped[int | None] = mapped_column(ForeignKey("users.id"))


class CreditReport(Base):
    """A report on a customer's finances that the client obtained (Auskunft)."""

    __tablename__ = "credit_reports"
    __retention__ = Retention.MASTER
    __table_args__ = (
        ForeignKeyConstraint(
            ["customer_id", "creditor_id"], ["customers.id", "customers.creditor_id"]
        ),
        Index("ix_credit_reports_customer_id", "customer_id", "made_on"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    public_id: Mapped[str] = mapped_column(unique=True, default=new_public_id)
    customer_id: Mapped[int]
    creditor_id: Mapped[int]
    source: Mapped[str]
    made_on: Mapped[date]
    expires_on: Mapped[date | None]
    score: Mapped[str | None]  # As the source writes it.
    advises_against: Mapped[bool] = mapped_column(default=False, server_default="false")
    limit_cents: Mapped[int | None]  # The limit that it recommends.
    file_id: Mapped[int | None] = mapped_column(ForeignKey("stored_files.id"))
    kept_at: Mapped[datetime]
    kept_by: Mapped[int | None] = mapped_column(ForeignKey("users.id"))


class PaymentTerms(StrEnum):
    """How a customer is sold to."""

    PREPAY = "prepay"  # Vorauskasse
    DEPOSIT = "deposit"  # Anzahlung
    CARD = "card"
    INVOICE = "invoice"
    NO_CONTRACT = "no_contract"


class CustomerDecision(Base):
    """A decision before a contract, with what was known then. Never changed."""

    __tablename__ = "customer_decisions"
    __retention__ = Retention.MASTER
    __table_args__ = (
        ForeignKeyConstraint(
            ["customer_id", "creditor_id"], ["customers.id", "customers.creditor_id"]
        ),
        Index("ix_customer_decisions_customer_id", "customer_id", "id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    customer_id: Mapped[int]
    creditor_id: Mapped[int]
    decided: Mapped[PaymentTerms]
    recommended: Mapped[PaymentTerms] = mapped_column(
        stored_enum(PaymentTerms, "recommended_terms")
    )
    reasons: Mapped[list[dict[str, Any]]] = mapped_column(JSONB)  # Findings of the recommendation.
    deposit_percent: Mapped[int | None]
    limit_cents: Mapped[int | None]
    words: Mapped[str]  # Why the person decided so.
    decided_at: Mapped[datetime]
    decided_by: Mapped[int | None] = mapped_column(ForeignKey("users.id"))
