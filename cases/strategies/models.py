"""Strategies by version, where each case stands, and what was intended and tried."""

from datetime import date, datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, ForeignKeyConstraint, Index, text
from sqlalchemy.orm import Mapped, mapped_column

from cases.core.database import Base, new_public_id, stored_enum
from cases.core.retention import Cleaning, Retention
from cases.strategies.steps import StepChannel


class Strategy(Base):
    """A way to collect (Mahnstrategie); what it does stands in its versions."""

    __tablename__ = "strategies"
    __retention__ = Retention.SETTINGS

    id: Mapped[int] = mapped_column(primary_key=True)
    public_id: Mapped[str] = mapped_column(unique=True, default=new_public_id)
    name: Mapped[str]
    rank: Mapped[int]  # The first that matches takes a case.
    shipped_as: Mapped[str | None] = mapped_column(unique=True)  # Which of ours it began as.


class VersionState(StrEnum):
    """Whether cases work by a version."""

    DRAFT = "draft"
    LIVE = "live"
    RETIRED = "retired"  # Cases may still finish on it.


class StrategyVersion(Base):
    """The steps of a strategy as one person wrote and another released them."""

    __tablename__ = "strategy_versions"
    __retention__ = Retention.SETTINGS
    __table_args__ = (
        Index(
            "uq_strategy_versions_draft", "strategy_id", unique=True,
            postgresql_where=text("state = 'draft'"),
        ),
        Index(
            "uq_strategy_versions_live", "strategy_id", unique=True,
            postgresql_where=text("state = 'live'"),
        ),
    )  # fmt: skip

    id: Mapped[int] = mapped_column(primary_key=True)
    public_id: Mapped[str] = mapped_column(unique=True, default=new_public_id)
    strategy_id: Mapped[int] = mapped_column(ForeignKey("strategies.id"), index=True)
    number: Mapped[int]
    state: Mapped[VersionState] = mapped_column(default=VersionState.DRAFT)
    plan: Mapped[dict[str, Any]]  # As cases.strategies.steps reads it.
    written_by: Mapped[int | None] = mapped_column(ForeignKey("users.id"))
    changed_at: Mapped[datetime]
    live_from: Mapped[date | None]


class CaseStrategy(Base):
    """Where a case stands in its strategy, and when it is looked at again."""

    __tablename__ = "case_strategies"
    __retention__ = Retention.CASE
    __table_args__ = (
        ForeignKeyConstraint(["case_id", "creditor_id"], ["cases.id", "cases.creditor_id"]),
        CheckConstraint("(ended_on IS NULL) = (ended_why IS NULL)", name="ended_why"),
        Index("ix_case_strategies_due", "case_id", "next_on", postgresql_where=text(
            "ended_on IS NULL")),
        Index("ix_case_strategies_version_id", "version_id"),
    )  # fmt: skip

    case_id: Mapped[int] = mapped_column(primary_key=True)
    creditor_id: Mapped[int]
    version_id: Mapped[int] = mapped_column(ForeignKey("strategy_versions.id"))
    next_key: Mapped[str | None]  # The step that comes next; None: the strategy is through.
    intensity: Mapped[int] = mapped_column(default=0, server_default="0")
    from_on: Mapped[date]
    hurried: Mapped[bool] = mapped_column(default=False, server_default="false")
    in_hand_until: Mapped[date | None]
    #: Begins anew with a payment, another strategy or version: tries count from there.
    cycle: Mapped[int] = mapped_column(default=1, server_default="1")
    next_on: Mapped[date]
    waits_for: Mapped[str | None]  # Why nothing happened when it was looked at last.
    ended_on: Mapped[date | None]
    ended_why: Mapped[str | None]


class IntentionState(StrEnum):
    """What became of an intention."""

    OPEN = "open"
    DONE = "done"
    DROPPED = "dropped"  # Something happened after which it is not to be done any more.
    EXPIRED = "expired"  # Its last day passed; the next step takes its place.


class Intention(Base):
    """What is to be done in a case and why (Vorhaben)."""

    __tablename__ = "intentions"
    __retention__ = Retention.CASE
    __table_args__ = (
        ForeignKeyConstraint(["case_id", "creditor_id"], ["cases.id", "cases.creditor_id"]),
        # No step twice, whatever runs or crashes.
        Index("uq_intentions_step", "case_id", "cycle", "step_key", unique=True),
        # One thing at a time.
        Index(
            "uq_intentions_open", "case_id", unique=True, postgresql_where=text("state = 'open'")
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    case_id: Mapped[int]
    creditor_id: Mapped[int]
    version_id: Mapped[int] = mapped_column(ForeignKey("strategy_versions.id"))
    cycle: Mapped[int]
    step_key: Mapped[str]
    channel: Mapped[StepChannel] = mapped_column(stored_enum(StepChannel, "intention_channel"))
    template: Mapped[str]
    intensity: Mapped[int]
    why: Mapped[str]
    earliest_on: Mapped[date]
    latest_on: Mapped[date]
    state: Mapped[IntentionState] = mapped_column(default=IntentionState.OPEN)
    closed_on: Mapped[date | None]
    closed_why: Mapped[str | None]


class Attempt(Base):
    """One try to do what was intended (Versuch), with its outcome. Never changed."""

    __tablename__ = "attempts"
    __retention__ = Retention.CASE
    __table_args__ = (
        ForeignKeyConstraint(["case_id", "creditor_id"], ["cases.id", "cases.creditor_id"]),
        Index("ix_attempts_on_day", "made_on", "outcome"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    intention_id: Mapped[int] = mapped_column(ForeignKey("intentions.id"), index=True)
    case_id: Mapped[int]
    creditor_id: Mapped[int]
    made_on: Mapped[date]
    outcome: Mapped[str]  # A code of cases.strategies.words.
    letter_number: Mapped[str | None]


class NightCount(Base):
    """How many cases of a strategy a night did something with, or not and why."""

    __tablename__ = "strategy_nights"
    __retention__ = Retention.WORK
    __cleaning__ = Cleaning("on_day", days=365)

    on_day: Mapped[date] = mapped_column(primary_key=True)
    strategy_id: Mapped[int] = mapped_column(ForeignKey("strategies.id"), primary_key=True)
    act: Mapped[str] = mapped_column(primary_key=True)
    why: Mapped[str] = mapped_column(primary_key=True)
    cases: Mapped[int]
