"""Estates: what the probate court was asked, and who took a debtor's place."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import ForeignKey, ForeignKeyConstraint, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from cases.core.database import Base
from cases.core.retention import Retention


class Estate(Base):
    """The estate of one debtor of a case."""

    __tablename__ = "estates"
    __retention__ = Retention.CASE
    __table_args__ = (
        ForeignKeyConstraint(["case_id", "creditor_id"], ["cases.id", "cases.creditor_id"]),
        UniqueConstraint("case_id", "debtor_id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    case_id: Mapped[int]
    creditor_id: Mapped[int]
    debtor_id: Mapped[int] = mapped_column(ForeignKey("debtors.id"), index=True)  # Who died.
    died_on: Mapped[date | None]
    asked_on: Mapped[date | None]
    court: Mapped[str | None]
    file_id: Mapped[int | None] = mapped_column(ForeignKey("stored_files.id"))  # The inquiry.
    heirs_named_at: Mapped[datetime | None]
    how_known: Mapped[str | None]
    # Who took his place, and what stood there before, so that it can be taken back.
    heirs: Mapped[dict[str, Any] | None]
