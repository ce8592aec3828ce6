"""Everything about a case that an application needs, fetched once."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select

from cases.claims.models import Case, Claim, Hold
from cases.claims.queries import DebtorInCase, list_claims, list_debtors, list_open_holds
from cases.core import clock
from cases.core.database import db
from cases.filings.applications.models import CourtDeclaration, TrialCourtKnown
from cases.ledger.queries import list_postings, statement
from cases.ledger.statement import Posting, Statement
from cases.letters.models import Letter, LetterKind, LetterState
from cases.objections.models import Objection, Verdict
from cases.objections.queries import list_objections
from cases.parties.models import AgencyProfile, Creditor, CreditorContract
from cases.parties.queries import get_agency, get_contract, get_creditor


@dataclass(frozen=True, slots=True)
class CaseFacts:
    """A case as the drafting of its applications sees it."""

    case: Case
    creditor: Creditor
    contract: CreditorContract
    agency: AgencyProfile
    debtors: tuple[DebtorInCase, ...]
    claims: tuple[Claim, ...]
    statement: Statement
    postings: tuple[Posting, ...]
    objections: tuple[Objection, ...]
    holds: tuple[Hold, ...]
    letter: Letter | None
    declarations: Mapping[str, CourtDeclaration]
    trial_courts: Mapping[str, TrialCourtKnown]  # By postcode of the debtor.
    today: date


def gather(case: Case) -> CaseFacts:
    """The facts of a case today."""
    debtors = tuple(list_debtors(case.id))
    today = clock.today()
    return CaseFacts(
        case=case,
        creditor=get_creditor(case.creditor_id),
        contract=get_contract(case.creditor_id, today),
        agency=get_agency(),
        debtors=debtors,
        claims=tuple(c for c in list_claims(case.id) if not c.excluded_reason),
        statement=statement(case.id),
        postings=tuple(list_postings(case.id)),
        objections=tuple(list_objections(case.id)),
        holds=tuple(list_open_holds(case.id)),
        letter=_first_demand(case.id),
        declarations=find_declarations(case.id),
        trial_courts=_trial_courts({d.address.postcode for d in debtors if d.address}),
        today=today,
    )


def find_declarations(case_id: int) -> dict[str, CourtDeclaration]:
    """The latest declaration of each kind."""
    query = (
        select(CourtDeclaration)
        .where(CourtDeclaration.case_id == case_id)
        .order_by(CourtDeclaration.id)
    )
    return {row.kind: row for row in db.session.scalars(query)}


def contests(objection: Objection) -> bool:
    """Whether an objection still disputes the claim."""
    return objection.verdict in {None, Verdict.UNDECIDED} or objection.acknowledged_on is None


def _first_demand(case_id: int) -> Letter | None:
    return db.session.scalar(
        select(Letter)
        .where(
            Letter.case_id == case_id,
            Letter.kind == LetterKind.FIRST_DEMAND,
            Letter.state == LetterState.SENT,
        )
        .order_by(Letter.id.desc())
        .limit(1)
    )


def _trial_courts(postcodes: set[str]) -> dict[str, TrialCourtKnown]:
    query = select(TrialCourtKnown).where(TrialCourtKnown.postcode.in_(postcodes))
    return {row.postcode: row for row in db.session.scalars(query.order_by(TrialCourtKnown.kind))}
