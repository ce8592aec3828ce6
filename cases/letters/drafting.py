"""Drafting a first demand letter: what may be demanded, of whom, and what is still missing."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from cases.claims.law import country_place, law_of
from cases.claims.models import Case, Claim, Phase
from cases.claims.queries import (
    DebtorInCase,
    get_case_by_id,
    held_cents,
    list_claims,
    list_debtors,
    list_open_holds,
)
from cases.core import clock
from cases.costs.booking import as_postings, plan_first_costs
from cases.costs.lines import CostLine, list_cost_lines, planned_lines
from cases.ledger.models import Direction, EntryKind
from cases.ledger.queries import convention_of, list_postings, terms_of
from cases.ledger.statement import Posting, Statement, compute_statement
from cases.letters.demand import (
    TERM_DAYS,
    Demanded,
    Draft,
    Handler,
    Order,
    Principal,
    Sender,
    draft_demand,
)
from cases.letters.errors import (
    AddressMissing,
    CaseNotAccepted,
    EverythingHeld,
    HandlerIncomplete,
    NothingOwed,
)
from cases.letters.recipients import recipient_of
from cases.parties.queries import get_agency, get_creditor, place_of
from cases.people.services import get_user
from legal.allocation import Component


@dataclass(frozen=True, slots=True)
class DemandWish:
    """What the case worker decides about a first demand letter."""

    dispatched_on: date
    term_days: int = TERM_DAYS
    term_reason: str = ""
    next_step: str = "call"
    language: str | None = None  # None: the debtor's.


def draft_first_demand(
    case_id: int, wish: DemandWish, user_id: int
) -> list[tuple[DebtorInCase, Draft]]:
    """The first demand letters of a case, one per joint debtor, with what is still wrong."""
    case = get_case_by_id(case_id)
    require_demandable(case)
    claims = list_claims(case_id)
    demanded, owed = undisputed(case, claims, wish.dispatched_on)
    return [
        (debtor, draft_for(case, debtor, demanded, owed, wish, user_id, number="–"))
        for debtor in list_debtors(case_id)
    ]


def require_demandable(case: Case) -> None:
    if case.phase is not Phase.AMICABLE:
        raise CaseNotAccepted


def undisputed(
    case: Case, claims: Sequence[Claim], as_of: date
) -> tuple[list[Demanded], Statement]:
    """What may be demanded: the claims and parts of claims that do not stand still."""
    holds = list_open_holds(case.id)
    postings = list_postings(case.id)
    # Before the release the costs are only planned; the draft counts with them all the same.
    postings += as_postings(plan_first_costs(case, as_of), as_of)
    now, convention = clock.now(), convention_of(case)
    whole = compute_statement(
        [terms_of(claim) for claim in claims], postings, as_of, now, convention
    )
    if whole.open_cents <= 0:
        raise NothingOwed
    held: dict[int, int] = {}
    kept: list[Claim] = []
    for claim, balance in zip(claims, whole.claims, strict=True):
        cents = held_cents(holds, claim, balance.principal_open_cents)
        if balance.principal_open_cents - cents > 0 and claim.excluded_reason is None:
            held[claim.id] = cents
            kept.append(claim)
    if not kept:
        raise EverythingHeld
    # Interest is not demanded on a part that stands still: it is left out of the account.
    reductions = [_left_out(claim, held[claim.id]) for claim in kept if held[claim.id]]
    owed = compute_statement(
        [terms_of(claim) for claim in kept], [*postings, *reductions], as_of, now, convention
    )
    demanded = [
        Demanded(
            balance=balance,
            description=claim.description or "",
            contract_on=claim.contract_on,
            default_basis=claim.default_basis,
            consumer=claim.purpose.value == "consumer",
            remuneration=claim.is_remuneration,
            held_cents=held[claim.id],
            currency=claim.currency,
        )
        for claim, balance in zip(kept, owed.claims, strict=True)
    ]
    return demanded, owed


def _left_out(claim: Claim, cents: int) -> Posting:
    before = claim.invoiced_on - timedelta(days=1)
    return Posting(
        id=0,
        claim_id=claim.id,
        journal_id=0,
        value_on=before,
        booked_on=before,
        posted_at=clock.now(),
        direction=Direction.CREDIT,
        component=Component.PRINCIPAL,
        kind=EntryKind.CREDIT_NOTE,
        amount_cents=cents,
    )


def draft_for(
    case: Case,
    debtor: DebtorInCase,
    demanded: Sequence[Demanded],
    owed: Statement,
    wish: DemandWish,
    user_id: int,
    number: str,
) -> Draft:
    agency = get_agency()
    language = wish.language or debtor.debtor.language
    if debtor.address is None or debtor.address.undeliverable_on is not None:
        raise AddressMissing(name=debtor.debtor.full_name)
    order = Order(
        letter_number=number,
        case_number=case.number,
        dispatched_on=wish.dispatched_on,
        postal_days=agency.postal_days,
        place=place_of(debtor.address.postcode, debtor.address.country)
        or country_place(debtor.address.country),
        law=law_of(case),
        term_days=wish.term_days,
        term_reason=wish.term_reason,
        language=language,
        next_step=wish.next_step,
    )
    creditor = get_creditor(case.creditor_id)
    return draft_demand(
        order,
        Sender(**{name: getattr(agency, name) for name in Sender.__dataclass_fields__}),
        _handler(user_id),
        Principal(creditor.name, creditor.street, creditor.postcode, creditor.city),
        recipient_of(debtor, language),
        demanded,
        owed,
        _cost_lines(case, wish.dispatched_on, language),
    )


def _cost_lines(case: Case, day: date, language: str) -> list[CostLine]:
    booked = list_cost_lines(case.id, language)
    return [*booked, *planned_lines(plan_first_costs(case, day), language)]


def _handler(user_id: int) -> Handler:
    user = get_user(user_id)
    if not user.phone:
        raise HandlerIncomplete
    return Handler(user.name, user.phone)
