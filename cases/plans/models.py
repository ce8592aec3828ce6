"""Plans and settlements: what was agreed, and the instalments as they were foretold."""

from datetime import date, datetime
from enum import StrEnum

from sqlalchemy import CheckConstraint, ForeignKey, ForeignKeyConstraint, Index, String, text
from sqlalchemy.orm import Mapped, mapped_column

from cases.core.database import Base, new_public_id
from cases.core.retention import Retention
from legal.instalments import Rhythm


class PlanKind(StrEnum):
    """What a plan is in law."""

    FORBEARANCE = "forbearance"  # One-sided, free, revocable; suspends no limitation.
    AGREEMENT = "agreement"  # Accepted in text form; suspends limitation (§ 205 BGB).


class PlanState(StrEnum):
    """Where a plan is."""

    ASKED = "asked"  # Waits for the client, or for a second person.
    OFFERED = "offered"  # An agreement that waits for the debtor's acceptance.
    RUNNING = "running"
    BROKEN = "broken"  # An instalment did not come; a person decides.
    FULFILLED = "fulfilled"
    ENDED = "ended"  # Refused, lapsed, revoked, replaced, or the case ended before.


#: States in which there is something to come: at most one such plan in a case.
OPEN_STATES = (PlanState.ASKED, PlanState.OFFERED, PlanState.RUNNING, PlanState.BROKEN)


class AcceptedBy(StrEnum):
    """By which text form the debtor accepted (§ 126b BGB)."""

    LETTER = "letter"
    EMAIL = "email"
    FAX = "fax"


class EndedBy(StrEnum):
    """Why a plan ended before it was fulfilled."""

    REVOKED = "revoked"  # By us, with the reason.
    DEBTOR = "debtor"  # The debtor does not want it any more.
    LAPSED = "lapsed"  # Not accepted in time.
    CLIENT_REFUSED = "client_refused"
    SECOND_REFUSED = "second_refused"
    CASE_ENDED = "case_ended"


class Plan(Base):
    """An instalment plan or settlement of a case."""

    __tablename__ = "plans"
    __retention__ = Retention.CASE
    __table_args__ = (
        ForeignKeyConstraint(["case_id", "creditor_id"], ["cases.id", "cases.creditor_id"]),
        CheckConstraint("instalment_cents > 0", name="instalment_positive"),
        CheckConstraint("agreed_cents IS NULL OR agreed_cents > 0", name="agreed_positive"),
        CheckConstraint("(state = 'ended') = (ended_as IS NOT NULL)", name="ended_why"),
        Index("ix_plans_case_id", "case_id", "id"),
        Index(
            "uq_plans_open",
            "case_id",
            unique=True,
            postgresql_where=text("state IN ('asked', 'offered', 'running', 'broken')"),
        ),
        Index("ix_plans_running", "id", postgresql_where=text("state IN ('offered', 'running')")),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    public_id: Mapped[str] = mapped_column(unique=True, default=new_public_id)
    case_id: Mapped[int]
    creditor_id: Mapped[int]
    kind: Mapped[PlanKind]
    state: Mapped[PlanState]
    currency: Mapped[str] = mapped_column(String(3), default="EUR")
    made_on: Mapped[date]  # The day the schedule was computed for; payments count from it.
    made_by: Mapped[int] = mapped_column(ForeignKey("users.id"))
    first_on: Mapped[date]
    every: Mapped[Rhythm]
    instalment_cents: Mapped[int]
    # Sum with which everything is settled; None: all that is owed, with running interest.
    agreed_cents: Mapped[int | None]
    open_cents: Mapped[int]  # Owed when it was made.
    let_go_cents: Mapped[int]  # Of it, and of interest until the end, what need not be paid.
    paid_that_day_cents: Mapped[int]  # Paid before on the same day: counts for no instalment.
    reason: Mapped[str | None]  # Why something is let go; the creditor reads it.
    tolerance_days: Mapped[int]
    tolerance_cents: Mapped[int]
    needs_client: Mapped[bool]
    client_agreed_at: Mapped[datetime | None]
    needs_second: Mapped[bool]
    second_agreed_at: Mapped[datetime | None]
    offered_on: Mapped[date | None]  # When the notice of § 13a(3) RDG left with the offer.
    valid_until: Mapped[date | None]  # Until when an offer can be accepted.
    accepted_on: Mapped[date | None]
    accepted_by: Mapped[AcceptedBy | None]
    hold_id: Mapped[int | None]  # What stands still while it runs.
    grace_until: Mapped[date | None]  # Until then nothing is called broken.
    broken_on: Mapped[date | None]
    ended_at: Mapped[datetime | None]
    ended_as: Mapped[EndedBy | None]
    ended_reason: Mapped[str | None]


class PlanInstalment(Base):
    """One instalment as it was foretold; what was paid on it is read from the account."""

    __tablename__ = "plan_instalments"
    __retention__ = Retention.CASE
    __table_args__ = (CheckConstraint("amount_cents > 0", name="amount_positive"),)

    plan_id: Mapped[int] = mapped_column(ForeignKey("plans.id"), primary_key=True)
    number: Mapped[int] = mapped_column(primary_key=True)
    creditor_id: Mapped[int]
    due_on: Mapped[date]
    amount_cents: Mapped[int]
    costs_cents: Mapped[int]
    interest_cents: Mapped[int]
    principal_cents: Mapped[int]
    remaining_cents: Mapped[int]
    reminded_on: Mapped[date | None]  # Before its day.
    asked_again_on: Mapped[date | None]  # After it.
