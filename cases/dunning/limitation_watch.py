"""Every night: which claims come near their limitation. Nothing depends on somebody remembering.

Warnings come 12, 6, 3 and 1 months ahead of the conservative day, each once; the claim remembers
the last one. Two runs, in this order: who must be warned today, then the days of new claims and of
suspensions that go on, whose warnings follow at once.
"""

from collections.abc import Sequence
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, case, func, or_, select, text, union, update

from cases.claims.limitation import OTHER
from cases.claims.limitation_many import refresh_many
from cases.claims.models import (
    GOES_ON,
    WITHOUT_LIMITATION,
    WITHOUT_RULE,
    Case,
    Claim,
    LimitationRow,
    Phase,
)
from cases.claims.queries import lock_case_rows
from cases.core import clock
from cases.core.copying import as_json, copy_rows
from cases.core.database import db, new_public_id
from cases.core.many import one_of
from cases.core.runs import RunKind
from cases.dunning.failures import reported
from cases.worklist.models import WorkItem, WorkQueue
from cases.worklist.urgency import URGENCY
from legal.limitation import WARNING_MONTHS, warning_months

_OPEN = Case.phase != Phase.CLOSED
_COLUMNS = (
    "public_id", "case_id", "creditor_id", "queue", "urgency", "negative_cents", "since",
    "visible_on", "reason", "params", "cause", "created_at",
)  # fmt: skip


def stage_of(last_day: date, today: date) -> int | None:
    """The nearest warning that is due: months ahead (1 when it is too late), or None."""
    months = warning_months(last_day, today)
    return None if months is None else max(months, WARNING_MONTHS[-1])


def _cases_of(*conditions: ColumnElement[bool]) -> Select[int]:
    """Open cases with a claim that fits one of some conditions, each read from its own index.

    A batch of a run asks for its keys again and again: no step may read all claims.
    """
    found = union(
        *(
            select(Claim.case_id).join(Case, Case.id == Claim.case_id).where(_OPEN, condition)
            for condition in conditions
        )
    ).subquery()
    return select(found.c.case_id)


def cases_to_warn(day: date) -> Select[int]:
    """Cases with a claim that has come to a stage it was not warned of, or that has no rule."""
    return _cases_of(_stage_reached(day), _needs_legal())


def cases_without_days(_: date) -> Select[int]:
    """Cases with new claims, which have no day yet, or a suspension that moves it every night."""
    going_on = select(LimitationRow.claim_id).where(GOES_ON)
    new = and_(WITHOUT_LIMITATION, Claim.kind.is_distinct_from(OTHER))
    return _cases_of(new, Claim.id.in_(going_on))


def warn(case_ids: Sequence[int], day: date) -> None:
    """Warn of what is due in some cases."""
    lock_case_rows(case_ids)
    _warn_near(case_ids, day)
    _ask_legal(case_ids, day)


def refresh_and_warn(case_ids: Sequence[int], day: date) -> None:
    """Compute the days of some cases, and warn of what turns out to be near."""
    lock_case_rows(case_ids)
    refresh_many(case_ids)
    _warn_near(case_ids, day)
    _ask_legal(case_ids, day)


WARNINGS = RunKind(keys=cases_to_warn, act=warn, **reported())
DAYS = RunKind(keys=cases_without_days, act=refresh_and_warn, step_keys=2_000, **reported())


def _stage_reached(day: date) -> ColumnElement[bool]:
    last_day = Claim.limitation_conservative_on
    stages = [
        (last_day - text(f"interval '{months} months'") <= day, months)
        for months in sorted(WARNING_MONTHS)
    ]
    stage = case(*stages)
    return and_(
        # For the index: February is short, so a few days more than the months.
        last_day <= day + func.make_interval(0, WARNING_MONTHS[0], 0, 3),
        stage.is_not(None),
        or_(
            Claim.limitation_warned_for.is_distinct_from(last_day),
            Claim.limitation_warned_months > stage,
        ),
    )


def _needs_legal() -> ColumnElement[bool]:
    asked = select(WorkItem.id).where(
        WorkItem.cause == func.concat("limitation:", Claim.id, ":day"), WorkItem.done_at.is_(None)
    )
    return and_(WITHOUT_RULE, ~asked.exists())


def _warn_near(case_ids: Sequence[int], day: date) -> None:
    near = _claims_of(case_ids, _stage_reached(day))
    if not near:
        return
    stages = {claim.id: stage_of(claim.last_day, day) for claim in near}
    _finish([_cause(c, months) for c in near for months in WARNING_MONTHS])
    _add(WorkQueue.LIMITATION, "limitation_near", day, [
        (c, _cause(c, stages[c.id]), {"last_day_on": c.last_day.isoformat()}) for c in near
    ])  # fmt: skip
    by_stage = {months: [c.id for c in near if stages[c.id] == months] for months in WARNING_MONTHS}
    for months, ids in by_stage.items():
        db.session.execute(
            update(Claim)
            .where(one_of(Claim.id, ids))
            .values(
                limitation_warned_for=Claim.limitation_conservative_on,
                limitation_warned_months=months,
            )
            .execution_options(synchronize_session=False)
        )


def _ask_legal(case_ids: Sequence[int], day: date) -> None:
    _add(WorkQueue.LEGAL, "limitation_day_needed", day, [
        (claim, f"limitation:{claim.id}:day", {}) for claim in _claims_of(case_ids, _needs_legal())
    ])  # fmt: skip


def _claims_of(case_ids: Sequence[int], condition: ColumnElement[bool]) -> Sequence[Any]:
    query = (
        select(
            Claim.id,
            Claim.case_id,
            Claim.creditor_id,
            Claim.invoice_number,
            Claim.limitation_conservative_on.label("last_day"),
            Case.booked_open_cents,
        )
        .join(Case, Case.id == Claim.case_id)
        .where(one_of(Claim.case_id, case_ids), _OPEN, condition)
        .order_by(Claim.limitation_conservative_on, Claim.id)
    )
    return db.session.execute(query).all()


def _cause(claim: Any, months: int | None) -> str:
    return f"limitation:{claim.id}:{claim.last_day}:{months}"


def _finish(causes: Sequence[str]) -> None:
    db.session.execute(
        update(WorkItem)
        .where(one_of(WorkItem.cause, causes), WorkItem.done_at.is_(None))
        .values(done_at=clock.now())
        .execution_options(synchronize_session=False)
    )


def _add(
    queue: WorkQueue, reason: str, day: date, found: Sequence[tuple[Any, str, dict[str, str]]]
) -> None:
    if not found:
        return
    now = clock.now()
    copy_rows("work_items", _COLUMNS, (
        (new_public_id(), claim.case_id, claim.creditor_id, queue.value, URGENCY[queue],
         -claim.booked_open_cents, day, day, reason,
         as_json(params | {"invoice_number": claim.invoice_number}), cause, now)
        for claim, cause, params in found
    ), "ON CONFLICT (cause) WHERE done_at IS NULL DO NOTHING")  # fmt: skip
