"""Tasks of the house as they are shown: in words, with the screen where they are done."""

from collections.abc import Iterable
from dataclasses import dataclass

from flask_babel import gettext

from agency.operations.conditions import Condition
from cases.people.sign_in import SignedIn
from cases.worklist.drills import find_last_drill
from cases.worklist.house_tasks import HOUSE_REASONS, list_tasks_of
from legal.findings import N_
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


#: What each condition says while it holds; while it does not, its task says so.
GOOD = {
    "database": N_("The database answers"),
    "schema": N_("The database fits this version of the program"),
    "queue": N_("The queue answers"),
    "disk": N_("There is room on the disk"),
    "store": N_("The store of files takes and gives"),
    "failed_work": N_("Nothing has failed"),
    "late_work": N_("Nothing is late"),
    "night": N_("The nightly work goes on"),
    "rates": N_("The base rate of today is known"),
    "chain": N_("The audit trail holds"),
    "mailbox": N_("The mailbox answers, or none is set up"),
    "backup": N_("A restore was tried and found whole"),
}
#: Told here only: what else shows it has its own place.
ALSO_WRONG = {
    "database": N_("The database does not answer"),
    "schema": N_("The database needs a migration"),
    "rates": N_("The base rate of today is missing"),
}


def _good(code: str) -> str:
    """A house on its own servers keeps no backups, and says so instead of praising them."""
    if code == "backup" and find_last_drill() is None:
        return N_("No backups: these servers are for trying out")
    return GOOD[code]


def shown_conditions(found: Iterable[Condition]) -> list[tuple[bool, str, str]]:
    """Each condition in words: whether it holds, what is so, and what helps."""
    shown = []
    for condition in found:
        reason = HOUSE_REASONS.get(f"fault_{condition.code}")
        if condition.good:
            shown.append((True, gettext(_good(condition.code)), ""))
        elif reason:
            shown.append((False, gettext(reason.title), gettext(reason.detail)))
        else:
            shown.append((False, gettext(ALSO_WRONG[condition.code]), ""))
    return sorted(shown, key=lambda each: each[0])
