"""What puts many cases on the worklist at once: the set-based form of `causes`."""

from collections.abc import Callable, Iterable, Sequence

from sqlalchemy import func, literal, select, union_all

from cases.claims.models import Case, Claim
from cases.claims.timeline import Happened
from cases.contacts.promises import keep_paid_promises
from cases.contacts.queries import cases_with_open_promises
from cases.core import clock
from cases.core.copying import as_json, copy_rows
from cases.core.database import db, new_public_id
from cases.core.many import one_of
from cases.dunning import fee_watch, limitation_causes, paid_in_time, plan_causes
from cases.plans.queries import cases_with_open_plans
from cases.worklist.arrangement import bands
from cases.worklist.models import WorkQueue
from cases.worklist.services import (
    NewItem,
    add_items,
    amounts_refreshed,
    finish_causes,
    refresh_amounts_of,
)

_COLUMNS = (
    "public_id", "case_id", "creditor_id", "queue", "urgency", "negative_cents", "since",
    "visible_on", "reason", "params", "cause", "created_at",
)  # fmt: skip


#: What nobody does any more once everything is paid or let go.
UNTIL_PAID = (
    "first_demand", "deadline", "payment_expected", "refuses_to_pay", "instalments_asked",
    "not_reached", "number_wrong",
)  # fmt: skip
#: The same for what stands there once for each promise or plan, or for each meeting at the door.
NO_MATTER_ONCE_PAID = ("promise_broken", "promise_part_kept", "plan_broken", "rest_after_cash")


def on_many(events: Sequence[Happened]) -> list[Happened]:
    """What follows from what happened to many cases; answers what is to be recorded with it."""
    by_kind: dict[str, list[Happened]] = {}
    for event in events:
        by_kind.setdefault(event.kind, []).append(event)
    following: list[Happened] = []
    for kind, own in by_kind.items():
        rule = _RULES.get(kind)
        following += (rule(own) if rule else None) or ()
    return following


def follow_many(events: Sequence[Happened]) -> None:
    """Payments that may have kept a promise, fulfilled a plan, or met a letter's demand in time.

    The rest of such a demand is let go by contract.
    """
    paid = [event for event in events if event.kind == "payment.received"]
    promised, planned = _awaited(_cases(paid))
    for event in paid:
        if event.case_id in promised:
            keep_paid_promises(event.aside["case"])
        if event.case_id in planned:
            plan_causes.on_payment(event.aside["case"])
        elif event.aside["little_left"]:
            paid_in_time.settle(event.aside["case"])


def _awaited(case_ids: Sequence[int]) -> tuple[set[int], set[int]]:
    """Which of some cases wait for money that was promised, and which for that of a plan."""
    if not case_ids:
        return set(), set()
    promises = cases_with_open_promises(case_ids).add_columns(literal(True))
    plans = cases_with_open_plans(case_ids).add_columns(literal(False))
    found = db.session.execute(union_all(promises, plans)).all()
    return {c for c, promise in found if promise}, {c for c, promise in found if not promise}


def _paid(events: Sequence[Happened]) -> list[Happened]:
    fee_watch.on_payments(events, amounts_refreshed(_cases(events)))
    noted = limitation_causes.on_payments(events)
    full = _cases(event for event in events if event.params["open_cents"] == 0)
    if full:
        causes = [f"case:{case_id}:{left}" for case_id in full for left in UNTIL_PAID]
        finish_causes(causes, full, NO_MATTER_ONCE_PAID)
        items = [NewItem(case_id, f"case:{case_id}:paid") for case_id in full]
        add_items(WorkQueue.PAYMENT, "paid_in_full", items)
    return noted


def _designated(events: Sequence[Happened]) -> None:
    add_items(WorkQueue.TASK, "payment_designated", [
        NewItem(
            event.case_id, f"journal:{event.params['journal_id']}:designated",
            {"amount_cents": event.params["amount_cents"]}, owned=True,
        )
        for event in events
    ])  # fmt: skip


def _cases(events: Iterable[Happened]) -> list[int]:
    return list(dict.fromkeys(event.case_id for event in events))


def _add_new_cases(case_ids: Sequence[int]) -> None:
    today, now = clock.today(), clock.now()
    queue = WorkQueue.NEW_CASE
    urgency = bands()[queue]
    cases = db.session.execute(
        select(
            Case.id,
            Case.creditor_id,
            Case.booked_open_cents,
            func.min(func.coalesce(Claim.due_on, Claim.invoiced_on)),
            func.count(),
        )
        .join(Claim, Claim.case_id == Case.id)
        .where(one_of(Case.id, case_ids))
        .group_by(Case.id)
    )
    copy_rows("work_items", _COLUMNS, (
        (new_public_id(), case_id, creditor_id, queue.value, urgency, -cents,
         since, today, "new_case", as_json({"claims": claims}), f"case:{case_id}:new", now)
        for case_id, creditor_id, cents, since, claims in cases.all()
    ), "ON CONFLICT (cause) WHERE done_at IS NULL DO NOTHING")  # fmt: skip


_RULES: dict[str, Callable[[Sequence[Happened]], list[Happened] | None]] = {
    "case.opened": lambda events: _add_new_cases(_cases(events)),
    "claim.added": lambda events: refresh_amounts_of(_cases(events)),
    "payment.received": _paid,
    "payment.designated": _designated,
}
