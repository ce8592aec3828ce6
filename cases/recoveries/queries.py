"""A creditor's cases as lists. For a creditor the database shows its own rows only."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import BigInteger, Select, func, select

from cases.claims.models import (
    Case,
    CaseDebtor,
    TimelineEvent,
)
from cases.claims.search import HITS, PART_OF_NUMBER, searched
from cases.core.database import db
from cases.core.many import one_of
from cases.core.sort_name import beginnings
from cases.core.sorting import Column, Order, order_of
from cases.formats.invoice_fold import fold_invoice
from cases.recoveries.stages import STAGES, at_stage, stage

PAGE = 50


@dataclass(frozen=True, slots=True)
class OwnCase:
    """A case as a list shows it to its creditor."""

    case: Case
    stage: str
    debtor: str | None  # As this creditor submitted him.
    place: str = ""  # Where a later page of a list begins behind it.


_DEBTOR = func.coalesce(CaseDebtor.submitted_name, "")
#: Name in the address -> what the list can be sorted by.
COLUMNS = {
    "number": Column(Case.id),
    "debtor": Column(func.lower(_DEBTOR), str),
    "opened": Column(Case.opened_on, date),
    "principal": Column(Case.principal_cents),
    "received": Column(Case.received_cents),
    "open": Column(Case.booked_open_cents),
}
NEWEST = "-number"


def own_order(wanted: str = NEWEST) -> Order:
    """The order that an address asks for; the newest case first where it asks for none."""
    return order_of(COLUMNS, Case.id, wanted, NEWEST)


def list_own_cases(
    wanted: str | None = None,
    hits: Sequence[int] | None = None,
    after: str = "",
    limit: int = PAGE,
    order: Order | None = None,
) -> list[OwnCase]:
    """Cases, newest first unless told otherwise; with `hits` only those that a search has found."""
    query, order = _own_cases(), order or own_order()
    if wanted in STAGES:
        query = query.where(at_stage(wanted))
    if hits is not None:
        query = query.where(Case.id.in_(hits))
    return [
        OwnCase(found, where, debtor, order.place(value, found.id))
        for found, where, debtor, value in db.session.execute(
            order.applied(query, after).limit(limit)
        )
    ]


def find_own(search: str) -> list[int] | None:
    """Ids of own cases whose numbers, debtors, invoices or customer numbers fit; None for nothing.

    Ends after `HITS`; the look-ups stand in the database, see `find_own_cases` there.
    """
    text = searched(search)
    return _hits(text) if text else None


def list_moved_cases(limit: int = 5) -> list[tuple[OwnCase, TimelineEvent]]:
    """The cases in which something happened last that their creditor may see."""
    newest = (TimelineEvent.creditor_id, TimelineEvent.at.desc(), TimelineEvent.id.desc())
    events = db.session.scalars(
        select(TimelineEvent)
        .where(TimelineEvent.creditor_visible)
        .order_by(*newest)
        .limit(limit * 20)
    )
    latest: dict[int, TimelineEvent] = {}
    for event in events:
        latest.setdefault(event.case_id, event)
    chosen = list(latest)[:limit]
    cases = {own.case.id: own for own in _read(_own_cases().where(Case.id.in_(chosen)))}
    return [(cases[case_id], latest[case_id]) for case_id in chosen if case_id in cases]


def stage_of(case_id: int) -> str:
    """The stage of one case."""
    return db.session.scalar(select(stage()).where(Case.id == case_id)) or "new"


def list_cases_by_id(ids: Sequence[int]) -> list[Case]:
    """Cases by their ids, the newest first. For a creditor only its own exist."""
    query = select(Case).where(one_of(Case.id, ids)).order_by(Case.id.desc())
    return list(db.session.scalars(query))


def _own_cases() -> Select[Case, str, str | None]:
    debtor = CaseDebtor.submitted_name
    return select(Case, stage(), debtor).outerjoin(
        CaseDebtor, (CaseDebtor.case_id == Case.id) & (CaseDebtor.position == 1)
    )


def _read(query: Select[Case, str, str | None]) -> list[OwnCase]:
    return [OwnCase(found, where, debtor) for found, where, debtor in db.session.execute(query)]


def _hits(text: str) -> list[int]:
    part = PART_OF_NUMBER.fullmatch(text)
    found = func.find_own_cases(
        beginnings(text),
        "".join(sign for sign in text.upper() if sign.isalnum()),
        fold_invoice(text),
        part[2].zfill(7) if part else "",
        text,
        HITS,
        type_=BigInteger,
    )
    return list(db.session.scalars(select(found)))
