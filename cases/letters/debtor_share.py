"""What a letter may demand of a debtor: what does not stand still, and what he himself owes.

Joint debtors owe the principal together and once (BGB § 421). Interest and costs are damages of
default, which works only against whoever is in default himself (§§ 280(2), 286, 288, 425): the
claim account counts from the earliest default of all, the letter from that of its addressee.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from cases.claims.joint_default import Start, list_joint_defaults, starts_among
from cases.claims.models import Case, Claim, Phase
from cases.claims.queries import DebtorInCase, held_cents, list_claims, list_open_holds
from cases.core import clock
from cases.costs.booking import as_postings, plan_first_costs, plan_from_nothing
from cases.costs.lines import REDUCTIONS, CostLine, list_cost_lines, planned_lines, total_of
from cases.costs.planning import CostsPlan
from cases.ledger.models import Direction, EntryKind
from cases.ledger.queries import convention_of, list_postings, terms_of
from cases.ledger.statement import (
    ClaimBalance,
    ClaimTerms,
    Posting,
    Statement,
    compute_statement,
)
from cases.letters.demand_facts import Demanded
from cases.letters.errors import EverythingHeld, NothingOwed, RestWaits
from legal.allocation import Component

#: Costs of collection that a debtor owes because he himself was in default.
_BY_DEFAULT = frozenset({
    EntryKind.COLLECTION_FEE,
    EntryKind.LUMP_SUM,
    EntryKind.OUTLAYS,
    EntryKind.REMINDER_COSTS,
    EntryKind.VAT,
})  # fmt: skip
#: Those of them that are computed from the value of the claims he is in default with.
_BY_VALUE = frozenset({EntryKind.COLLECTION_FEE, EntryKind.OUTLAYS, EntryKind.VAT})


@dataclass(frozen=True, slots=True)
class Share:
    """What is demanded of one debtor. `differs`: he owes less than the others together."""

    case: Case
    day: date
    demanded: list[Demanded]
    owed: Statement
    own_plan: CostsPlan | None = None  # None: he owes the costs as they are booked and planned.
    differs: bool = False

    def lines(self, language: str) -> list[CostLine]:
        """His costs line by line; they add up to what is open of them."""
        if self.own_plan is None:
            return _all_lines(self.case, self.day, language)
        lines = _own_lines(self.case, self.own_plan, language)
        paid = total_of(lines) - self.owed.costs_open_cents
        if paid > 0:
            lines.append(CostLine(*REDUCTIONS[language][EntryKind.PAYMENT], -paid, None))
        return lines


def shares_of(case: Case, debtors: Sequence[DebtorInCase], day: date) -> list[Share]:
    """What is demanded of each debtor of a case, in their order.

    Raises:
        NothingOwed, EverythingHeld.
    """
    claims = list_claims(case.id)
    account = _Account.of(case, claims, day)
    whole = Share(case, day, *account.demand(None))
    # From a title on everybody owes what it says.
    if len(debtors) == 1 or case.phase is Phase.ENFORCEMENT:
        return [whole] * len(debtors)
    starts = starts_among(claims, debtors, list_joint_defaults([case.id]))
    return [_share(whole, account, claims, starts[one.debtor.id]) for one in debtors]


def _share(
    whole: Share, account: "_Account", claims: Sequence[Claim], starts: Mapping[int, Start]
) -> Share:
    if all(starts[claim.id].default_on == claim.default_on for claim in claims):
        return whole
    case, day = whole.case, whole.day
    demanded, owed = account.demand(starts)
    balances = [
        _own_interest(own.balance, among.balance)
        for own, among in zip(demanded, whole.demanded, strict=True)
    ]
    demanded = [
        replace(one, balance=balance, default_basis=starts[balance.terms.claim_id].basis)
        for one, balance in zip(demanded, balances, strict=True)
    ]
    own_plan = plan_from_nothing(
        case, day, {claim_id: start.default_on for claim_id, start in starts.items()}
    )
    if own_plan.total_cents == plan_from_nothing(case, day).total_cents:
        own = replace(owed, claims=tuple(balances))
        return Share(case, day, demanded, own, differs=True)
    costs = total_of(_own_lines(case, own_plan, "de"))
    left = max(min(costs, whole.owed.costs_open_cents), 0)
    reduced = replace(
        owed.costs, owed_cents=costs, paid_cents=costs - left, interest_accrued_cents=0,
        interest_paid_cents=0, periods=(), bases_cents=(),
    )  # fmt: skip
    own = replace(owed, claims=tuple(balances), costs=reduced)
    return Share(case, day, demanded, own, own_plan, differs=True)


def _own_interest(own: ClaimBalance, among: ClaimBalance) -> ClaimBalance:
    """His interest, of which no more is open than of that of all: what was paid, was paid first
    for the older days.
    """
    accrued = max(own.interest_accrued_cents, 0)
    left = min(accrued, max(among.interest_open_cents, 0))
    return replace(own, interest_accrued_cents=accrued, interest_paid_cents=accrued - left)


def _all_lines(case: Case, day: date, language: str) -> list[CostLine]:
    """The costs of a case line by line, with what the letter itself brings about."""
    booked = list_cost_lines(case.id, language)
    return [*booked, *planned_lines(plan_first_costs(case, day), language)]


def _own_lines(case: Case, plan: CostsPlan, language: str) -> list[CostLine]:
    """The costs of the claims he is in default with, and what else he owes whoever caused it."""
    dropped = _BY_VALUE if plan.entries else _BY_DEFAULT
    others = [
        line
        for line in list_cost_lines(case.id, language)
        if line.kind not in dropped and line.cents > 0
    ]
    return [*planned_lines(plan, language), *others]


@dataclass(frozen=True, slots=True)
class _Account:
    """The claim account with the costs that the letter brings about, read once for all debtors."""

    case: Case
    kept: list[Claim]
    held: dict[int, int]
    postings: list[Posting]
    as_of: date

    @classmethod
    def of(cls, case: Case, claims: Sequence[Claim], as_of: date) -> "_Account":
        """What may be demanded: the claims and parts of claims that do not stand still."""
        holds = list_open_holds(case.id)
        postings = list_postings(case.id)
        # Before the release the costs are only planned; the draft counts with them all the same.
        postings += as_postings(plan_first_costs(case, as_of), as_of)
        terms = [terms_of(claim) for claim in claims]
        whole = compute_statement(terms, postings, as_of, clock.now(), convention_of(case))
        if whole.open_cents <= 0:
            raise NothingOwed
        if any(hold.rest_waits for hold in holds):
            raise RestWaits
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
        return cls(case, kept, held, [*postings, *reductions], as_of)

    def demand(self, starts: Mapping[int, Start] | None) -> tuple[list[Demanded], Statement]:
        """What is demanded, counted from the claims' own days of default or somebody's."""
        owed = compute_statement(
            [_terms(claim, starts) for claim in self.kept], self.postings, self.as_of,
            clock.now(), convention_of(self.case),
        )  # fmt: skip
        demanded = [
            Demanded(
                balance=balance,
                description=claim.description or "",
                contract_on=claim.contract_on,
                default_basis=claim.default_basis,
                consumer=claim.purpose.value == "consumer",
                remuneration=claim.is_remuneration,
                held_cents=self.held[claim.id],
                currency=claim.currency,
                tort_on=claim.tort_on,
                limitation_on=last_day_of(claim),
            )
            for claim, balance in zip(self.kept, owed.claims, strict=True)
        ]
        return demanded, owed


def _terms(claim: Claim, starts: Mapping[int, Start] | None) -> ClaimTerms:
    own = terms_of(claim)
    return own if starts is None else replace(own, interest_first_day=starts[claim.id].default_on)


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
