"""Clients (Gläubiger, Mandanten): entered, changed, archived; people to talk to; bank details.

A new IBAN is the attack: it is a proposal, a second person confirms it after a call on a number
known before, and nothing is paid to it for a waiting time.
"""

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from sqlalchemy import Select, func, or_, select

from cases.core import audit, clock
from cases.core.database import db
from cases.core.errors import Conflict, Invalid, NotFound
from cases.core.sort_name import sort_name
from cases.parties.models import (
    ContactRole,
    Creditor,
    CreditorContact,
    CreditorRepresentative,
)
from cases.parties.queries import get_creditor
from cases.parties.services import create_creditor
from cases.people.approvals import Kind, ask
from cases.people.models import Approval
from cases.people.policy import Permission
from legal.findings import N_

CLIENT_BANK = "client.bank"
#: Nothing is paid to new bank details before so many days have passed. House rule.
WAITING_DAYS = 5
#: What a person changes on the master data; bank details go their own way.
MASTER = (
    "name", "legal_form", "street", "postcode", "city", "country", "email", "phone",
    "register_court", "register_number", "vat_id", "sector", "language",
    "house_contact", "house_contact_phone", "house_contact_email",
)  # fmt: skip


class ClientKnown(Conflict):
    """There is already a client with this {what}: {name}."""


class ClientArchived(Conflict):
    """This client is archived: nothing new is taken until it is taken back."""


class BankUnchanged(Invalid):
    """This is the account that is paid to now."""


def add_client(name: str, **fields: Any) -> Creditor:
    """Enter a new client; a contract and bank details follow.

    Raises:
        ClientKnown: the name or register entry is there already.
    """
    _refuse_known(None, name, fields)
    return create_creditor(name, **fields)


def change_client(creditor_id: int, fields: Mapping[str, Any]) -> list[str]:
    """Change master data; answers which fields changed, before and after in the audit trail.

    Raises:
        NotFound, ClientKnown.
    """
    creditor = lock_client(creditor_id)
    changed = {
        name: value
        for name, value in fields.items()
        if name in MASTER and getattr(creditor, name) != value
    }
    if not changed:
        return []
    _refuse_known(creditor_id, changed.get("name", creditor.name), changed)
    detail = {name: [getattr(creditor, name), value] for name, value in changed.items()}
    for name, value in changed.items():
        setattr(creditor, name, value)
    creditor.sort_name = sort_name(creditor.name)
    audit.record("creditor.changed", "creditor", creditor_id, creditor_id=creditor_id, **detail)
    return sorted(changed)


def lock_client(creditor_id: int) -> Creditor:
    """The client, locked for a change; raises NotFound."""
    query = select(Creditor).where(Creditor.id == creditor_id).with_for_update(key_share=True)
    creditor = db.session.scalar(query.execution_options(populate_existing=True))
    if creditor is None:
        raise NotFound
    return creditor


def refuse_archived(creditor: Creditor) -> None:
    """Refuse what is new for an archived client; raises ClientArchived."""
    if creditor.archived_at is not None:
        raise ClientArchived


def archive_client(creditor_id: int) -> None:
    """Take no new claims of this client; what runs goes on."""
    creditor = lock_client(creditor_id)
    creditor.archived_at = clock.now()
    audit.record("creditor.archived", "creditor", creditor_id, creditor_id=creditor_id)


def take_back_client(creditor_id: int) -> None:
    """Take claims of an archived client again."""
    creditor = lock_client(creditor_id)
    creditor.archived_at = None
    audit.record("creditor.taken_back", "creditor", creditor_id, creditor_id=creditor_id)


def propose_bank(creditor_id: int, iban: str, reason: str | None) -> Approval:
    """Ask a second person to confirm new bank details.

    Raises:
        NotFound, BankUnchanged, AlreadyAsked, ClientKnown: another client is paid there.
    """
    creditor = lock_client(creditor_id)
    if creditor.iban == iban:
        raise BankUnchanged
    other = db.session.scalar(
        select(Creditor).where(Creditor.iban == iban, Creditor.id != creditor_id).limit(1)
    )
    if other is not None:
        raise ClientKnown(what="IBAN", name=other.name)
    return ask(
        CLIENT_BANK, creditor_id, creditor.name, {"iban": iban}, before={"iban": creditor.iban},
        reason=reason,
    )  # fmt: skip


def is_paid_to(creditor: Creditor) -> bool:
    """Whether money may go to the account of this client today."""
    begins = creditor.iban_paid_from
    return creditor.iban is not None and (begins is None or begins <= clock.today())


def _take_bank(approval: Approval) -> None:
    creditor = lock_client(approval.subject_id)
    creditor.iban = approval.after["iban"]
    creditor.iban_paid_from = clock.today() + timedelta(days=WAITING_DAYS)
    audit.record(
        "creditor.bank_changed", "creditor", creditor.id, creditor_id=creditor.id,
        iban=[approval.before["iban"], creditor.iban],
    )  # fmt: skip


CLIENT_KINDS: Mapping[str, Kind] = {
    CLIENT_BANK: Kind(
        N_("New bank details of a client"),
        N_(
            "Call the client on a number known before, never on one from the message that asked "
            "for the change, and let them name the last four digits."
        ),
        Permission.CLIENT_CONFIRM,
        {"iban": N_("IBAN")},
        lambda approval: {"iban": get_creditor(approval.subject_id).iban},
        _take_bank,
        notes_check=True,
    ),
}


def add_contact(
    creditor_id: int, role: ContactRole, name: str, phone: str | None, email: str | None
) -> CreditorContact:
    """Note a person to talk to, known from today on."""
    contact = CreditorContact(
        creditor_id=creditor_id, role=role, name=name, phone=phone, email=email, since=clock.today()
    )
    db.session.add(contact)
    db.session.flush()
    audit.record("creditor.contact_added", "creditor", creditor_id, creditor_id=creditor_id)
    return contact


def end_contact(creditor_id: int, public_id: str) -> None:
    """Note that a person is no longer to be talked to; raises NotFound."""
    query = select(CreditorContact).where(
        CreditorContact.creditor_id == creditor_id, CreditorContact.public_id == public_id
    )
    contact = db.session.scalar(query)
    if contact is None:
        raise NotFound
    contact.ended_on = clock.today()
    audit.record("creditor.contact_ended", "creditor", creditor_id, creditor_id=creditor_id)


def set_representative(creditor_id: int, name: str, function: str | None) -> CreditorRepresentative:
    """Note who represents the client by law from today on, beside those who do already."""
    added = CreditorRepresentative(
        creditor_id=creditor_id, name=name, function=function, valid_from=clock.today()
    )
    db.session.add(added)
    db.session.flush()
    _carry_over(creditor_id)
    audit.record("creditor.representative_added", "creditor", creditor_id, creditor_id=creditor_id)
    return added


def end_representative(creditor_id: int, public_id: str) -> None:
    """Note that somebody no longer represents the client; raises NotFound."""
    query = select(CreditorRepresentative).where(
        CreditorRepresentative.creditor_id == creditor_id,
        CreditorRepresentative.public_id == public_id,
    )
    found = db.session.scalar(query)
    if found is None:
        raise NotFound
    found.valid_until = clock.today()
    db.session.flush()
    _carry_over(creditor_id)
    audit.record("creditor.representative_ended", "creditor", creditor_id, creditor_id=creditor_id)


def _carry_over(creditor_id: int) -> None:
    """Letters and court name the representatives of today in one line."""
    names = [each.name for each in list_representatives(creditor_id) if each.valid_until is None]
    lock_client(creditor_id).representative = " und ".join(names) or None


def list_contacts(creditor_id: int) -> list[CreditorContact]:
    """The people to talk to, by what they are asked about."""
    query = select(CreditorContact).where(
        CreditorContact.creditor_id == creditor_id, CreditorContact.ended_on.is_(None)
    )
    return list(db.session.scalars(query.order_by(CreditorContact.role, CreditorContact.name)))


def list_representatives(creditor_id: int) -> list[CreditorRepresentative]:
    """Who represents or represented the client, the present ones first."""
    query = select(CreditorRepresentative).where(CreditorRepresentative.creditor_id == creditor_id)
    ordered = query.order_by(
        CreditorRepresentative.valid_until.desc().nulls_first(), CreditorRepresentative.id
    )
    return list(db.session.scalars(ordered))


def list_clients(
    words: str = "",
    *,
    archived: bool = False,
    after: tuple[str, int] | None = None,
    limit: int = 50,
) -> list[Creditor]:
    """Clients by name (keyset), found by name, city, register number, VAT id or IBAN."""
    query = _archived(select(Creditor), archived)
    for word in words.split():
        part = f"%{_escaped(word)}%"
        query = query.where(
            or_(
                Creditor.sort_name.like(f"%{_escaped(sort_name(word))}%"),
                Creditor.city.ilike(part),
                Creditor.register_number.ilike(part),
                Creditor.vat_id.ilike(part),
                Creditor.iban.ilike(part),
            )
        )
    if after is not None:
        name, last_id = after
        query = query.where(
            or_(
                Creditor.sort_name > name,
                (Creditor.sort_name == name) & (Creditor.id > last_id),
            )
        )
    ordered = query.order_by(Creditor.sort_name, Creditor.id).limit(limit)
    return list(db.session.scalars(ordered))


def count_clients(*, archived: bool) -> int:
    """How many clients there are."""
    return db.session.scalar(_archived(select(func.count()).select_from(Creditor), archived)) or 0


def _archived(query: Select[Any], archived: bool) -> Select[Any]:
    wanted = Creditor.archived_at.is_not(None) if archived else Creditor.archived_at.is_(None)
    return query.where(wanted)


def _escaped(word: str) -> str:
    return word.replace("\\", "\\\\").replace("%", r"\%").replace("_", r"\_")


def _refuse_known(creditor_id: int | None, name: str, fields: Mapping[str, Any]) -> None:
    same = [("name", Creditor.sort_name == sort_name(name))]
    if fields.get("register_number"):
        register = (Creditor.register_number == fields["register_number"]) & (
            Creditor.register_court == fields.get("register_court")
        )
        same.append(("register", register))
    for what, condition in same:
        query = select(Creditor).where(condition, Creditor.id != (creditor_id or 0)).limit(1)
        known = db.session.scalar(query)
        if known is not None:
            raise ClientKnown(what=what, name=known.name)
