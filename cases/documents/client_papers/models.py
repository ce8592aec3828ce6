"""The papers of a client as they are kept."""

from datetime import date, datetime
from enum import StrEnum

from sqlalchemy import CheckConstraint, ForeignKey, ForeignKeyConstraint, Index
from sqlalchemy.orm import Mapped, mapped_column

from cases.core.database import Base, new_public_id
from cases.core.retention import Retention


class PaperKind(StrEnum):
    """What a paper is."""

    FEE_AGREEMENT = "fee_agreement"  # Vergütungsvereinbarung, with the order.
    POWER_OF_ATTORNEY = "power_of_attorney"  # Vollmacht
    ASSIGNMENT = "assignment"  # Abtretungsurkunde
    CONTRACT = "contract"  # Signed on paper, other than the above.
    TERMS = "terms"  # His AGB, as his customers have them.
    OTHER = "other"


class ClientPaper(Base):
    """One paper of a client, for all his orders or one case; its bytes never change."""

    __tablename__ = "client_papers"
    __retention__ = Retention.BOOKS
    __table_args__ = (
        ForeignKeyConstraint(["case_id", "creditor_id"], ["cases.id", "cases.creditor_id"]),
        CheckConstraint("valid_until IS NULL OR valid_until >= dated_on", name="span"),
        Index("ix_client_papers_case_id", "case_id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    public_id: Mapped[str] = mapped_column(unique=True, default=new_public_id)
    creditor_id: Mapped[int] = mapped_column(ForeignKey("creditors.id"), index=True)
    case_id: Mapped[int | None]  # None: for all orders of this client.
    kind: Mapped[PaperKind]
    file_id: Mapped[int] = mapped_column(ForeignKey("stored_files.id"))
    dated_on: Mapped[date]  # The day that stands on it.
    valid_until: Mapped[date | None]
    note: Mapped[str | None]
    added_at: Mapped[datetime]
    ended_on: Mapped[date | None]  # Revoked, or replaced: from this day on it holds no more.
