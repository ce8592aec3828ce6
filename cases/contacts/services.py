"""Entries of the contact log, and what follows from one at once."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from cases.claims import timeline
from cases.claims.models import Case, HoldReason, Phase
from cases.claims.queries import list_open_holds, lock_case
from cases.claims.reaching.allowed import Channel
from cases.claims.services import is_unrecorded, require_open, set_hold
from cases.contacts.approach import approach
from cases.contacts.catalogue import outcomes
from cases.contacts.commitments import CommitmentGiven, make_commitment
from cases.contacts.errors import (
    ApproachNotAllowed,
    CallBackIncomplete,
    DueInPast,
    HappenedLater,
    IdentityNotConfirmed,
    NonPaymentReasonMissing,
    OutcomeMissing,
    OutcomeOfOtherChannel,
    PromiseIncomplete,
)
from cases.contacts.hours import CallingHours
from cases.contacts.models import (
    Contact,
    ContactChannel,
    ContactDirection,
    ContactOutcome,
    NonPaymentReason,
)
from cases.contacts.promises import PromiseGiven, give_promise
from cases.contacts.requests import RequestKind, RequestWish, note_request
from cases.core import audit, clock
from cases.core.database import db
from cases.letters.announced import announcements
from cases.parties.debtor_contacts import confirm_right_person
from cases.parties.debtor_models import DebtorContact, DebtorRole
from cases.payments.cash.services import CashGiven, receive_cash

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
    answer_by: date | None = None  # By when, where a day was named.

    @property
    def outbound(self) -> bool:
        """Whether we began it, which has its rules."""
        return self.direction is ContactDirection.OUTBOUND

    @property
    def approaches(self) -> bool:
        """Whether we went to the debtor in person."""
        return self.channel in EVENTS and self.outbound


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
    cash: CashGiven | None = None,
    follow_up: FollowUp | None = None,
    hours: CallingHours = CallingHours(),  # noqa: B008 - frozen, the house's safe default
) -> Contact:
    """Note a contact and what came of it. An objection holds the case until it is recorded.

    Raises:
        ApproachNotAllowed, HappenedLater,
        OutcomeMissing, OutcomeOfOtherChannel, NonPaymentReasonMissing, IdentityNotConfirmed,
        PromiseIncomplete, PromiseInPast, PromiseTooHigh, CallBackIncomplete, DueInPast, CaseClosed,
        CashAmountMissing and what keeps a case from taking money.
    """
    case = lock_case(case_id)
    _require_complete(details, promise, commitment)
    happened_at = _require_allowed(case, details, hours)
    if details.outcome is ContactOutcome.CASH:
        # Before the entry: what is left to do depends on what is open behind it.
        receive_cash(case, cash or CashGiven(0), clock.local(happened_at).date())
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
        give_promise(case, contact, promise)
    if commitment is not None:
        make_commitment(case, commitment)
    if follow_up is not None:
        _follow_up(case, follow_up)
    return contact


def set_follow_up(case_id: int, follow_up: FollowUp) -> None:
    """Let a case come up again on a day; raises CaseClosed, DueInPast."""
    _follow_up(lock_case(case_id), follow_up)


def _asked_for(details: ContactDetails) -> RequestWish | None:
    """A question needs an answer, whatever else was said."""
    question = details.outcome is ContactOutcome.QUESTION
    kind = details.request or (RequestKind.QUESTION if question else None)
    return RequestWish(kind, details.note or "", details.answer_by) if kind else None


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
