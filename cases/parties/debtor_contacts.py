"""People at a debtor: whom one can reach, as what, and who turned out to decide."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy import select

from cases.core import audit, clock
from cases.core.database import db
from cases.core.errors import Invalid, NotFound
from cases.core.locks import relock
from cases.formats.identifiers import is_email
from cases.parties.debtor_models import DebtorContact, DebtorRole
from cases.parties.models import Debtor
from cases.parties.phones import is_same, read_number


class ContactNameMissing(Invalid):
    """A person to talk to needs a name."""


class NoWayToReach(Invalid):
    """Enter a phone number or an e-mail address."""


class ContactEmailWrong(Invalid):
    """This is not an e-mail address."""


class ContactSourceMissing(Invalid):
    """Say how we know this person."""


@dataclass(frozen=True, slots=True)
class ContactWish:
    """Somebody at a debtor, as a person of ours enters them."""

    role: DebtorRole
    name: str
    phone: str | None = None
    email: str | None = None
    language: str = "de"
    how_known: str = ""
    country: str = "DE"  # Completes a national number.


def add_debtor_contact(debtor_id: int, wish: ContactWish) -> DebtorContact:
    """Note somebody to talk to; who has the same number and role before is ended by it.

    Raises:
        ContactNameMissing, NoWayToReach, ContactEmailWrong, ContactSourceMissing, NumberWrong.
    """
    if not wish.name.strip():
        raise ContactNameMissing
    if not wish.phone and not wish.email:
        raise NoWayToReach
    if wish.email and not is_email(wish.email):
        raise ContactEmailWrong
    if not wish.how_known.strip():
        raise ContactSourceMissing
    row = DebtorContact(
        debtor_id=debtor_id,
        role=wish.role,
        name=wish.name.strip(),
        phone=read_number(wish.phone, wish.country) if wish.phone else None,
        email=(wish.email or "").strip() or None,
        language=wish.language,
        how_known=wish.how_known.strip(),
        valid_from=clock.today(),
        added_by=audit.actor_id(),
    )
    db.session.add(row)
    db.session.flush()
    audit.record("debtor.contact_added", "debtor", debtor_id, contact_id=row.id)
    return row


def end_debtor_contact(contact: DebtorContact) -> None:
    """This person is not reached there any more; the row stays."""
    relock(contact)
    contact.valid_until = contact.valid_until or clock.today()
    audit.record("debtor.contact_ended", "debtor", contact.debtor_id, contact_id=contact.id)


def confirm_right_person(contact: DebtorContact, day: date) -> None:
    """This person decides on the payment, as somebody heard on that day."""
    relock(contact)
    if contact.right_person_on is None or contact.right_person_on < day:
        contact.right_person_on = day
        audit.record("debtor.contact_confirmed", "debtor", contact.debtor_id, contact_id=contact.id)


def get_debtor_contact(public_id: str) -> DebtorContact:
    """The person of that public id; raises NotFound."""
    found = find_debtor_contact(public_id)
    if found is None:
        raise NotFound
    return found


def find_debtor_contact(public_id: str) -> DebtorContact | None:
    """The person of that public id, if there is one."""
    return db.session.scalar(select(DebtorContact).where(DebtorContact.public_id == public_id))


def list_debtor_contacts(debtor_id: int, *, earlier: bool = False) -> list[DebtorContact]:
    """Whom one can reach at a debtor, who decides first; with those of before at the end."""
    query = select(DebtorContact).where(DebtorContact.debtor_id == debtor_id)
    if not earlier:
        query = query.where(DebtorContact.valid_until.is_(None))
    found = list(db.session.scalars(query.order_by(DebtorContact.id)))
    return sorted(found, key=_nearest)


def find_by_number(debtor_id: int, number: str) -> DebtorContact | None:
    """Who is reached at a debtor under a number, however it is spelled."""
    people = list_debtor_contacts(debtor_id)
    return next((one for one in people if one.phone and is_same(one.phone, number)), None)


def note_number_wrong(debtor: Debtor, number: str) -> None:
    """Nobody of the debtor is reached under this number: whoever had it keeps only the rest."""
    person = find_by_number(debtor.id, number)
    if person is not None:
        end_debtor_contact(person)


def _nearest(contact: DebtorContact) -> tuple[bool, bool, date, int]:
    confirmed = contact.right_person_on or date.min
    return (
        contact.valid_until is not None,
        contact.right_person_on is None and contact.role is not DebtorRole.DECIDES,
        date.fromordinal(date.max.toordinal() - confirmed.toordinal() + 1),
        contact.id,
    )
