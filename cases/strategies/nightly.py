"""What the night does: new cases find their strategy, due steps are done, lost cases are found."""

from collections.abc import Sequence
from datetime import date

from sqlalchemy import Select

from cases.claims.queries import list_cases_by_id
from cases.core.runs import RunKind
from cases.strategies.placing import cases_without, place_cases
from cases.strategies.queries import stranded
from cases.strategies.running import advance, cases_due
from cases.worklist.models import WorkQueue
from cases.worklist.services import add_item


def find_desks(case_ids: Sequence[int], day: date) -> None:
    """Put cases for which nothing comes next on somebody's desk."""
    for case in list_cases_by_id(case_ids).values():
        add_item(case, WorkQueue.TASK, "no_next_step", f"case:{case.id}:no_next_step",
                 owner_id=case.owner_id)  # fmt: skip


def cases_stranded(_: date) -> Select[int]:
    """Cases without anything to come."""
    return stranded()


PLACING = RunKind(keys=cases_without, act=place_cases, step_keys=1_000, keys_are_cases=True)
STEPS = RunKind(keys=cases_due, act=advance, step_keys=1_000, keys_are_cases=True)
STRANDED = RunKind(keys=cases_stranded, act=find_desks, keys_are_cases=True)
