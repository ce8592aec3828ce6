"""A plan before the click: its schedule, what it costs, what to look at, and who must agree."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from cases.claims.models import Case, Claim, HoldReason, Phase, Purpose
from cases.claims.queries import list_claims, list_debtors, list_open_holds
from cases.core import clock
from cases.ledger.queries import convention_of, list_postings, terms_of
from cases.plans.course import Account, Course, course_of
from cases.plans.errors import (
    AgreementUnconfirmed,
    AmountOrNumber,
    CaseTakesNoPlan,
    FirstDayPast,
    InstalmentTooSmall,
    LetGoUnexplained,
    NothingToPlan,
    SettlementBelowPaid,
    SettlementMissing,
    SettlementTooHigh,
    TooManyInstalments,
)
from cases.plans.models import PlanKind
from cases.plans.schedule import Schedule, by_amount, by_number
from legal.calendar import add_months
from legal.errors import InputInvalid
from legal.findings import Finding, Severity
from legal.instalments import PlanNeverEnds, PlanTerms, Rhythm

#: A single payment within so many months is no instalment plan.
AT_ONCE_MONTHS = 1
PERCENT = Decimal(100)


@dataclass(frozen=True, slots=True)
class PlanWish:
    """What was spoken about with the debtor."""

    kind: PlanKind
    first_on: date
    every: Rhythm = Rhythm.MONTH
    instalment_cents: int | None = None
    number: int | None = None
    interest_runs: bool = True
    #: The sum with which everything is settled; `counts_paid`: earlier payments are part of it.
    settles: bool = False
    settlement_cents: int | None = None
    counts_paid: bool = False
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Limits:
    """Up to where the house may go by itself; made from the client's contract and the profile."""

    months: int = 0
    discount_percent: Decimal = Decimal(0)
    discount_cents: int = 0
    costs_are_ours: bool = False
    own_costs_cents: int = 0
    alone_cents: int = 0  # More than this is let go by two people only.
    consumer_agreements: bool = False


@dataclass(frozen=True, slots=True)
class Proposal:
    """A plan as it would be made now."""

    wish: PlanWish
    schedule: Schedule
    agreed_cents: int | None
    open_cents: int
    warnings: tuple[Finding, ...]
    beyond: tuple[Finding, ...]  # Why the client must agree.
    beyond_house: tuple[Finding, ...]  # Why a second person must.

    @property
    def digest(self) -> str:
        """What must not have changed between the look and the click."""
        amounts = [each.amount_cents for each in self.schedule.instalments]
        return f"{self.open_cents}/{sum(amounts)}/{len(amounts)}/{amounts[-1]}"


def propose(case: Case, wish: PlanWish, limits: Limits) -> Proposal:
    """Work a plan out, or refuse it.

    Raises:
        CaseTakesNoPlan, AgreementUnconfirmed, AmountOrNumber, FirstDayPast, SettlementMissing,
        SettlementBelowPaid, SettlementTooHigh, LetGoUnexplained: what is wrong with the wish.
        InstalmentTooSmall: with the smallest that ends.
        TooManyInstalments, NothingToPlan.
        LawError: the account cannot be computed.
    """
    if case.phase in {Phase.NEW, Phase.CLOSED}:
        raise CaseTakesNoPlan
    today = clock.today()
    if wish.first_on <= today:
        raise FirstDayPast
    claims = list_claims(case.id)
    require_kind(claims, wish.kind, limits)
    course = course_of(
        Account(
            [terms_of(claim) for claim in claims],
            list_postings(case.id),
            convention_of(case),
            today,
            clock.now(),
        )
    )
    owed = course.account.statement()
    agreed = _agreed(wish, owed.open_cents, owed.paid_cents)
    schedule = _schedule(course, wish, today, agreed)
    if agreed is not None and not wish.reason.strip():
        raise LetGoUnexplained
    return Proposal(
        wish,
        schedule,
        agreed,
        owed.open_cents,
        tuple(_warnings(case, claims, wish, schedule)),
        tuple(_beyond_client(schedule, owed.open_cents, today, limits)),
        tuple(_beyond_house(schedule, limits)),
    )


def require_kind(claims: list[Claim], kind: PlanKind, limits: Limits) -> None:
    """Agreements with consumers need the house's setting that legal has confirmed."""
    consumer = any(claim.purpose is Purpose.CONSUMER for claim in claims)
    if kind is PlanKind.AGREEMENT and consumer and not limits.consumer_agreements:
        raise AgreementUnconfirmed


def _agreed(wish: PlanWish, open_cents: int, paid_cents: int) -> int | None:
    """The sum that ends everything; None where all that is owed is paid."""
    if not wish.settles:
        return None if wish.interest_runs else open_cents
    if wish.settlement_cents is None:
        raise SettlementMissing
    sum_cents = wish.settlement_cents - (paid_cents if wish.counts_paid else 0)
    if sum_cents <= 0:
        raise SettlementBelowPaid(paid_cents=paid_cents)
    if sum_cents >= open_cents:
        raise SettlementTooHigh(open_cents=open_cents)
    return sum_cents


def _schedule(course: Course, wish: PlanWish, today: date, agreed: int | None) -> Schedule:
    terms = PlanTerms(today, wish.first_on, wish.every)
    if (wish.number is None) == (wish.instalment_cents is None):
        raise AmountOrNumber
    try:
        if wish.number is not None:
            return by_number(course, terms, wish.number, agreed)
        return by_amount(course, terms, wish.instalment_cents or 0, agreed)
    except PlanNeverEnds as never:
        raise InstalmentTooSmall(
            smallest_cents=never.figures["smallest_instalment_cents"]
        ) from never
    except InputInvalid as unfit:
        raise (TooManyInstalments if unfit.field == "instalments" else NothingToPlan) from unfit


def _rates_known_until(case: Case) -> date | None:
    """Until when the base rates of the case's law are known; None where none matters."""
    convention = convention_of(case)
    rates = convention.rates or convention.law.base_rates()
    return rates.known_until if rates else None


def _warnings(case: Case, claims: list[Claim], wish: PlanWish, schedule: Schedule) -> list[Finding]:
    found = [
        _warning(
            "limitation_before_end",
            invoice_number=claim.invoice_number,
            limitation_on=claim.limitation_conservative_on.isoformat(),
            last_on=schedule.last_on.isoformat(),
        )
        for claim in claims
        if claim.limitation_conservative_on is not None
        and claim.titled_on is None
        and claim.limitation_conservative_on < schedule.last_on
    ]
    if wish.kind is PlanKind.AGREEMENT:
        found.append(_warning("agreement_suspends"))
    known_until = _rates_known_until(case)
    if not wish.settles and wish.interest_runs and known_until and known_until < schedule.last_on:
        found.append(_warning("rate_may_change", known_until_on=known_until.isoformat()))
    if len(list_debtors(case.id)) > 1:
        found.append(_warning("several_debtors"))
    if any(hold.reason is HoldReason.OBJECTION for hold in list_open_holds(case.id)):
        found.append(_warning("disputed"))
    if case.phase is Phase.COURT:
        found.append(_warning("in_court"))
    return found


def _beyond_client(
    schedule: Schedule, open_cents: int, today: date, limits: Limits
) -> list[Finding]:
    """Where the client's contract does not let us decide alone."""
    found = []
    months = limits.months if len(schedule.instalments) > 1 else max(limits.months, AT_ONCE_MONTHS)
    if schedule.last_on > add_months(today, months):
        code = "too_many_months" if limits.months else "no_instalments"
        found.append(_warning(code, months=limits.months))
    ours = schedule.let_go_costs_cents if limits.costs_are_ours else 0
    client_cents = schedule.let_go_cents - ours
    limit = min(int(open_cents * limits.discount_percent / PERCENT), limits.discount_cents)
    if client_cents > limit:
        found.append(_warning("lets_go_too_much", limit_cents=limit, client_cents=client_cents))
    return found


def _beyond_house(schedule: Schedule, limits: Limits) -> list[Finding]:
    """Where a second person of the house confirms: its own costs, or more than one may let go."""
    found = []
    ours = schedule.let_go_costs_cents if limits.costs_are_ours else 0
    if ours > limits.own_costs_cents:
        found.append(
            _warning("house_lets_go_too_much", house_cents=ours, limit_cents=limits.own_costs_cents)
        )
    if schedule.let_go_cents > limits.alone_cents:
        found.append(
            _warning(
                "not_alone", let_go_cents=schedule.let_go_cents, limit_cents=limits.alone_cents
            )
        )
    return found


def _warning(code: str, **params: str | int) -> Finding:
    return Finding(code, Severity.WARNING, params=params)
