"""A debtor of a case as the addressee of a letter."""

from collections.abc import Sequence

from cases.claims.queries import DebtorInCase
from cases.letters.addressing import Party, address
from cases.letters.demand_facts import Recipient
from cases.letters.qr_bill import NAME
from cases.letters.qr_bill import Party as Payer
from legal.errors import InvariantBroken


def recipient_of(
    party: DebtorInCase, language: str, joint: Sequence[DebtorInCase] = (), home: str = "DE"
) -> Recipient:
    """How the letter addresses the debtor, and with whom he owes."""
    debtor, found = party.debtor, party.address
    if found is None:
        raise InvariantBroken("found is missing")
    addressee = address(_party(party), language, home)
    return Recipient(
        name=addressee.name,
        salutation=addressee.salutation,
        address=addressee.lines,
        natural_person=addressee.natural_person,
        joint_with=tuple(other.debtor.full_name for other in joint if other.debtor.id != debtor.id),
        address_source=found.source.value,
        traced_at=found.traced_at or "",
        doubts=addressee.doubts,
        payer=Payer(
            debtor.full_name[:NAME], found.street, found.postcode, found.city, found.country
        ),
    )


def _party(party: DebtorInCase) -> Party:
    debtor, found = party.debtor, party.address
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
        care_of=found.care_of or "",
    )
