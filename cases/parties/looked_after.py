"""Whom a client turns to in our house: the person who looks after it, else the house itself."""

from dataclasses import dataclass

from cases.parties.phones import dialled
from cases.parties.queries import find_agency, get_creditor


@dataclass(frozen=True, slots=True)
class ContactOfHouse:
    """A name, where somebody was named, and what of phone and e-mail is known."""

    name: str | None
    phone: str | None
    email: str | None

    @property
    def link(self) -> str:
        """What a telephone dials."""
        return dialled(self.phone) if self.phone else ""


def contact_of_house(creditor_id: int) -> ContactOfHouse:
    """Who looks after this client; what was not entered for that person is the house's own."""
    creditor, house = get_creditor(creditor_id), find_agency()
    return ContactOfHouse(
        creditor.house_contact,
        creditor.house_contact_phone or (house.phone if house else None),
        creditor.house_contact_email or (house.email if house else None),
    )
