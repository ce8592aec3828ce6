"""Versions of a client's terms, their clauses, and the version that applies to a claim."""

from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum
from typing import Any

from sqlalchemy import (
    CheckConstraint,
    ForeignKey,
    ForeignKeyConstraint,
    Index,
    UniqueConstraint,
    text,
)
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column

from cases.core.database import Base, new_public_id
from cases.core.retention import Retention


class Audience(StrEnum):
    """For whose contracts a version is written."""

    BUSINESS = "business"
    CONSUMER = "consumer"
    BOTH = "both"


class TermsVersion(Base):
    """One version of a client's general terms (AGB-Fassung)."""

    __tablename__ = "terms_versions"
    __retention__ = Retention.MASTER
    __table_args__ = (
        UniqueConstraint("id", "creditor_id"),
        UniqueConstraint("creditor_id", "audience", "valid_from"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    public_id: Mapped[str] = mapped_column(unique=True, default=new_public_id)
    creditor_id: Mapped[int] = mapped_column(ForeignKey("creditors.id"))
    audience: Mapped[Audience]
    valid_from: Mapped[date]
    valid_until: Mapped[date | None]  # None: until the next version.
    file_id: Mapped[int | None] = mapped_column(ForeignKey("stored_files.id"))
    payment_days: Mapped[int | None]  # The agreed term (Zahlungsziel).
    #: Agreed default interest, so many points above the base rate.
    interest_points: Mapped[Decimal | None]
    created_at: Mapped[datetime]
    created_by: Mapped[int | None] = mapped_column(ForeignKey("users.id"))


class ClauseKind(StrEnum):
    """What a clause settles: the four that a claim is argued from, and free ones on top."""

    RETENTION_OF_TITLE = "retention_of_title"  # Eigentumsvorbehalt
    TERMINATION = "termination"  # Kündigung bei schlechterer Bonität
    PENALTY = "penalty"  # Vertragsstrafe
    JURISDICTION = "jurisdiction"  # Gerichtsstand
    FREE = "free"


class TermsClause(Base):
    """One clause of a version, with its number and words, and what its rules ask about."""

    __tablename__ = "terms_clauses"
    __retention__ = Retention.MASTER
    __table_args__ = (
        ForeignKeyConstraint(
            ["terms_id", "creditor_id"], ["terms_versions.id", "terms_versions.creditor_id"]
        ),
        Index(
            "uq_terms_clauses_kind",
            "terms_id",
            "kind",
            unique=True,
            postgresql_where=text("kind <> 'free'"),
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    public_id: Mapped[str] = mapped_column(unique=True, default=new_public_id)
    terms_id: Mapped[int]
    creditor_id: Mapped[int]
    kind: Mapped[ClauseKind]
    number: Mapped[str]  # As it is cited: "Ziffer 7".
    words: Mapped[str]
    #: What the rules of its kind ask: the facts by their names (`clause_rules`).
    facts: Mapped[dict[str, Any]] = mapped_column(JSONB, default=dict, server_default="{}")
    place: Mapped[str | None]  # The court of a jurisdiction clause.


class ClaimTerms(Base):
    """The version in force on the day of a claim's contract."""

    __tablename__ = "claim_terms"
    __retention__ = Retention.CASE
    __table_args__ = (
        ForeignKeyConstraint(
            ["terms_id", "creditor_id"], ["terms_versions.id", "terms_versions.creditor_id"]
        ),
        CheckConstraint("contract_on <= made_on", name="contract_in_the_past"),
        Index("ix_claim_terms_terms_id", "terms_id"),
    )

    claim_id: Mapped[int] = mapped_column(ForeignKey("claims.id"), primary_key=True)
    creditor_id: Mapped[int]
    terms_id: Mapped[int]
    contract_on: Mapped[date]
    made_on: Mapped[date]
