"""Terms of a client, his lists, and what stops a reminder."""

from collections.abc import Iterable
from datetime import date

from sqlalchemy import select
from sqlalchemy.dialects.postgresql import insert

from cases.claims.queries import list_claims_by_folded_invoice
from cases.core import audit, clock
from cases.core.database import db, new_public_id
from cases.core.errors import Conflict, Invalid, NotFound
from cases.core.files import StoredFile, read_bytes, store_file
from cases.core.locks import lock_row
from cases.core.outbox import register_effect
from cases.formats.claims.claim_row import ClaimRow
from cases.formats.claims.reading import read_claims
from cases.formats.identifiers import is_email
from cases.formats.invoice_fold import fold_invoice
from cases.parties.models import Creditor
from cases.strategies.own_name.models import ItemState, OwnNameItem, OwnNameTerms
from cases.strategies.own_name.rules import CustomerClass, Rules, as_data

EFFECT = "own_name.list"
NATURAL = "natural_person"


class AgreementMissing(Invalid):
    """Name the day of the processing contract: without it nothing goes out in the client's name."""


class ClientMailMissing(Invalid):
    """Enter the client's e-mail address first: customers are asked to answer there."""


class ListMissing(Invalid):
    """Please choose the client's list of open items."""


class ListDayWrong(Invalid):
    """The list cannot be of a day in the future, nor older than the one before it."""


class QuestionMissing(Invalid):
    """Say in a few words what the customer asks."""


class ItemSettled(Conflict):
    """This invoice is paid, or a case by now."""


def terms_of(creditor_id: int) -> OwnNameTerms:
    """What a client agreed to; a new row where he has none yet."""
    db.session.execute(
        insert(OwnNameTerms).values(creditor_id=creditor_id).on_conflict_do_nothing()
    )
    return lock_row(OwnNameTerms, creditor_id)


def find_terms(creditor_id: int) -> OwnNameTerms | None:
    """The same for reading."""
    return db.session.get(OwnNameTerms, creditor_id)


def set_terms(creditor: Creditor, agreed_on: date | None, rules: Rules, *, active: bool) -> None:
    """Say when reminders go out. Raises AgreementMissing, ClientMailMissing."""
    if active and agreed_on is None:
        raise AgreementMissing
    if active and not creditor.email:
        raise ClientMailMissing
    terms = terms_of(creditor.id)
    terms.agreed_on, terms.active, terms.rules = agreed_on, active, as_data(rules)
    audit.record("own_name.set", "creditor", creditor.id, creditor_id=creditor.id, active=active)


def take_in_list(creditor_id: int, data: bytes, filename: str, as_of: date) -> None:
    """Keep a client's list of open items; a worker reads it.

    Raises:
        ListMissing, ListDayWrong; FileTooLarge.
    """
    if not data:
        raise ListMissing
    terms = terms_of(creditor_id)
    if as_of > clock.today() or (terms.list_as_of and as_of < terms.list_as_of):
        raise ListDayWrong
    file = store_file(data, filename, "application/octet-stream", creditor_id)
    audit.record("own_name.list", "creditor", creditor_id, creditor_id=creditor_id)
    register_effect(
        EFFECT, f"own_name_list:{file.id}", creditor_id=creditor_id, file_id=file.id,
        as_of=as_of.isoformat(),
    )  # fmt: skip


def read_list(key: str, creditor_id: int, file_id: int, as_of: str) -> None:
    """Carry out the effect: what is on the list is open, what is no longer on it is paid."""
    terms, day = terms_of(creditor_id), date.fromisoformat(as_of)
    if terms.list_as_of and day < terms.list_as_of:
        return
    stored = db.session.get_one(StoredFile, file_id)
    read = read_claims(read_bytes(stored), stored.filename, as_of=day)
    usable = {fold_invoice(row.invoice_number or ""): row for row in read.rows if _is_usable(row)}
    terms.list_wrong = len(read.rows) - len(usable) if read.rows else 1
    if not usable:
        return  # A list that nobody can read says nothing about payments.
    terms.list_as_of, terms.list_rows = day, len(usable)
    _keep(creditor_id, usable.items(), day)
    # A row that lacks something is on the list all the same: it is not paid.
    named = {fold_invoice(row.invoice_number or "") for row in read.rows}
    _settle(creditor_id, named, day)
    audit.record(
        "own_name.list_read", "creditor", creditor_id, creditor_id=creditor_id, rows=len(usable)
    )


def _is_usable(row: ClaimRow) -> bool:
    return bool(row.invoice_number and row.due_on and row.open_cents and row.debtor.name)


def _keep(creditor_id: int, rows: Iterable[tuple[str, ClaimRow]], day: date) -> None:
    for folded, row in rows:
        email = (row.debtor.email or "").strip()
        # A name without a legal form is that of a person, unless the list says otherwise.
        natural = row.debtor.kind in {None, NATURAL}
        values = {
            "invoice_number": row.invoice_number, "invoiced_on": row.invoiced_on,
            "due_on": row.due_on, "cents": row.open_cents, "currency": row.currency or "EUR",
            "customer": row.debtor.name, "email": email if is_email(email) else None,
            "customer_class": CustomerClass.PERSON if natural else CustomerClass.COMPANY,
        }  # fmt: skip
        made = insert(OwnNameItem).values(
            creditor_id=creditor_id, folded=folded, public_id=new_public_id(),
            state=ItemState.OPEN, state_on=day, **values,
        )  # fmt: skip
        db.session.execute(
            made.on_conflict_do_update(index_elements=["creditor_id", "folded"], set_=values)
        )


def _settle(creditor_id: int, named: set[str], day: date) -> None:
    """Open ones that the list no longer names are paid; those that are claims are cases."""
    items = db.session.scalars(
        select(OwnNameItem).where(
            OwnNameItem.creditor_id == creditor_id,
            OwnNameItem.state.in_([ItemState.OPEN, ItemState.PAID, ItemState.ASKED]),
        )
    ).all()
    known = list_claims_by_folded_invoice([item.folded for item in items])
    cases = {folded for folded, claim in known if claim.creditor_id == creditor_id}
    for item in items:
        if item.folded in cases:
            item.state, item.state_on = ItemState.WITH_US, day
        elif item.folded not in named:
            item.state, item.state_on = ItemState.PAID, day
        elif item.state is ItemState.PAID:
            item.state, item.state_on = ItemState.OPEN, day  # It is on a later list again.


def get_item(creditor_id: int, public_id: str) -> OwnNameItem:
    """The invoice of that public id; raises NotFound."""
    item = db.session.scalar(
        select(OwnNameItem).where(
            OwnNameItem.creditor_id == creditor_id, OwnNameItem.public_id == public_id
        )
    )
    if item is None:
        raise NotFound
    return item


def note_question(item: OwnNameItem, note: str) -> None:
    """The customer asks something: nothing goes out. Raises QuestionMissing, ItemSettled."""
    if not note.strip():
        raise QuestionMissing
    _change(item, ItemState.ASKED, note.strip()[:500])


def let_rest(item: OwnNameItem) -> None:
    """Nothing goes out for this invoice. Raises ItemSettled."""
    _change(item, ItemState.STOPPED, item.note)


def go_on(item: OwnNameItem) -> None:
    """The question is answered: reminders go on. Raises ItemSettled."""
    _change(item, ItemState.OPEN, item.note)


def _change(item: OwnNameItem, state: ItemState, note: str | None) -> None:
    locked = lock_row(OwnNameItem, item.id)
    if locked.state in {ItemState.PAID, ItemState.WITH_US}:
        raise ItemSettled
    locked.state, locked.state_on, locked.note = state, clock.today(), note
    audit.record(
        "own_name.item", "own_name_item", item.id, creditor_id=item.creditor_id, state=state.value
    )
