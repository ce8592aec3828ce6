"""Drills: whether the backup has been restored and found whole, and when last."""

from datetime import datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Mapped, mapped_column

from cases.core import clock
from cases.core.database import Base, db
from cases.core.retention import Cleaning, Retention

#: A house without a green drill for that long has, for all it knows, no backup.
GREEN_FOR = timedelta(days=7)


class Drill(Base):
    """One restore that was tried."""

    __tablename__ = "backup_drills"
    __retention__ = Retention.WORK
    __cleaning__ = Cleaning("finished_at", days=3 * 365)

    id: Mapped[int] = mapped_column(primary_key=True)
    backup: Mapped[str]
    finished_at: Mapped[datetime]
    seconds: Mapped[int]
    newest_at: Mapped[datetime | None]  # The newest transaction that came back.
    findings: Mapped[list[str]]  # What differed; empty is green.


def record_drill(
    backup: str, seconds: float, newest_at: datetime | None, findings: list[str]
) -> None:
    """Note how a drill went."""
    db.session.add(
        Drill(
            backup=backup,
            finished_at=clock.now(),
            seconds=round(seconds),
            newest_at=newest_at,
            findings=findings,
        )
    )


def find_last_drill() -> Drill | None:
    """The latest one, green or not."""
    return db.session.scalar(select(Drill).order_by(Drill.id.desc()).limit(1))


def is_proven() -> bool:
    """Whether a drill was green within the last seven days."""
    recent = select(Drill.id).where(
        Drill.findings == [], Drill.finished_at > clock.now() - GREEN_FOR
    )
    return db.session.scalar(recent.limit(1)) is not None
