"""Watch every night that nothing is lost: receipts that are missing, orders that became final."""

from collections.abc import Sequence
from datetime import date, timedelta

from sqlalchemy import ColumnElement, Select, select

from cases.claims.law import court_of
from cases.claims.queries import get_case_by_id, lock_case
from cases.core import clock
from cases.core.database import db
from cases.core.many import one_of
from cases.core.runs import RunKind
from cases.dunning.failures import reported
from cases.filings.applications.batches import list_filings
from cases.filings.applications.models import BatchState, FilingBatch
from cases.filings.proceedings.models import Proceeding
from cases.filings.proceedings.services import as_pure
from cases.worklist.models import WorkQueue
from cases.worklist.services import add_item, finish_items
from legal.proceeding import State

#: A receipt that has not come after this time is an alarm; our choice.
RECEIPT_WITHIN = timedelta(days=1)


def settle_alarm(batch: FilingBatch) -> None:
    """The receipt is there: the alarm goes."""
    for filing in list_filings(batch):
        finish_items(get_case_by_id(filing.case_id), _cause(batch))


def batches_without_receipt(_: date) -> Select[int]:
    """The files handed over more than a day ago without a receipt, by id."""
    return select(FilingBatch.id).where(*_overdue())


def alarm_of_receipts(batch_ids: Sequence[int], _: date) -> None:
    """Put each file on the worklist of its first case."""
    for batch_id in batch_ids:
        batch = db.session.get_one(FilingBatch, batch_id)
        filings = list_filings(batch)
        if filings and batch.handed_over_at is not None:
            handed_over_on = clock.local(batch.handed_over_at).date()
            add_item(
                get_case_by_id(filings[0].case_id), WorkQueue.LEGAL, "receipt_missing",
                _cause(batch), since=handed_over_on, file_number=batch.file_number,
                happened_on=handed_over_on.isoformat(),
            )  # fmt: skip


def cases_with_orders_served(_: date) -> Select[int]:
    """Cases with an enforcement order that was served and may have become final."""
    return (
        select(Proceeding.case_id)
        .where(Proceeding.state == State.ENFORCEMENT_SERVED)
        .group_by(Proceeding.case_id)
    )


def ask_for_finality(case_ids: Sequence[int], day: date) -> None:
    """Orders whose protest period has passed: a person notes that they are final."""
    query = select(Proceeding).where(
        one_of(Proceeding.case_id, case_ids), Proceeding.state == State.ENFORCEMENT_SERVED
    )
    for proceeding in db.session.scalars(query.order_by(Proceeding.case_id, Proceeding.id)).all():
        case = lock_case(proceeding.case_id)
        final_day = court_of(case).final_on(as_pure(proceeding))
        if final_day is not None and final_day <= day:
            add_item(
                case, WorkQueue.LEGAL, "finality_due",
                f"proceeding:{proceeding.id}:final", since=final_day,
                final_on=final_day.isoformat(),
            )  # fmt: skip


def _overdue() -> tuple[ColumnElement[bool], ...]:
    return (
        FilingBatch.state == BatchState.HANDED_OVER,
        FilingBatch.is_typed.is_(False),  # What a person types gets no receipt of a file.
        FilingBatch.handed_over_at < clock.now() - RECEIPT_WITHIN,
    )


def _cause(batch: FilingBatch) -> str:
    return f"filing_batch:{batch.id}:receipt"


RECEIPTS = RunKind(keys=batches_without_receipt, act=alarm_of_receipts)
FINALITY = RunKind(keys=cases_with_orders_served, act=ask_for_finality, **reported())
