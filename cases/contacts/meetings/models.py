"""Meetings with their agenda and minutes."""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import CheckConstraint, ForeignKey, ForeignKeyConstraint, Index
from sqlalchemy.orm import Mapped, mapped_column

from cases.core.database import Base, new_public_id
from cases.core.retention import Retention


class MeetingState(StrEnum):
    """Where a meeting is."""

    PLANNED = "planned"
    HELD = "held"  # With its minutes.
    CANCELLED = "cancelled"


class Meeting(Base):
    """One meeting: invited with an agenda, held with minutes."""

    __tablename__ = "meetings"
    __retention__ = Retention.CASE
    __table_args__ = (
        ForeignKeyConstraint(["case_id", "creditor_id"], ["cases.id", "cases.creditor_id"]),
        CheckConstraint("ends_at > begins_at", name="window"),
        Index("ix_meetings_case_id", "case_id", "begins_at"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    public_id: Mapped[str] = mapped_column(unique=True, default=new_public_id)
    case_id: Mapped[int]
    creditor_id: Mapped[int]
    host_id: Mapped[int] = mapped_column(ForeignKey("users.id"))  # Who of us is there.
    begins_at: Mapped[datetime]
    ends_at: Mapped[datetime]
    place: Mapped[str]
    attendees: Mapped[str | None]  # Who of them comes, as what.
    agenda: Mapped[str]
    state: Mapped[MeetingState]
    letter_draft_id: Mapped[int | None] = mapped_column(
        ForeignKey("letter_drafts.id", ondelete="SET NULL")
    )
    planned_by: Mapped[int | None]
    planned_at: Mapped[datetime]
    minutes: Mapped[str | None]
    held_at: Mapped[datetime | None]
    ended_because: Mapped[str | None]  # Why it was cancelled.
