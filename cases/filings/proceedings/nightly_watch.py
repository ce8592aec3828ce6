"""Watch every night that nothing is lost: receipts, finality, drafts that were forgotten."""

from datetime import timedelta

from sqlalchemy import select

from cases.claims.law import court_of
from cases.claims.queries import get_case_by_id
from cases.core import clock
from cases.core.database import db
from cases.filings.applications.batches import list_filings
from cases.filings.applications.models import BatchState, FilingBatch
from cases.filings.proceedings.models import Proceeding
from cases.filings.proceedings.services import as_pure
from cases.worklist.models import WorkQueue
from cases.worklist.services import add_item, finish_items
from legal.proceeding import State

#: A receipt that has not come after this time is an alarm; our choice.
RECEIPT_WITHIN = timedelta(days=1)


def watch() -> int:
    """Put on the worklist what is missing; how many alarms there are. May run any time."""
    return _missing_receipts() + _finality_due()


def overdue_receipts() -> list[FilingBatch]:
    """Files handed over more than a day ago without a receipt of the court."""
    query = select(FilingBatch).where(
        FilingBatch.state == BatchState.HANDED_OVER,
        FilingBatch.handed_over_at < clock.now() - RECEIPT_WITHIN,
    )
    return list(db.session.scalars(query.order_by(FilingBatch.handed_over_at)))


def settle_alarm(batch: FilingBatch) -> None:
    """The receipt is there: the alarm goes."""
    for filing in list_filings(batch):
        finish_items(get_case_by_id(filing.case_id), _cause(batch))


def _missing_receipts() -> int:
    overdue = overdue_receipts()
    for batch in overdue:
        filings = list_filings(batch)
        if filings and batch.handed_over_at is not None:
            add_item(
                get_case_by_id(filings[0].case_id), WorkQueue.LEGAL, "receipt_missing",
                _cause(batch), since=clock.local(batch.handed_over_at).date(),
                file_number=batch.file_number,
                happened_on=clock.local(batch.handed_over_at).date().isoformat(),
            )  # fmt: skip
    return len(overdue)


def _finality_due() -> int:
    """Enforcement orders whose protest period has passed: a person notes that they are final."""
    query = select(Proceeding).where(Proceeding.state == State.ENFORCEMENT_SERVED)
    count = 0
    for proceeding in db.session.scalars(query):
        case = get_case_by_id(proceeding.case_id)
        day = court_of(case).final_on(as_pure(proceeding))
        if day is None or day > clock.today():
            continue
        add_item(
            case, WorkQueue.LEGAL, "finality_due",
            f"proceeding:{proceeding.id}:final", since=day, final_on=day.isoformat(),
        )  # fmt: skip
        count += 1
    return count


def _cause(batch: FilingBatch) -> str:
    return f"filing_batch:{batch.id}:receipt"
