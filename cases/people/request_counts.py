"""How often somebody asked within this minute, counted where all web processes see it."""

from datetime import datetime

from sqlalchemy import func, text
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Mapped, mapped_column

from cases.core.database import Base, db
from cases.core.retention import Cleaning, Retention

MINUTE = 60


class RequestCount(Base):
    """Requests of one visit, or of one address without a visit, of one kind in one minute."""

    __tablename__ = "request_counts"
    __retention__ = Retention.WORK
    __cleaning__ = Cleaning("minute", days=1)

    subject: Mapped[str] = mapped_column(primary_key=True)  # A digest.
    kind: Mapped[str] = mapped_column(primary_key=True)
    minute: Mapped[datetime] = mapped_column(primary_key=True)  # Of the database's own clock.
    requests: Mapped[int]


def count_request(subject: str, kind: str) -> tuple[int, int]:
    """Count one more; answers how many it makes in this minute, and the seconds it still has."""
    # A count that is lost in a power cut is no loss, and nobody waits for the disk.
    db.session.execute(text("SET LOCAL synchronous_commit = off"))
    row = {"subject": subject, "kind": kind, "requests": 1}
    counted = insert(RequestCount).values(**row, minute=func.date_trunc("minute", func.now()))
    query = counted.on_conflict_do_update(
        index_elements=["subject", "kind", "minute"],
        set_={"requests": RequestCount.requests + 1},
    )
    second = func.date_part("second", func.now())
    counted_so_far, now = db.session.execute(query.returning(RequestCount.requests, second)).one()
    return counted_so_far, MINUTE - int(now)
