"""What about a debtor's person forbids to approach him: his holds, his card, who speaks for him."""

from collections.abc import Collection
from dataclasses import replace

from cases.claims.models import HoldReason
from cases.claims.queries import DebtorInCase, list_open_holds
from cases.claims.reaching.allowed import (
    HARD,
    Addressee,
    Channel,
    Person,
    Reason,
    reasons_of_person,
)
from cases.parties.models import SpokespersonKind
from cases.parties.profiles import find_profile
from legal.findings import N_, Finding, Severity

#: Kind of hold -> what it says of the person; a test asks every way out for each of them.
SAID_BY_HOLD = {
    HoldReason.DECEASED: Reason.DECEASED,
    HoldReason.INSOLVENCY: Reason.INSOLVENT,
}
MESSAGES = {
    "may_not_write_deceased": N_("The debtor has died: write to the heirs."),
    "may_not_write_insolvent": N_("Insolvency was opened: write to the administrator."),
    "may_not_write_guardian": N_(
        "A guardian must consent: enter the guardian under the debtor's data, and the letter goes "
        "there."
    ),
    "may_not_write_minor": N_(
        "The debtor is a minor: enter the legal representatives under the debtor's data, and the "
        "letter goes there."
    ),
}


def person_of(held_for: Collection[str]) -> Person:
    """What the holds of a case say about the person."""
    said = {SAID_BY_HOLD[reason] for reason in SAID_BY_HOLD if reason in held_for}
    return Person(deceased=Reason.DECEASED in said, insolvent=Reason.INSOLVENT in said)


def person_in(case_id: int, party: DebtorInCase) -> Person:
    """What holds, spokesperson and card say about him."""
    person = person_of([hold.reason for hold in list_open_holds(case_id)])
    kind = party.spokesperson.kind if party.spokesperson else None
    profile = find_profile(party.debtor.id)
    return replace(
        person,
        represented=kind in {SpokespersonKind.LAWYER, SpokespersonKind.COUNSELLOR},
        guardian=bool(profile and profile.consent_reserved),
        minor=bool(profile and profile.minor),
        opted_out=frozenset(Channel(name) for name in (profile.opted_out if profile else ())),
    )


def addressee_of(party: DebtorInCase) -> Addressee:
    """Whoever speaks for the debtor, if anybody does."""
    if party.spokesperson is None:
        return Addressee.DEBTOR
    guardian = party.spokesperson.kind is SpokespersonKind.GUARDIAN
    return Addressee.GUARDIAN if guardian else Addressee.REPRESENTATIVE


def against_writing(party: DebtorInCase, channel: Channel = Channel.LETTER) -> Reason | None:
    """The hard reason for which nothing may be written to him in this case; None: it may."""
    person = person_in(party.link.case_id, party)
    if channel is Channel.LETTER and party.debtor.representative:
        # The letter goes to the legal representatives, who are named in the window.
        person = replace(person, minor=False)
    reasons = reasons_of_person(channel, addressee_of(party), person)
    return next((reason for reason in reasons if reason in HARD), None)


def told(reason: Reason) -> Finding:
    """A hard reason beside the letter that it keeps in the house."""
    return Finding(f"may_not_write_{reason.value}", Severity.ERROR, "debtor")
