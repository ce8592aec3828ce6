"""What a contact puts on the worklist: promises both ways, wishes, follow-ups, and holds."""

from collections.abc import Callable
from datetime import date, datetime, timedelta

from cases.claims.models import Case, TimelineEvent
from cases.core import clock
from cases.worklist.models import WorkQueue
from cases.worklist.services import (
    add_item,
    finish_items,
    finish_queue,
    finish_reasons,
    hide_steps,
    list_open_items,
)

#: What an outcome leaves to do: reason, and days until it comes up.
_LEFT_BY = {
    "objection": ("objection_unrecorded", 0),
    "instalments": ("instalments_asked", 0),
    "refuses": ("refuses_to_pay", 0),
    "reached_pays": ("payment_expected", 7),
    "wrong_number": ("number_wrong", 0),
    "moved": ("address_gone", 0),
}
#: What was said to us and waits for our word comes before the strategy's steps.
_ANSWERS = {"objection_unrecorded", "instalments_asked"}
#: Outcomes of a contact in which nobody spoke to the debtor.
_IN_VAIN = {"not_reached", "wrong_number", "moved"}
#: What a promise leaves that was not kept.
_BROKEN = ("promise_broken", "promise_part_kept")
SUNDAY = 6


def _contact(case: Case, event: TimelineEvent) -> None:
    """What came of a contact leaves something to do, even if the next form is left."""
    outcome = event.params.get("outcome_code") or ""
    if case.closed_at is not None:
        _after_end(case, event, outcome)
        return
    if outcome == "not_reached":
        _try_again(case, event)
        return
    if outcome not in _IN_VAIN:
        finish_items(case, f"case:{case.id}:not_reached")
    if outcome in _LEFT_BY:
        if outcome not in _IN_VAIN:
            # What was said now takes the place of the promise that was broken before.
            finish_reasons(case, *_BROKEN)
        _leave(case, event, *_LEFT_BY[outcome])
    if outcome == "cash" and case.booked_open_cents > 0:
        _leave(case, event, "rest_after_cash", 7)


def _after_end(case: Case, event: TimelineEvent, outcome: str) -> None:
    """What comes in after the end is read by somebody: the case may have been closed wrongly."""
    if outcome not in _IN_VAIN:
        add_item(
            case,
            WorkQueue.TASK,
            "contact_after_end",
            f"case:{case.id}:after_end",
            owner_id=case.owner_id,
            happened_on=event.occurred_on.isoformat(),
        )


def _try_again(case: Case, event: TimelineEvent) -> None:
    """What called for the call waits for the next day; where nothing did, the call itself does."""
    tomorrow = clock.today() + timedelta(days=1)
    again_on = tomorrow + timedelta(days=tomorrow.weekday() == SUNDAY)
    hide_steps(case, again_on, WorkQueue.BROKEN_PROMISE)
    if not list_open_items(case.id):
        add_item(
            case,
            WorkQueue.FOLLOW_UP,
            "not_reached",
            f"case:{case.id}:not_reached",
            visible_on=again_on,
            owner_id=case.owner_id,
            happened_on=event.occurred_on.isoformat(),
        )


def _leave(case: Case, event: TimelineEvent, reason: str, days: int) -> None:
    visible_on = clock.today() + timedelta(days=days)
    if reason not in {
        "refuses_to_pay",
        "number_wrong",
        "address_gone",
    }:  # The strategy's next step waits for what was agreed or asked.
        hide_steps(case, clock.today() + timedelta(days=7))
    waiting = WorkQueue.ANSWER if reason in _ANSWERS else WorkQueue.TASK
    add_item(
        case,
        waiting if not days else WorkQueue.FOLLOW_UP,
        reason,
        f"case:{case.id}:{reason}",
        visible_on=visible_on,
        owner_id=case.owner_id,
        happened_on=event.occurred_on.isoformat(),
    )


def _promise_made(case: Case, event: TimelineEvent) -> None:
    """A promise gets its time; an earlier one that was broken is no longer the matter."""
    finish_queue(case, WorkQueue.BROKEN_PROMISE)
    settled = ("payment_expected", "refuses_to_pay", "rest_after_cash")
    finish_items(case, *(f"case:{case.id}:{reason}" for reason in settled))
    hide_steps(case, date.fromisoformat(event.params["due_on"]) + timedelta(days=3))


def _promise_broken(case: Case, event: TimelineEvent) -> None:
    """Nothing to ask for where all has been paid meanwhile, though late."""
    if case.booked_open_cents <= 0:
        return
    came = {"paid_cents": event.params["paid_cents"]} if "paid_cents" in event.params else {}
    add_item(
        case,
        WorkQueue.BROKEN_PROMISE,
        "promise_part_kept" if came else "promise_broken",
        f"promise:{event.params['promise_id']}",
        since=date.fromisoformat(event.params["due_on"]),
        owner_id=case.owner_id,
        amount_cents=event.params["amount_cents"],
        due_on=event.params["due_on"],
        **came,
    )


def _request_asked(case: Case, event: TimelineEvent) -> None:
    """An answer of ours is due; the next step waits for it through the hold."""
    if case.closed_at is not None:
        return
    add_item(
        case,
        WorkQueue.ANSWER,
        "question_asked",
        f"request:{event.params['request_id']}",
        visible_on=clock.today(),
        owner_id=case.owner_id,
        request_code=event.params["request_code"],
        due_on=event.params["due_on"],
        happened_on=event.occurred_on.isoformat(),
    )


def _request_answered(case: Case, event: TimelineEvent) -> None:
    finish_items(case, f"request:{event.params['request_id']}")


def _follow_up(case: Case, event: TimelineEvent) -> None:
    due_on = date.fromisoformat(event.params["due_on"])
    hide_steps(case, due_on, WorkQueue.BROKEN_PROMISE)
    finish_items(case, f"case:{case.id}:not_reached")
    add_item(
        case,
        WorkQueue.FOLLOW_UP,
        "follow_up",
        f"case:{case.id}:follow_up:{event.id}",
        since=due_on,
        visible_on=due_on,
        owner_id=event.params.get("owner_id") or case.owner_id,
        due_on=due_on.isoformat(),
        note=event.params.get("note") or "",
    )


def _commitment_made(case: Case, event: TimelineEvent) -> None:
    due_on = date.fromisoformat(event.params["due_on"])
    hide_steps(case, due_on, WorkQueue.BROKEN_PROMISE)
    add_item(
        case,
        WorkQueue.COMMITMENT,
        "call_back",
        f"commitment:{event.params['commitment_id']}",
        since=due_on,
        visible_on=due_on,
        due_at=datetime.fromisoformat(event.params["due_at"]),
        owner_id=case.owner_id,
        due_on=due_on.isoformat(),
        what=event.params["what"],
    )


def _commitment_moved(case: Case, event: TimelineEvent) -> None:
    finish_items(case, f"commitment:{event.params['commitment_id']}")
    _commitment_made(case, event)
    if event.params["told"] == "no":
        add_item(
            case,
            WorkQueue.TASK,
            "tell_moved",
            f"commitment:{event.params['commitment_id']}:tell",
            owner_id=case.owner_id,
            due_on=event.params["due_on"],
            what=event.params["what"],
        )


def _commitment_kept(case: Case, event: TimelineEvent) -> None:
    finish_items(case, f"commitment:{event.params['commitment_id']}")


def _hold_set(case: Case, event: TimelineEvent) -> None:
    """A hold with an end day comes up on it; a person decides, it never lapses."""
    until_on = event.params.get("until_on")
    if until_on:
        add_item(
            case,
            WorkQueue.TASK,
            "hold_ends",
            f"hold:{event.params['hold_id']}",
            visible_on=date.fromisoformat(until_on),
            owner_id=case.owner_id,
            reason_code=event.params["reason_code"],
            until_on=until_on,
        )


RULES: dict[str, Callable[[Case, TimelineEvent], None]] = {
    "follow_up.set": _follow_up,
    "contact.phone": _contact,
    "contact.visit": _contact,
    "contact.meeting": _contact,
    "contact.written": _contact,
    "contact.sent": _contact,
    "request.asked": _request_asked,
    "request.answered": _request_answered,
    "hold.set": _hold_set,
    "promise.made": _promise_made,
    "promise.broken": _promise_broken,
    "promise.part_kept": _promise_broken,
    "commitment.made": _commitment_made,
    "commitment.kept": _commitment_kept,
    "commitment.moved": _commitment_moved,
}
