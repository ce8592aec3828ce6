"""Finding cases: by number, invoice, name of a debtor, creditor or phase. Staff only."""

from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, Select, func, literal_column, select, union

from cases.claims.models import FOLDED_INVOICE, Case, CaseDebtor, Claim, Phase
from cases.core.database import db
from cases.core.sort_name import sort_name
from cases.parties.models import Creditor, Debtor

PAGE = 50
#: Words as they are; names have no grammar.
_PLAIN: ColumnElement[str] = literal_column("'simple'::regconfig")


@dataclass(frozen=True, slots=True)
class CaseFilter:
    """What somebody looks for; `text` is a number (case, invoice) or the words of a name."""

    text: str = ""
    creditor_id: int | None = None
    phase: Phase | None = None


@dataclass(frozen=True, slots=True)
class FoundCase:
    """One line of the list of cases."""

    case: Case
    debtor_name: str
    creditor_name: str


def list_cases(wanted: CaseFilter, after: int | None = None, limit: int = PAGE) -> list[FoundCase]:
    """Cases that fit, the newest first; `after` is the id of the last one seen (keyset)."""
    query = select(Case, Creditor.name).join(Creditor, Creditor.id == Case.creditor_id)
    if wanted.creditor_id is not None:
        query = query.where(Case.creditor_id == wanted.creditor_id)
    if wanted.phase is not None:
        query = query.where(Case.phase == wanted.phase)
    if wanted.text.strip():
        query = query.where(_fits(wanted.text.strip()))
    if after is not None:
        query = query.where(Case.id < after)
    rows = db.session.execute(query.order_by(Case.id.desc()).limit(limit)).all()
    names = first_debtor_names([case.id for case, _ in rows])
    return [FoundCase(case, names.get(case.id, ""), creditor) for case, creditor in rows]


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


def _fits(text: str) -> Any:
    """Each branch uses an index of its own, so that a search stays quick with many cases."""
    branches: list[Select[Any]] = [select(Case.id).where(Case.number == text.upper())]
    if invoice := "".join(sign for sign in text.upper() if sign.isalnum()):
        branches.append(select(Claim.case_id).where(FOLDED_INVOICE.in_([invoice])))
    if words := sort_name(text).split():
        beginnings = func.to_tsquery(_PLAIN, " & ".join(f"{word}:*" for word in words))
        branches.append(
            select(CaseDebtor.case_id)
            .join(Debtor, Debtor.id == CaseDebtor.debtor_id)
            .where(func.to_tsvector(_PLAIN, Debtor.sort_name).op("@@")(beginnings))
        )
    return Case.id.in_(union(*branches))
