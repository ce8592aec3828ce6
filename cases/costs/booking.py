"""Booking costs: of collection as the law allows, of court and enforcement as they arise."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from decimal import Decimal

from sqlalchemy import ARRAY, BigInteger, Select, any_, func, literal, select
from sqlalchemy.orm import aliased

from cases.claims import timeline
from cases.claims.law import law_of
from cases.claims.models import Case, Claim, Hold, Phase
from cases.claims.queries import held_cents, list_claims, list_open_holds
from cases.core import clock
from cases.core.database import db
from cases.core.many import one_of
from cases.costs.planning import ClaimFacts, CostEntry, CostFacts, CostsPlan, plan_costs
from cases.costs.words import explain, steps_to_json
from cases.ledger.journals import list_standing
from cases.ledger.models import Direction, Entry, EntryKind, Journal
from cases.ledger.posting import ClaimEntry, post, reverse_journal
from cases.ledger.queries import list_postings
from cases.ledger.statement import Posting
from cases.parties.queries import ContractMissing, get_contract
from legal.allocation import Component
from legal.errors import InvariantBroken
from legal.fee_step import FeeStepRule

#: The journals of collection costs: the first demand, a risen value, the step to 0.9.
FIRST, VALUE, STEP = "costs.first", "costs.value", "costs.step"
COLLECTION_JOURNALS = (FIRST, VALUE, STEP)


def plan_first_costs(case: Case, day: date) -> CostsPlan:
    """What the first demand may ask for collection; nothing once it was booked."""
    return _plan(case, day, current_rate(case))


def book_first_costs(case: Case, day: date) -> CostsPlan:
    """Book the simple-case fee with the first demand, where the law's conditions hold.

    Calling it again books nothing, or the difference if a claim came in since. The case must be
    locked by the caller.
    """
    plan = plan_first_costs(case, day)
    _book(case, VALUE if list_cost_journals(case) else FIRST, plan.entries, day)
    return plan


def raise_fee(case: Case, day: date) -> CostsPlan:
    """Book the step from 0.5 to 0.9. Law: VV RVG 2300 note (2)."""
    plan = _plan(case, day, _fee_steps(case).full_rate)
    _book(case, STEP, plan.entries, day)
    return plan


def take_back_step(case: Case, reason: str) -> int:
    """Reverse the step because the claim was paid in its window; answers the cents taken back.

    What was booked at the higher rate after the step is reversed too and booked anew at the
    simple rate.
    """
    journals = list_cost_journals(case)
    first_step = next((j.id for j in journals if j.kind == STEP), None)
    if first_step is None:
        return 0
    before = _booked_cents(case)
    later = [journal for journal in journals if journal.id >= first_step]
    for journal in reversed(later):
        reverse_journal(journal, reason, case=case)
    for journal in later:
        if journal.kind == VALUE:
            day = db.session.scalars(
                select(Entry.value_on).where(Entry.journal_id == journal.id)
            ).first()
            if day is None:
                raise InvariantBroken("day is missing")
            _book(case, VALUE, _plan(case, day, _fee_steps(case).simple_rate).entries, day)
    return sum(before.values()) - sum(_booked_cents(case).values())


def post_costs(
    case: Case,
    kind: EntryKind,
    cents: int,
    value_on: date,
    words: str,
    *,
    bears_interest: bool = False,
    reference: str | None = None,
) -> Journal:
    """Book costs of court or enforcement that the debtor owes."""
    entry = ClaimEntry(
        Direction.DEBIT, Component.COSTS, kind, cents, bears_interest=bears_interest, words=words
    )
    journal = post(
        f"costs.{kind.value}",
        case=case,
        value_on=value_on,
        currency=case.currency,
        reference=reference,
        entries=[entry],
    )
    timeline.record(case, "costs.booked", amount_cents=cents)
    return journal


def current_rate(case: Case) -> Decimal:
    """The rate of the collection fee that the case bears now; all of it where there is no step."""
    return rate_when(case, raised=any(j.kind == STEP for j in list_cost_journals(case)))


def list_rates(cases: Sequence[Case]) -> dict[int, Decimal]:
    """The rate of the collection fee that stands booked, for those of many cases that bear one."""
    counter = aliased(Journal)
    query = (
        select(Entry.case_id, func.bool_or(Journal.kind == STEP))
        .join(Journal, Journal.id == Entry.journal_id)
        .outerjoin(counter, counter.reverses_id == Journal.id)
        .where(
            Entry.case_id == any_(literal([case.id for case in cases], ARRAY(BigInteger))),
            Entry.kind == EntryKind.COLLECTION_FEE,
            Journal.kind.in_(COLLECTION_JOURNALS),
            counter.id.is_(None),
        )
        .group_by(Entry.case_id)
    )
    raised = {case_id: bool(step) for case_id, step in db.session.execute(query)}
    return {c.id: rate_when(c, raised=raised[c.id]) for c in cases if c.id in raised}


def rate_when(case: Case, *, raised: bool) -> Decimal:
    """The rate before or after the step."""
    steps = law_of(case).fee_steps
    if steps is None:
        return Decimal(1)
    return steps.full_rate if raised else steps.simple_rate


def _fee_steps(case: Case) -> FeeStepRule:
    steps = law_of(case).fee_steps
    if steps is None:
        raise InvariantBroken("only a fee with a step is raised")
    return steps


def list_cost_journals(case: Case) -> list[Journal]:
    """The bookings of collection costs that stand, oldest first."""
    return list_standing(case.id, Journal.kind.in_(COLLECTION_JOURNALS))


def cases_with_step(case_ids: Sequence[int]) -> Select[int]:
    """Which of many cases bear the raised fee."""
    counter = aliased(Journal)
    return (
        select(Entry.case_id)
        .distinct()
        .join(Journal, Journal.id == Entry.journal_id)
        .outerjoin(counter, counter.reverses_id == Journal.id)
        .where(one_of(Entry.case_id, case_ids), Journal.kind == STEP, counter.id.is_(None))
    )


def as_postings(plan: CostsPlan, day: date) -> list[Posting]:
    """Costs that are planned, as entries that a draft can count with."""
    now = clock.now()
    return [
        Posting(
            id=0,
            claim_id=None,
            journal_id=0,
            value_on=day,
            booked_on=day,
            posted_at=now,
            direction=Direction.DEBIT,
            component=Component.COSTS,
            kind=entry.kind,
            amount_cents=entry.cents,
            words=explain(entry.steps, "de"),
        )
        for entry in plan.entries
    ]


def plan_again(case: Case, day: date, rate: Decimal) -> CostsPlan:
    """What costs booked on a day come to by what is known now; what stands still counts too.

    A hold keeps new costs from being asked for, it never takes back what was owed.
    """
    return plan_costs(_facts(case, _claim_facts(case, (), day)), rate, _booked_cents(case))


def plan_from_nothing(
    case: Case, day: date, starts: Mapping[int, date | None] | None = None
) -> CostsPlan:
    """All that collection costs come to at the rate of now, as if nothing were booked.

    `starts` says since when one joint debtor is in default with each claim: then it is what he
    owes, for costs are his damage from his own default. Law: BGB §§ 280(2), 286, 425.
    """
    claims = _claim_facts(case, list_open_holds(case.id), day)
    if starts is not None:
        claims = tuple(replace(one, default_from=starts[one.claim_id]) for one in claims)
    return plan_costs(_facts(case, claims), current_rate(case), {})


def _plan(case: Case, day: date, rate: Decimal) -> CostsPlan:
    claims = _claim_facts(case, list_open_holds(case.id), day)
    return plan_costs(_facts(case, claims), rate, _booked_cents(case))


def _facts(case: Case, claims: tuple[ClaimFacts, ...]) -> CostFacts:
    try:
        contract = get_contract(case.creditor_id, case.ordered_on)
    except ContractMissing:
        return CostFacts(law_of(case), case.ordered_on, claims, False, False, case.currency)
    return CostFacts(
        law=law_of(case),
        law_date=case.ordered_on,
        claims=claims,
        owed_under_contract=contract.owes_collection_fee,
        with_vat=not contract.deducts_input_tax,
        currency=case.currency,
    )


def _claim_facts(case: Case, holds: Sequence[Hold], day: date) -> tuple[ClaimFacts, ...]:
    """What each claim that had come in by a day bears, less what stands still."""
    postings = [p for p in list_postings(case.id) if p.component is Component.PRINCIPAL]
    found = []
    for claim in list_claims(case.id):
        own = [posting for posting in postings if posting.claim_id == claim.id]
        ordered_on = _ordered_on(case, own)
        open_cents = sum(p.signed_cents for p in own if p.value_on <= ordered_on)
        # What was disputed when handed in owes no costs whatever is held: the reason is to show.
        held = 0 if claim.known_dispute else held_cents(holds, claim, open_cents)
        came_in = ordered_on <= max(day, case.ordered_on)
        if came_in and claim.excluded_reason is None and open_cents - held > 0:
            found.append(_facts_of(case, claim, ordered_on, open_cents - held))
    return tuple(found)


def _facts_of(case: Case, claim: Claim, ordered_on: date, cents: int) -> ClaimFacts:
    return ClaimFacts(
        claim_id=claim.id,
        principal_cents=cents,
        ordered_on=ordered_on,
        default_from=claim.default_on,
        dispute_known=bool(claim.known_dispute),
        reminded=claim.reminded_on is not None,
        titled=case.phase is Phase.ENFORCEMENT,
    )


def _ordered_on(case: Case, own: Sequence[Posting]) -> date:
    """A claim added later was ordered on the day it came in."""
    booked = [posting.booked_on for posting in own if posting.kind is EntryKind.PRINCIPAL]
    return max([case.ordered_on, *booked[:1]])


def _booked_cents(case: Case) -> dict[EntryKind, int]:
    journals = [journal.id for journal in list_cost_journals(case)]
    booked: dict[EntryKind, int] = {}
    for kind, cents in db.session.execute(
        select(Entry.kind, Entry.amount_cents).where(Entry.journal_id.in_(journals))
    ):
        booked[kind] = booked.get(kind, 0) + cents
    return booked


def _book(case: Case, kind: str, entries: Sequence[CostEntry], day: date) -> None:
    if not entries:
        return
    post_plan(case, kind, entries, day)
    timeline.record(case, "costs.booked", amount_cents=sum(entry.cents for entry in entries))


def post_plan(
    case: Case,
    kind: str,
    entries: Sequence[CostEntry],
    day: date,
    reference: str | None = None,
) -> None:
    """Post planned costs with their computation; the caller tells the timeline."""
    post(
        kind,
        case=case,
        value_on=day,
        currency=case.currency,
        reference=reference,
        entries=[
            ClaimEntry(
                Direction.DEBIT,
                Component.COSTS,
                entry.kind,
                entry.cents,
                words=explain(entry.steps, "de"),
                computation=steps_to_json(entry.steps),
            )
            for entry in entries
        ],
    )
