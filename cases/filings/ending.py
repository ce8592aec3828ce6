"""When a case ends, its applications stay in the house; what runs in court is told to legal."""

from sqlalchemy import exists, select

from cases.claims.ending import Ending
from cases.claims.models import Case, Phase
from cases.claims.services import return_from_court
from cases.core.database import db
from cases.filings import liability_log
from cases.filings.applications.models import Filing, FilingState
from cases.filings.proceedings.models import Proceeding
from cases.worklist.models import WorkQueue
from cases.worklist.services import add_item
from legal.proceeding import State

#: In these states the court has nothing more to do for us.
OVER = frozenset({State.FINAL, State.REFUSED, State.LAPSED, State.WITHDRAWN, State.RESOLVED})


def drop_drafts(case: Case, ending: Ending) -> None:
    """Drafts of applications are dropped; the hand-over of a file refuses what is in it already."""
    drafts = (
        select(Filing)
        .where(Filing.case_id == case.id, Filing.state == FilingState.DRAFT)
        .order_by(Filing.id)
        .with_for_update(key_share=True)
        .execution_options(populate_existing=True)
    )
    for filing in db.session.scalars(drafts).all():
        filing.state = FilingState.DROPPED
        liability_log.note(filing, "filing", "dropped", before={"kind": filing.kind.value},
                       reason=ending.reason.strip() or ending.outcome.value)  # fmt: skip


def tell_legal(case: Case, ending: Ending) -> None:
    """What is with a court, or on its way there, does not end by itself: legal withdraws it."""
    if _runs_in_court(case):
        add_item(
            case,
            WorkQueue.LEGAL,
            "court_runs_on",
            f"case:{case.id}:court_runs_on",
            ending_code=ending.outcome.value,
        )


def return_unfiled(case: Case, reason: str) -> None:
    """A case whose only application was dropped at its end is worked out of court again."""
    if case.phase is Phase.COURT and not _was_filed(case):
        return_from_court(case.id, reason)


def _runs_in_court(case: Case) -> bool:
    waiting = exists().where(Filing.case_id == case.id, Filing.state == FilingState.BATCHED)
    running = exists().where(Proceeding.case_id == case.id, Proceeding.state.not_in(OVER))
    return bool(db.session.scalar(select(waiting | running)))


def _was_filed(case: Case) -> bool:
    left = exists().where(
        Filing.case_id == case.id,
        Filing.state.in_([FilingState.BATCHED, FilingState.HANDED_OVER]),
    )
    known = exists().where(Proceeding.case_id == case.id)
    return bool(db.session.scalar(select(left | known)))
