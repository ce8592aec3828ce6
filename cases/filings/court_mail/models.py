"""Files that came from a court and the messages in them."""

from datetime import date, datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import ForeignKey, ForeignKeyConstraint, Index, LargeBinary
from sqlalchemy.orm import Mapped, mapped_column

from cases.core.database import Base, new_public_id
from cases.core.retention import Retention


class MessageState(StrEnum):
    """What became of a court message."""

    PROPOSED = "proposed"  # Matched; waits for a person.
    APPLIED = "applied"
    PARKED = "parked"  # No proceeding of ours could be found.
    REFUSED = "refused"  # It would move the proceeding backwards, or does not fit.
    SET_ASIDE = "set_aside"  # Looked at and not needed, with a reason.


class CourtInboxFile(Base):
    """A file of a court as it came. Never changed."""

    __tablename__ = "court_inbox_files"
    __retention__ = Retention.LETTERS

    id: Mapped[int] = mapped_column(primary_key=True)
    file_id: Mapped[int] = mapped_column(ForeignKey("stored_files.id"), unique=True)
    sha256: Mapped[str] = mapped_column(unique=True)
    messages_count: Mapped[int]
    findings: Mapped[list[dict[str, Any]]]
    received_at: Mapped[datetime]
    received_by: Mapped[int | None] = mapped_column(ForeignKey("users.id"))


class CourtMessage(Base):
    """One message of a court: a proposal until somebody applies it."""

    __tablename__ = "court_messages"
    __retention__ = Retention.LETTERS
    __table_args__ = (
        ForeignKeyConstraint(["case_id", "creditor_id"], ["cases.id", "cases.creditor_id"]),
        Index("ix_court_messages_state", "state", "id"),
        Index("ix_court_messages_case_id", "case_id", "id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    public_id: Mapped[str] = mapped_column(unique=True, default=new_public_id)
    inbox_file_id: Mapped[int] = mapped_column(ForeignKey("court_inbox_files.id"), index=True)
    record: Mapped[int]  # Number of its first record in the file.
    fingerprint: Mapped[str] = mapped_column(unique=True)  # The same message comes more than once.
    kind: Mapped[str]  # Belegart
    event: Mapped[str]
    own_ref: Mapped[str]
    court_numbers: Mapped[list[str]]
    sent_on: Mapped[date]
    content: Mapped[dict[str, Any]]  # In the published notation.
    # The header of its file and its own records: what it is read from again, by itself.
    excerpt: Mapped[bytes] = mapped_column(LargeBinary)
    is_damaged: Mapped[bool]
    state: Mapped[MessageState]
    refusal: Mapped[str | None]
    case_id: Mapped[int | None]
    creditor_id: Mapped[int | None]
    decided_at: Mapped[datetime | None]
    decided_by: Mapped[int | None] = mapped_column(ForeignKey("users.id"))
