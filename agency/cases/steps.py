"""What to do next in a case: each open work item with its reason and the way to do it."""

from collections.abc import Sequence
from dataclasses import dataclass

from agency.cases.ways import Around, way_for
from cases.claims.models import Case, Hold
from cases.core import clock
from cases.objections.models import Objection
from cases.worklist.by_hand import may_tick
from cases.worklist.models import WorkItem
from portal.wording import ahead_words, reason_words


@dataclass(frozen=True, slots=True)
class NextStep:
    """One thing to do, with its reason."""

    item: WorkItem
    title: str
    detail: str
    url: str | None
    label: str
    icon: str
    permission: str
    due: bool  # Today or earlier; later ones are only announced.
    by_hand: bool


def next_steps(
    case: Case,
    items: Sequence[WorkItem],
    objections: Sequence[Objection],
    holds: Sequence[Hold] = (),
) -> list[NextStep]:
    """What is to be done, what is due first."""
    around = Around(case, objections, holds)
    steps = [_step(item, around) for item in items]
    return sorted(steps, key=lambda step: not step.due)


def _step(item: WorkItem, around: Around) -> NextStep:
    due = item.visible_on <= clock.today()
    words = reason_words if due else ahead_words
    title, detail = words(item, around.case.currency)
    way = way_for(item, around)
    return NextStep(
        item=item,
        title=title,
        detail=detail,
        url=way.url,
        label=way.label,
        icon=way.icon,
        permission=way.permission,
        due=due,
        by_hand=may_tick(item) and item.reason != "paid_in_full",
    )
