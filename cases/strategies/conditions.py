"""What is known of a case tonight, and whether a step is for it. Pure."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime

from cases.claims.asking.models import AskedFor
from cases.parties.relationship import Policy
from cases.strategies.steps import BY_PEOPLE, EQUAL, Conditions, Step, StepChannel


@dataclass(frozen=True, slots=True)
class CaseFacts:
    """One case as a strategy sees it."""

    case_id: int
    creditor_id: int
    amicable: bool
    open_cents: int
    purpose: str
    debtor_kind: str
    language: str
    reminded: bool
    phone_known: bool  # And nothing about his person stands against calls.
    visitable: bool  # A good address of his own; nobody speaks for him, nothing is against it.
    post_possible: bool  # Every joint debtor has an address that post reaches.
    letters: int  # How many copies a letter of this case has.
    place: str  # Whose holidays and hours count.
    owner_id: int | None
    represented: bool = False
    hold: str | None = None  # Why the whole case stands still.
    hold_until: date | None = None
    promised_until: date | None = None
    matter: str | None = None  # A question, report or wish that somebody has to answer first.
    approaches: tuple[datetime, ...] = ()  # Calls and visits of ours within the last days.
    #: Every joint debtor takes e-mail: none came back, none is unwanted, nobody speaks for him.
    mailbox: bool = False
    mails: tuple[datetime, ...] = ()  # E-mails of ours within the last days.
    organisation: str = "person"
    payer_type: str | None = None  # None: nothing is known yet, or no strategy asks.
    size: str | None = None
    risk: str | None = None
    # How the client wants this debtor to be treated.
    policy: Policy = field(default_factory=Policy)
    court_asked: str | None = None  # What became of the question whether it may go to court.
    visit_asked: str | None = None

    def asked(self, asked_for: AskedFor) -> str | None:
        """Where the question to the client is."""
        return {AskedFor.COURT: self.court_asked, AskedFor.VISIT: self.visit_asked}.get(asked_for)


def unmet(only: Conditions, facts: CaseFacts) -> Iterator[str]:
    """The conditions that a case does not meet, by their names."""
    if only.amount_from_cents is not None and facts.open_cents < only.amount_from_cents:
        yield "amount_from_cents"
    if only.amount_below_cents is not None and facts.open_cents >= only.amount_below_cents:
        yield "amount_below_cents"
    for name in EQUAL:
        asked = getattr(only, name)
        if asked is not None and getattr(facts, name) != asked:
            yield name
    if only.phone_known and not facts.phone_known:
        yield "phone_known"


def matches(only: Conditions, facts: CaseFacts) -> bool:
    """Whether a case meets all conditions."""
    return next(unmet(only, facts), None) is None


def left_out_because(step: Step, facts: CaseFacts) -> str | None:
    """Why a step is not for a case: a condition, or that nobody can be reached that way."""
    if step.channel is StepChannel.CALL and not facts.phone_known:
        return "phone_known"
    if step.channel is StepChannel.VISIT and not facts.visitable:
        return "visitable"
    if step.channel is StepChannel.EMAIL and not facts.mailbox:
        return "mailbox"
    return next(unmet(step.only, facts), None)


def is_by_people(step: Step) -> bool:
    """Whether somebody of the house has to do it."""
    return step.channel in BY_PEOPLE


def funnel(only: Conditions) -> list[Conditions]:
    """The conditions one after another, each with all before it: how many cases stay at each."""
    found, so_far = [], {}
    for name in Conditions.__dataclass_fields__:
        asked = getattr(only, name)
        if asked is not None and asked is not False:
            so_far[name] = asked
            found.append(Conditions(**so_far))
    return found
