"""Comparisons of a client's list with our claims, and the questions that come of them."""

from datetime import date, datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, ForeignKeyConstraint, Index, UniqueConstraint
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column

from cases.core.database import Base, new_public_id
from cases.core.retention import Retention


class CheckState(StrEnum):
    """Where a comparison is."""

    WAITING = "waiting"  # A worker reads the file.
    DONE = "done"
    REFUSED = "refused"  # The file could not be read; its findings say why.


class Difference(StrEnum):
    """How his list differs from ours."""

    MISSING = "missing"  # He no longer shows the claim as open.
    LESS = "less"  # He shows less than we do.
    MORE = "more"  # He shows more: what we collected and pay out is not booked there yet.


class QuestionState(StrEnum):
    """Where a question is."""

    OPEN = "open"
    ANSWERED = "answered"
    NOTED = "noted"  # Nothing to ask: it only stands in the result.
    GONE = "gone"  # A later list shows no difference any more.


class ClientAnswer(StrEnum):
    """What the client says of a difference."""

    PAID = "paid"  # The debtor paid to him.
    CREDITED = "credited"  # He let go of a part.
    STILL_OPEN = "still_open"  # His list was wrong or late.


class OpenItemCheck(Base):
    """One comparison with a list of a client (Abgleich der offenen Posten)."""

    __tablename__ = "open_item_checks"
    __retention__ = Retention.CASE
    __table_args__ = (
        UniqueConstraint("id", "creditor_id"),
        Index("ix_open_item_checks_creditor_id", "creditor_id", "id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    public_id: Mapped[str] = mapped_column(unique=True, default=new_public_id)
    creditor_id: Mapped[int] = mapped_column(ForeignKey("creditors.id"))
    as_of: Mapped[date]  # The day that his list is of.
    file_id: Mapped[int] = mapped_column(ForeignKey("stored_files.id"))
    state: Mapped[CheckState] = mapped_column(default=CheckState.WAITING)
    rows_read: Mapped[int] = mapped_column(default=0)
    claims_compared: Mapped[int] = mapped_column(default=0)
    equal_claims: Mapped[int] = mapped_column(default=0)
    not_with_us: Mapped[int] = mapped_column(default=0)  # Rows of invoices that we do not have.
    findings: Mapped[list[dict[str, Any]]] = mapped_column(JSONB, default=list)
    taken_in_at: Mapped[datetime]
    taken_in_by: Mapped[int | None] = mapped_column(ForeignKey("users.id"))


class OpenItemQuestion(Base):
    """One claim in which his list and ours differ, and what he says of it."""

    __tablename__ = "open_item_questions"
    __retention__ = Retention.CASE
    __table_args__ = (
        ForeignKeyConstraint(
            ["check_id", "creditor_id"], ["open_item_checks.id", "open_item_checks.creditor_id"]
        ),
        ForeignKeyConstraint(["case_id", "creditor_id"], ["cases.id", "cases.creditor_id"]),
        CheckConstraint("(state = 'answered') = (answer IS NOT NULL)", name="answered_with_words"),
        Index("ix_open_item_questions_creditor_id", "creditor_id", "state", "id"),
        Index("ix_open_item_questions_check_id", "check_id"),
        Index("ix_open_item_questions_claim_id", "claim_id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    public_id: Mapped[str] = mapped_column(unique=True, default=new_public_id)
    check_id: Mapped[int]
    creditor_id: Mapped[int]
    case_id: Mapped[int]
    claim_id: Mapped[int] = mapped_column(ForeignKey("claims.id"))
    difference: Mapped[Difference]
    our_cents: Mapped[int]  # Principal open with us on that day.
    his_cents: Mapped[int]
    state: Mapped[QuestionState]
    answer: Mapped[ClientAnswer | None]
    report_id: Mapped[int | None] = mapped_column(ForeignKey("creditor_reports.id"))
    answered_at: Mapped[datetime | None]
    answered_by: Mapped[int | None] = mapped_column(ForeignKey("users.id"))
