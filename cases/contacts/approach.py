"""Whether a debtor may be approached at a moment: the rules applied to one case and person.

Every channel asks here: calls, visits, e-mail and SMS, by screens, plans and lists alike.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from sqlalchemy import select

from cases.claims.asking.models import AskedFor
from cases.claims.asking.policies import may_not_yet, policy_of
from cases.claims.models import Case, CaseDebtor
from cases.claims.queries import DebtorInCase, list_debtors
from cases.claims.reaching.allowed import (
    HARD,
    HOURS_OF,
    SEVEN_DAYS,
    Addressee,
    Channel,
    ChannelRule,
    Judgement,
    Plan,
    Reason,
    judge,
)
from cases.claims.reaching.person import addressee_of, person_in
from cases.contacts.hours import CallingHours, heard_first
from cases.contacts.house_rules import house_rules
from cases.contacts.models import Contact, ContactDirection
from cases.core import clock
from cases.core.database import db
from cases.letters.mailing.queries import mailed_since
from cases.parties.queries import get_agency, place_of
from legal.findings import Finding


@dataclass(frozen=True, slots=True)
class Approach:
    """A contact that somebody has in mind, with what the rules of the house say to it."""

    channel: Channel
    to: Addressee
    judgement: Judgement
    rule: ChannelRule
    used: int  # Contacts by this channel in the seven days before.

    @property
    def hard(self) -> tuple[Reason, ...]:
        """Reasons that nobody may override."""
        return tuple(reason for reason in self.judgement.reasons if reason in HARD)

    @property
    def obstacle(self) -> Finding | None:
        """The reason that a person should hear first."""
        return heard_first(self.judgement.reasons, self.channel, self.rule)


def approach(
    case: Case,
    channel: Channel,
    moment: datetime,
    hours: CallingHours,
    *,
    himself: bool = False,
    debtor_id: int | None = None,
) -> Approach:
    """What speaks against a contact; it goes to whoever speaks for the debtor, if anybody does.

    `himself`: the debtor is meant although somebody speaks for him.
    """
    party = _party(case.id, debtor_id)
    to = Addressee.DEBTOR if himself else addressee_of(party)
    house = house_rules(hours)
    moments = _moments(party.debtor.id, channel, moment)
    plan = Plan(
        channel=channel,
        at=_local(moment),
        place=_place(party, to),
        to=to,
        person=person_in(case.id, party),
        moments=moments,
        rules=house.rules,
        closed_days=house.closed_days,
        of_client=tuple(_of_client(case, channel)),
    )
    rule = house.rules.get(HOURS_OF.get(channel, channel), ChannelRule())
    own = house.rules.get(channel, ChannelRule())
    rule = replace(rule, most_in_7_days=own.most_in_7_days)
    return Approach(channel, to, judge(plan), rule, len(moments))


def obstacle_to(
    case: Case, moment: datetime, hours: CallingHours, channel: Channel = Channel.PHONE
) -> Finding | None:
    """Why this debtor, or who speaks for him, must not be approached at a moment."""
    return approach(case, channel, moment, hours).obstacle


def obstacles_by_channel(
    case: Case, moment: datetime, hours: CallingHours, channels: Sequence[Channel]
) -> list[tuple[Channel, Finding | None]]:
    """By each way, why not now; None where nothing stands against it."""
    return [(channel, obstacle_to(case, moment, hours, channel)) for channel in channels]


def _of_client(case: Case, channel: Channel) -> Iterator[Reason]:
    """What the client's relationship policy says against a contact."""
    if channel.value in policy_of(case).without:
        yield Reason.CLIENT_WISH
    if channel is Channel.VISIT and may_not_yet(case, AskedFor.VISIT):
        yield Reason.CLIENT_DECIDES


def _party(case_id: int, debtor_id: int | None) -> DebtorInCase:
    parties = list_debtors(case_id)
    return next((one for one in parties if one.debtor.id == debtor_id), parties[0])


def _place(party: DebtorInCase, to: Addressee) -> str:
    """Whose holidays count: those where the one who is approached lives or works."""
    spoken = party.spokesperson if to is not Addressee.DEBTOR else None
    address = spoken or party.address
    found = place_of(address.postcode, address.country) if address else None
    return found or get_agency().place


def _moments(debtor_id: int, channel: Channel, moment: datetime) -> list[datetime]:
    """Our contacts with him by this channel in the seven days before, in all his cases."""
    of_debtor = select(CaseDebtor.case_id).where(CaseDebtor.debtor_id == debtor_id)
    query = select(Contact.at).where(
        Contact.case_id.in_(of_debtor),
        Contact.channel == channel.value,
        Contact.direction == ContactDirection.OUTBOUND,
        Contact.corrects_id.is_(None),
        Contact.at > moment - SEVEN_DAYS,
        Contact.at <= moment,
    )
    moments = [_local(at) for at in db.session.scalars(query)]
    if channel is Channel.EMAIL:
        since = moment - SEVEN_DAYS
        moments += [_local(at) for at in mailed_since(debtor_id, since) if at <= moment]
    return moments


def _local(moment: datetime) -> datetime:
    return clock.local(moment).replace(tzinfo=None)
