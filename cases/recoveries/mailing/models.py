"""Who reads reports by mail, and which periods were reported."""

from datetime import date, datetime

from sqlalchemy import ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from cases.core.database import Base, new_public_id
from cases.core.retention import Cleaning, Retention
from cases.parties.models import ReportRhythm


class ReportReader(Base):
    """An address at a client that reports go to, until its owner stops them."""

    __tablename__ = "report_readers"
    __retention__ = Retention.MASTER
    __table_args__ = (UniqueConstraint("creditor_id", "address"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    public_id: Mapped[str] = mapped_column(unique=True, default=new_public_id)
    creditor_id: Mapped[int] = mapped_column(ForeignKey("creditors.id"))
    address: Mapped[str]
    stopped_at: Mapped[datetime | None]


class ReportMailing(Base):
    """One period of a client that was reported, or in which nothing had happened.

    How many got it stands in the audit trail.
    """

    __tablename__ = "report_mailings"
    __retention__ = Retention.ACCESS
    __cleaning__ = Cleaning("made_at", days=365)  # Longer than any period that is reported.
    __table_args__ = (UniqueConstraint("creditor_id", "rhythm", "last_day"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    creditor_id: Mapped[int] = mapped_column(ForeignKey("creditors.id"))
    rhythm: Mapped[ReportRhythm]
    last_day: Mapped[date]
    made_at: Mapped[datetime]
