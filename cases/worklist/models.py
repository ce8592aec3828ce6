"""Work items: the table behind the worklist."""

from datetime import date, datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import ARRAY, BigInteger, ForeignKey, ForeignKeyConstraint, Index, text
from sqlalchemy.orm import Mapped, mapped_column

from cases.core.database import Base, new_public_id
from cases.core.retention import Cleaning, Retention


class WorkQueue(StrEnum):
    """Which kind of work an item is."""

    NEW_CASE = "new_case"
    FOLLOW_UP = "follow_up"  # Wiedervorlage
    COMMITMENT = "commitment"  # What we promised.
    BROKEN_PROMISE = "broken_promise"
    OBJECTION = "objection"
    ANSWER = "answer"  # The debtor said or asked something and waits for our word.
    PAYMENT = "payment"
    STEP_DUE = "step_due"  # The strategy's next step.
    LEGAL = "legal"
    LIMITATION = "limitation"
    TASK = "task"


def _open(name: str, *columns: str) -> Index:
    """An index over what is still to be done."""
    carried = () if "visible_on" in columns else ("visible_on",)
    return Index(
        f"ix_work_items_{name}",
        *columns,
        postgresql_where=text("done_at IS NULL"),
        postgresql_include=carried,
    )


class WorkItem(Base):
    """One reason to take up a case.

    Ordered by `urgency` (statutory deadlines and limitation 0, promised call-backs 1, broken
    promises 2, new answers 3, else 5), then the highest amount, then the oldest.
    """

    __tablename__ = "work_items"
    __retention__ = Retention.WORK
    __cleaning__ = Cleaning("done_at", days=365)
    __table_args__ = (
        ForeignKeyConstraint(["case_id", "creditor_id"], ["cases.id", "cases.creditor_id"]),
        # `negative_cents` descends when read upwards, so that one row comparison is a keyset.
        # The indexes carry the day of waking: what sleeps is passed over without being read.
        _open("order", "urgency", "negative_cents", "since", "id"),
        _open("queue_order", "queue", "urgency", "negative_cents", "since", "id"),
        _open("age", "since", "id"),
        _open("queue", "queue", "visible_on"),
        _open("creditor", "creditor_id", "queue", "visible_on"),
        Index(
            "ix_work_items_owner",
            "owner_id",
            "queue",
            "visible_on",
            postgresql_where=text("done_at IS NULL AND owner_id IS NOT NULL"),
        ),
        Index(
            "ix_work_items_done",
            "done_by",
            "done_at",
            postgresql_where=text("done_at IS NOT NULL"),
        ),
        Index("ix_work_items_case_id", "case_id", postgresql_where=text("done_at IS NULL")),
        # One open item per cause: a repeated cause does not pile up work.
        Index(
            "uq_work_items_cause", "cause", unique=True, postgresql_where=text("done_at IS NULL")
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    public_id: Mapped[str] = mapped_column(unique=True, default=new_public_id)
    case_id: Mapped[int]
    creditor_id: Mapped[int]
    queue: Mapped[WorkQueue]
    urgency: Mapped[int]
    negative_cents: Mapped[int]  # Minus the booked open sum of the case.
    since: Mapped[date]  # How old the matter is: the oldest due date, or the cause's day.
    visible_on: Mapped[date]  # Hidden until this day.
    due_at: Mapped[datetime | None]
    reason: Mapped[str]  # A code of cases.worklist.reasons; the edge words it.
    params: Mapped[dict[str, Any]]
    cause: Mapped[str]  # Stable name of the cause, such as "objection:12".
    owner_id: Mapped[int | None] = mapped_column(ForeignKey("users.id"))
    reserved_by: Mapped[int | None] = mapped_column(ForeignKey("users.id"))
    reserved_until: Mapped[datetime | None]
    created_at: Mapped[datetime]
    done_at: Mapped[datetime | None]
    done_by: Mapped[int | None]


class HouseTask(Base):
    """Something to do that belongs to no case."""

    __tablename__ = "house_tasks"
    __retention__ = Retention.WORK
    __cleaning__ = Cleaning("done_at", days=365)
    __table_args__ = (
        Index(
            "uq_house_tasks_cause", "cause", unique=True, postgresql_where=text("done_at IS NULL")
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    public_id: Mapped[str] = mapped_column(unique=True, default=new_public_id)
    reason: Mapped[str]  # A code of cases.worklist.house_tasks; the edge words it.
    params: Mapped[dict[str, Any]]
    cause: Mapped[str]
    due_on: Mapped[date | None]
    created_at: Mapped[datetime]
    done_at: Mapped[datetime | None]
    done_by: Mapped[int | None]


class BulkKind(StrEnum):
    """What was done to many cases with one click."""

    ACCEPTED = "accepted"
    FIRST_LETTERS = "first_letters"
    REASSIGNED = "reassigned"


class BulkAction(Base):
    """One click on many cases; for a stated time it can be taken back."""

    __tablename__ = "bulk_actions"
    __retention__ = Retention.WORK
    __cleaning__ = Cleaning("undo_until", days=30)
    __table_args__ = (
        Index(
            "ix_bulk_actions_undoable",
            "kind",
            "undo_until",
            postgresql_where=text("undone_at IS NULL AND begun_at IS NULL"),
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    public_id: Mapped[str] = mapped_column(unique=True, default=new_public_id)
    kind: Mapped[BulkKind]
    case_ids: Mapped[list[int]] = mapped_column(ARRAY(BigInteger))
    done_by: Mapped[int] = mapped_column(ForeignKey("users.id"))
    done_at: Mapped[datetime]
    undo_until: Mapped[datetime]
    begun_at: Mapped[datetime | None]  # A worker has set out on what leaves the house.
    undone_at: Mapped[datetime | None]
    before: Mapped[dict[str, Any] | None]  # What has to be put back, where that is not plain.
