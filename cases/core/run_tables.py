"""A run is rows: what is done for many cases on a day, how far it is, and where it failed."""

from datetime import date, datetime
from enum import StrEnum

from sqlalchemy import ForeignKey, Index, UniqueConstraint, func, text
from sqlalchemy.orm import Mapped, mapped_column

from cases.core.database import Base
from cases.core.retention import Cleaning, Retention


class RunState(StrEnum):
    """Whether anything is left of a run."""

    RUNNING = "running"
    DONE = "done"


class Run(Base):
    """One kind of work on one day: at most one run each."""

    __tablename__ = "runs"
    __retention__ = Retention.WORK
    __cleaning__ = Cleaning("started_at", days=365)
    __table_args__ = (UniqueConstraint("kind", "on_date"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[str]
    on_date: Mapped[date]
    state: Mapped[RunState] = mapped_column(default=RunState.RUNNING)
    started_at: Mapped[datetime] = mapped_column(server_default=func.now())
    finished_at: Mapped[datetime | None]


class RunBatch(Base):
    """A range of keys that one effect works through; `cursor` is the last key that is done."""

    __tablename__ = "run_batches"
    __retention__ = Retention.WORK
    __table_args__ = (UniqueConstraint("run_id", "first_key"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    run_id: Mapped[int] = mapped_column(ForeignKey("runs.id", ondelete="CASCADE"))
    first_key: Mapped[int]
    last_key: Mapped[int]
    cursor: Mapped[int]
    keys: Mapped[int]  # How many there were when the run began.
    done: Mapped[int] = mapped_column(default=0, server_default="0")
    failed: Mapped[int] = mapped_column(default=0, server_default="0")
    finished_at: Mapped[datetime | None]


class RunFailure(Base):
    """A key for which a kind of run failed; settled when a later run succeeds with it."""

    __tablename__ = "run_failures"
    __retention__ = Retention.WORK
    __cleaning__ = Cleaning("settled_at", days=90)
    __table_args__ = (
        Index(
            "uq_run_failures_open",
            "kind",
            "key",
            unique=True,
            postgresql_where=text("settled_at IS NULL"),
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[str]
    key: Mapped[int]  # Mostly a case's id.
    reason: Mapped[str]  # The name of the error only: its message may hold personal data.
    first_on: Mapped[date]
    last_on: Mapped[date]
    settled_at: Mapped[datetime | None]
