"""What a house decides about verification: its periods, its limits, its own indicators."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from cases.core.database import Base, new_public_id
from cases.core.retention import Retention
from cases.objections.indicators import SpeaksFor, Weight


class ObjectionSettings(Base):
    """How this house verifies objections. There is one row at most; without it the defaults."""

    __tablename__ = "objection_settings"
    __retention__ = Retention.SETTINGS
    __table_args__ = (CheckConstraint("id = 1", name="one_row"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    answer_days: Mapped[int] = mapped_column(default=14, server_default="14")  # To the debtor.
    evidence_days: Mapped[int] = mapped_column(default=7, server_default="7")  # From both sides.
    reminder_days: Mapped[int] = mapped_column(default=7, server_default="7")  # After a reminder.
    # From this disputed amount on a second person confirms the verdict; None: never.
    second_person_cents: Mapped[int | None] = mapped_column(default=500000, server_default="500000")
    # Whether the same reason of this person in other cases is shown to staff. Off by default.
    looks_elsewhere: Mapped[bool] = mapped_column(default=False, server_default="false")


class HouseIndicator(Base):
    """An indicator that this house added to those shipped; switched off, never deleted."""

    __tablename__ = "house_indicators"
    __retention__ = Retention.SETTINGS

    id: Mapped[int] = mapped_column(primary_key=True)
    public_id: Mapped[str] = mapped_column(unique=True, default=new_public_id)
    kinds: Mapped[str]
    condition: Mapped[str]
    speaks_for: Mapped[SpeaksFor]
    weight: Mapped[Weight]
    law: Mapped[str]
    english: Mapped[str]
    german: Mapped[str]
    added_at: Mapped[datetime]
    added_by: Mapped[int | None] = mapped_column(ForeignKey("users.id"))
    ended_at: Mapped[datetime | None]
    ended_by: Mapped[int | None] = mapped_column(ForeignKey("users.id"))
