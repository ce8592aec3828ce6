"""Submissions and their rows: nothing handed in is ever lost."""

from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import ForeignKey, ForeignKeyConstraint, Index, UniqueConstraint, func, text
from sqlalchemy.orm import Mapped, mapped_column

from cases.core.database import Base, new_public_id
from cases.core.retention import Retention


class SubmissionState(StrEnum):
    """Where a submission is in the wizard."""

    UPLOADED = "uploaded"  # Stored; a worker will read it.
    READING = "reading"
    MAPPING = "mapping"  # The creditor says which column is what.
    CHECKING = "checking"  # Read; rows can be corrected and handed over.
    REFUSED = "refused"  # The file as a whole cannot be read.
    OPENING = "opening"  # A worker opens the cases.
    DONE = "done"
    DISCARDED = "discarded"  # Its creditor wants none of it; the file stays as it came.


class RowState(StrEnum):
    """Where a row is."""

    ERROR = "error"  # Needs a correction.
    READY = "ready"
    OPENED = "opened"  # Became a claim.
    DUPLICATE = "duplicate"  # Known already; safe to send again.
    LEFT_OUT = "left_out"  # The creditor does not want it handed over.
    RETURNED = "returned"  # Staff asked something.


class Submission(Base):
    """One upload of a creditor, with the file as it was."""

    __tablename__ = "submissions"
    __retention__ = Retention.VOUCHERS
    __table_args__ = (
        UniqueConstraint("id", "creditor_id"),
        Index("ix_submissions_creditor_id", "creditor_id", "id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    public_id: Mapped[str] = mapped_column(unique=True, default=new_public_id)
    creditor_id: Mapped[int] = mapped_column(ForeignKey("creditors.id"))
    user_id: Mapped[int]
    file_id: Mapped[int] = mapped_column(ForeignKey("stored_files.id"), index=True)
    state: Mapped[SubmissionState] = mapped_column(default=SubmissionState.UPLOADED)
    format: Mapped[str | None]
    encoding: Mapped[str | None]
    columns: Mapped[list[str] | None]  # The headers as the file has them.
    mapping: Mapped[dict[str, Any] | None]  # Column of the file -> field of ours.
    conventions: Mapped[dict[str, Any] | None]  # How the file writes amounts and days.
    findings: Mapped[list[dict[str, Any]]] = mapped_column(default=list)  # Of the whole file.
    answers: Mapped[dict[str, Any]] = mapped_column(default=dict)  # For all rows.
    rows_total: Mapped[int] = mapped_column(default=0)
    rows_done: Mapped[int] = mapped_column(default=0)  # Progress of what runs now.
    created_at: Mapped[datetime] = mapped_column(server_default=func.now())
    handed_over_at: Mapped[datetime | None]


#: Rows in another currency than the euro, of which there are few.
FOREIGN = "(parsed ->> 'currency') <> 'EUR'"


class SubmissionRow(Base):
    """One row of a list, or one invoice, with its verdict."""

    __tablename__ = "submission_rows"
    __retention__ = Retention.VOUCHERS
    __table_args__ = (
        ForeignKeyConstraint(
            ["submission_id", "creditor_id"], ["submissions.id", "submissions.creditor_id"]
        ),
        UniqueConstraint("submission_id", "line"),
        # Covering, so that the figures of the check page never read the rows themselves.
        Index(
            "ix_submission_rows_state",
            "submission_id",
            "state",
            "warned",
            "line",
            postgresql_include=["amount_cents"],
        ),
        Index("ix_submission_rows_foreign", "submission_id", postgresql_where=text(FOREIGN)),
        Index("ix_submission_rows_invoice_key", "creditor_id", "invoice_key"),
        Index("ix_submission_rows_debtor_key", "submission_id", "state", "debtor_key"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    public_id: Mapped[str] = mapped_column(unique=True, default=new_public_id)
    submission_id: Mapped[int]
    creditor_id: Mapped[int]
    line: Mapped[int]  # Line of the file, counted from 1.
    raw: Mapped[dict[str, Any]]  # As the file has it, by field; corrections lie beside it.
    corrections: Mapped[dict[str, Any]] = mapped_column(default=dict)
    answers: Mapped[dict[str, Any]] = mapped_column(default=dict)  # What the law needs to know.
    parsed: Mapped[dict[str, Any] | None]
    findings: Mapped[list[dict[str, Any]]] = mapped_column(default=list)
    warned: Mapped[bool] = mapped_column(default=False, server_default=text("false"))
    invoice_key: Mapped[str | None]  # The invoice number as it is compared.
    debtor_key: Mapped[str | None]  # Name and address as they are compared: one case each.
    amount_cents: Mapped[int | None]
    state: Mapped[RowState]
    claim_id: Mapped[int | None] = mapped_column(ForeignKey("claims.id"), index=True)
