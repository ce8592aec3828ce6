"""Costs that a person books: the lump sum of § 288(5) BGB, the creditor's reminder costs, outlays.

The lump sum is computed by law and set off against the legal costs of the case, those that the
first demand will ask for included; reminder costs and outlays are amounts with a reason. Neither
is owed without default. Law: BGB §§ 280(2), 286, 288(5).
"""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import func, select

from cases.claims import timeline
from cases.claims.law import law_of
from cases.claims.models import Case, Claim, Purpose
from cases.claims.queries import list_claims
from cases.claims.services import require_open
from cases.core import clock
from cases.core.database import db
from cases.core.errors import Conflict, Invalid, NotFound
from cases.costs.booking import list_cost_journals, plan_first_costs, post_costs
from cases.costs.words import explain
from cases.ledger.journals import list_standing
from cases.ledger.models import Entry, EntryKind, Journal
from cases.ledger.posting import reverse_journal
from cases.payments.booking import reallocate_payments
from legal.costs import CostStep
from legal.errors import InvariantBroken
from legal.interest import RateKind

LUMP_SUM = f"costs.{EntryKind.LUMP_SUM.value}"
#: What is entered as an amount with its reason.
AMOUNTS = (EntryKind.REMINDER_COSTS, EntryKind.OUTLAYS)
JOURNALS = (LUMP_SUM, *(f"costs.{kind.value}" for kind in AMOUNTS))


class LumpSumOfConsumer(Invalid):
    """A consumer does not owe the lump sum of § 288(5) BGB."""


class NoLumpSum(Invalid):
    """No lump sum is owed on this claim by § 288(5) BGB."""


class LumpSumBooked(Conflict):
    """The lump sum of this claim is booked already; § 288(5) BGB grants it once."""


class LumpSumCoversIt(Conflict):
    """Take the booked lump sum back first: these costs are set off against it (§ 288(5) BGB)."""


class NotInDefault(Invalid):
    """Without default no costs are owed (§§ 280(2), 286 BGB)."""


class CostReasonMissing(Invalid):
    """Say what the costs were for; the debtor reads it in the statement."""


class ClaimMissing(Invalid):
    """Choose the claim whose late payment the lump sum is for."""


class CostAmountMissing(Invalid):
    """Enter the amount of the costs."""


@dataclass(frozen=True, slots=True)
class HandCosts:
    """Costs that are planned: what they are, how much, and the computation or the reason."""

    kind: EntryKind
    cents: int
    reason: str = ""
    steps: tuple[CostStep, ...] = ()
    claim: Claim | None = None

    def words(self, language: str) -> str:
        """Why this much is owed."""
        return explain(self.steps, language) if self.steps else self.reason


def plan_amount(case: Case, kind: EntryKind, cents: int, reason: str) -> HandCosts:
    """Reminder costs or outlays of the creditor, as far as they can be booked.

    Raises:
        CostReasonMissing, NotInDefault, LumpSumCoversIt.
    """
    require_open(case)
    if kind not in AMOUNTS:
        raise InvariantBroken(kind)
    if not reason.strip():
        raise CostReasonMissing
    if not any(_in_default(claim) for claim in list_claims(case.id)):
        raise NotInDefault
    if _lump_sums(case):
        raise LumpSumCoversIt
    return HandCosts(kind, cents, reason.strip())


def plan_lump_sum(case: Case, claim: Claim) -> HandCosts:
    """The lump sum of one claim, less the legal costs of the whole case.

    What of one fee for several claims belongs to which cannot be told, so all of it is set off
    against each: the debtor is never asked for too much (our convention).

    Raises:
        LumpSumOfConsumer, NotInDefault, LumpSumBooked, NoLumpSum.
    """
    require_open(case)
    if claim.purpose is Purpose.CONSUMER:
        raise LumpSumOfConsumer
    if not _in_default(claim):
        raise NotInDefault
    if any(journal.reference == claim.invoice_number for journal in _lump_sums(case)):
        raise LumpSumBooked
    plan = owed_lump_sum(case, claim)
    if plan.cents == 0:
        raise NoLumpSum(plan=plan)
    return plan


def owed_lump_sum(case: Case, claim: Claim) -> HandCosts:
    """What of the lump sum remains of a claim after today's set-off."""
    kind = RateKind.BUSINESS if claim.is_remuneration else RateKind.BUSINESS_OTHER
    if claim.purpose is Purpose.CONSUMER:
        kind = RateKind.CONSUMER
    # The obligation arises with the contract, not with its invoice.
    arose_on = claim.contract_on or claim.arose_on or claim.invoiced_on
    found = law_of(case).lump_sum(kind, arose_on, legal_costs_cents(case))
    return HandCosts(EntryKind.LUMP_SUM, found.amount_cents, steps=found.steps, claim=claim)


def legal_costs_cents(case: Case) -> int:
    """Costs of pursuing the claim: booked or to be asked for with the first demand."""
    planned = plan_first_costs(case, clock.today()).total_cents
    journals = [journal.id for journal in list_cost_journals(case)]
    journals += [j.id for j in list_hand_journals(case) if j.kind != LUMP_SUM]
    return planned + _cents_of(journals)


def book_by_hand(case: Case, plan: HandCosts) -> Journal:
    """Book what was planned, as of today; raises CaseClosed. The caller has locked the case."""
    require_open(case)
    return post_costs(
        case,
        plan.kind,
        plan.cents,
        clock.today(),
        plan.words("de"),
        reference=plan.claim.invoice_number if plan.claim else None,
    )


def take_back_costs(case: Case, journal_id: int, reason: str) -> None:
    """Take costs back that a person booked; what was paid on them goes to what is still owed.

    The case must be locked by the caller.

    Raises:
        NotFound: not such a booking of this case, or taken back already.
        CostReasonMissing.
    """
    require_open(case)
    journal = next((j for j in list_hand_journals(case) if j.id == journal_id), None)
    if journal is None:
        raise NotFound
    if not reason.strip():
        raise CostReasonMissing
    cents = _cents_of([journal.id])
    reverse_journal(journal, reason.strip(), case=case)
    timeline.record(case, "costs.reversed", amount_cents=cents)
    reallocate_payments(case, journal.booked_on)


def list_hand_journals(case: Case) -> list[Journal]:
    """What people booked and what stands, oldest first."""
    return list_standing(case.id, Journal.kind.in_(JOURNALS))


def list_hand_entries(case: Case) -> list[Entry]:
    """The lines of these bookings, with amount and reason."""
    ids = [journal.id for journal in list_hand_journals(case)]
    query = select(Entry).where(Entry.journal_id.in_(ids)).order_by(Entry.id)
    return list(db.session.scalars(query))


def _lump_sums(case: Case) -> list[Journal]:
    return [journal for journal in list_hand_journals(case) if journal.kind == LUMP_SUM]


def _cents_of(journal_ids: Sequence[int]) -> int:
    query = select(func.coalesce(func.sum(Entry.amount_cents), 0))
    return int(db.session.scalar(query.where(Entry.journal_id.in_(journal_ids))) or 0)


def _in_default(claim: Claim) -> bool:
    return claim.default_on is not None and claim.default_on <= clock.today()
