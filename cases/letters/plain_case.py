"""A demand letter from plain facts: account, costs and letter of a case without database.

Pure. It computes with the same functions as the ledger and the screens, and makes the same letter.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal

from babel.numbers import list_currencies

from cases.costs.lines import CostLine, planned_lines
from cases.costs.planning import ClaimFacts, CostFacts, CostsPlan, plan_costs
from cases.ledger.allocation import CaseAllocation, allocate_by_law
from cases.ledger.models import Direction, EntryKind
from cases.ledger.statement import ClaimTerms, Posting, Statement, compute_statement
from cases.letters.demand import MESSAGES as LETTER_MESSAGES
from cases.letters.demand import draft_demand
from cases.letters.demand_facts import (
    Demanded,
    Draft,
    Handler,
    Order,
    Principal,
    Recipient,
    Sender,
)
from legal.allocation import Component
from legal.findings import Finding, Severity
from legal.interest import InterestRule, RateKind

ONE_DAY = timedelta(days=1)
THIRTY_DAYS = timedelta(days=30)
MESSAGES = {
    **LETTER_MESSAGES,
    "everything_disputed": "Everything is disputed: nothing may be demanded.",
    "nothing_owed": "Nothing is owed any more.",
    "default_too_early": (
        "Claim {number}: default cannot have begun on {day_on}, before {least_on}."
    ),
    "default_without_ground": "Claim {number}: a day of default without a ground does not count.",
    "payment_after_dispatch": "The payment of {day_on} lies after the letter and does not count.",
    "designation_likely": (
        "The payment of {paid_cents} on {day_on} is exactly one principal and was counted by law: "
        "ask whether the debtor meant that claim alone (§§ 366(1), 367(2) BGB)."
    ),
    "overpaid": "{surplus_cents} more than owed was paid; it belongs to the debtor.",
}


@dataclass(frozen=True, slots=True)
class PlainClaim:
    """A claim as somebody tells it."""

    number: str
    invoiced_on: date
    due_on: date | None
    ground: str | None  # Of legal.default.Ground: what put the debtor in default.
    default_from: date | None
    principal_cents: int
    currency: str
    description: str
    contract_on: date | None
    consumer: bool
    remuneration: bool = True
    thirty_day_warning: bool = True
    agreed_rate_percent: Decimal | None = None
    limitation_on: date | None = None
    disputed_cents: int = 0


@dataclass(frozen=True, slots=True)
class PlainCase:
    """A case as somebody tells it."""

    order: Order
    sender: Sender
    handler: Handler
    creditor: Principal
    recipient: Recipient
    claims: Sequence[PlainClaim]
    payments: Sequence[tuple[date, int]] = ()
    ordered_on: date | None = None  # None: no costs.
    owes_collection_fee: bool = True


@dataclass(slots=True)
class PlainLetter:
    """The letter of a plain case, or why there is none."""

    findings: list[Finding] = field(default_factory=list)
    draft: Draft | None = None


@dataclass(frozen=True, slots=True)
class PlainAccount:
    """What such a case demands: its claims, what is owed, and the costs line by line."""

    claims: Sequence[Demanded]
    owed: Statement
    costs: Sequence[CostLine]


def draft_plain(case: PlainCase) -> PlainLetter:
    """The first demand letter that these facts make, with everything that is wrong with it."""
    letter = PlainLetter()
    account = compute_account(case, letter.findings)
    if account is not None:
        letter.draft = draft_demand(
            case.order,
            case.sender,
            case.handler,
            case.creditor,
            case.recipient,
            account.claims,
            account.owed,
            account.costs,
            ordered_on=case.ordered_on,
        )
        letter.findings += letter.draft.findings
    return letter


def compute_account(case: PlainCase, findings: list[Finding]) -> PlainAccount | None:
    """What the case demands on the day of its letter; None, with the reason, where nothing is."""
    starts = [_default_from(claim, findings) for claim in case.claims]
    if _currencies_wrong(case, findings):
        return None
    told = zip(case.claims, starts, strict=True)
    terms = [_terms(index, *each) for index, each in enumerate(told, start=1)]
    postings = _postings(case, terms, findings)
    plan = _plan(case, starts, postings)
    day = case.order.dispatched_on
    postings = _numbered([
        *postings, *(_cost(entry.kind, entry.cents, day) for entry in plan.entries)
    ])  # fmt: skip
    whole = compute_statement(terms, postings, day, _moment(day))
    kept = [
        (claim, balance.terms, held)
        for claim, balance in zip(case.claims, whole.claims, strict=True)
        if balance.principal_open_cents - (held := min(claim.disputed_cents,
                                                       balance.principal_open_cents)) > 0
    ]  # fmt: skip
    if not kept or whole.open_cents <= 0:
        disputed = any(claim.disputed_cents for claim in case.claims) and whole.open_cents > 0
        code = "everything_disputed" if disputed else "nothing_owed"
        findings.append(Finding(code, Severity.ERROR, "claims"))
        return None
    reduced = [_left_out(own, claim, held) for claim, own, held in kept if held]
    postings = _numbered([*postings, *reduced])
    owed = compute_statement([own for _, own, _ in kept], postings, day, _moment(day))
    return PlainAccount(_demanded(kept, owed), owed, planned_lines(plan, case.order.language))


def _demanded(
    kept: Sequence[tuple[PlainClaim, ClaimTerms, int]], owed: Statement
) -> list[Demanded]:
    return [
        Demanded(
            balance=balance,
            description=claim.description,
            contract_on=claim.contract_on,
            default_basis=claim.ground,
            consumer=claim.consumer,
            remuneration=claim.remuneration,
            held_cents=held,
            currency=claim.currency,
            limitation_on=claim.limitation_on,
        )
        for (claim, _, held), balance in zip(kept, owed.claims, strict=True)
    ]


def _currencies_wrong(case: PlainCase, findings: list[Finding]) -> bool:
    found = sorted({claim.currency for claim in case.claims})
    known = list_currencies()
    for currency in found:
        if currency not in known:
            unknown: dict[str, str | int] = {"currency": currency}
            findings.append(Finding("currency_unknown", Severity.ERROR, "currency", params=unknown))
    if len(found) > 1:
        mixed: dict[str, str | int] = {"currencies": ", ".join(found)}
        findings.append(Finding("currencies_mixed", Severity.ERROR, "currency", params=mixed))
    return len(found) > 1 or any(currency not in known for currency in found)


def _default_from(claim: PlainClaim, findings: list[Finding]) -> date | None:
    """The first day of default as the facts show it. Law: BGB § 286."""
    due_on = claim.due_on or claim.invoiced_on
    if claim.ground is None:
        if claim.default_from is not None:
            findings.append(_of(claim, "default_without_ground", Severity.WARNING))
        return None
    least = due_on + ONE_DAY
    if claim.ground == "thirty_days":
        # Only claims for remuneration, and a consumer only if the invoice warned him.
        if not claim.remuneration or (claim.consumer and not claim.thirty_day_warning):
            return None
        least += THIRTY_DAYS
    begun = claim.default_from or least
    if begun < least:
        days = {"day_on": begun.isoformat(), "least_on": least.isoformat()}
        findings.append(_of(claim, "default_too_early", Severity.ERROR, **days))
        return least
    return begun


def _of(claim: PlainClaim, code: str, severity: Severity, **params: str) -> Finding:
    return Finding(code, severity, "claims", params={"number": claim.number, **params})


def _terms(index: int, claim: PlainClaim, default_from: date | None) -> ClaimTerms:
    if claim.agreed_rate_percent is not None:
        rule = InterestRule(RateKind.FIXED, points=claim.agreed_rate_percent)
    elif claim.consumer:
        rule = InterestRule(RateKind.CONSUMER, arose_on=claim.invoiced_on)
    else:
        kind = RateKind.BUSINESS if claim.remuneration else RateKind.BUSINESS_OTHER
        rule = InterestRule(kind, arose_on=claim.invoiced_on)
    return ClaimTerms(
        claim_id=index,
        invoice_number=claim.number,
        invoiced_on=claim.invoiced_on,
        due_on=claim.due_on,
        interest_first_day=default_from,
        rule=rule,
    )


def _postings(
    case: PlainCase, terms: Sequence[ClaimTerms], findings: list[Finding]
) -> list[Posting]:
    """The principals and what was paid on them, spread as the law says (§§ 366, 367 BGB)."""
    postings = _numbered([
        _posting(own.claim_id, claim.principal_cents, claim.invoiced_on)
        for own, claim in zip(terms, case.claims, strict=True)
    ])  # fmt: skip
    first = min(claim.invoiced_on for claim in case.claims)
    for paid_on, cents in sorted(case.payments):
        if paid_on > case.order.dispatched_on:
            late: dict[str, str | int] = {"day_on": paid_on.isoformat()}
            findings.append(
                Finding("payment_after_dispatch", Severity.WARNING, "payments", params=late)
            )
            continue
        day = max(paid_on, first)
        owed = compute_statement(terms, postings, day, _moment(day))
        spread = allocate_by_law(owed, cents, day)
        if spread.surplus_cents:
            more: dict[str, str | int] = {"surplus_cents": spread.surplus_cents}
            findings.append(Finding("overpaid", Severity.WARNING, "payments", params=more))
        if _tells_principal(cents, owed, spread):
            told: dict[str, str | int] = {"day_on": paid_on.isoformat(), "paid_cents": cents}
            findings.append(
                Finding("designation_likely", Severity.WARNING, "payments", params=told)
            )
        shares = (
            replace(
                _posting(share.claim_id, share.cents, day),
                direction=Direction.CREDIT,
                component=share.component,
                kind=EntryKind.PAYMENT,
            )
            for share in spread.shares
        )
        postings = _numbered([*postings, *shares])
    return postings


def _tells_principal(cents: int, owed: Statement, spread: CaseAllocation) -> bool:
    """Whether a payment of exactly one principal was counted on something else too.

    An amount may say what the debtor wants paid. Law: BGB §§ 366(1), 367(2).
    """
    alone = {claim.terms.claim_id for claim in owed.claims if claim.principal_open_cents == cents}
    counted = [share for share in spread.shares if share.component is Component.PRINCIPAL]
    return bool(alone) and not any(s.claim_id in alone and s.cents == cents for s in counted)


def _numbered(postings: Sequence[Posting]) -> list[Posting]:
    """Each with a number of its own, as the ledger gives them."""
    return [replace(posting, id=number) for number, posting in enumerate(postings, start=1)]


def _plan(case: PlainCase, starts: Sequence[date | None], postings: Sequence[Posting]) -> CostsPlan:
    """The simple-case fee on what was open when the order was given."""
    ordered_on = case.ordered_on or case.order.dispatched_on
    claims = []
    for index, (claim, start) in enumerate(zip(case.claims, starts, strict=True), start=1):
        own = [p for p in postings if p.claim_id == index and p.component is Component.PRINCIPAL]
        open_cents = sum(p.signed_cents for p in own if p.value_on <= ordered_on)
        cents = open_cents - min(claim.disputed_cents, open_cents)
        if cents > 0:
            claims.append(
                ClaimFacts(
                    claim_id=index,
                    principal_cents=cents,
                    ordered_on=ordered_on,
                    default_from=start,
                    dispute_known=False,
                    reminded=claim.ground == "reminder",
                )
            )
    law = case.order.law
    facts = CostFacts(
        law=law,
        law_date=ordered_on,
        claims=tuple(claims),
        owed_under_contract=case.owes_collection_fee and case.ordered_on is not None,
        with_vat=not case.creditor.deducts_input_tax,
        currency=case.claims[0].currency,
    )
    rate = law.fee_steps.simple_rate if law.fee_steps else Decimal(1)
    return plan_costs(facts, rate, {})


def _posting(claim_id: int | None, cents: int, day: date) -> Posting:
    return Posting(
        id=0,
        claim_id=claim_id,
        journal_id=0,
        value_on=day,
        booked_on=day,
        posted_at=_moment(day),
        direction=Direction.DEBIT,
        component=Component.PRINCIPAL,
        kind=EntryKind.PRINCIPAL,
        amount_cents=cents,
    )


def _cost(kind: EntryKind, cents: int, day: date) -> Posting:
    return replace(_posting(None, cents, day), component=Component.COSTS, kind=kind)


def _left_out(terms: ClaimTerms, claim: PlainClaim, cents: int) -> Posting:
    """The disputed part, taken out of the account from its first day: no interest on it either."""
    day = claim.invoiced_on - ONE_DAY
    return replace(
        _posting(terms.claim_id, cents, day), direction=Direction.CREDIT, kind=EntryKind.WAIVER
    )


def _moment(day: date) -> datetime:
    return datetime.combine(day, time(12), UTC)
