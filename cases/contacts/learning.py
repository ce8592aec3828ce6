"""What a call teaches us about a debtor: a new number, a person, a new address. The old stays."""

from dataclasses import dataclass

from cases.claims.debtors import add_person, move_debtor
from cases.contacts.errors import AddressUnfinished
from cases.parties.changes import Place
from cases.parties.debtor_contacts import ContactWish, note_number_wrong
from cases.parties.debtor_models import DebtorRole
from cases.parties.models import AddressSource, Debtor


@dataclass(frozen=True, slots=True)
class Learned:
    """New knowledge; what is empty was not said."""

    phone: str | None = None
    person: str | None = None
    role: DebtorRole | None = None
    street: str | None = None
    postcode: str | None = None
    city: str | None = None
    wrong_number: str | None = None  # Nobody of the debtor is reached there.

    @property
    def place(self) -> Place | None:
        """Where he lives now, if that was said."""
        if not (self.street or self.postcode or self.city):
            return None
        return Place(self.street or "", self.postcode or "", self.city or "")

    def __bool__(self) -> bool:
        return bool(self.phone or self.place or self.wrong_number)


def learn(case_id: int, debtor: Debtor, learned: Learned, how_known: str) -> None:
    """Note it for all cases of the debtor; those are locked before anything else.

    Raises:
        NumberWrong, AddressUnfinished, and what `changes` refuses.
    """
    place = learned.place
    if place is not None:
        if not (place.street.strip() and place.postcode.strip() and place.city.strip()):
            raise AddressUnfinished
        move_debtor(case_id, debtor.public_id, place, how_known, AddressSource.DEBTOR)
    if learned.wrong_number:
        note_number_wrong(debtor, learned.wrong_number)
    if learned.phone:
        wish = ContactWish(
            role=learned.role or DebtorRole.DECIDES,
            name=learned.person or debtor.full_name,
            phone=learned.phone,
            how_known=how_known,
        )
        add_person(case_id, debtor.public_id, wish)
