"""What to do next in a case: each open work item with its reason and the way to do it."""

from collections.abc import Sequence
from dataclasses import dataclass

from flask import url_for
from flask_babel import gettext

from cases.claims.models import Case
from cases.claims.reports import find_report
from cases.core import clock
from cases.objections.models import Objection
from cases.worklist.by_hand import BY_HAND
from cases.worklist.models import WorkItem, WorkQueue
from legal.findings import N_
from portal.wording import ahead_words, reason_words

#: Reason -> where it is done, what the button says, its icon, who may.
WAYS = {
    "new_case": ("cases.show", N_("Review order"), "list-checks", "case.accept"),
    "first_demand_due": ("letters.prepare", N_("Prepare letter"), "mail", "letter.send"),
    "deadline_passed": ("contacts.call", N_("Call debtor"), "phone", "contact.log"),
    "call_back": ("contacts.call", N_("Call debtor"), "phone", "contact.log"),
    "tell_moved": ("contacts.call", N_("Call debtor"), "phone", "contact.log"),
    "objection_unrecorded": (
        "objections.new", N_("Record objection"), "shield-question", "objection.record",
    ),
    "promise_broken": ("contacts.call", N_("Call debtor"), "phone", "contact.log"),
    "paid_in_full": ("case_end.close", N_("Close case"), "check", "case.accept"),
}  # fmt: skip


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
    case: Case, items: Sequence[WorkItem], objections: Sequence[Objection]
) -> list[NextStep]:
    """What is to be done, what is due first."""
    steps = [_step(case, item, objections) for item in items]
    return sorted(steps, key=lambda step: not step.due)


def _step(case: Case, item: WorkItem, objections: Sequence[Objection]) -> NextStep:
    due = item.visible_on <= clock.today()
    title, detail = reason_words(item) if due else ahead_words(item)
    url, label, icon, permission = _way(case, item, objections)
    return NextStep(
        item=item,
        title=title,
        detail=detail,
        url=url,
        label=label,
        icon=icon,
        permission=permission,
        due=due,
        by_hand=item.queue in BY_HAND and item.reason != "paid_in_full",
    )


def _way(
    case: Case, item: WorkItem, objections: Sequence[Objection]
) -> tuple[str | None, str, str, str]:
    if item.queue is WorkQueue.OBJECTION:
        objection = next((o for o in objections if item.cause == f"objection:{o.id}"), None)
        if objection is not None:
            address = url_for("objections.show", objection_public_id=objection.public_id)
            return address, gettext("Verify objection"), "shield-question", "objection.decide"
    if item.reason == "report_arrived":
        report = find_report(int(item.cause.removeprefix("report:")))
        if report is not None:
            address = url_for("creditor_reports.show", report_public_id=report.public_id)
            return address, gettext("Answer report"), "message-square", "contact.log"
    if item.reason not in WAYS:
        return None, "", "", "case.view"
    endpoint, label, icon, permission = WAYS[item.reason]
    anchor = "review" if item.reason == "new_case" else None
    address = url_for(endpoint, case_public_id=case.public_id, _anchor=anchor)
    return address, gettext(label), icon, permission
