"""Entering the house's days, letting them ring, and noting that what was due is done."""

from collections.abc import Sequence
from datetime import date, timedelta

from sqlalchemy import Integer, Select, cast, select

from cases.core import audit, clock
from cases.core.database import db
from cases.core.errors import Conflict, Invalid, NotFound
from cases.core.runs import RunKind
from cases.worklist.house_dates.models import DateKind, HouseDate
from cases.worklist.house_tasks import add_house_task, finish_house_task

#: What a liability insurance covers at least. Law: RDG § 12(1) no. 3.
LEAST_INSURED_CENTS = 250_000_00
REASON = "house_date"


class InsuredSumMissing(Invalid):
    """Please say up to which sum the insurance pays for one insured event."""


class InsuredTooLow(Invalid):
    """The liability insurance has to cover at least 250,000 euro for each insured event
    (§ 12(1) no. 3 RDG)."""


class NextBeforeThis(Invalid):
    """The next day has to lie behind this one."""


class DateDone(Conflict):
    """This has been done already."""


def enter_date(
    kind: DateKind, what: str, due_on: date, ring_days: int, insured_cents: int | None = None
) -> HouseDate:
    """Enter a day that rings.

    Raises:
        InsuredSumMissing, InsuredTooLow.
    """
    if kind is DateKind.INSURANCE:
        if insured_cents is None:
            raise InsuredSumMissing
        if insured_cents < LEAST_INSURED_CENTS:
            raise InsuredTooLow
    entered = HouseDate(
        kind=kind,
        what=what,
        due_on=due_on,
        ring_days=ring_days,
        insured_cents=insured_cents if kind is DateKind.INSURANCE else None,
    )
    db.session.add(entered)
    db.session.flush()
    audit.record("house_date.entered", "house_date", entered.id, kind=kind.value, due_on=due_on)
    ring([entered.id], clock.today())
    return entered


def note_done(public_id: str, note: str, next_on: date | None) -> HouseDate:
    """What was due is done; where it comes again, the next day is entered at once.

    Raises:
        NotFound, DateDone, NextBeforeThis.
    """
    query = select(HouseDate).where(HouseDate.public_id == public_id)
    locked = query.with_for_update(key_share=True).execution_options(populate_existing=True)
    found = db.session.scalar(locked)
    if found is None:
        raise NotFound
    if found.done_at is not None:
        raise DateDone
    if next_on is not None and next_on <= found.due_on:
        raise NextBeforeThis
    found.done_at, found.done_note = clock.now(), note.strip() or None
    finish_house_task(_cause(found.id))
    audit.record("house_date.done", "house_date", found.id)
    if next_on is not None:
        enter_date(found.kind, found.what, next_on, found.ring_days, found.insured_cents)
    return found


def list_dates() -> list[HouseDate]:
    """All days: what is open by its day, then what is done."""
    query = select(HouseDate).order_by(HouseDate.done_at.nulls_first(), HouseDate.due_on)
    return list(db.session.scalars(query))


def ring(ids: Sequence[int], day: date) -> None:
    """Put what is near on the house's list; the same once."""
    for date_id in sorted(ids):
        found = db.session.get_one(HouseDate, date_id)
        if found.done_at is None and found.due_on - timedelta(days=found.ring_days) <= day:
            add_house_task(
                REASON, _cause(date_id), due_on=found.due_on, what=found.what,
                due_day_on=found.due_on.isoformat(),
            )  # fmt: skip


def near(day: date) -> Select[int]:
    """Open days that ring by a day."""
    rings_on = HouseDate.due_on - cast(HouseDate.ring_days, Integer)
    return select(HouseDate.id).where(HouseDate.done_at.is_(None), rings_on <= day)


def _cause(date_id: int) -> str:
    return f"house_date:{date_id}"


DATES = RunKind(keys=near, act=ring)
