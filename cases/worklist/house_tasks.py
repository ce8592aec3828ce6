"""What the house itself has to do, beside the cases: a new base rate to enter, for one."""

from datetime import date
from typing import Any, NamedTuple

from sqlalchemy import select, update
from sqlalchemy.dialects.postgresql import insert

from cases.core import audit, clock
from cases.core.database import db, new_public_id
from cases.people.policy import Permission, Role, allows
from cases.worklist.models import HouseTask
from legal.findings import N_


class HouseReason(NamedTuple):
    """What is to be done and why, who may do it, and on which screen."""

    title: str
    detail: str
    permission: Permission
    endpoint: str


HOUSE_REASONS = {
    "rate_needed": HouseReason(
        N_("Enter the new base rate"),
        N_("The base rate from {valid_from_on} is missing; it is announced by the Bundesbank."),
        Permission.RATE_EDIT,
        "rates.index",
    ),
    "house_date": HouseReason(
        N_("{what}"),
        N_("A day of the house: by {due_day_on}."),
        Permission.SETTINGS_EDIT,
        "house_dates.index",
    ),
    "open_lines": HouseReason(
        N_("Say whose money lies unmatched on the trust account"),
        N_("The oldest line of the bank waits since {oldest_on}."),
        Permission.PAYMENT_ASSIGN,
        "suspense.index",
    ),
    "fault_queue": HouseReason(
        N_("The queue does not answer"),
        N_("Redis is away: work is still done, but up to half a minute later."),
        Permission.SETTINGS_EDIT,
        "operations.show",
    ),
    "fault_disk": HouseReason(
        N_("The disk is nearly full"),
        N_("Less than 1 GB is free for files or backups. Make room before work fails."),
        Permission.SETTINGS_EDIT,
        "operations.show",
    ),
    "fault_store": HouseReason(
        N_("The store of files does not work"),
        N_("Files can neither be written nor read: letters and uploads wait."),
        Permission.SETTINGS_EDIT,
        "operations.show",
    ),
    "fault_failed_work": HouseReason(
        N_("Work has failed"),
        N_("Something failed six times and waits to be tried again."),
        Permission.SETTINGS_EDIT,
        "operations.show",
    ),
    "fault_late_work": HouseReason(
        N_("Work is late"),
        N_("Something waits for more than ten minutes: no worker runs, or too few."),
        Permission.SETTINGS_EDIT,
        "operations.show",
    ),
    "fault_night": HouseReason(
        N_("The nightly work is late"),
        N_("It has not begun or is not done: see whether scheduler and workers run."),
        Permission.SETTINGS_EDIT,
        "operations.show",
    ),
    "mail_refused": HouseReason(
        N_("A mail was not accepted"),
        N_("A mail server refuses it for good: see which address is wrong, and correct it."),
        Permission.SETTINGS_EDIT,
        "operations.show",
    ),
    "fault_chain": HouseReason(
        N_("The audit trail does not hold"),
        N_("Rows were changed or removed. Run recoup audit verify and tell the management."),
        Permission.SETTINGS_EDIT,
        "operations.show",
    ),
    "fault_mailbox": HouseReason(
        N_("The mailbox does not answer"),
        N_("Answers by e-mail wait there until the server is back or MAILBOX_URL is corrected."),
        Permission.SETTINGS_EDIT,
        "operations.show",
    ),
    "fault_backup": HouseReason(
        N_("The backup is not proven"),
        N_("No restore was found whole for seven days. See what the last drill found."),
        Permission.SETTINGS_EDIT,
        "operations.show",
    ),
}


def add_house_task(reason: str, cause: str, *, due_on: date | None = None, **params: Any) -> None:
    """Put a task on the house's list; the same cause twice stays one task."""
    db.session.execute(
        insert(HouseTask)
        .values(
            public_id=new_public_id(),
            reason=reason,
            params=params,
            cause=cause,
            due_on=due_on,
            created_at=clock.now(),
        )
        .on_conflict_do_nothing(index_elements=["cause"], index_where=HouseTask.done_at.is_(None))
    )


def finish_house_task(cause: str) -> None:
    """Take a task off the list; nothing happens when there is none."""
    db.session.execute(
        update(HouseTask)
        .where(HouseTask.cause == cause, HouseTask.done_at.is_(None))
        .values(done_at=clock.now(), done_by=audit.actor_id())
    )


def list_tasks_of(role: Role) -> list[HouseTask]:
    """What those with a role may do of it."""
    return [
        task for task in list_house_tasks() if allows(role, HOUSE_REASONS[task.reason].permission)
    ]


def list_house_tasks() -> list[HouseTask]:
    """What is to be done, the nearest day first."""
    query = select(HouseTask).where(HouseTask.done_at.is_(None))
    return list(db.session.scalars(query.order_by(HouseTask.due_on, HouseTask.id)))
