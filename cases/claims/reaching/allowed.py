"""Whether a debtor may be contacted at a moment by a channel, why not, and when again.

One pure function for screens, nightly run and `recoup contact allowed`. No statute counts calls or
names their hours; too many or at wrong times they can be an aggressive practice, so these are
rules of the house. Law: UWG §§ 4a, 7; BGB §§ 823, 1004 (house rules, confidence medium).
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from enum import StrEnum
from sys import maxsize

from legal.public_holidays import find_holiday

SATURDAY, SUNDAY = 5, 6
SEVEN_DAYS = timedelta(hours=168)
ONE_DAY = timedelta(days=1)
#: Longer than any row of closed days; after that a rule that never opens is seen as such.
HORIZON = timedelta(days=60)


class Channel(StrEnum):
    """By which way a contact is made."""

    PHONE = "phone"
    VISIT = "visit"
    LETTER = "letter"
    EMAIL = "email"
    SMS = "sms"


class Addressee(StrEnum):
    """To whom it goes."""

    DEBTOR = "debtor"
    REPRESENTATIVE = "representative"  # Lawyer or debt counsellor.
    ADMINISTRATOR = "administrator"  # Of the insolvency.
    GUARDIAN = "guardian"


class Reason(StrEnum):
    """Why a contact is not allowed, in the order in which reasons are named."""

    OPTED_OUT = "opted_out"
    CLIENT_WISH = "client_wish"  # The client does not want this way for this debtor.
    CLIENT_DECIDES = "client_decides"  # He has to agree first.
    REPRESENTED = "represented"
    DECEASED = "deceased"
    INSOLVENT = "insolvent"
    GUARDIAN = "guardian"
    MINOR = "minor"
    TOO_LATE = "too_late"
    TOO_EARLY = "too_early"
    SUNDAY = "sunday"
    HOLIDAY = "holiday"
    SATURDAY = "saturday"
    TOO_OFTEN = "too_often"
    HOUSE_CLOSED = "house_closed"


#: Reasons that nobody may override.
HARD = frozenset({
    Reason.OPTED_OUT, Reason.CLIENT_WISH, Reason.CLIENT_DECIDES, Reason.DECEASED,
    Reason.INSOLVENT, Reason.GUARDIAN, Reason.MINOR,
})  # fmt: skip
#: Closed on Sundays and holidays; a Saturday is open where the rule says so.
CLOSED_DAYS = frozenset({Channel.PHONE, Channel.VISIT})
#: Whose hours a channel follows; letters and e-mail have none.
HOURS_OF = {
    Channel.PHONE: Channel.PHONE,
    Channel.VISIT: Channel.VISIT,
    Channel.SMS: Channel.PHONE,
}


@dataclass(frozen=True, slots=True)
class ChannelRule:
    """What the house allows itself on one channel; `until` is the first minute too late."""

    begins: time | None = None
    until: time | None = None
    saturday: bool = False
    most_in_7_days: int | None = None


Rules = Mapping[Channel, ChannelRule]
HOUSE_RULES: Rules = {
    Channel.PHONE: ChannelRule(time(8), time(20), saturday=True, most_in_7_days=3),
    Channel.VISIT: ChannelRule(time(8), time(18), saturday=False, most_in_7_days=1),
    Channel.EMAIL: ChannelRule(most_in_7_days=2),
    Channel.SMS: ChannelRule(most_in_7_days=2),
}


@dataclass(frozen=True, slots=True)
class Person:
    """What about the debtor forbids to approach him."""

    represented: bool = False
    deceased: bool = False
    insolvent: bool = False  # This debt was founded before the opening.
    guardian: bool = False  # With reservation of consent, within his tasks.
    minor: bool = False
    opted_out: frozenset[Channel] = frozenset()


@dataclass(frozen=True, slots=True)
class Plan:
    """The contact that somebody wants to make; moments are local time of the debtor."""

    channel: Channel
    at: datetime
    place: str
    to: Addressee = Addressee.DEBTOR
    person: Person = Person()
    #: Earlier and planned contacts by this channel.
    moments: Sequence[datetime] = ()
    rules: Rules | None = None
    #: Days of the year on which the house approaches nobody, such as 12-24.
    closed_days: Sequence[str] = ()
    #: What the client's relationship policy says against it, whoever is approached.
    of_client: tuple[Reason, ...] = ()


@dataclass(frozen=True, slots=True)
class Judgement:
    """The reasons against it, and the first minute from which none of time stands."""

    reasons: tuple[Reason, ...]
    next_at: datetime | None

    @property
    def allowed(self) -> bool:
        """Whether nothing stands against it."""
        return not self.reasons


def judge(plan: Plan) -> Judgement:
    """Say whether a contact is allowed; Sundays and holidays are those of the place.

    Reasons of the person stand while it goes to the debtor himself.

    Raises:
        PlaceUnknown: no calendar is known for the place.
    """
    rules = HOUSE_RULES if plan.rules is None else plan.rules
    personal = plan.of_client + tuple(reasons_of_person(plan.channel, plan.to, plan.person))
    reasons = personal + tuple(_reasons_of_time(plan, rules, plan.at))
    return Judgement(reasons, None if personal else _next_minute(plan, rules))


def reasons_of_person(channel: Channel, to: Addressee, person: Person) -> Iterator[Reason]:
    """What about the person stands against a way out, at whatever time."""
    if to is not Addressee.DEBTOR:
        return
    stands = {
        Reason.OPTED_OUT: channel in person.opted_out and channel is not Channel.LETTER,
        Reason.REPRESENTED: person.represented,
        Reason.DECEASED: person.deceased,
        Reason.INSOLVENT: person.insolvent,
        Reason.GUARDIAN: person.guardian,
        Reason.MINOR: person.minor,
    }
    yield from (reason for reason, applies in stands.items() if applies)


def _reasons_of_time(plan: Plan, rules: Rules, at: datetime) -> Iterator[Reason]:
    hours = _hours(plan.channel, rules)
    if hours.until is not None and at.time() >= hours.until:
        yield Reason.TOO_LATE
    if hours.begins is not None and at.time() < hours.begins:
        yield Reason.TOO_EARLY
    yield from _closed_day(plan, rules, at)
    if _counted(plan, at) >= _most(plan.channel, rules):
        yield Reason.TOO_OFTEN
    if plan.channel in CLOSED_DAYS and f"{at:%m-%d}" in plan.closed_days:
        yield Reason.HOUSE_CLOSED


def _closed_day(plan: Plan, rules: Rules, at: datetime) -> Iterator[Reason]:
    if plan.channel not in CLOSED_DAYS:
        return
    if at.weekday() == SUNDAY:
        yield Reason.SUNDAY
    if find_holiday(at.date(), plan.place) is not None:
        yield Reason.HOLIDAY
    if at.weekday() == SATURDAY and not _hours(plan.channel, rules).saturday:
        yield Reason.SATURDAY


def _hours(channel: Channel, rules: Rules) -> ChannelRule:
    source = HOURS_OF.get(channel)
    return rules.get(source, ChannelRule()) if source else ChannelRule()


def _most(channel: Channel, rules: Rules) -> int:
    rule = rules.get(channel)
    most = None if rule is None else rule.most_in_7_days
    return maxsize if most is None else most


def _counted(plan: Plan, at: datetime) -> int:
    """Contacts of the 168 hours that end at this moment; one exactly 168 hours ago is out."""
    return sum(at - SEVEN_DAYS < moment <= at for moment in plan.moments)


def _next_minute(plan: Plan, rules: Rules) -> datetime | None:
    """The first minute from the planned one on without a reason of time."""
    at = plan.at
    last = max([at, *plan.moments]) + SEVEN_DAYS + HORIZON
    while at <= last:
        reason = next(_reasons_of_time(plan, rules, at), None)
        if reason is None:
            return at
        at = _after(reason, plan, rules, at)
    return None


def _after(reason: Reason, plan: Plan, rules: Rules, at: datetime) -> datetime:
    """The first minute at which this reason alone no longer stands."""
    if reason is Reason.TOO_EARLY:
        begins = _hours(plan.channel, rules).begins or time(0)
        return datetime.combine(at.date(), begins)
    if reason is Reason.TOO_OFTEN:
        leaving = [m + SEVEN_DAYS for m in plan.moments if at - SEVEN_DAYS < m <= at]
        return min(leaving, default=at + ONE_DAY)
    return datetime.combine(at.date() + ONE_DAY, time(0))
