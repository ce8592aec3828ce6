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
from cases.parties.queries import (
    ContractMissing,
    get_agency,
    get_contract,
    get_creditor,
    place_of,
)
from cases.people.policy import Permission, allows
from cases.people.services import get_user
from legal.allocation import Component

#: Who may let a letter about a time-barred claim go.
REASONS_TIME_BAR = Permission.DEADLINE_EDIT


@dataclass(frozen=True, slots=True)
class DemandWish:
    """What the case worker decides about a first demand letter."""

    dispatched_on: date
    term_days: int = TERM_DAYS
    term_reason: str = ""
    next_step: str = "call"
    language: str | None = None  # None: the debtor's.
    time_bar_reason: str = ""  # Why legal lets a letter about a time-barred claim go.


def draft_first_demand(
    case_id: int, wish: DemandWish, user_id: int
) -> list[tuple[DebtorInCase, Draft]]:
    """The first demand letters of a case, one per joint debtor, with what is still wrong."""
    case = get_case_by_id(case_id)
    require_demandable(case)
    claims = list_claims(case_id)
    demanded, owed = undisputed(case, claims, wish.dispatched_on)
    debtors = list_debtors(case_id)
    return [
        (debtor, draft_for(case, debtor, debtors, demanded, owed, wish, user_id, number="–"))
        for debtor in debtors
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
            tort_on=claim.tort_on,
            limitation_on=last_day_of(claim),
        )
        for claim, balance in zip(kept, owed.claims, strict=True)
    ]
    return demanded, owed


def last_day_of(claim: Claim) -> date | None:
    """The day after which a claim may be time-barred: the earlier of all that is known."""
    known = (claim.limitation_set_on, claim.limitation_conservative_on, claim.limitation_on)
    if claim.limitation_set_on is not None:
        return claim.limitation_set_on
    return min((day for day in known if day is not None), default=None)


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
    joint: Sequence[DebtorInCase],
    demanded: Sequence[Demanded],
    owed: Statement,
    wish: DemandWish,
    user_id: int,
    number: str,
) -> Draft:
    agency = get_agency()
    language = wish.language or debtor.debtor.language
    address = debtor.post
    if address is None:
        raise AddressMissing(name=debtor.debtor.full_name)
    user = get_user(user_id)
    order = Order(
        letter_number=number,
        case_number=case.number,
        dispatched_on=wish.dispatched_on,
        postal_days=agency.postal_days,
        place=place_of(address.postcode, address.country) or country_place(address.country),
        law=law_of(case),
        term_days=wish.term_days,
        term_reason=wish.term_reason,
        language=language,
        next_step=wish.next_step,
        # Only the legal department decides that a letter about a time-barred claim goes.
        time_bar_reason=wish.time_bar_reason if allows(user.role, REASONS_TIME_BAR) else "",
    )
    return draft_demand(
        order,
        Sender(**{name: getattr(agency, name) for name in Sender.__dataclass_fields__}),
        handler_of(user_id),
        principal_of(case),
        recipient_of(debtor, language, joint, agency.country),
        demanded,
        owed,
        cost_lines(case, wish.dispatched_on, language),
        ordered_on=case.ordered_on,
        rates=convention_of(case).rates,
    )


def principal_of(case: Case) -> Principal:
    """The creditor of a case as letters name him."""
    creditor = get_creditor(case.creditor_id)
    origins = dict.fromkeys(
        claim.original_creditor for claim in list_claims(case.id) if claim.original_creditor
    )
    try:
        deducts = get_contract(case.creditor_id, case.ordered_on).deducts_input_tax
    except ContractMissing:
        deducts = True  # Without a contract no tax is asked either.
    return Principal(
        name=creditor.name,
        street=creditor.street,
        postcode=creditor.postcode,
        city=creditor.city,
        country=creditor.country,
        deducts_input_tax=deducts,
        original_creditor=", ".join(origins) or None,
        address_withheld_reason=creditor.address_withheld_reason,
    )


def cost_lines(case: Case, day: date, language: str) -> list[CostLine]:
    """The costs of a case line by line, with what the letter itself brings about."""
    booked = list_cost_lines(case.id, language)
    return [*booked, *planned_lines(plan_first_costs(case, day), language)]


def handler_of(user_id: int) -> Handler:
    """Who writes; raises HandlerIncomplete without a direct number."""
    user = get_user(user_id)
    if not user.phone:
        raise HandlerIncomplete
    return Handler(user.name, user.phone)
