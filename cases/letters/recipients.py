"""A debtor of a case as the addressee of a letter."""

from collections.abc import Sequence

from cases.claims.queries import DebtorInCase
from cases.claims.reaching.person import against_writing, told
from cases.letters.addressing import Party, address
from cases.letters.codes.qr_bill import NAME
from cases.letters.codes.qr_bill import Party as Payer
from cases.letters.demand_facts import Recipient
from cases.parties.models import AddressSource
from legal.errors import InvariantBroken
from legal.findings import Finding


def recipient_of(
    party: DebtorInCase, language: str, joint: Sequence[DebtorInCase] = (), home: str = "DE"
) -> Recipient:
    """How the letter addresses the debtor, and with whom he owes."""
    debtor, found = party.debtor, party.post
    if found is None:
        raise InvariantBroken("found is missing")
    own = party.address
    home_of = own or found  # Who pays is the debtor himself, whoever the letter goes to.
    addressee = address(_party(party), language, home)
    return Recipient(
        name=addressee.name,
        salutation=addressee.salutation,
        address=addressee.lines,
        natural_person=addressee.natural_person,
        joint_with=tuple(other.debtor.full_name for other in joint if other.debtor.id != debtor.id),
        # Where his own address is from; that of whoever speaks for him is from themselves.
        address_source=own.source.value if own is not None else AddressSource.CREDITOR.value,
        traced_at=(own.traced_at or "") if own is not None else "",
        doubts=(*addressee.doubts, *_forbidden(party)),
        payer=Payer(
            debtor.full_name[:NAME],
            home_of.street,
            home_of.postcode,
            home_of.city,
            home_of.country,
        ),
    )


def _forbidden(party: DebtorInCase) -> list[Finding]:
    """What about his person keeps every letter to him in the house."""
    reason = against_writing(party)
    return [told(reason)] if reason is not None else []


def _party(party: DebtorInCase) -> Party:
    debtor, found = party.debtor, party.post
    if found is None:
        raise InvariantBroken("found is missing")
    return Party(
        kind=debtor.kind.value,
        name=debtor.name,
        street=found.street,
        postcode=found.postcode,
        city=found.city,
        country=found.country,
        given_name=debtor.given_name or "",
        salutation=debtor.salutation or "",
        representative=debtor.representative or "",
        contact=debtor.contact or "",
        care_of=_care_of(party),
    )


def _care_of(party: DebtorInCase) -> str:
    """Who passes the post on: whoever speaks for the debtor, with his own number of the matter."""
    spokesperson = party.spokesperson
    if spokesperson is not None:
        return ", ".join(part for part in (spokesperson.name, spokesperson.reference) if part)
    return (party.address.care_of or "") if party.address else ""
