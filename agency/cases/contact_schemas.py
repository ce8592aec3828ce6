"""What people enter about a call, a visit or a message."""

from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any

from marshmallow import Schema, ValidationError, fields, post_load, pre_load, validate

from cases.contacts.catalogue import was_reached
from cases.contacts.commitments import CommitmentGiven
from cases.contacts.learning import Learned
from cases.contacts.models import (
    ContactChannel,
    ContactDirection,
    ContactOutcome,
    NonPaymentReason,
)
from cases.contacts.promises import PromiseGiven
from cases.contacts.requests import RequestKind
from cases.contacts.services import ContactDetails, FollowUp
from cases.core import clock
from cases.parties.debtor_models import DebtorRole
from legal.findings import N_
from portal.shell.forms import Amount, Day

CONFIRMED = "confirmed"
IDENTITIES = (CONFIRMED, "somebody_else", "nobody")
#: What a message may say; the first is what it is opened for most often.
WRITTEN_OUTCOMES = (
    ContactOutcome.QUESTION,
    ContactOutcome.OBJECTION,
    ContactOutcome.PROMISE,
    ContactOutcome.INSTALMENTS,
    ContactOutcome.REACHED_PAYS,
    ContactOutcome.REFUSES,
)
NOTHING = "nothing"  # Read, and nothing comes of it.
NOTHING_NEW = Learned()
CLOCK_WRONG = N_("Please write the time like 14:30.")


class ClockTime(fields.Field[time]):
    """A time of day as people type it: 9:30 or 14.30."""

    def _deserialize(self, value: Any, *_: Any, **__: Any) -> time:
        hours, _sign, minutes = str(value).replace(".", ":").removesuffix(" Uhr").partition(":")
        try:
            return time(int(hours), int(minutes or 0))
        except (ValueError, OverflowError):
            from flask_babel import gettext

            raise ValidationError(gettext(CLOCK_WRONG)) from None


@dataclass(frozen=True, slots=True)
class Logged:
    """A contact with what came of it."""

    details: ContactDetails
    promise: PromiseGiven | None
    commitment: CommitmentGiven | None
    follow_up: FollowUp | None
    learned: Learned = NOTHING_NEW
    cash_cents: int | None = None


class ContactSchema(Schema):
    """A call or a visit; what belongs to another outcome is left out."""

    direction = fields.Enum(ContactDirection, by_value=True, load_default=ContactDirection.OUTBOUND)
    identity = fields.String(load_default="")
    person = fields.String(load_default=None)
    right_person = fields.Boolean(load_default=None)
    outcome = fields.Enum(ContactOutcome, by_value=True, required=True)
    reason = fields.Enum(NonPaymentReason, by_value=True, load_default=None)
    promise_amount = Amount(load_default=None)
    promise_on = Day(load_default=None)
    cash_amount = Amount(load_default=None)
    call_back_on = Day(load_default=None)
    call_back_at = ClockTime(load_default=None)
    follow_up_on = Day(load_default=None)
    follow_up_note = fields.String(load_default="")
    number_used = fields.String(load_default=None)
    note = fields.String(load_default=None)
    happened_on = Day(load_default=None)
    happened_at = ClockTime(load_default=None)
    role = fields.Enum(DebtorRole, by_value=True, load_default=None)
    next_step = fields.String(load_default=None)
    request_kind = fields.Enum(RequestKind, by_value=True, load_default=None)
    answer_by = Day(load_default=None)
    chaser = fields.Boolean(load_default=False)
    himself = fields.Boolean(load_default=False)
    guide = fields.String(load_default=None, validate=validate.Length(max=80))
    override_because = fields.String(load_default=None)
    new_phone = fields.String(load_default=None)
    new_person = fields.String(load_default=None)
    new_role = fields.Enum(DebtorRole, by_value=True, load_default=None)
    new_street = fields.String(load_default=None)
    new_postcode = fields.String(load_default=None)
    new_city = fields.String(load_default=None)

    def __init__(self, channel: ContactChannel, call_back_words: str) -> None:
        super().__init__()
        self.channel = channel
        self.call_back_words = call_back_words

    @post_load
    def build(self, data: dict[str, Any], **_: Any) -> Logged:
        outcome: ContactOutcome = data["outcome"]
        details = ContactDetails(
            channel=self.channel,
            direction=data["direction"],
            outcome=outcome,
            identity_confirmed=data["identity"] == CONFIRMED,
            person=data["person"],
            right_person=data["right_person"] if was_reached(outcome) else None,
            reason=data["reason"] if was_reached(outcome) else None,
            number_used=data["number_used"],
            note=data["note"],
            happened_at=_happened(data["happened_on"], data["happened_at"]),
            role=data["role"],
            next_step=data["next_step"],
            request=data["request_kind"] if was_reached(outcome) else None,
            answer_by=data["answer_by"],
            chaser=data["chaser"] and data["direction"] is ContactDirection.INBOUND,
            himself=data["himself"],
            guide=data["guide"],
            overridden_because=data["override_because"],
        )
        return Logged(
            details,
            _promise(data),
            self._commitment(data),
            _follow_up_of(data),
            _learned(data),
            data["cash_amount"],
        )

    def _commitment(self, data: dict[str, Any]) -> CommitmentGiven | None:
        day, at = data["call_back_on"], data["call_back_at"]
        if data["outcome"] is not ContactOutcome.CALL_BACK or day is None or at is None:
            return None
        who = f": {data['person']}" if data["person"] else ""
        return CommitmentGiven(self.call_back_words + who, moment_of(day, at))


class MessageSchema(Schema):
    """A message in writing, as a rule one that came in."""

    channel = fields.Enum(ContactChannel, by_value=True, required=True)
    direction = fields.Enum(ContactDirection, by_value=True, load_default=ContactDirection.INBOUND)
    person = fields.String(load_default=None)
    role = fields.Enum(DebtorRole, by_value=True, load_default=None)
    note = fields.String(required=True)
    next_step = fields.String(load_default=None)
    chaser = fields.Boolean(load_default=False)
    request_kind = fields.Enum(RequestKind, by_value=True, load_default=None)
    answer_by = Day(load_default=None)
    received_on = Day(load_default=None)
    reason = fields.Enum(NonPaymentReason, by_value=True, load_default=None)
    then = fields.String(load_default="")
    outcome = fields.String(required=True, validate=validate.OneOf([*WRITTEN_OUTCOMES, NOTHING]))
    promise_amount = Amount(load_default=None)
    promise_on = Day(load_default=None)
    follow_up_on = Day(load_default=None)
    follow_up_note = fields.String(load_default="")

    @pre_load
    def objects(self, data: Any, **_: Any) -> Any:
        """The button that goes on to the objection says what the message is."""
        told = {**data}
        if told.get("then") == ContactOutcome.OBJECTION:
            told["outcome"] = ContactOutcome.OBJECTION.value
        return told

    @post_load
    def build(self, data: dict[str, Any], **_: Any) -> Logged:
        outcome = None if data["outcome"] == NOTHING else ContactOutcome(data["outcome"])
        data["outcome"] = outcome
        objects = outcome is ContactOutcome.OBJECTION
        details = ContactDetails(
            channel=data["channel"],
            direction=data["direction"],
            outcome=outcome,
            identity_confirmed=True,  # It stands on the letter; there is nobody to be asked.
            person=data["person"],
            role=data["role"],
            next_step=data["next_step"],
            chaser=data["chaser"] and data["direction"] is ContactDirection.INBOUND,
            request=data["request_kind"],
            answer_by=data["answer_by"],
            reason=data["reason"] or (NonPaymentReason.DISPUTE if objects else None),
            note=data["note"],
            happened_at=_received(data["received_on"]),
        )
        return Logged(details, _promise(data), None, _follow_up_of(data))


def _learned(data: dict[str, Any]) -> Learned:
    wrong = data["outcome"] is ContactOutcome.WRONG_NUMBER
    return Learned(
        phone=data["new_phone"],
        person=data["new_person"] or data["person"],
        role=data["new_role"],
        street=data["new_street"],
        postcode=data["new_postcode"],
        city=data["new_city"],
        wrong_number=data["number_used"] if wrong else None,
    )


def _promise(data: dict[str, Any]) -> PromiseGiven | None:
    amount, day = data["promise_amount"], data["promise_on"]
    if data["outcome"] is not ContactOutcome.PROMISE or amount is None or day is None:
        return None
    return PromiseGiven(amount, day)


def _follow_up_of(data: dict[str, Any]) -> FollowUp | None:
    day = data["follow_up_on"]
    return None if day is None else FollowUp(day, data["follow_up_note"])


def _happened(day: date | None, at: time | None) -> datetime | None:
    """When a visit was made; none of both is now."""
    if day is None and at is None:
        return None
    now = clock.local(clock.now())
    return moment_of(day or now.date(), at or now.time())


def _received(day: date | None) -> datetime | None:
    """The day on which a message came, today's as of now."""
    return None if day is None or day == clock.today() else moment_of(day, time(12))


def moment_of(day: date, at: time) -> datetime:
    """A day and a time of it, where the house is."""
    zone = clock.local(clock.now()).tzinfo
    return datetime.combine(day, at, zone)
