"""Everything about cases that their applications need, fetched once for all of them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from sqlalchemy import ARRAY, BigInteger, BindParameter, any_, literal, select

from cases.claims.models import Case, Claim, Hold
from cases.claims.queries import (
    DebtorInCase,
    list_claims_of_cases,
    list_debtors_of_cases,
    list_open_holds_of_cases,
)
from cases.core import clock
from cases.core.database import db
from cases.costs.booking import list_rates
from cases.filings.applications.models import CourtDeclaration, CourtSettings
from cases.filings.applications.money_check import Bank, read_bank
from cases.filings.court_settings import get_court_settings
from cases.filings.trial_courts.directory import NamedCourts, named_courts
from cases.filings.trial_courts.models import TrialCourtKnown
from cases.ledger.queries import convention_of, list_postings_of_cases, terms_of
from cases.ledger.statement import Posting, Statement, compute_statement
from cases.letters.models import Letter, LetterKind, LetterState
from cases.objections.models import Objection
from cases.objections.queries import list_objections_of_cases
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
    trial_courts: Mapping[tuple[str, str], TrialCourtKnown]  # Typed before: by postcode and kind.
    directory: NamedCourts | None  # None: the house has loaded none.
    bank: Bank
    settings: CourtSettings
    collection_rate: Decimal | None  # Of the pre-court fee that stands booked.
    today: date


def gather(case: Case) -> CaseFacts:
    """The facts of a case today."""
    return gather_many([case])[case.id]


def gather_many(cases: Sequence[Case], bank: Bank | None = None) -> dict[int, CaseFacts]:
    """The facts of many cases today, by case: a fixed number of queries however many they are."""
    ids = [case.id for case in cases]
    today, agency = clock.today(), get_agency()
    of_each_law = {case.jurisdiction: case for case in cases}
    conventions = {code: convention_of(case) for code, case in of_each_law.items()}
    known_at, bank = clock.now(), bank or read_bank()
    creditors = {case.creditor_id: get_creditor(case.creditor_id) for case in cases}
    contracts = {key: get_contract(key, today) for key in creditors}
    claims, debtors = list_claims_of_cases(ids), list_debtors_of_cases(ids)
    postings, objections = list_postings_of_cases(ids), list_objections_of_cases(ids)
    holds, letters = list_open_holds_of_cases(ids), _first_demands(ids)
    settings = get_court_settings()
    declarations, rates = list_declarations(ids), list_rates(cases)
    postcodes = {d.address.postcode for some in debtors.values() for d in some if d.address}
    courts, directory = _trial_courts(postcodes), named_courts(postcodes)
    return {
        case.id: CaseFacts(
            case=case,
            creditor=creditors[case.creditor_id],
            contract=contracts[case.creditor_id],
            agency=agency,
            debtors=tuple(debtors[case.id]),
            claims=tuple(c for c in claims[case.id] if not c.excluded_reason),
            statement=compute_statement(
                [terms_of(claim) for claim in claims[case.id]], postings[case.id], today,
                known_at, conventions[case.jurisdiction],
            ),
            postings=tuple(postings[case.id]),
            objections=tuple(objections[case.id]),
            holds=tuple(holds[case.id]),
            letter=letters.get(case.id),
            declarations=declarations.get(case.id, {}),
            trial_courts=courts,
            directory=directory,
            bank=bank,
            settings=settings,
            collection_rate=rates.get(case.id),
            today=today,
        )
        for case in cases
    }  # fmt: skip


def list_declarations(case_ids: Sequence[int]) -> dict[int, dict[str, CourtDeclaration]]:
    """The latest declaration of each kind, by case."""
    found: dict[int, dict[str, CourtDeclaration]] = {}
    query = select(CourtDeclaration).where(CourtDeclaration.case_id == any_(_ids(case_ids)))
    for row in db.session.scalars(query.order_by(CourtDeclaration.id)):
        found.setdefault(row.case_id, {})[row.kind] = row
    return found


def _first_demands(case_ids: Sequence[int]) -> dict[int, Letter]:
    """The latest first demand that was sent, by case."""
    query = select(Letter).where(
        Letter.case_id == any_(_ids(case_ids)),
        Letter.kind == LetterKind.FIRST_DEMAND,
        Letter.state == LetterState.SENT,
    )
    return {letter.case_id: letter for letter in db.session.scalars(query.order_by(Letter.id))}


def _trial_courts(postcodes: set[str]) -> dict[tuple[str, str], TrialCourtKnown]:
    query = select(TrialCourtKnown).where(TrialCourtKnown.postcode.in_(postcodes))
    return {(row.postcode, row.kind): row for row in db.session.scalars(query)}


def _ids(ids: Sequence[int]) -> BindParameter[Sequence[int]]:
    """Any number of ids as one parameter."""
    return literal(list(ids), ARRAY(BigInteger))
