"""What a client is asked about a case before it happens (Freigabe des Mandanten)."""

from datetime import date, datetime
from enum import StrEnum

from sqlalchemy import CheckConstraint, ForeignKey, ForeignKeyConstraint, Index, text
from sqlalchemy.orm import Mapped, mapped_column

from cases.core.database import Base, new_public_id, stored_enum
from cases.core.retention import Retention


class AskedFor(StrEnum):
    """What the client decides."""

    COURT = "court"
    VISIT = "visit"
    PLAN = "plan"  # Instalments or a settlement beyond the limits of his contract.


class Asked(StrEnum):
    """Where a question to the client is."""

    OPEN = "open"
    AGREED = "agreed"
    REFUSED = "refused"
    SILENT = "silent"  # Its day has passed without an answer.
    WITHDRAWN = "withdrawn"  # Nobody asks any more.


class ClientApproval(Base):
    """One question to a client about one case, with its day and what he decided."""

    __tablename__ = "client_approvals"
    __retention__ = Retention.CASE
    __table_args__ = (
        ForeignKeyConstraint(["case_id", "creditor_id"], ["cases.id", "cases.creditor_id"]),
        CheckConstraint(
            "(state IN ('agreed', 'refused')) = (decided_at IS NOT NULL)", name="decided"
        ),
        # The same is asked once at a time.
        Index(
            "uq_client_approvals_open", "case_id", "asked_for", unique=True,
            postgresql_where=text("state = 'open'"),
        ),
        Index("ix_client_approvals_case_id", "case_id", "asked_for", "id"),
        Index(
            "ix_client_approvals_waiting", "creditor_id", "answer_by",
            postgresql_where=text("state = 'open'"),
        ),
    )  # fmt: skip

    id: Mapped[int] = mapped_column(primary_key=True)
    public_id: Mapped[str] = mapped_column(unique=True, default=new_public_id)
    case_id: Mapped[int]
    creditor_id: Mapped[int]
    asked_for: Mapped[AskedFor]
    subject_id: Mapped[int | None]  # The plan, or the visit with which the question came up.
    reason: Mapped[str | None]  # Why we ask, as the client reads it.
    open_cents: Mapped[int]  # Owed when it was asked.
    asked_at: Mapped[datetime]
    asked_by: Mapped[int | None] = mapped_column(ForeignKey("users.id"))
    answer_by: Mapped[date | None]  # None: it waits as long as the plan does.
    state: Mapped[Asked] = mapped_column(stored_enum(Asked, "asked"), default=Asked.OPEN)
    words: Mapped[str | None]
    decided_by: Mapped[int | None] = mapped_column(ForeignKey("users.id"))
    decided_at: Mapped[datetime | None]

    @property
    def agrees(self) -> bool:
        """Whether the client has agreed."""
        return self.state is Asked.AGREED

    @property
    def is_answered(self) -> bool:
        """Whether the client has said yes or no."""
        return self.state in {Asked.AGREED, Asked.REFUSED}
