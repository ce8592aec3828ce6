"""Reads about contacts, promises and commitments."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import Select, func, select, tuple_

from cases.claims.models import Case, CaseDebtor
from cases.contacts.models import (
    Commitment,
    Contact,
    ContactChannel,
    ContactDirection,
    ContactOutcome,
    Promise,
    PromiseState,
)
from cases.core import clock
from cases.core.database import db
from cases.core.errors import NotFound
from cases.core.many import one_of
from cases.ledger.models import Direction, EntryKind
from cases.ledger.queries import list_postings


@dataclass(frozen=True, slots=True)
class Attempts:
    """What was tried in a case."""

    tried: int
    right_person: int
    seconds: int
    chasers: int  # Times that the debtor had to remind us.


def list_contacts(
    case_id: int, ids: Collection[int] | None = None, limit: int = 50
) -> list[Contact]:
    """The contact log of a case, newest first; only some entries if their ids are given."""
    query = select(Contact).where(Contact.case_id == case_id)
    if ids is not None:
        query = query.where(Contact.id.in_(ids))
    newest_first = query.order_by(Contact.at.desc(), Contact.id.desc())
    return list(db.session.scalars(newest_first.limit(limit)))


def list_log(
    case_id: int,
    channel: ContactChannel | None = None,
    before: tuple[datetime, int] | None = None,
    limit: int = 50,
) -> list[Contact]:
    """The contact log, newest first; `before` is the last entry seen (keyset)."""
    query = select(Contact).where(Contact.case_id == case_id)
    if channel is not None:
        query = query.where(Contact.channel == channel)
    if before is not None:
        query = query.where(tuple_(Contact.at, Contact.id) < before)
    newest_first = query.order_by(Contact.at.desc(), Contact.id.desc())
    return list(db.session.scalars(newest_first.limit(limit)))


def find_contact(public_id: str) -> Contact | None:
    """The entry of that public id, if there is one."""
    return db.session.scalar(select(Contact).where(Contact.public_id == public_id))


def last_objection_of(case_id: int) -> Contact | None:
    """The newest entry of a case in which the debtor objected."""
    return db.session.scalar(
        select(Contact)
        .where(Contact.case_id == case_id, Contact.outcome == ContactOutcome.OBJECTION)
        .order_by(Contact.id.desc())
        .limit(1)
    )


def list_conversation(debtor_id: int, limit: int = 50) -> list[Contact]:
    """What was said with a debtor in all his cases, the newest first: one conversation."""
    cases = select(CaseDebtor.case_id).where(CaseDebtor.debtor_id == debtor_id)
    query = select(Contact).where(Contact.case_id.in_(cases))
    newest_first = query.order_by(Contact.at.desc(), Contact.id.desc())
    return list(db.session.scalars(newest_first.limit(limit)))


def count_attempts(case_id: int) -> Attempts:
    """How often and how long we tried in a case, and how often the debtor had to remind us."""
    spoken = Contact.channel.in_([ContactChannel.PHONE, ContactChannel.VISIT])
    ours = Contact.direction == ContactDirection.OUTBOUND
    query = select(
        func.count().filter(spoken, ours),
        func.count().filter(spoken, ours, Contact.right_person.is_(True)),
        func.coalesce(func.sum(Contact.seconds), 0),
        func.count().filter(Contact.chaser),
    ).where(Contact.case_id == case_id, Contact.corrects_id.is_(None))
    tried, right_person, seconds, chasers = db.session.execute(query).one()
    return Attempts(int(tried), int(right_person), int(seconds or 0), int(chasers))


def list_open_promises(case_id: int) -> list[Promise]:
    """What the debtor has promised and still has time for."""
    query = select(Promise).where(Promise.case_id == case_id, Promise.state == PromiseState.OPEN)
    return list(db.session.scalars(query.order_by(Promise.due_on, Promise.id)))


def cases_with_open_promises(case_ids: Iterable[int]) -> Select[int]:
    """Which of these cases wait for money that was promised."""
    return select(Promise.case_id).where(
        one_of(Promise.case_id, case_ids), Promise.state == PromiseState.OPEN
    )


def list_promises(case_id: int, limit: int = 20) -> list[Promise]:
    """What the debtor promised and what became of it, the newest first."""
    query = select(Promise).where(Promise.case_id == case_id)
    return list(db.session.scalars(query.order_by(Promise.id.desc()).limit(limit)))


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


def list_contacts_of_user(user_id: int, day: date, limit: int = 200) -> list[Contact]:
    """What somebody logged on a day."""
    query = select(Contact).where(
        Contact.user_id == user_id, Contact.occurred_on == day, Contact.corrects_id.is_(None)
    )
    return list(db.session.scalars(query.order_by(Contact.id.desc()).limit(limit)))


def time_spent(user_id: int, day: date) -> int:
    """Seconds of talk that somebody logged on a day."""
    query = select(func.coalesce(func.sum(Contact.seconds), 0)).where(
        Contact.user_id == user_id, Contact.occurred_on == day, Contact.corrects_id.is_(None)
    )
    return int(db.session.scalar(query) or 0)


def list_promises_made(user_id: int, day: date) -> list[tuple[Promise, str, str]]:
    """Promises from somebody's contacts of a day, with number and address of their cases."""
    query = (
        select(Promise, Case.number, Case.public_id)
        .join(Contact, Contact.id == Promise.contact_id)
        .join(Case, Case.id == Promise.case_id)
        .where(Contact.user_id == user_id, Contact.occurred_on == day)
        .order_by(Promise.id.desc())
    )
    return [(promise, number, address) for promise, number, address in db.session.execute(query)]


@dataclass(frozen=True, slots=True)
class KeptRate:
    """How many of our own promises fell due, and how many were kept at the time first named."""

    due: int
    kept: int


def kept_rate(owner_id: int | None, since: date) -> KeptRate:
    """Our own promises whose first time lies since a day, of one person or of everybody."""
    first = func.coalesce(Commitment.first_due_at, Commitment.due_at)
    query = select(func.count(), func.count().filter(Commitment.kept_at <= first)).where(
        Commitment.withdrawn_at.is_(None), first >= since, first <= clock.now()
    )
    if owner_id is not None:
        query = query.where(Commitment.owner_id == owner_id)
    due, kept = db.session.execute(query).one()
    return KeptRate(int(due), int(kept))
