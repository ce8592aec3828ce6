"""The timeline of a case: what happened, as a code and parameters; the edge words it."""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import select, tuple_

from cases.claims.models import Case, TimelineEvent
from cases.core import audit, clock
from cases.core.copying import RowSet, insert_sets
from cases.core.database import db
from legal.errors import InvariantBroken
from legal.findings import N_

#: Kind of event -> English sentence. Amounts end in `_cents`, days in `_on`; the edge formats
#: them before it fills them in.
SENTENCES = {
    "case.opened": N_("Case opened. Claims: {claims}, principal: {principal_cents}"),
    "claim.added": N_("Claim {invoice_number} added, {principal_cents}"),
    "client.asked": N_("The client is asked: {asked_code}, answer by {due_on}"),
    "client.agreed": N_("The client agreed: {asked_code}"),
    "client.refused": N_("The client refused: {asked_code}"),
    "client.silent": N_("The client did not answer in time: {asked_code}"),
    "client.not_asked": N_(
        "The client is not asked any more until the objection is decided: {asked_code}"
    ),
    "claim.origin_set": N_("Original creditor of {invoice_number} noted anew"),
    "case.accepted": N_("Order accepted"),
    "case.acceptance_withdrawn": N_("Acceptance taken back; the order is examined again"),
    "case.refused": N_("Order not accepted: {reason}"),
    "case.closed": N_("Case closed: {ending_code}. {reason}"),
    "remainder.left": N_("{amount_cents} are still owed; we no longer collect them"),
    "case.reopened": N_("Case opened again: {reason}"),
    "case.unpaid_again": N_("Case opened again: its payment was taken back"),
    "hold.set": N_("Dunning stands still: {reason_code}"),
    "hold.lifted": N_("Dunning goes on"),
    "letter.released": N_("Letter {number} released, payable by {pay_by_on}"),
    "letter.written": N_("Letter {number} released: {letter_code}"),
    "letter.cancelled": N_("Letter {number} was not sent: the case has ended"),
    "letter.time_barred": N_("Letter {number} about a time-barred claim, by legal: {why}"),
    "letter.sent": N_("Letter {number} sent"),
    "contact.phone": N_("Phone call: {outcome_code}"),
    "contact.visit": N_("Visit: {outcome_code}"),
    "contact.meeting": N_("Meeting: {outcome_code}"),
    "contact.written": N_("Message received"),
    "contact.sent": N_("Message sent by hand: {channel_code}"),
    "contact.corrected": N_("Entry of the contact log put right"),
    "contact.overridden": N_("Rule of contact set aside ({rule_code}): {why}"),
    "request.asked": N_("The debtor asks: {request_code}, answer by {due_on}"),
    "request.answered": N_("Answered: {request_code}"),
    "visit.planned": N_("Visit planned for {due_on}"),
    "visit.asked": N_("Visit on {due_on} waits for the client"),
    "visit.client_agreed": N_("The client agrees to the visit on {due_on}"),
    "visit.client_silent": N_("The client did not answer about the visit on {due_on}: nobody goes"),
    "visit.client_refused": N_("The client does not want the visit on {due_on}: {why}"),
    "visit.moved": N_("Visit moved to {due_on}: {why}"),
    "visit.moved_asked": N_("Visit that waits for the client moved to {due_on}: {why}"),
    "visit.dropped": N_("Visit of {due_on} is not made, the case has ended"),
    "visit.cancelled": N_("Visit of {due_on} cancelled: {why}"),
    "cash.received": N_("{amount_cents} received in cash, receipt {number}"),
    "estate.asked": N_("Probate court asked for the heirs: {court}"),
    "estate.heirs": N_("Heirs took the debtor's place: {count}"),
    "estate.heirs_back": N_("Those were not the heirs: taken back"),
    "meeting.planned": N_("Meeting planned for {due_on}"),
    "meeting.moved": N_("Meeting changed, now on {due_on}: {why}"),
    "meeting.dropped": N_("Meeting of {due_on} does not take place, the case has ended"),
    "meeting.cancelled": N_("Meeting of {due_on} cancelled: {why}"),
    "status.told": N_("Asked how it stands: answered"),
    "client_order.taken": N_("Order of the client by phone ({name}): {order_code}"),
    "debtor.merged": N_("Two records of the debtor were put together"),
    "debtor.unmerged": N_("Two records of the debtor were taken apart again"),
    "promise.made": N_("Payment of {amount_cents} promised for {due_on}"),
    "promise.kept": N_("Promise kept"),
    "promise.part_kept": N_("Promise of {amount_cents} for {due_on} kept in part: {paid_cents}"),
    "promise.broken": N_("Promise of {amount_cents} for {due_on} broken"),
    "objection.raised": N_("Objection recorded: {kind_code}"),
    "objection.decided": N_("Objection decided: {verdict_code}"),
    "objection.reopened": N_("Objection is examined again: {kind_code}"),
    "complaint.recorded": N_("Complaint passed on to the creditor, answer until {due_on}"),
    "complaint.answered": N_("The creditor answered the complaint"),
    "objection.joined": N_("Objection raised again and joined: {kind_code}"),
    "objection.repeated": N_("Objection raised again without anything new: {kind_code}"),
    "authority.shown": N_("Shown to the debtor with letter {number}: {paper_code} of {dated_on}"),
    "objection.rest_released": N_("What is not disputed may be demanded again: {why}"),
    "objection.evidence_asked": N_("Evidence asked for, until {due_on}"),
    "objection.evidence_reminded": N_("Reminded of the evidence, until {due_on}: {from_code}"),
    "objection.evidence_arrived": N_("Answer about the evidence: {from_code}"),
    "payment.received": N_("Payment of {amount_cents} received"),
    "payment.reversed": N_("Payment of {amount_cents} taken back"),
    "payment.designated": N_("Payment of {amount_cents} in the order the debtor chose"),
    "remainder.let_go": N_("{amount_cents} let go: {why}"),
    "remainder.paid_in_time": N_(
        "Paid in time what letter {number} demands: {amount_cents} of interest waived"
    ),
    "costs.booked": N_("Costs of {amount_cents} booked"),
    "costs.reversed": N_("Costs of {amount_cents} taken back"),
    "promise.replaced": N_("Promise of {amount_cents} for {due_on} replaced by a new one"),
    "promise.withdrawn": N_("Promise of {amount_cents} for {due_on} is no longer waited for"),
    "claim.amount_changed": N_(
        "Claim {invoice_number}: amount changed from {before_cents} to {amount_cents}"
    ),
    "claim.reduced": N_("Claim {invoice_number} reduced by {amount_cents}"),
    "commitment.made": N_("We promised for {due_on}: {what}"),
    "commitment.moved": N_("Our promise moved to {due_on}: {what}. {why}"),
    "commitment.kept": N_("We kept our promise: {what}"),
    "commitment.withdrawn": N_("Not done any more, the case has ended: {what}"),
    "default.noted": N_("{name}: in default with {invoice_number} since {default_on}. {why}"),
    "default.withdrawn": N_("{name}: not in default with {invoice_number}. {why}"),
    "debtor.changed": N_("Data of the debtor changed: {why}"),
    "debtor.spokesperson": N_("{name} speaks for the debtor ({spokesperson_code})"),
    "debtor.speaks_himself": N_("The debtor speaks for himself again"),
    "debtor.post_came_back": N_("Post came back on {came_back_on}"),
    "letter.mailed": N_("Letter {number} sent by e-mail"),
    "letter.mail_failed": N_("Letter {number} was not delivered by e-mail"),
    "debtor.refused_mail": N_("The debtor wants no e-mails"),
    "post.arrived": N_("Post arrived: {name}"),
    "address.inquired": N_("Address asked for: {provider}, {cost_cents}"),
    "strategy.chosen": N_("Another strategy: {why}"),
    "document.added": N_("Document of the creditor: {name}"),
    "note.added": N_("Note"),
    "note.corrected": N_("Note corrected"),
    "note.withdrawn": N_("Note withdrawn: {why}"),
    "report.answered": N_("Answered to the creditor: {report_code}"),
    "report.arrived": N_("Reported by the creditor: {report_code} {amount_cents}"),
    "limitation.noted": N_("Event for limitation noted: {event_code}"),
    "limitation.confirmed": N_("Event for limitation confirmed: {event_code}"),
    "limitation.kind": N_("Kind of claim for limitation: {limitation_kind_code}"),
    "limitation.set": N_("Last day before limitation set to {last_day_on}: {why}"),
    "limitation.withdrawn": N_("Last day set by hand withdrawn: the law's computation counts"),
    "follow_up.set": N_("Follow-up set for {due_on}"),
    "work.postponed": N_("Put off until {due_on}: {why}"),
    "court.sent": N_("Recommended to court: {why}"),
    "court.returned": N_("Not filed, worked out of court again: {why}"),
    "court.filed": N_("Application to the court handed over: {filing_code}"),
    "court.event": N_("Court: {court_event_code} on {happened_on}"),
    "court.cost": N_("The court asks for {amount_cents}, payable by {due_on}"),
    "court.fee_paid": N_("Court costs of {amount_cents} paid"),
    "court.title": N_("Enforceable title of {issued_on}"),
    "court.handed_to_lawyer": N_("Handed over to a lawyer for litigation"),
    "plan.asked": N_("Plan over {amount_cents} waits for approval"),
    "plan.client_agreed": N_("The client agrees to the plan"),
    "plan.client_refused": N_("The client refuses the plan"),
    "plan.offered": N_(
        "Plan offered: {instalments} instalments, {amount_cents} in all, the last on {last_on}"
    ),
    "plan.started": N_("The debtor pays by instalments: {amount_cents} from {due_on} to {last_on}"),
    "plan.broken": N_("Plan broken: {amount_cents}, due on {due_on}, did not come"),
    "plan.resumed": N_("The debtor has until {until_on} to catch up"),
    "plan.returned": N_("An instalment went back: {amount_cents} are due again, until {until_on}"),
    "mandate.asked": N_("Mandate {number} for direct debits sent to be signed"),
    "mandate.signed": N_("Mandate {number} is signed; the debits were announced"),
    "mandate.ended": N_("The mandate for direct debits has ended: {why}"),
    "plan.overpaid": N_("Paid above the plan: {amount_cents}"),
    "plan.not_offered": N_("The plan was agreed to and could not be offered"),
    "plan.rest_open": N_("All instalments paid, {amount_cents} still open"),
    "plan.fulfilled": N_("Plan fulfilled"),
    "plan.ended": N_("Plan ended: {ended_code}. {why}"),
}

#: What a creditor may see of its case: listed, so that a new kind of event stays in the house
#: until somebody decides otherwise. Notes about the debtor's person are never among them.
CREDITOR_VISIBLE = frozenset({
    "case.acceptance_withdrawn",
    "case.accepted",
    "case.closed",
    "case.opened",
    "case.refused",
    "case.reopened",
    "case.unpaid_again",
    "claim.added",
    "claim.amount_changed",
    "claim.reduced",
    "client.agreed",
    "client.asked",
    "client.not_asked",
    "client.refused",
    "client.silent",
    "client_order.taken",
    "complaint.answered",
    "complaint.recorded",
    "contact.phone",
    "contact.sent",
    "contact.written",
    "costs.booked",
    "costs.reversed",
    "court.cost",
    "court.event",
    "court.fee_paid",
    "court.filed",
    "court.handed_to_lawyer",
    "court.returned",
    "court.sent",
    "court.title",
    "document.added",
    "hold.lifted",
    "letter.cancelled",
    "letter.released",
    "letter.sent",
    "letter.written",
    "objection.decided",
    "objection.evidence_arrived",
    "objection.evidence_asked",
    "objection.raised",
    "objection.reopened",
    "payment.received",
    "payment.reversed",
    "plan.asked",
    "plan.broken",
    "plan.client_agreed",
    "plan.client_refused",
    "plan.ended",
    "plan.fulfilled",
    "plan.offered",
    "plan.resumed",
    "plan.returned",
    "plan.started",
    "promise.broken",
    "promise.kept",
    "promise.made",
    "promise.part_kept",
    "remainder.left",
    "remainder.let_go",
    "remainder.paid_in_time",
    "report.answered",
    "report.arrived",
    "status.told",
    "visit.asked",
    "visit.client_agreed",
    "visit.client_silent",
    "visit.client_refused",
})  # fmt: skip

_COLUMNS = (
    "occurred_on", "case_id", "creditor_id", "at", "actor_id", "kind", "params",
    "creditor_visible",
)  # fmt: skip

#: Later concepts that act on what happens, in the same transaction (work items, for one).
LISTENERS: list[Callable[[Case, TimelineEvent], None]] = []


@dataclass(frozen=True, slots=True)
class Happened:
    """What happens to one of many cases; what is aside is for who listens and is not kept."""

    case_id: int
    creditor_id: int
    kind: str
    params: Mapping[str, Any]
    aside: Mapping[str, Any] = field(default_factory=dict)


#: The same for what happens to many cases at once; what follows from it is recorded with it.
MANY_LISTENERS: list[Callable[[Sequence[Happened]], Sequence[Happened]]] = []
#: Called behind it, when all is recorded: what they do has events of its own.
MANY_FOLLOWERS: list[Callable[[Sequence[Happened]], None]] = []


def record(case: Case, kind: str, **params: Any) -> TimelineEvent:
    """Note what happened, for the people in the timeline and for the audit trail."""
    if kind not in SENTENCES:
        raise InvariantBroken(kind)
    event = TimelineEvent(
        occurred_on=clock.today(),
        case_id=case.id,
        creditor_id=case.creditor_id,
        at=clock.now(),
        actor_id=audit.actor_id(),
        kind=kind,
        params={name: _plain(value) for name, value in params.items()},
        creditor_visible=kind in CREDITOR_VISIBLE,
    )
    db.session.add(event)
    db.session.flush()
    audit.record(kind, "case", case.id, creditor_id=case.creditor_id, **params)
    for listener in LISTENERS:
        listener(case, event)
    return event


def record_many(
    kind: str, creditor_id: int, happened: Sequence[tuple[int, Mapping[str, Any]]]
) -> None:
    """Note the same kind of event for many cases of one creditor: (case id, parameters) each."""
    record_all([Happened(case_id, creditor_id, kind, params) for case_id, params in happened])


def record_all(events: Sequence[Happened]) -> None:
    """Note events of many cases, and what those who listen add, in one set.

    The audit trail has one row per bulk job, which is its caller's.
    """
    following = [each for listener in MANY_LISTENERS for each in listener(events)]
    written = [*events, *following]
    unknown = {each.kind for each in written} - SENTENCES.keys()
    if unknown:
        raise InvariantBroken(", ".join(sorted(unknown)))
    common = {
        "occurred_on": clock.today(),
        "at": clock.now().isoformat(),
        "actor_id": audit.actor_id(),
    }
    insert_sets(
        RowSet(
            "timeline_events",
            _COLUMNS,
            [
                common
                | {
                    "case_id": each.case_id,
                    "creditor_id": each.creditor_id,
                    "kind": each.kind,
                    "params": {name: _plain(value) for name, value in each.params.items()},
                    "creditor_visible": each.kind in CREDITOR_VISIBLE,
                }
                for each in written
            ],
        )
    )
    for follow in MANY_FOLLOWERS:
        follow(events)


def list_events(
    case_id: int,
    *,
    before: tuple[Any, int] | None = None,
    kinds: Collection[str] | None = None,
    limit: int = 50,
) -> list[TimelineEvent]:
    """The timeline, newest first; `before` is the last event seen (keyset)."""
    query = select(TimelineEvent).where(TimelineEvent.case_id == case_id)
    if kinds is not None:
        query = query.where(TimelineEvent.kind.in_(kinds))
    if before is not None:
        query = query.where(tuple_(TimelineEvent.at, TimelineEvent.id) < before)
    query = query.order_by(TimelineEvent.at.desc(), TimelineEvent.id.desc()).limit(limit)
    return list(db.session.scalars(query))


def _plain(value: Any) -> Any:
    return value if isinstance(value, int | None) else str(value)
