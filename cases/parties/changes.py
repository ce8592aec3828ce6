"""What we know of a debtor changes: names, phone, e-mail field by field, addresses by version.

The debtor is one record for the whole house, so a change counts in every case against him. What
stood there before, who changed it and how we know it stays in `debtor_changes`.
"""

from dataclasses import dataclass, fields
from datetime import date

from sqlalchemy import select

from cases.core import audit, clock
from cases.core.database import db
from cases.core.errors import Invalid, NotFound
from cases.core.locks import lock_row
from cases.core.sort_name import sort_name
from cases.formats.identifiers import is_email
from cases.parties.models import AddressSource, Debtor, DebtorAddress, DebtorChange
from cases.parties.queries import find_address
from cases.parties.services import change_address


class NameMissing(Invalid):
    """A debtor needs a name."""


class SourceMissing(Invalid):
    """Say how we know it."""


class EmailWrong(Invalid):
    """This is not an e-mail address."""


class AddressIncomplete(Invalid):
    """An address needs a postcode and a town."""


class CameBackInFuture(Invalid):
    """Post cannot come back in the future."""


@dataclass(frozen=True, slots=True)
class Person:
    """Who the debtor is and how he is reached; what is empty is unknown."""

    name: str
    given_name: str | None = None
    salutation: str | None = None
    legal_form: str | None = None
    representative: str | None = None
    contact: str | None = None
    email: str | None = None
    phone: str | None = None


@dataclass(frozen=True, slots=True)
class Place:
    """Where post reaches him."""

    street: str
    postcode: str
    city: str
    country: str = "DE"
    care_of: str | None = None


def change_person(debtor_id: int, person: Person, how_known: str) -> list[str]:
    """Take over what has changed; answers the fields.

    Raises:
        NameMissing, EmailWrong, SourceMissing: nothing was changed.
    """
    if not person.name.strip():
        raise NameMissing
    if person.email and not is_email(person.email):
        raise EmailWrong
    debtor = lock_row(Debtor, debtor_id)
    changed = []
    for field in fields(Person):
        new = (getattr(person, field.name) or "").strip() or None
        old = getattr(debtor, field.name)
        if new == old:
            continue
        _require_source(how_known)
        setattr(debtor, field.name, new)
        note_change(debtor_id, field.name, old, new, how_known)
        changed.append(field.name)
    if "email" in changed:
        debtor.email_refused_on = None  # What came back, came back from the one before.
    debtor.sort_name = sort_name(debtor.full_name)
    if changed:
        audit.record("debtor.changed", "debtor", debtor_id, fields=changed)
    return changed


def move(
    debtor_id: int, place: Place, how_known: str, source: AddressSource
) -> DebtorAddress | None:
    """Note where the debtor lives now; None if he did not move.

    Raises:
        AddressIncomplete, SourceMissing: nothing was changed.
    """
    old = find_address(debtor_id)
    if old is not None and place == _place_of(old) and old.undeliverable_on is None:
        return None
    if not place.postcode.strip() or not place.city.strip():
        raise AddressIncomplete
    _require_source(how_known)
    before = _line(_place_of(old)) if old else None
    note_change(debtor_id, "address", before, _line(place), how_known)
    return change_address(
        debtor_id,
        place.street,
        place.postcode,
        place.city,
        place.country,
        care_of=place.care_of,
        source=source,
        traced_at=how_known.strip() if source is AddressSource.TRACED else None,
    )


def mark_undeliverable(debtor_id: int, day: date) -> DebtorAddress:
    """Note that post came back from the present address.

    Raises:
        NotFound: no address is known.
        CameBackInFuture.
    """
    address = find_address(debtor_id)
    if address is None:
        raise NotFound
    if day > clock.today():
        raise CameBackInFuture
    address.undeliverable_on = day
    audit.record("debtor.undeliverable", "debtor", debtor_id)
    return address


def mark_mailbox(debtor_id: int, to_address: str, refused_on: date | None) -> bool:
    """Note that mail to this address came back, or that it is good again; False: it is another.

    A case of the debtor is locked.
    """
    debtor = lock_row(Debtor, debtor_id)
    if (debtor.email or "").lower() != to_address.lower():
        return False
    debtor.email_refused_on = refused_on
    audit.record("debtor.mailbox", "debtor", debtor_id, good=refused_on is None)
    return True


def list_changes(debtor_id: int, limit: int = 50) -> list[DebtorChange]:
    """What stood there before, the newest change first."""
    query = select(DebtorChange).where(DebtorChange.debtor_id == debtor_id)
    return list(db.session.scalars(query.order_by(DebtorChange.id.desc()).limit(limit)))


def list_addresses(debtor_id: int) -> list[DebtorAddress]:
    """Where the debtor lives and lived, the newest first."""
    query = select(DebtorAddress).where(DebtorAddress.debtor_id == debtor_id)
    return list(db.session.scalars(query.order_by(DebtorAddress.id.desc())))


def _place_of(address: DebtorAddress) -> Place:
    return Place(address.street, address.postcode, address.city, address.country, address.care_of)


def _line(place: Place) -> str:
    parts = (place.care_of, place.street, f"{place.postcode} {place.city}", place.country)
    return ", ".join(part for part in parts if part)


def _require_source(how_known: str) -> None:
    if not how_known.strip():
        raise SourceMissing


def note_change(
    debtor_id: int, field: str, before: str | None, after: str | None, how_known: str
) -> None:
    """Keep what stood in a field before."""
    db.session.add(
        DebtorChange(
            debtor_id=debtor_id,
            field=field,
            before=before,
            after=after,
            how_known=how_known.strip(),
            changed_at=clock.now(),
            changed_by=audit.actor_id(),
        )
    )
