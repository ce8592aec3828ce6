"""What puts many cases on the worklist at once: the set-based form of `causes`."""

from collections.abc import Sequence

from sqlalchemy import func, select, text

from cases.claims.models import Case, Claim
from cases.core import clock
from cases.core.copying import as_json, copy_rows
from cases.core.database import db, new_public_id
from cases.worklist.models import WorkQueue
from cases.worklist.urgency import ORDINARY, URGENCY

_COLUMNS = (
    "public_id", "case_id", "creditor_id", "queue", "urgency", "negative_cents", "since",
    "visible_on", "reason", "params", "cause", "created_at",
)  # fmt: skip


def on_many(kind: str, case_ids: Sequence[int]) -> None:
    """New cases come onto the worklist; further claims change what is owed."""
    if kind == "case.opened":
        _add_new_cases(case_ids)
    elif kind == "claim.added":
        _refresh_amounts(case_ids)


def _add_new_cases(case_ids: Sequence[int]) -> None:
    today, now = clock.today(), clock.now()
    queue = WorkQueue.NEW_CASE
    cases = db.session.execute(
        select(
            Case.id,
            Case.creditor_id,
            Case.booked_open_cents,
            func.min(func.coalesce(Claim.due_on, Claim.invoiced_on)),
            func.count(),
        )
        .join(Claim, Claim.case_id == Case.id)
        .where(Case.id.in_(case_ids))
        .group_by(Case.id)
    )
    copy_rows("work_items", _COLUMNS, (
        (new_public_id(), case_id, creditor_id, queue.value, URGENCY.get(queue, ORDINARY), -cents,
         since, today, "new_case", as_json({"claims": claims}), f"case:{case_id}:new", now)
        for case_id, creditor_id, cents, since, claims in cases.all()
    ), "ON CONFLICT (cause) WHERE done_at IS NULL DO NOTHING")  # fmt: skip


def _refresh_amounts(case_ids: Sequence[int]) -> None:
    db.session.execute(
        text(
            "UPDATE work_items w SET negative_cents = -c.booked_open_cents FROM cases c"
            " WHERE c.id = w.case_id AND w.done_at IS NULL AND c.id = ANY(:ids)"
        ),
        {"ids": list(case_ids)},
    )
