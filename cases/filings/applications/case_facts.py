"""Everything about cases that their applications need, fetched once for all of them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal

from sqlalchemy import ARRAY, BigInteger, BindParameter, any_, literal, select

from cases.claims.asking.models import Asked, AskedFor
from cases.claims.asking.policies import policies_of
from cases.claims.asking.services import standing_of
from cases.claims.joint_default import Start, list_joint_defaults, starts_among
from cases.claims.models import Case, Claim, Hold, JointDefault
from cases.claims.queries import (
    DebtorInCase,
    list_claims_of_cases,
    list_debtors_of_cases,
    list_open_holds_of_cases,
)
from cases.core import clock
from cases.core.database import db
from cases.costs.booking import list_rates, plan_from_nothing
from cases.documents.client_papers.services import powers_for_cases, powers_of
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
    starts: Mapping[int, date | None]  # Claim -> from when on all its debtors are in default.
    client_must_agree: bool = False  # He wants to be asked before court, and has not agreed.
    power_since: date | None = None  # Of the power of attorney that holds today.
    common_costs_cents: int | None = None  # Of collection, owed by each; None: all that is booked.


def claimed_in(facts: CaseFacts) -> list[Claim]:
    """The claims that an application names, in its order: those with an open principal."""
    open_cents = {b.terms.claim_id: b.principal_open_cents for b in facts.statement.claims}
    return [claim for claim in facts.claims if open_cents[claim.id] > 0]


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
    common = _common_defaults(cases, claims, debtors)
    powers, own_powers = powers_of(list(creditors), today), powers_for_cases(ids, today)
    policies, asked = policies_of(ids), standing_of(ids)
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
                [
                    replace(terms_of(claim), interest_first_day=common[case.id].starts[claim.id])
                    for claim in claims[case.id]
                ],
                postings[case.id], today, known_at, conventions[case.jurisdiction],
                with_rows=False,
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
            starts=common[case.id].starts,
            power_since=own_powers.get(case.id)
            or powers.get(case.creditor_id, contracts[case.creditor_id].power_of_attorney_on),
            client_must_agree=policies[case.id].needs_court_approval
            and asked[case.id].get(AskedFor.COURT.value) != Asked.AGREED.value,
            common_costs_cents=common[case.id].costs_cents,
        )
        for case in cases
    }  # fmt: skip


@dataclass(frozen=True, slots=True)
class _Common:
    """What one application may ask of all joint debtors alike. Law: BGB §§ 421, 425."""

    starts: dict[int, date | None]
    costs_cents: int | None = None


def _common_defaults(
    cases: Sequence[Case],
    claims: Mapping[int, Sequence[Claim]],
    debtors: Mapping[int, Sequence[DebtorInCase]],
) -> dict[int, _Common]:
    """Of each case the days from which everybody is in default, and the costs everybody owes."""
    found = {
        case.id: _Common({claim.id: claim.default_on for claim in claims[case.id]})
        for case in cases
    }
    joint = [case for case in cases if len(debtors[case.id]) > 1]
    known: dict[int, list[JointDefault]] = {}
    for row in list_joint_defaults([case.id for case in joint]):
        known.setdefault(row.case_id, []).append(row)
    for case in joint:
        own = starts_among(claims[case.id], debtors[case.id], known.get(case.id, []))
        starts = {claim.id: _latest(own, claim.id) for claim in claims[case.id]}
        if starts == found[case.id].starts:
            continue
        plans = [
            plan_from_nothing(case, clock.today(), {k: s.default_on for k, s in each.items()})
            for each in own.values()
        ]
        found[case.id] = _Common(starts, min(plan.total_cents for plan in plans))
    return found


def _latest(own: Mapping[int, Mapping[int, Start]], claim_id: int) -> date | None:
    days = [starts[claim_id].default_on for starts in own.values()]
    known = [day for day in days if day is not None]
    return max(known, default=None) if len(known) == len(days) else None


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
