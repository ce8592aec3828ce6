"""Contacts with a customer that are no dunning: check-ins planned, talks offered."""

from datetime import date, datetime
from enum import StrEnum

from sqlalchemy import CheckConstraint, ForeignKey, ForeignKeyConstraint, Index
from sqlalchemy.orm import Mapped, mapped_column

from cases.core.database import Base, new_public_id
from cases.core.retention import Retention


class TalkKind(StrEnum):
    """Why a customer is contacted."""

    CHECK_IN = "check_in"  # How is it going: planned, and no dunning.
    OFFER = "offer"  # A talk is offered because something was noticed.


class TalkOutcome(StrEnum):
    """What came of it."""

    TALKED = "talked"
    NO_ANSWER = "no_answer"
    CANCELLED = "cancelled"  # Not needed any more.


class CustomerTalk(Base):
    """One contact, planned for a day, with what came of it."""

    __tablename__ = "customer_talks"
    __retention__ = Retention.MASTER
    __table_args__ = (
        ForeignKeyConstraint(
            ["customer_id", "creditor_id"], ["customers.id", "customers.creditor_id"]
        ),
        CheckConstraint("(outcome IS NULL) = (done_on IS NULL)", name="done_with_outcome"),
        Index("ix_customer_talks_customer_id", "customer_id", "id"),
        Index("ix_customer_talks_planned", "creditor_id", "outcome", "planned_on"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    public_id: Mapped[str] = mapped_column(unique=True, default=new_public_id)
    customer_id: Mapped[int]
    creditor_id: Mapped[int]
    kind: Mapped[TalkKind]
    planned_on: Mapped[date]
    about: Mapped[str | None]
    outcome: Mapped[TalkOutcome | None]
    done_on: Mapped[date | None]
    words: Mapped[str | None]  # What was said.
    planned_at: Mapped[datetime]
    planned_by: Mapped[int | None] = mapped_column(ForeignKey("users.id"))
