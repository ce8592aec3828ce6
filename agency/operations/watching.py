"""Every minute: what is wrong becomes a task of the administrator's, what is good again ends it."""

from agency.operations.conditions import look
from agency.settings import Settings
from cases.core.database import transaction
from cases.worklist.house_tasks import HOUSE_REASONS, add_house_task, finish_house_task


def watch(settings: Settings) -> None:
    """Keep the tasks of the house in step with its conditions."""
    found = look(settings)
    if not all(each.good for each in found if each.code in {"database", "schema"}):
        return  # There is no place to write a task to; /readyz tells.
    with transaction():
        for condition in found:
            reason = f"fault_{condition.code}"
            if reason not in HOUSE_REASONS:
                continue
            if condition.good:
                finish_house_task(reason)
            else:
                add_house_task(reason, reason)
