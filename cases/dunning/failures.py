"""A case for which a run failed is put on somebody's desk, and taken off when the run succeeds."""

from typing import Any

from cases.claims.queries import get_case_by_id, lock_case
from cases.worklist.models import WorkQueue
from cases.worklist.services import add_item, finish_items


def reported() -> dict[str, Any]:
    """How kinds of run whose keys are cases tell of failures."""
    return {"on_failure": report, "on_recovery": settle, "keys_are_cases": True}


def report(case_id: int, kind: str) -> None:
    """The run will try again tomorrow; meanwhile a person looks at the case."""
    case = lock_case(case_id)
    add_item(
        case, WorkQueue.TASK, "run_failed", _cause(case_id, kind), owner_id=case.owner_id,
        run_code=kind,
    )  # fmt: skip


def settle(case_id: int, kind: str) -> None:
    """The run has succeeded since."""
    finish_items(get_case_by_id(case_id), _cause(case_id, kind))


def _cause(case_id: int, kind: str) -> str:
    return f"run:{kind}:{case_id}"
