"""The house's own days as they are kept."""

from datetime import date, datetime
from enum import StrEnum

from sqlalchemy import CheckConstraint
from sqlalchemy.orm import Mapped, mapped_column

from cases.core.database import Base, new_public_id
from cases.core.retention import Retention


class DateKind(StrEnum):
    """What a day is about."""

    REGISTRATION = "registration"  # Law: RDG §§ 10, 12, 13.
    INSURANCE = "insurance"  # Law: RDG § 12(1) no. 3.
    SUPERVISION = "supervision"  # What the authority is to be told. Law: RDG §§ 13(4), (5), 13h.
    OTHER = "other"


class HouseDate(Base):
    """A day by which the house has something to do."""

    __tablename__ = "house_dates"
    __retention__ = Retention.SETTINGS
    __table_args__ = (
        CheckConstraint("ring_days >= 0", name="ring_days_positive"),
        CheckConstraint("(kind = 'insurance') = (insured_cents IS NOT NULL)", name="insured"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    public_id: Mapped[str] = mapped_column(unique=True, default=new_public_id)
    kind: Mapped[DateKind]
    what: Mapped[str]
    due_on: Mapped[date]
    ring_days: Mapped[int]  # So many days before it rings.
    insured_cents: Mapped[int | None]
    done_at: Mapped[datetime | None]
    done_note: Mapped[str | None]
