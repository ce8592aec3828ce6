"""What holds for every application of a creditor: kept when it is entered, copied into the next.

A new draft starts with it, names the case it is from, and can be changed like everything else. The
declaration on performance is kept only if the creditor gave it for all its claims, and is never
copied into a case with an objection: there somebody asks again.
Law: ZPO § 690(1) no. 1, 2, 4 and 5.
"""

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import select

from cases.claims.models import Case
from cases.core import audit, clock
from cases.core.database import db
from cases.filings.applications.case_facts import CaseFacts, claimed_in
from cases.filings.applications.models import CourtDeclaration, CourtMemory, Filing

PERFORMANCE = "performance"
CATALOGUE_NUMBER = "claims.no"
#: Paths of the application have one digit for a claim.
MOST_CLAIMS = 10
_NUMBER = re.compile(r"claims\[\d\]\.no")


@dataclass(frozen=True, slots=True)
class Kept:
    """One thing that is known for a creditor, and the case in which it was entered."""

    value: str
    case_number: str
    on: date


def is_of_creditor(path: str) -> bool:
    """Whether an entry says something about the creditor and not about this case."""
    return path.startswith("applicants[0].") or path == "olg_district"


def keep_entries(filing: Filing, paths: Collection[str]) -> None:
    """Keep what a person has just entered, as far as it holds for the next application too."""
    for path in filter(is_of_creditor, paths):
        _keep(filing.case_id, filing.creditor_id, path, filing.content.get(path))
    if any(_NUMBER.fullmatch(path) for path in paths):
        numbers = {value for path, value in filing.content.items() if _NUMBER.fullmatch(path)}
        # Claims of several kinds: none of their numbers goes without saying.
        only = next(iter(numbers)) if len(numbers) == 1 else None
        _keep(filing.case_id, filing.creditor_id, CATALOGUE_NUMBER, only)


def keep_declaration(declaration: CourtDeclaration) -> None:
    """The creditor has declared this for all its claims, until it says otherwise."""
    _keep(declaration.case_id, declaration.creditor_id, PERFORMANCE, declaration.answer,
          declaration.declared_on)  # fmt: skip


def forget_declaration(creditor_id: int) -> None:
    """From now on each case is asked again."""
    row = db.session.get(CourtMemory, (creditor_id, PERFORMANCE))
    if row is not None:
        db.session.delete(row)
        audit.record("court_memory.forgotten", "creditor", creditor_id, creditor_id=creditor_id,
                     key=PERFORMANCE)  # fmt: skip
        db.session.flush()


def recall(facts: CaseFacts) -> tuple[dict[str, Any], dict[str, str]]:
    """The entries that a new draft begins with, and the case that each is from."""
    content: dict[str, Any] = {}
    origins: dict[str, str] = {}
    for key, kept in list_kept(facts.case.creditor_id).items():
        for path in _paths(key, facts):
            content[path] = int(kept.value) if key == CATALOGUE_NUMBER else kept.value
            origins[path] = kept.case_number
    return content, origins


def recall_declaration(facts: CaseFacts) -> None:
    """Record for this case what the creditor has declared for all of them."""
    kept = list_kept(facts.case.creditor_id).get(PERFORMANCE)
    contested = any(objection.contests for objection in facts.objections)
    if kept is None or contested or PERFORMANCE in facts.declarations:
        return
    db.session.add(
        CourtDeclaration(
            case_id=facts.case.id,
            creditor_id=facts.case.creditor_id,
            kind=PERFORMANCE,
            answer=kept.value,
            declared_on=kept.on,
            remembered_from=kept.case_number,
            recorded_at=clock.now(),
            recorded_by=audit.actor_id(),
        )
    )
    db.session.flush()
    audit.record("court.declared.remembered", "case", facts.case.id,
                 creditor_id=facts.case.creditor_id, from_case=kept.case_number)  # fmt: skip


def list_kept(creditor_id: int) -> Mapping[str, Kept]:
    """Everything that is known for a creditor, by its key."""
    query = (
        select(CourtMemory, Case.number)
        .join(Case, Case.id == CourtMemory.case_id)
        .where(CourtMemory.creditor_id == creditor_id)
    )
    return {
        row.key: Kept(row.value, number, row.kept_on) for row, number in db.session.execute(query)
    }


def _paths(key: str, facts: CaseFacts) -> list[str]:
    """Where in the application of this case it goes."""
    if key == PERFORMANCE:
        return []
    if key != CATALOGUE_NUMBER:
        return [key]
    claims = claimed_in(facts)[:MOST_CLAIMS]
    # A consumer credit has a number of its own.
    return [f"claims[{i}].no" for i, claim in enumerate(claims) if not claim.is_consumer_loan]


def _keep(case_id: int, creditor_id: int, key: str, value: object, on: date | None = None) -> None:
    row = db.session.get(CourtMemory, (creditor_id, key))
    if value in (None, ""):
        if row is not None:
            db.session.delete(row)
    elif row is None:
        db.session.add(
            CourtMemory(
                creditor_id=creditor_id, key=key, value=str(value), case_id=case_id,
                kept_on=on or clock.today(), kept_by=audit.actor_id(),
            )
        )  # fmt: skip
    else:
        row.value, row.case_id = str(value), case_id
        row.kept_on, row.kept_by = on or clock.today(), audit.actor_id()
    db.session.flush()
