"""Finding cases by what people have in hand: numbers, names, addresses, phones. Staff only.

Each look-up uses an index of its own and ends after `HITS` cases, so that a search stays quick
with many cases and with words that fit half of them.
"""

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, Select, func, literal_column, select, union

from cases.claims.models import (
    CUSTOMER_NUMBER,
    SERIAL,
    Case,
    CaseDebtor,
    Claim,
    Phase,
)
from cases.claims.references import parse_case_numbers
from cases.core.database import db
from cases.core.sort_name import beginnings, sort_name
from cases.core.sorting import Column, Order, order_of
from cases.formats.invoice_fold import fold_invoice
from cases.parties.models import (
    PHONE_DIGITS,
    PHONE_ENDING,
    STREET_WORDS,
    Creditor,
    Debtor,
    DebtorAddress,
)

PAGE = 50
#: More hits than this are not a find; the screen asks for another word.
HITS = 300
#: Nobody types more than this into a search box.
LONGEST = 120
#: The serial of a case number, alone or after its year.
PART_OF_NUMBER = re.compile(r"(?:(20[0-9]{2})\s*[-/ ]\s*)?0{0,6}([0-9]{1,7})")
#: Shorter words would find half of the house.
LEAST_STREET, LEAST_CREDITOR = 4, 3
POSTCODE = re.compile(r"[0-9]{4,5}")
#: Words as they are; names have no grammar.
_SIMPLE: ColumnElement[str] = literal_column("'simple'::regconfig")


@dataclass(frozen=True, slots=True)
class CaseFilter:
    """What somebody looks for; `text` is whatever he has in hand."""

    text: str = ""
    creditor_id: int | None = None
    phase: Phase | None = None


@dataclass(frozen=True, slots=True)
class FoundCase:
    """One line of the list of cases."""

    case: Case
    debtor_name: str
    creditor_name: str
    place: str  # Where a later page begins behind it.


#: Name in the address -> what the list can be sorted by.
COLUMNS = {
    "number": Column(Case.id),
    "debtor": Column(Debtor.sort_name, str),
    "creditor": Column(Creditor.name, str),
    "principal": Column(Case.principal_cents),
    "open": Column(Case.booked_open_cents),
}
NEWEST = "-number"


def case_order(wanted: str = NEWEST) -> Order:
    """The order that an address asks for; the newest case first where it asks for none."""
    return order_of(COLUMNS, Case.id, wanted, NEWEST)


def list_cases(
    wanted: CaseFilter,
    after: str = "",
    limit: int = PAGE,
    also: Sequence[Select[Any]] = (),
    order: Order | None = None,
) -> list[FoundCase]:
    """Cases that fit, the newest first unless told otherwise; `after` is the place of the last one.

    `also` are look-ups of other slices: selects of one column, the id of a case.
    """
    order = order or case_order()
    query = select(Case, Creditor.name).join(Creditor, Creditor.id == Case.creditor_id)
    query = query.where(*_within(wanted))
    if text := searched(wanted.text):
        query = query.where(Case.id.in_(_hits([*lookups(text), *also], wanted)))
    if order.key == "debtor":
        first = (CaseDebtor.case_id == Case.id) & (CaseDebtor.position == 1)
        query = query.join(CaseDebtor, first).join(Debtor, Debtor.id == CaseDebtor.debtor_id)
    rows = db.session.execute(order.applied(query, after).limit(limit)).all()
    names = first_debtor_names([case.id for case, _, _ in rows])
    return [
        FoundCase(case, names.get(case.id, ""), creditor, order.place(value, case.id))
        for case, creditor, value in rows
    ]


def find_exact(text: str, also: Sequence[Select[Any]] = ()) -> Case | None:
    """The one case that a number names in full, if the text is such a number."""
    wanted = searched(text)
    numbers = parse_case_numbers(wanted)
    if numbers:
        branches = [select(Case.id).where(Case.number.in_(numbers))]
    else:
        branches = [*_invoices(wanted), *_parts_of_numbers(wanted), *also]
    if not branches:
        return None
    found = db.session.scalars(select(Case).where(Case.id.in_(union(*branches))).limit(2)).all()
    return found[0] if len(found) == 1 else None


def searched(text: str) -> str:
    """What was typed, without what no index could hold."""
    return "".join(sign for sign in text if sign.isprintable()).strip()[:LONGEST]


def lookups(text: str) -> list[Select[Any]]:
    """The look-ups that can find anything for this text."""
    numbers = [text.upper(), *parse_case_numbers(text)]
    return [
        select(Case.id).where(Case.number.in_(numbers)),
        *_parts_of_numbers(text),
        *_invoices(text),
        *_customer_numbers(text),
        *_names(text),
        *_streets(text),
        *_postcodes(text),
        *_phones(text),
        *_creditors(text),
    ]


def first_debtor_names(case_ids: Collection[int]) -> dict[int, str]:
    """The name of the first debtor of each case, with the number of the others."""
    found: dict[int, list[str]] = {}
    query = (
        select(CaseDebtor.case_id, Debtor)
        .join(Debtor, Debtor.id == CaseDebtor.debtor_id)
        .where(CaseDebtor.case_id.in_(case_ids))
        .order_by(CaseDebtor.case_id, CaseDebtor.position)
    )
    for case_id, debtor in db.session.execute(query):
        found.setdefault(case_id, []).append(debtor.full_name)
    return {
        case_id: names[0] if len(names) == 1 else f"{names[0]} (+{len(names) - 1})"
        for case_id, names in found.items()
    }


def _within(wanted: CaseFilter) -> list[ColumnElement[bool]]:
    conditions = []
    if wanted.creditor_id is not None:
        conditions.append(Case.creditor_id == wanted.creditor_id)
    if wanted.phase is not None:
        conditions.append(Case.phase == wanted.phase)
    return conditions


def _hits(branches: Sequence[Select[Any]], wanted: CaseFilter) -> list[int]:
    """Ids of what the look-ups find, each ended early."""
    conditions = _within(wanted)
    limited = []
    for branch in branches:
        ids = branch.subquery()
        inside = select(Case.id).join(ids, ids.c[0] == Case.id).where(*conditions)
        limited.append((inside if conditions else branch).limit(HITS))
    return list(db.session.scalars(union(*limited)))


def _parts_of_numbers(text: str) -> list[Select[Any]]:
    """ "2026-0000121" and "121" name the case 2026-0000121-9."""
    part = PART_OF_NUMBER.fullmatch(text)
    if part is None:
        return []
    query = select(Case.id).where(SERIAL.in_([part[2].zfill(7)]))
    if part[1]:
        query = query.where(Case.number.startswith(f"{part[1]}-"))
    return [query]


def _invoices(text: str) -> list[Select[Any]]:
    invoice = fold_invoice(text)
    return [select(Claim.case_id).where(Claim.invoice_folded == invoice)] if invoice else []


def _customer_numbers(text: str) -> list[Select[Any]]:
    folded = "".join(sign for sign in text.upper() if sign.isalnum())
    return [select(CaseDebtor.case_id).where(CUSTOMER_NUMBER.in_([folded]))] if folded else []


def _names(text: str) -> list[Select[Any]]:
    if not sort_name(text):
        return []
    words = func.to_tsvector(_SIMPLE, Debtor.sort_name)
    fits = words.bool_op("@@")(func.to_tsquery(_SIMPLE, beginnings(text)))
    debtors = select(Debtor.id).where(fits).limit(HITS).subquery()
    return [select(CaseDebtor.case_id).join(debtors, debtors.c.id == CaseDebtor.debtor_id)]


def _streets(text: str) -> list[Select[Any]]:
    """A street, which has at least one word of four letters or more."""
    words = sort_name(text).split()
    if not any(len(word) >= LEAST_STREET and not word.isdigit() for word in words):
        return []
    fits = STREET_WORDS.bool_op("@@")(func.to_tsquery(_SIMPLE, beginnings(text)))
    return [_at_addresses(fits)]


def _postcodes(text: str) -> list[Select[Any]]:
    return [_at_addresses(DebtorAddress.postcode == text)] if POSTCODE.fullmatch(text) else []


def _at_addresses(fits: ColumnElement[bool]) -> Select[Any]:
    at = select(DebtorAddress.debtor_id).where(fits, DebtorAddress.valid_until.is_(None))
    found = at.limit(HITS).subquery()
    return select(CaseDebtor.case_id).join(found, found.c.debtor_id == CaseDebtor.debtor_id)


def _phones(text: str) -> list[Select[Any]]:
    """A phone number however it was typed: with blanks, with +49 or with a zero before it."""
    digits = "".join(sign for sign in text if sign in "0123456789")
    typed = set(text) <= set("0123456789 +-/().")
    if not typed or len(digits) < PHONE_DIGITS:
        return []
    query = select(CaseDebtor.case_id).join(Debtor, Debtor.id == CaseDebtor.debtor_id)
    return [query.where(PHONE_ENDING.in_([digits[-PHONE_DIGITS:]]))]


def _creditors(text: str) -> list[Select[Any]]:
    """All cases of the creditors whose name begins or goes on so; there are few creditors."""
    if len(text) < LEAST_CREDITOR:
        return []
    wanted = sort_name(text)
    known = db.session.execute(select(Creditor.id, Creditor.name))
    ids = [each for each, name in known if f" {wanted}" in f" {sort_name(name)}"] if wanted else []
    return [select(Case.id).where(Case.creditor_id.in_(ids))] if ids else []
