"""Objections, what they are against, and how they were decided."""

from datetime import date, datetime
from enum import StrEnum

from sqlalchemy import (
    ARRAY,
    CheckConstraint,
    ForeignKey,
    ForeignKeyConstraint,
    Index,
    String,
    UniqueConstraint,
)
from sqlalchemy import text as sql
from sqlalchemy.orm import Mapped, mapped_column

from cases.core.database import Base, new_public_id
from cases.core.retention import Retention
from cases.objections.indicators import SpeaksFor


class ObjectionKind(StrEnum):
    """What the debtor says: the codes of `data/reasons.csv`, which says all else about them."""

    PAID = "paid"  # Already paid.
    NOT_ORDERED = "not_ordered"
    NOT_DELIVERED = "not_delivered"
    DEFECT = "defect"  # Mangel
    WRONG_AMOUNT = "wrong_amount"
    PRICE_NOT_AGREED = "price_not_agreed"
    WITHDRAWN = "withdrawn"  # Widerruf
    CANCELLED = "cancelled"  # Kündigung
    SUBSCRIPTION_TRAP = "subscription_trap"
    NOT_LIABLE = "not_liable"  # Wrong person.
    IDENTITY_MISUSE = "identity_misuse"
    MINOR = "minor"
    DECEASED_DEBT = "deceased_debt"
    SET_OFF = "set_off"  # Aufrechnung
    RETENTION = "retention"  # Zurückbehaltung
    INSTALMENTS_AGREED = "instalments_agreed"
    INVOICE_NOT_RECEIVED = "invoice_not_received"
    TIME_BARRED = "time_barred"
    COSTS_ONLY = "costs_only"
    NO_AUTHORITY = "no_authority"  # §§ 174, 410 BGB
    OTHER = "other"


class Verdict(StrEnum):
    """What verification found."""

    PRETEXT = "pretext"  # Schutzbehauptung; the word never goes to the debtor.
    GENUINE = "genuine"  # begründet
    PARTLY_GENUINE = "partly_genuine"  # teils begründet
    UNDECIDED = "undecided"  # offen


class Objection(Base):
    """What a debtor says against the claims of a case (Einwand)."""

    __tablename__ = "objections"
    __retention__ = Retention.CASE
    __table_args__ = (
        ForeignKeyConstraint(["case_id", "creditor_id"], ["cases.id", "cases.creditor_id"]),
        CheckConstraint(
            "verdict IS NULL OR length(btrim(verdict_reason)) > 0", name="verdict_has_reason"
        ),
        Index("ix_objections_creditor_id_kind", "creditor_id", "kind", "case_id"),
        Index("ix_objections_open", "case_id", postgresql_where=sql("verdict IS NULL")),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    public_id: Mapped[str] = mapped_column(unique=True, default=new_public_id)
    case_id: Mapped[int] = mapped_column(index=True)
    creditor_id: Mapped[int]
    debtor_id: Mapped[int | None] = mapped_column(ForeignKey("debtors.id"))
    kind: Mapped[ObjectionKind]
    words: Mapped[str]  # In the debtor's own words.
    words_language: Mapped[str] = mapped_column(default="de")
    contests: Mapped[bool]  # Whether it disputes the claim in law.
    channel: Mapped[str]
    raised_on: Mapped[date]
    recorded_at: Mapped[datetime]
    recorded_by: Mapped[int | None] = mapped_column(ForeignKey("users.id"))
    verdict: Mapped[Verdict | None]
    verdict_reason: Mapped[str | None]
    no_evidence: Mapped[str | None]  # Why no document supports the verdict, where none does.
    decided_at: Mapped[datetime | None]
    decided_by: Mapped[int | None] = mapped_column(ForeignKey("users.id"))
    decisions: Mapped[int] = mapped_column(default=0, server_default="0")
    # Until the verdict the rest of the case waits too, unless a person releases it.
    rest_released_at: Mapped[datetime | None]
    rest_released_by: Mapped[int | None] = mapped_column(ForeignKey("users.id"))
    rest_released_why: Mapped[str | None]
    answer_due_on: Mapped[date | None]  # By when the debtor has our answer.
    answered_at: Mapped[datetime | None]  # The reply left the house.
    told_creditor: Mapped[str | None]  # How the verdict is explained to the creditor.
    genuine_costs_cents: Mapped[int | None]  # How much of the costs was found not to be owed.
    # The indicators that the panel showed when it was decided, to see how well they speak.
    indicators_then: Mapped[list[str] | None] = mapped_column(ARRAY(String))

    @property
    def is_open(self) -> bool:
        """Whether it still waits for a verdict."""
        return self.verdict in {None, Verdict.UNDECIDED}


class EarlierVerdict(Base):
    """A verdict that was given and taken up again, with the reason. Never changed."""

    __tablename__ = "earlier_verdicts"
    __retention__ = Retention.CASE

    id: Mapped[int] = mapped_column(primary_key=True)
    objection_id: Mapped[int] = mapped_column(ForeignKey("objections.id"), index=True)
    creditor_id: Mapped[int]
    verdict: Mapped[Verdict]
    verdict_reason: Mapped[str]
    no_evidence: Mapped[str | None]
    decided_at: Mapped[datetime]
    decided_by: Mapped[int | None] = mapped_column(ForeignKey("users.id"))
    reopened_at: Mapped[datetime]
    reopened_by: Mapped[int | None] = mapped_column(ForeignKey("users.id"))
    reopened_because: Mapped[str]


class ObjectionItem(Base):
    """Which claim, and how much of it, an objection is against."""

    __tablename__ = "objection_items"
    __retention__ = Retention.CASE
    __table_args__ = (
        UniqueConstraint("objection_id", "claim_id"),
        CheckConstraint("amount_cents > 0", name="amount_positive"),
        CheckConstraint("genuine_cents BETWEEN 0 AND amount_cents", name="genuine_within"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    objection_id: Mapped[int] = mapped_column(ForeignKey("objections.id"))
    claim_id: Mapped[int] = mapped_column(ForeignKey("claims.id"), index=True)
    creditor_id: Mapped[int]
    amount_cents: Mapped[int]
    genuine_cents: Mapped[int | None]  # What verification found to be genuine.
    # The default that a verdict ended, to bring it back when that is taken up again.
    default_was_on: Mapped[date | None]
    default_was_by: Mapped[str | None]


class ObjectionCheck(Base):
    """What the file says about one question of the checklist. Staff only; changed until decided."""

    __tablename__ = "objection_checks"
    __retention__ = Retention.CASE
    __table_args__ = (UniqueConstraint("objection_id", "question"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    objection_id: Mapped[int] = mapped_column(ForeignKey("objections.id"))
    creditor_id: Mapped[int]
    question: Mapped[str]  # A code of cases.objections.checklist.
    finding: Mapped[str]
    speaks_for: Mapped[SpeaksFor]
    document_id: Mapped[int | None] = mapped_column(ForeignKey("claim_documents.id"))  # Evidence.
    answered_at: Mapped[datetime]
    answered_by: Mapped[int | None] = mapped_column(ForeignKey("users.id"))
