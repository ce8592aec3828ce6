"""What visits and meetings put on the worklist: being there, the client's word, what is instead."""

from collections.abc import Callable
from datetime import date, datetime

from cases.claims.asking.models import AskedFor
from cases.claims.models import Case, TimelineEvent
from cases.worklist.models import WorkQueue
from cases.worklist.services import add_item, finish_items, finish_reasons, hide_steps


def _planned(case: Case, event: TimelineEvent) -> None:
    """Whoever goes has it on the day; the strategy's next step waits for what comes of it."""
    cause, due_on = _cause(event), date.fromisoformat(event.params["due_on"])
    finish_items(case, cause, f"{cause}:waits")
    finish_reasons(case, "visit_cancelled", "visit_unwanted")
    hide_steps(case, due_on)
    add_item(
        case,
        WorkQueue.FOLLOW_UP,
        "visit_due",
        cause,
        since=due_on,
        visible_on=due_on,
        due_at=datetime.fromisoformat(event.params["due_at"]),
        owner_id=event.params["visitor_id"],
        due_on=due_on.isoformat(),
    )


def _asked(case: Case, event: TimelineEvent) -> None:
    cause = f"{_cause(event)}:waits"
    finish_items(case, cause)
    add_item(
        case,
        WorkQueue.TASK,
        "visit_waits",
        cause,
        owner_id=case.owner_id,
        due_on=event.params["due_on"],
    )


def _refused(case: Case, event: TimelineEvent) -> None:
    _without(case, event, "visit_unwanted")


def _unanswered(case: Case, event: TimelineEvent) -> None:
    """Silence is no yes: nobody goes, and somebody decides how it goes on."""
    cause = _cause(event)
    finish_items(case, cause, f"{cause}:waits")
    add_item(
        case,
        WorkQueue.TASK,
        "client_silent",
        f"case:{case.id}:client_silent",
        owner_id=case.owner_id,
        asked_code=AskedFor.VISIT.value,
    )


def _cancelled(case: Case, event: TimelineEvent) -> None:
    _without(case, event, "visit_cancelled")


def _dropped(case: Case, event: TimelineEvent) -> None:
    finish_items(case, _cause(event), f"{_cause(event)}:waits")


def _without(case: Case, event: TimelineEvent, reason: str) -> None:
    """Nobody goes: somebody decides how it goes on; what called for the visit comes up again."""
    cause = _cause(event)
    finish_items(case, cause, f"{cause}:waits")
    add_item(
        case,
        WorkQueue.TASK,
        reason,
        f"{cause}:without",
        owner_id=case.owner_id,
        due_on=event.params["due_on"],
        why=event.params["why"],
    )


def _meeting_planned(case: Case, event: TimelineEvent) -> None:
    cause, due_on = _meeting(event), date.fromisoformat(event.params["due_on"])
    finish_items(case, cause)
    finish_reasons(case, "meeting_cancelled")
    hide_steps(case, due_on)
    add_item(
        case,
        WorkQueue.FOLLOW_UP,
        "meeting_due",
        cause,
        since=due_on,
        visible_on=due_on,
        due_at=datetime.fromisoformat(event.params["due_at"]),
        owner_id=event.params["host_id"],
        due_on=due_on.isoformat(),
    )


def _meeting_cancelled(case: Case, event: TimelineEvent) -> None:
    finish_items(case, _meeting(event))
    add_item(
        case,
        WorkQueue.TASK,
        "meeting_cancelled",
        f"{_meeting(event)}:without",
        owner_id=case.owner_id,
        due_on=event.params["due_on"],
        why=event.params["why"],
    )


def _meeting_dropped(case: Case, event: TimelineEvent) -> None:
    finish_items(case, _meeting(event))


def _estate_asked(case: Case, event: TimelineEvent) -> None:
    """The case comes up when the court should have answered."""
    cause = f"estate:{event.params['estate_id']}"
    finish_items(case, cause)
    add_item(
        case,
        WorkQueue.FOLLOW_UP,
        "heirs_awaited",
        cause,
        visible_on=date.fromisoformat(event.params["due_on"]),
        owner_id=case.owner_id,
        court=event.params["court"],
        happened_on=event.occurred_on.isoformat(),
    )


def _heirs_named(case: Case, event: TimelineEvent) -> None:
    """The house has not written to them yet: somebody does."""
    finish_items(case, f"estate:{event.params['estate_id']}")
    add_item(
        case,
        WorkQueue.TASK,
        "heirs_to_write",
        f"estate:{event.params['estate_id']}:write",
        owner_id=case.owner_id,
        count=event.params["count"],
    )


def _heirs_taken_back(case: Case, event: TimelineEvent) -> None:
    finish_items(case, f"estate:{event.params['estate_id']}:write")


def _meeting(event: TimelineEvent) -> str:
    return f"meeting:{event.params['meeting_id']}"


def _cause(event: TimelineEvent) -> str:
    return f"visit:{event.params['visit_id']}"


RULES: dict[str, Callable[[Case, TimelineEvent], None]] = {
    "estate.asked": _estate_asked,
    "estate.heirs": _heirs_named,
    "estate.heirs_back": _heirs_taken_back,
    "visit.planned": _planned,
    "visit.client_agreed": _planned,
    "visit.moved": _planned,
    "visit.asked": _asked,
    "visit.moved_asked": _asked,
    "visit.client_refused": _refused,
    "visit.client_silent": _unanswered,
    "visit.cancelled": _cancelled,
    "visit.dropped": _dropped,
    "meeting.planned": _meeting_planned,
    "meeting.moved": _meeting_planned,
    "meeting.cancelled": _meeting_cancelled,
    "meeting.dropped": _meeting_dropped,
}
