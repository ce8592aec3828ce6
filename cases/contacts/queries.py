"""Reads about contacts, promises and commitments."""

from collections.abc import Collection
from datetime import date

from sqlalchemy import select

from cases.contacts.models import Commitment, Contact, Promise, PromiseState
from cases.core.database import db
from cases.core.errors import NotFound
from cases.ledger.models import Direction, EntryKind
from cases.ledger.queries import list_postings


def list_contacts(
    case_id: int, ids: Collection[int] | None = None, limit: int = 50
) -> list[Contact]:
    """The contact log of a case, newest first; only some entries if their ids are given."""
    query = select(Contact).where(Contact.case_id == case_id)
    if ids is not None:
        query = query.where(Contact.id.in_(ids))
    newest_first = query.order_by(Contact.at.desc(), Contact.id.desc())
    return list(db.session.scalars(newest_first.limit(limit)))


def list_open_promises(case_id: int) -> list[Promise]:
    """What the debtor has promised and still has time for."""
    query = select(Promise).where(Promise.case_id == case_id, Promise.state == PromiseState.OPEN)
    return list(db.session.scalars(query.order_by(Promise.due_on, Promise.id)))


def list_open_commitments(case_id: int) -> list[Commitment]:
    """What we have promised and not kept yet."""
    query = select(Commitment).where(
        Commitment.case_id == case_id,
        Commitment.kept_at.is_(None),
        Commitment.withdrawn_at.is_(None),
    )
    return list(db.session.scalars(query.order_by(Commitment.due_at, Commitment.id)))


def get_commitment(public_id: str) -> Commitment:
    """The commitment of that public id; raises NotFound."""
    found = db.session.scalar(select(Commitment).where(Commitment.public_id == public_id))
    if found is None:
        raise NotFound
    return found


def paid_between(case_id: int, first_day: date, last_day: date) -> int:
    """What the debtor paid on a case in a span of days; a payment taken back does not count."""
    settling = {EntryKind.PAYMENT, EntryKind.DIRECT_PAYMENT}
    postings = list_postings(case_id)
    taken_back = {posting.reverses_id for posting in postings}
    return sum(
        posting.amount_cents
        for posting in postings
        if posting.kind in settling
        and posting.direction is Direction.CREDIT
        and posting.id not in taken_back
        and first_day <= posting.value_on <= last_day
    )
