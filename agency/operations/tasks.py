"""Tasks of the house as they are shown: in words, with the screen where they are done."""

from dataclasses import dataclass

from cases.people.services import SignedIn
from cases.worklist.house_tasks import HOUSE_REASONS, list_tasks_of
from portal.wording import VOCABULARY


@dataclass(frozen=True, slots=True)
class ShownTask:
    """One task in words."""

    title: str
    detail: str
    endpoint: str


def tasks_of(user: SignedIn) -> list[ShownTask]:
    """What somebody may do for the house, the nearest day first."""
    shown = []
    for task in list_tasks_of(user.role):
        reason = HOUSE_REASONS[task.reason]
        title, detail = (
            VOCABULARY.sentence(sentence, task.params) for sentence in (reason.title, reason.detail)
        )
        shown.append(ShownTask(title, detail, reason.endpoint))
    return shown
