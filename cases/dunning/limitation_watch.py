"""Every night: which claims come near their limitation. Nothing depends on somebody remembering.

Warnings come 12, 6, 3 and 1 months ahead of the conservative day, each once; running it twice on
one date changes nothing.
"""

from collections.abc import Sequence
from datetime import date

from sqlalchemy import select

from cases.claims.limitation import OTHER, refresh_limitation
from cases.claims.models import Case, Claim, LimitationRow, Phase
from cases.core import clock
from cases.core.database import db, transaction
from cases.worklist.models import WorkItem, WorkQueue
from cases.worklist.services import add_item, finish_items
from legal.calendar import add_months

#: Months ahead at which a claim rises to the top of the worklist.
STAGES = (12, 6, 3, 1)
BATCH = 500


def watch_limitation() -> int:
    """Compute what is missing, then warn; answers how many warnings were added."""
    _refresh_all()
    return _warn_all()


def stage_of(last_day: date, today: date) -> int | None:
    """The nearest warning that is due: months ahead, or None while the day is far."""
    due = [months for months in STAGES if add_months(last_day, -months) <= today]
    return min(due) if due else None


def _refresh_all() -> None:
    """New claims have no day yet; a suspension that goes on moves the day every night."""
    going_on = select(LimitationRow.claim_id).where(LimitationRow.last_day.is_(None))
    stale = Claim.limitation_conservative_on.is_(None) & Claim.kind.is_distinct_from(OTHER)
    query = (
        select(Claim.case_id)
        .distinct()
        .join(Case, Case.id == Claim.case_id)
        .where(Case.phase != Phase.CLOSED, stale | Claim.id.in_(going_on))
    )
    case_ids = list(db.session.scalars(query))
    for begin in range(0, len(case_ids), BATCH):
        with transaction():
            for case_id in case_ids[begin : begin + BATCH]:
                claims = db.session.scalars(select(Claim).where(Claim.case_id == case_id)).all()
                refresh_limitation(db.session.get_one(Case, case_id), claims)


def _warn_all() -> int:
    today = clock.today()
    added = 0
    with transaction():
        for case, claim in _near(today):
            added += _warn(case, claim, today)
        for case, claim in _without_rule():
            cause = f"limitation:{claim.id}:day"
            add_item(case, WorkQueue.LEGAL, "limitation_day_needed", cause,
                     invoice_number=claim.invoice_number)  # fmt: skip
    return added


def _near(today: date) -> Sequence[tuple[Case, Claim]]:
    query = (
        select(Case, Claim)
        .join(Claim, Claim.case_id == Case.id)
        .where(
            Case.phase != Phase.CLOSED,
            Claim.limitation_conservative_on <= add_months(today, STAGES[0]),
        )
        .order_by(Claim.limitation_conservative_on, Claim.id)
    )
    return [(case, claim) for case, claim in db.session.execute(query)]


def _without_rule() -> Sequence[tuple[Case, Claim]]:
    query = (
        select(Case, Claim)
        .join(Claim, Claim.case_id == Case.id)
        .where(
            Case.phase != Phase.CLOSED,
            Claim.kind == OTHER,
            Claim.limitation_set_on.is_(None),
        )
    )
    return [(case, claim) for case, claim in db.session.execute(query)]


def _warn(case: Case, claim: Claim, today: date) -> int:
    last_day = claim.limitation_conservative_on
    assert last_day is not None
    stage = stage_of(last_day, today)
    if stage is None:
        return 0
    cause = f"limitation:{claim.id}:{last_day}:{stage}"
    # Whatever became of an earlier item of this stage: each warning comes once.
    if db.session.scalar(select(WorkItem.id).where(WorkItem.cause == cause).limit(1)):
        return 0
    finish_items(case, *(f"limitation:{claim.id}:{last_day}:{months}" for months in STAGES))
    add_item(
        case, WorkQueue.LIMITATION, "limitation_near", cause,
        last_day_on=last_day.isoformat(), invoice_number=claim.invoice_number,
    )  # fmt: skip
    return 1
