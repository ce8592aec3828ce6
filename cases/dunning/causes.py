"""What puts a case on the worklist, and what takes it off again.

Listens to the timeline, so that a work item is written in the transaction of its cause.
"""

from collections.abc import Callable
from datetime import date, timedelta

from sqlalchemy import func, select

from cases.claims import timeline
from cases.claims.ending import reopen_unpaid
from cases.claims.models import Case, Claim, Outcome, Phase, TimelineEvent
from cases.contacts.requests import answer_by_letter
from cases.core.database import db
from cases.dunning import (
    approval_causes,
    contact_causes,
    limitation_causes,
    lump_sum_watch,
    paid_in_time,
    plan_causes,
    visit_causes,
)
from cases.dunning.many_causes import UNTIL_PAID, follow_many, on_many
from cases.letters.models import LetterKind
from cases.objections.replies import replying
from cases.plans.queries import find_last_fulfilled
from cases.worklist.models import WorkQueue
from cases.worklist.services import (
    add_item,
    finish_items,
    finish_reasons,
    refresh_amounts,
)


def watch_timeline() -> None:
    """Begin to listen; called once by the shell."""
    if _on_event not in timeline.LISTENERS:
        timeline.LISTENERS.append(_on_event)
        timeline.MANY_LISTENERS.append(on_many)
        timeline.MANY_FOLLOWERS.append(follow_many)


def _on_event(case: Case, event: TimelineEvent) -> None:
    rule = _RULES.get(event.kind)
    if rule is not None:
        rule(case, event)


def _opened(case: Case, event: TimelineEvent) -> None:
    _add_new(case, event.params["claims"])


def _add_new(case: Case, claims: int) -> None:
    add_item(
        case,
        WorkQueue.NEW_CASE,
        "new_case",
        f"case:{case.id}:new",
        since=_oldest_due(case),
        claims=claims,
    )


def _accepted(case: Case, event: TimelineEvent) -> None:
    finish_items(case, f"case:{case.id}:new")
    add_item(
        case,
        WorkQueue.STEP_DUE,
        "first_demand_due",
        f"case:{case.id}:first_demand",
        since=_oldest_due(case),
        owner_id=case.owner_id,
    )


def _acceptance_withdrawn(case: Case, event: TimelineEvent) -> None:
    finish_items(case, f"case:{case.id}:first_demand")
    count = select(func.count()).where(Claim.case_id == case.id)
    _add_new(case, db.session.scalar(count) or 0)


#: Kind of letter -> what it answers, so that nobody is asked for it any more.
_ANSWERED_BY = {
    LetterKind.OBJECTION_REPLY: ("objection_decided",),
    LetterKind.REQUEST_ANSWER: ("instalments_asked",),
    LetterKind.REMINDER: ("refuses_to_pay",),
    LetterKind.PLAN_OFFER: ("instalments_asked", "question_asked"),
}


def _letter_written(case: Case, event: TimelineEvent) -> None:
    replying.on_letter(case, event)
    kind = LetterKind(event.params["letter_code"])
    finish_reasons(case, *_ANSWERED_BY.get(kind, ()))
    answer_by_letter(case, kind)


def _letter_released(case: Case, event: TimelineEvent) -> None:
    _letter_written(case, event)
    pay_by = event.params.get("pay_by_on")
    if not pay_by:
        return
    finish_items(case, f"case:{case.id}:first_demand", f"case:{case.id}:deadline")
    add_item(
        case,
        WorkQueue.STEP_DUE,
        "deadline_passed",
        f"case:{case.id}:deadline",
        since=_oldest_due(case),
        # Money takes a day to be booked: the case comes up when it can be seen.
        visible_on=date.fromisoformat(pay_by) + timedelta(days=2),
        owner_id=case.owner_id,
        pay_by_on=pay_by,
    )


def _objection_raised(case: Case, event: TimelineEvent) -> None:
    finish_items(case, f"case:{case.id}:objection_unrecorded")
    add_item(
        case,
        WorkQueue.OBJECTION,
        "objection_open",
        f"objection:{event.params['objection_id']}",
        owner_id=case.owner_id,
        kind_code=event.params["kind_code"],
    )


#: What is to be done about an objection only until its verdict.
_OF_VERIFICATION = ("evidence", "silent", "limitation", "letter")


def _evidence_asked(case: Case, event: TimelineEvent) -> None:
    """What the debtor must bring is asked for by a letter."""
    if event.params["from_debtor"] == "yes":
        add_item(
            case,
            WorkQueue.OBJECTION,
            "evidence_letter",
            f"objection:{event.params['objection_id']}:letter",
            owner_id=case.owner_id,
            due_on=event.params["due_on"],
        )


def _evidence_arrived(case: Case, event: TimelineEvent) -> None:
    cause = f"objection:{event.params['objection_id']}"
    finish_items(case, f"{cause}:silent")
    add_item(
        case,
        WorkQueue.OBJECTION,
        "evidence_arrived",
        f"{cause}:evidence",
        owner_id=case.owner_id,
        from_code=event.params["from_code"],
    )


def _complaint_answered(case: Case, event: TimelineEvent) -> None:
    if case.closed_at is None:
        add_item(
            case,
            WorkQueue.TASK,
            "complaint_answered",
            f"complaint:{event.params['complaint_id']}",
            owner_id=case.owner_id,
        )


def _objection_decided(case: Case, event: TimelineEvent) -> None:
    """An open verdict comes up again on its day; any other asks for a reply to the debtor."""
    refresh_amounts(case)
    cause = f"objection:{event.params['objection_id']}"
    finish_items(case, cause)
    if not event.params.get("again_on"):
        finish_items(case, *(f"{cause}:{what}" for what in _OF_VERIFICATION))
    again_on = event.params.get("again_on")
    if again_on:
        add_item(
            case,
            WorkQueue.OBJECTION,
            "objection_undecided",
            cause,
            visible_on=date.fromisoformat(again_on),
            owner_id=case.owner_id,
            kind_code=event.params["kind_code"],
        )
    else:
        add_item(
            case,
            WorkQueue.TASK,
            "objection_decided",
            f"{cause}:reply",
            owner_id=case.owner_id,
            verdict_code=event.params["verdict_code"],
        )


def _objection_reopened(case: Case, event: TimelineEvent) -> None:
    """The verdict is gone, and with it the reply to the debtor; verification begins again."""
    refresh_amounts(case)
    finish_items(case, f"objection:{event.params['objection_id']}:reply")
    _objection_raised(case, event)


#: What recommending a case to court decides: nobody has to say any more how it goes on.
_UNTIL_COURT = (
    "first_demand", "deadline", "refuses_to_pay", "instalments_asked", "not_reached",
    "number_wrong",
)  # fmt: skip


def _let_go(case: Case, event: TimelineEvent) -> None:
    refresh_amounts(case)
    if event.params.get("open_cents") == 0:
        finish_items(case, *(f"case:{case.id}:{left}" for left in UNTIL_PAID))
        add_item(case, WorkQueue.PAYMENT, "paid_in_full", f"case:{case.id}:paid")


def _document_added(case: Case, event: TimelineEvent) -> None:
    add_item(
        case,
        WorkQueue.ANSWER,
        "document_arrived",
        f"document:{event.params['document_id']}",
        owner_id=case.owner_id,
        name=event.params["name"],
    )


def _report_arrived(case: Case, event: TimelineEvent) -> None:
    add_item(
        case,
        WorkQueue.ANSWER,
        "report_arrived",
        f"report:{event.params['report_id']}",
        owner_id=case.owner_id,
        report_code=event.params["report_code"],
        amount_cents=event.params["amount_cents"],
    )


def _payment_reversed(case: Case, event: TimelineEvent) -> None:
    refresh_amounts(case)
    finish_items(case, f"case:{case.id}:paid")
    paid_so = {Outcome.PAID} | ({Outcome.SETTLED} if find_last_fulfilled(case.id) else set())
    if case.phase is Phase.CLOSED and case.outcome in paid_so:
        reopen_unpaid(case.id)
    elif case.phase is not Phase.CLOSED:
        plan_causes.on_return(case)


def _hold_lifted(case: Case, event: TimelineEvent) -> None:
    finish_items(case, f"hold:{event.params.get('hold_id')}")
    paid_in_time.settle(case)


def _costs_reversed(case: Case, event: TimelineEvent) -> None:
    refresh_amounts(case)
    paid_in_time.settle(case)


def _costs_booked(case: Case, event: TimelineEvent) -> None:
    refresh_amounts(case)
    lump_sum_watch.on_costs(case)


_RULES: dict[str, Callable[[Case, TimelineEvent], None]] = {
    **contact_causes.RULES,
    **visit_causes.RULES,
    **plan_causes.RULES,
    **approval_causes.RULES,
    "case.opened": _opened,
    "claim.added": lambda case, _: refresh_amounts(case),
    "case.accepted": _accepted,
    "case.acceptance_withdrawn": _acceptance_withdrawn,
    "court.sent": lambda case, _: finish_items(
        case, *(f"case:{case.id}:{left}" for left in _UNTIL_COURT)
    ),
    "letter.released": _letter_released,
    "letter.written": _letter_written,
    "complaint.answered": _complaint_answered,
    "objection.evidence_arrived": _evidence_arrived,
    "objection.evidence_asked": _evidence_asked,
    "objection.raised": _objection_raised,
    "objection.decided": _objection_decided,
    "objection.reopened": _objection_reopened,
    "document.added": _document_added,
    "report.arrived": _report_arrived,
    "report.answered": lambda case, event: finish_items(
        case, f"report:{event.params['report_id']}"
    ),
    "payment.reversed": _payment_reversed,
    "remainder.let_go": _let_go,
    "costs.booked": _costs_booked,
    "costs.reversed": _costs_reversed,
    "hold.lifted": _hold_lifted,
    "limitation.kind": limitation_causes.on_kind,
    "limitation.set": limitation_causes.on_day,
    "limitation.withdrawn": limitation_causes.on_kind,
}


def _oldest_due(case: Case) -> date:
    oldest = db.session.scalar(
        select(func.min(func.coalesce(Claim.due_on, Claim.invoiced_on))).where(
            Claim.case_id == case.id
        )
    )
    return oldest or case.opened_on
