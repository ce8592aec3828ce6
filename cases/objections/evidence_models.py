"""Evidence of an objection, what a claim's file says, and how often and where it was raised."""

from datetime import date, datetime
from enum import StrEnum

from sqlalchemy import CheckConstraint, ForeignKey, Index, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from cases.core.database import Base, new_public_id, stored_enum
from cases.core.retention import Retention
from cases.objections.catalogue import Side


class ObjectionPhase(StrEnum):
    """Where an objection was raised: one object, whatever phase it comes back in."""

    QUERY = "query"  # Before the claim was due.
    CREDITOR = "creditor"  # As a complaint to the creditor.
    AGENCY = "agency"
    COURT = "court"  # An opposition with reasons, or in a lawsuit.


class ObjectionMention(Base):
    """One time that an objection was raised, with the words of that day. Never changed."""

    __tablename__ = "objection_mentions"
    __retention__ = Retention.CASE

    id: Mapped[int] = mapped_column(primary_key=True)
    objection_id: Mapped[int] = mapped_column(ForeignKey("objections.id"), index=True)
    creditor_id: Mapped[int]
    phase: Mapped[ObjectionPhase]
    channel: Mapped[str]
    raised_on: Mapped[date]
    words: Mapped[str]
    # What it came with: the letter or mail, kept as a document of the case.
    document_id: Mapped[int | None] = mapped_column(ForeignKey("claim_documents.id"))
    recorded_at: Mapped[datetime]
    recorded_by: Mapped[int | None] = mapped_column(ForeignKey("users.id"))


class FirstContest(Base):
    """When a claim was first contested. Written once: § 13f RDG turns on the day."""

    __tablename__ = "first_contests"
    __retention__ = Retention.CASE

    claim_id: Mapped[int] = mapped_column(ForeignKey("claims.id"), primary_key=True)
    creditor_id: Mapped[int]
    objection_id: Mapped[int] = mapped_column(ForeignKey("objections.id"), index=True)
    contested_on: Mapped[date]
    noted_at: Mapped[datetime]


class EvidencePiece(Base):
    """A piece of evidence that we ask for, with its day and what came of it."""

    __tablename__ = "objection_evidence"
    __retention__ = Retention.CASE
    __table_args__ = (
        UniqueConstraint("objection_id", "label"),
        Index(
            "ix_objection_evidence_open",
            "due_on",
            postgresql_where=text("answered_at IS NULL AND closed_at IS NULL"),
        ),
        Index(
            "ix_objection_evidence_creditor",
            "creditor_id",
            "due_on",
            postgresql_where=text("answered_at IS NULL AND closed_at IS NULL"),
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    public_id: Mapped[str] = mapped_column(unique=True, default=new_public_id)
    objection_id: Mapped[int] = mapped_column(ForeignKey("objections.id"))
    creditor_id: Mapped[int]
    label: Mapped[str]  # A code of data/labels.csv.
    side: Mapped[Side] = mapped_column(stored_enum(Side, "evidence_side"))
    asked_at: Mapped[datetime | None]  # None: explained by us without having been asked for.
    asked_by: Mapped[int | None] = mapped_column(ForeignKey("users.id"))
    due_on: Mapped[date | None]
    reminded_at: Mapped[datetime | None]
    answered_at: Mapped[datetime | None]
    answered_by: Mapped[int | None] = mapped_column(ForeignKey("users.id"))
    has_none: Mapped[bool] = mapped_column(default=False, server_default="false")
    answer_on: Mapped[date | None]
    answer_yes: Mapped[bool | None]
    answer_words: Mapped[str | None]
    document_id: Mapped[int | None] = mapped_column(ForeignKey("claim_documents.id"))
    explained: Mapped[str | None]  # Why a verdict may go without it.
    closed_at: Mapped[datetime | None]  # The verdict was given; nobody waits for it any more.


class ClaimFact(Base):
    """What the file of a claim says: a day, yes or no, or an amount. The newest counts."""

    __tablename__ = "claim_facts"
    __retention__ = Retention.CASE
    __table_args__ = (
        Index("ix_claim_facts_claim_id", "claim_id", "id"),
        CheckConstraint("num_nonnulls(fact_on, fact_yes, fact_cents) = 1", name="one_value"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    claim_id: Mapped[int] = mapped_column(ForeignKey("claims.id"))
    creditor_id: Mapped[int]
    fact: Mapped[str]  # A field of cases.objections.file_facts.
    fact_on: Mapped[date | None]
    fact_yes: Mapped[bool | None]
    fact_cents: Mapped[int | None]
    piece_id: Mapped[int | None] = mapped_column(ForeignKey("objection_evidence.id"))
    noted_at: Mapped[datetime]
    noted_by: Mapped[int | None] = mapped_column(ForeignKey("users.id"))
