"""Entries of the contact log, with the promises and commitments that come of them."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import Select, select

from cases.claims import timeline
from cases.claims.models import Case, HoldReason, Phase
from cases.claims.queries import list_open_holds, lock_case
from cases.claims.services import ReasonMissing, is_unrecorded, require_open, set_hold
from cases.contacts.allowed import Channel
from cases.contacts.approach import approach
from cases.contacts.catalogue import outcomes
from cases.contacts.errors import (
    ApproachNotAllowed,
    CallBackIncomplete,
    CommitmentKept,
    DueInPast,
    HappenedLater,
    IdentityNotConfirmed,
    NonPaymentReasonMissing,
    OutcomeMissing,
    OutcomeOfOtherChannel,
    PromiseIncomplete,
    PromiseInPast,
    PromiseTooHigh,
)
from cases.contacts.hours import CallingHours
from cases.contacts.models import (
    Commitment,
    CommitmentKind,
    Contact,
    ContactChannel,
    ContactDirection,
    ContactOutcome,
    NonPaymentReason,
    Promise,
    PromiseState,
)
from cases.contacts.queries import get_commitment, list_open_promises, paid_between
from cases.contacts.requests import RequestKind, RequestWish, note_request
from cases.core import audit, clock
from cases.core.database import db
from cases.core.locks import relock
from cases.ledger.services import owed_on
from cases.letters.announced import announcements
from cases.parties.debtor_contacts import confirm_right_person
from cases.parties.debtor_models import DebtorContact, DebtorRole

#: Money takes a day or two to be booked; before that a promise is not called broken.
GRACE = timedelta(days=2)
#: Channel -> kind of event; everything in writing is one kind, by who began it.
EVENTS = {
    ContactChannel.PHONE: "contact.phone",
    ContactChannel.VISIT: "contact.visit",
    ContactChannel.MEETING: "contact.meeting",
}
WRITTEN = {
    ContactDirection.INBOUND: "contact.written",
    ContactDirection.OUTBOUND: "contact.sent",
}
#: Channel -> whose rules it follows. A meeting is agreed, so only the hard ones count for it.
RULES_OF = {
    ContactChannel.PHONE: Channel.PHONE,
    ContactChannel.VISIT: Channel.VISIT,
    ContactChannel.MEETING: Channel.VISIT,
    ContactChannel.EMAIL: Channel.EMAIL,
    ContactChannel.SMS: Channel.SMS,
    ContactChannel.LETTER: Channel.LETTER,
}


@dataclass(frozen=True, slots=True)
class ContactDetails:
    """What happened in a contact."""

    channel: ContactChannel
    direction: ContactDirection = ContactDirection.OUTBOUND
    outcome: ContactOutcome | None = None
    identity_confirmed: bool = False
    person: str | None = None
    right_person: bool | None = None
    reason: NonPaymentReason | None = None
    number_used: str | None = None
    note: str | None = None
    debtor_id: int | None = None
    happened_at: datetime | None = None  # None: now.
    role: DebtorRole | None = None
    contact: DebtorContact | None = None  # Whom of those we know.
    chaser: bool = False
    next_step: str | None = None
    file_id: int | None = None
    guide: str | None = None
    seconds: int | None = None
    himself: bool = False  # The debtor was meant although somebody speaks for him.
    #: Only from somebody who may set a soft rule aside; the edge has asked for that.
    overridden_because: str | None = None
    request: RequestKind | None = None  # What he asked us for besides.

    @property
    def outbound(self) -> bool:
        """Whether we began it, which has its rules."""
        return self.direction is ContactDirection.OUTBOUND

    @property
    def approaches(self) -> bool:
        """Whether we went to the debtor in person."""
        return self.channel in EVENTS and self.outbound


@dataclass(frozen=True, slots=True)
class PromiseGiven:
    """Amount and day that the debtor named."""

    amount_cents: int
    due_on: date


@dataclass(frozen=True, slots=True)
class CommitmentGiven:
    """What we said we would do, and when."""

    what: str
    due_at: datetime
    kind: CommitmentKind = CommitmentKind.CALL_BACK


@dataclass(frozen=True, slots=True)
class FollowUp:
    """A day on which the case comes up again (Wiedervorlage)."""

    due_on: date
    note: str = ""
    owner_id: int | None = None  # None: whoever has the case.


def log_contact(
    case_id: int,
    details: ContactDetails,
    *,
    promise: PromiseGiven | None = None,
    commitment: CommitmentGiven | None = None,
    follow_up: FollowUp | None = None,
    hours: CallingHours = CallingHours(),  # noqa: B008 - frozen, the house's safe default
) -> Contact:
    """Note a contact and what came of it. An objection holds the case until it is recorded.

    Raises:
        ApproachNotAllowed, HappenedLater,
        OutcomeMissing, OutcomeOfOtherChannel, NonPaymentReasonMissing, IdentityNotConfirmed,
        PromiseIncomplete, PromiseInPast, PromiseTooHigh, CallBackIncomplete, DueInPast, CaseClosed.
    """
    case = lock_case(case_id)
    _require_complete(details, promise, commitment)
    happened_at = _require_allowed(case, details, hours)
    contact = _write(case, details, happened_at)
    if details.approaches:
        announcements.keep([case.id], announcements.CALL)
        if details.channel is ContactChannel.VISIT:
            announcements.keep([case.id], announcements.VISIT)
    if details.contact is not None and details.right_person:
        confirm_right_person(details.contact, contact.occurred_on)
    if details.outcome is ContactOutcome.OBJECTION:
        _hold_until_recorded(case)
    if wish := _asked_for(details):
        note_request(case, wish, contact.id)
    if promise is not None:
        _promise(case, contact, promise)
    if commitment is not None:
        make_commitment(case, commitment)
    if follow_up is not None:
        _follow_up(case, follow_up)
    return contact


def set_follow_up(case_id: int, follow_up: FollowUp) -> None:
    """Let a case come up again on a day; raises CaseClosed, DueInPast."""
    _follow_up(lock_case(case_id), follow_up)


def make_commitment(case: Case, given: CommitmentGiven) -> Commitment:
    """Note what we promised (Zusage des Büros); the worklist reminds us."""
    require_open(case)
    if given.due_at < clock.now():
        raise DueInPast
    commitment = Commitment(
        case_id=case.id,
        creditor_id=case.creditor_id,
        kind=given.kind,
        what=given.what.strip(),
        due_at=given.due_at,
        owner_id=audit.actor_id(),
    )
    db.session.add(commitment)
    db.session.flush()
    timeline.record(
        case,
        "commitment.made",
        commitment_id=commitment.id,
        what=commitment.what,
        due_on=clock.local(given.due_at).date(),
        due_at=given.due_at.isoformat(),
    )
    return commitment


def lock_commitment(public_id: str) -> Commitment:
    """The commitment of that public id, locked, its case before it; raises NotFound."""
    found = get_commitment(public_id)
    lock_case(found.case_id)
    relock(found)
    return found


def move_commitment(commitment: Commitment, due_at: datetime, why: str, *, told: bool) -> None:
    """Move what we promised to a later time; a debtor who does not know it has to be told.

    Raises:
        ReasonMissing, DueInPast, CommitmentKept, CaseClosed.
    """
    case = lock_case(commitment.case_id)
    relock(commitment)
    require_open(case)
    if commitment.kept_at is not None or commitment.withdrawn_at is not None:
        raise CommitmentKept
    if not why.strip():
        raise ReasonMissing
    if due_at <= clock.now():
        raise DueInPast
    commitment.first_due_at = commitment.first_due_at or commitment.due_at
    commitment.due_at, commitment.moved_reason = due_at, why.strip()
    timeline.record(
        case,
        "commitment.moved",
        commitment_id=commitment.id,
        what=commitment.what,
        due_on=clock.local(due_at).date(),
        due_at=due_at.isoformat(),
        why=why.strip(),
        told="yes" if told else "no",
    )


def keep_commitment(commitment: Commitment) -> None:
    """Note that we did what we promised; raises CommitmentKept."""
    case = lock_case(commitment.case_id)
    relock(commitment)
    if commitment.kept_at is not None or commitment.withdrawn_at is not None:
        raise CommitmentKept
    commitment.kept_at = clock.now()
    timeline.record(case, "commitment.kept", commitment_id=commitment.id, what=commitment.what)


def cases_with_promises_due(today: date) -> Select[int]:
    """Cases with a promise whose day, and the days that money takes, have passed."""
    return (
        select(Promise.case_id)
        .where(Promise.state == PromiseState.OPEN, Promise.due_on < today - GRACE)
        .group_by(Promise.case_id)
    )


def settle_promises(case_id: int, today: date) -> int:
    """Settle the promises of a case whose day has passed: kept if the money came, else broken.

    Returns how many were broken. Run again for the same day it finds nothing left to do.
    """
    case = lock_case(case_id)
    due = [each for each in list_open_promises(case_id) if each.due_on < today - GRACE]
    broken = 0
    for promise in due:
        first_day = clock.local(promise.made_at).date()
        paid = paid_between(case_id, first_day, promise.due_on + GRACE)
        kept = paid >= promise.amount_cents
        broken += not kept
        settle_promise(case, promise, _became(promise, paid), paid)
    return broken


def keep_paid_promises(case: Case) -> None:
    """What came before its day is kept at once, whichever claim it was for; nobody waits on."""
    for promise in list_open_promises(case.id):
        first_day = clock.local(promise.made_at).date()
        if paid_between(case.id, first_day, promise.due_on + GRACE) >= promise.amount_cents:
            settle_promise(case, promise, PromiseState.KEPT)


def _became(promise: Promise, paid_cents: int) -> PromiseState:
    if paid_cents >= promise.amount_cents:
        return PromiseState.KEPT
    return PromiseState.PART_KEPT if paid_cents > 0 else PromiseState.BROKEN


def _asked_for(details: ContactDetails) -> RequestWish | None:
    """A question needs an answer, whatever else was said."""
    question = details.outcome is ContactOutcome.QUESTION
    kind = details.request or (RequestKind.QUESTION if question else None)
    return RequestWish(kind, details.note or "") if kind else None


def _require_complete(
    details: ContactDetails, promise: PromiseGiven | None, commitment: CommitmentGiven | None
) -> None:
    outcome = details.outcome
    if outcome is None:
        if details.channel in EVENTS:
            raise OutcomeMissing
        return
    row = outcomes()[outcome]
    if details.channel not in row.channels:
        raise OutcomeOfOtherChannel
    # Whoever was reached is asked why: the answer decides what helps (S2-01).
    if row.asks_reason and details.reason is None and details.channel in EVENTS:
        raise NonPaymentReasonMissing
    if row.personal and not details.identity_confirmed:
        raise IdentityNotConfirmed
    if outcome is ContactOutcome.PROMISE and promise is None:
        raise PromiseIncomplete
    if outcome is ContactOutcome.CALL_BACK and commitment is None:
        raise CallBackIncomplete


def _require_allowed(case: Case, details: ContactDetails, hours: CallingHours) -> datetime:
    """The rule of contacts, whoever calls this service; answers when it happened."""
    happened_at = details.happened_at or clock.now()
    if happened_at > clock.now():
        raise HappenedLater
    channel = RULES_OF.get(details.channel)
    if not details.outbound or channel is None:
        return happened_at
    found = approach(
        case, channel, happened_at, hours, himself=details.himself, debtor_id=details.debtor_id
    )
    against = found.judgement.reasons
    if details.channel is ContactChannel.MEETING:
        against = found.hard
    if found.hard or (against and not (details.overridden_because or "").strip()):
        raise ApproachNotAllowed
    for reason in against:
        timeline.record(
            case, "contact.overridden", rule_code=reason.value, why=details.overridden_because
        )
    return happened_at


def _hold_until_recorded(case: Case) -> None:
    """What an objection is against is not known yet, so the whole case stands still meanwhile."""
    waiting = (hold for hold in list_open_holds(case.id) if is_unrecorded(hold))
    if case.phase is not Phase.CLOSED and next(waiting, None) is None:
        set_hold(case, HoldReason.OBJECTION)


def _write(case: Case, details: ContactDetails, happened_at: datetime) -> Contact:
    contact = Contact(
        occurred_on=clock.local(happened_at).date(),
        case_id=case.id,
        creditor_id=case.creditor_id,
        debtor_id=details.debtor_id,
        at=happened_at,
        user_id=audit.actor_id(),
        channel=details.channel,
        direction=details.direction,
        outcome=details.outcome,
        person=details.person,
        right_person=details.right_person,
        reason=details.reason,
        number_used=details.number_used,
        note=details.note,
        role=details.role or (details.contact.role if details.contact else None),
        debtor_contact_id=details.contact.id if details.contact else None,
        chaser=details.chaser,
        next_step=details.next_step,
        file_id=details.file_id,
        guide=details.guide,
        seconds=details.seconds,
        overridden_because=details.overridden_because,
    )
    db.session.add(contact)
    db.session.flush()
    # Notes and names stay in the contact log: the creditor reads the timeline.
    told: dict[str, Any] = {"contact_id": contact.id, "channel_code": details.channel.value}
    if details.outcome is not None:
        told["outcome_code"] = details.outcome.value
    kind = EVENTS.get(details.channel) or WRITTEN[details.direction]
    timeline.record(case, kind, **told)
    return contact


def _promise(case: Case, contact: Contact, given: PromiseGiven) -> Promise:
    require_open(case)
    if given.amount_cents <= 0:
        raise PromiseIncomplete
    if given.due_on < clock.today():
        raise PromiseInPast
    if given.amount_cents > owed_on(case, given.due_on).open_cents:
        raise PromiseTooHigh
    for earlier in list_open_promises(case.id):
        settle_promise(case, earlier, PromiseState.REPLACED)
    promise = Promise(
        case_id=case.id,
        creditor_id=case.creditor_id,
        contact_id=contact.id,
        amount_cents=given.amount_cents,
        currency=case.currency,
        due_on=given.due_on,
        state=PromiseState.OPEN,
        made_at=clock.now(),
    )
    db.session.add(promise)
    db.session.flush()
    timeline.record(
        case,
        "promise.made",
        promise_id=promise.id,
        amount_cents=given.amount_cents,
        due_on=given.due_on,
    )
    return promise


def settle_promise(
    case: Case, promise: Promise, state: PromiseState, paid_cents: int | None = None
) -> None:
    """Note what became of a promise, and what of it came where it was kept in part."""
    promise.state, promise.settled_at = state, clock.now()
    came = {"paid_cents": paid_cents} if state is PromiseState.PART_KEPT else {}
    timeline.record(
        case,
        f"promise.{state.value}",
        promise_id=promise.id,
        amount_cents=promise.amount_cents,
        due_on=promise.due_on,
        **came,
    )


def _follow_up(case: Case, follow_up: FollowUp) -> None:
    require_open(case)
    if follow_up.due_on < clock.today():
        raise DueInPast
    timeline.record(
        case,
        "follow_up.set",
        due_on=follow_up.due_on,
        note=follow_up.note.strip(),
        owner_id=follow_up.owner_id or case.owner_id,
    )
