"""Preparing a pay-out run: what came in since the last settlement, creditor by creditor.

Nothing is booked here. What was settled before is subtracted, so payments that were spread anew,
returned or came late change only the next settlement.
"""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date

from sqlalchemy import func, select
from sqlalchemy.orm import aliased

from cases.claims.models import Case
from cases.core import audit, clock, locks
from cases.core.database import db
from cases.core.errors import Conflict, Refusal
from cases.core.many import one_of
from cases.ledger.creditor_view import contract_postings
from cases.ledger.models import Direction, Entry, EntryKind
from cases.ledger.settlement_bookings import open_outlays
from cases.parties.clients import is_paid_to
from cases.parties.models import Creditor, DirectPaymentOrder
from cases.parties.queries import get_contract
from cases.payments.cash.queries import cases_with_cash_on_hand
from cases.remittances.attribution import CostItem, PaidPart, Totals, attribute, by_case
from cases.remittances.contract import Terms, VatTreatment
from cases.remittances.debits.holding_back import returnable_journals
from cases.remittances.models import (
    SETTLED,
    PayoutRun,
    Remittance,
    RemittanceCase,
    RemittanceState,
    RunState,
)
from cases.remittances.settlement import (
    TO_CREDITOR,
    CaseSettlement,
    Earlier,
    Outlay,
    Received,
    Settlement,
    settle_run,
    sum_settlements,
)
from cases.remittances.terms import terms_of, write_taxed
from legal.allocation import Component

PAID_KINDS = (EntryKind.PAYMENT, EntryKind.DIRECT_PAYMENT)
#: What is let go of for the creditor: he reads it in the settlement.
WAIVED_KINDS = (EntryKind.WAIVER, EntryKind.PAID_IN_TIME, EntryKind.SETTLEMENT)


class BankMissing(Conflict):
    """This client has no account that may be paid to."""


class BankWaits(Conflict):
    """Nothing is paid to this client's new account before {day}."""


class VatIdMissing(Conflict):
    """This client owes the VAT himself; enter his VAT identification number first."""


class RunOpen(Conflict):
    """A run is prepared already. Release or drop it first."""


@dataclass(frozen=True, slots=True)
class Prepared:
    """The settlement with one creditor, before anything is booked."""

    creditor: Creditor
    cases: Mapping[int, tuple[Totals, CaseSettlement | None]]
    settlement: Settlement


def prepare_run(as_of: date, currency: str = "EUR") -> PayoutRun:
    """Settle with every creditor that has something to settle; a second person releases it.

    A creditor that cannot be settled (no contract, no account) is named with the reason and does
    not stop the others.

    Raises:
        RunOpen: one is prepared already.
    """
    locks.take_name("payout run")
    if find_open_run(currency) is not None:
        raise RunOpen
    run = PayoutRun(
        currency=currency, as_of=as_of, prepared_by=audit.actor_id(), prepared_at=clock.now(),
        left_out=[],
    )  # fmt: skip
    db.session.add(run)
    db.session.flush()
    left_out = []
    for creditor_id in list_creditors_to_settle(currency):
        try:
            prepared = prepare(creditor_id, as_of, currency)
        except Refusal as refusal:
            left_out.append({"creditor_id": creditor_id, "sentence": refusal.sentence,
                             "params": {k: str(v) for k, v in refusal.params.items()}})  # fmt: skip
            continue
        if prepared is not None:
            _keep(run, prepared)
    run.left_out = left_out
    audit.record("payout_run.prepared", "payout_run", run.id, as_of=as_of)
    return run


def find_open_run(currency: str) -> PayoutRun | None:
    """The run that waits for its release, if there is one."""
    query = select(PayoutRun).where(
        PayoutRun.state == RunState.PREPARED, PayoutRun.currency == currency
    )
    return db.session.scalar(query)


def list_creditors_to_settle(currency: str) -> list[int]:
    """Creditors on whose cases anything ever came in."""
    query = (
        select(Entry.creditor_id)
        .where(Entry.kind.in_(PAID_KINDS), Entry.currency == currency)
        .distinct()
        .order_by(Entry.creditor_id)
    )
    return list(db.session.scalars(query))


def prepare(creditor_id: int, as_of: date, currency: str) -> Prepared | None:
    """The settlement with one creditor; None where there is nothing new and nothing carried.

    Raises:
        ContractMissing, BankMissing, BankWaits, VatIdMissing.
    """
    creditor = db.session.get_one(Creditor, creditor_id)
    earlier, totals_before = _earlier(creditor_id, currency)
    now = _totals(creditor_id, currency, as_of)
    new = {
        case_id: change
        for case_id in now.keys() | totals_before.keys()
        if not (change := now.get(case_id, Totals()).minus(
            totals_before.get(case_id, Totals()))).is_nothing
    }  # fmt: skip
    # What was taken in cash and lies on no account yet waits for the next run, with its case.
    for case_id in cases_with_cash_on_hand(creditor_id):
        new.pop(case_id, None)
    carried = carried_of(creditor_id, currency)
    outlays = open_outlays(creditor_id, currency)
    if all(change.is_no_money for change in new.values()) and carried <= 0 and not outlays:
        return None
    settlement = _settle(creditor_id, new, earlier, as_of, carried, outlays)
    if settlement.payout_cents:
        _require_account(creditor)
    if creditor.vat_id is None and any(
        each.treatment is VatTreatment.EU_BUSINESS and each.net_cents for each in settlement.taxed
    ):
        raise VatIdMissing
    by_name = {case.case: case for case in settlement.cases}
    return Prepared(
        creditor, {case_id: (new[case_id], by_name.get(str(case_id))) for case_id in new},
        settlement,
    )  # fmt: skip


def _settle(
    creditor_id: int,
    new: Mapping[int, Totals],
    earlier: Mapping[str, Earlier],
    as_of: date,
    carried: int,
    outlays: int,
) -> Settlement:
    """One settlement over cases of several contract versions; each case follows its order's."""
    # The tax follows where the creditor is when he is served; the fee follows the order.
    today = terms_of(get_contract(creditor_id, as_of))
    groups: dict[int, tuple[Terms, list[Received]]] = {}
    for case in _cases(new):
        contract = get_contract(creditor_id, case.ordered_on)
        ordered = replace(terms_of(contract), vat=today.vat, vat_percent=today.vat_percent)
        _, payments = groups.setdefault(contract.id, (ordered, []))
        payments += _received(case.id, new[case.id], as_of)
    laid_out = [Outlay("", outlays, borne_by_creditor=True)] if outlays else []
    if not groups:
        return settle_run(today, [], as_of, outlays=laid_out, carried_cents=carried)
    parts = [
        settle_run(
            terms, payments, as_of, earlier=earlier,
            outlays=laid_out if first else (), carried_cents=carried if first else 0,
        )
        for first, (terms, payments) in zip(
            [True] + [False] * len(groups), groups.values(), strict=False
        )
    ]  # fmt: skip
    return sum_settlements(parts)


def _received(case_id: int, change: Totals, as_of: date) -> Iterable[Received]:
    """The change of a case as one payment that reached us and one to the creditor."""
    here = Received(
        str(case_id), as_of, "transfer", change.principal, change.interest, change.fee_costs,
        change.creditor_costs,
    )  # fmt: skip
    direct = Received(
        str(case_id), as_of, TO_CREDITOR, change.direct_principal, change.direct_interest,
        change.direct_costs,
    )  # fmt: skip
    yield here
    if direct.total_cents:
        yield direct


def _cases(case_ids: Collection[int]) -> list[Case]:
    query = select(Case).where(Case.id == func.any(list(case_ids))).order_by(Case.id)
    return list(db.session.scalars(query))


def _totals(creditor_id: int, currency: str, as_of: date) -> dict[int, Totals]:
    """Everything that came in on each case of a creditor up to a day.

    Two queries, and the contract's count of the cases that were paid to the creditor himself.
    """
    reversal = aliased(Entry)
    live = (
        select(Entry)
        .outerjoin(reversal, reversal.reverses_id == Entry.id)
        .where(
            Entry.creditor_id == creditor_id,
            Entry.currency == currency,
            Entry.booked_on <= as_of,
            Entry.kind != EntryKind.REVERSAL,
            reversal.id.is_(None),
        )
    )
    returnable = returnable_journals(creditor_id, as_of)
    paid = live.where(Entry.kind.in_(PAID_KINDS), ~one_of(Entry.journal_id, returnable))
    parts: dict[int, list[PaidPart]] = {}
    for entry in db.session.scalars(paid):
        direct = entry.kind is EntryKind.DIRECT_PAYMENT
        parts.setdefault(entry.case_id, []).append(
            PaidPart(entry.value_on, entry.id, entry.component, entry.amount_cents, direct)
        )
    _count_direct_by_contract(parts, as_of)
    costs: dict[int, list[CostItem]] = {}
    owed = live.where(
        Entry.component == Component.COSTS,
        Entry.direction == Direction.DEBIT,
        Entry.case_id == func.any(list(parts)),
    )
    for entry in db.session.scalars(owed) if parts else ():
        costs.setdefault(entry.case_id, []).append(
            CostItem(entry.value_on, entry.kind.value, entry.amount_cents)
        )
    waived: dict[int, int] = {}
    let_go = live.where(Entry.kind.in_(WAIVED_KINDS), Entry.case_id == func.any(list(parts)))
    for entry in db.session.scalars(let_go) if parts else ():
        waived[entry.case_id] = waived.get(entry.case_id, 0) + entry.amount_cents
    return {
        case_id: replace(attribute(costs.get(case_id, ()), of_case), waived=waived.get(case_id, 0))
        for case_id, of_case in parts.items()
    }


def _count_direct_by_contract(parts: dict[int, list[PaidPart]], as_of: date) -> None:
    """Payments to the creditor count with him in his contract's order, not in the law's."""
    with_direct = [case_id for case_id, paid in parts.items() if any(p.direct for p in paid)]
    for case in _cases(with_direct):
        contract = get_contract(case.creditor_id, case.ordered_on)
        if contract.direct_payment_order is DirectPaymentOrder.LAW:
            continue
        spread = [
            PaidPart(p.value_on, p.id, p.component, p.amount_cents, direct=True)
            for p in contract_postings(case, clock.now())
            if p.kind is EntryKind.DIRECT_PAYMENT and p.booked_on <= as_of
        ]
        parts[case.id] = [p for p in parts[case.id] if not p.direct] + spread


def _earlier(creditor_id: int, currency: str) -> tuple[dict[str, Earlier], Mapping[int, Totals]]:
    """What earlier remittances settled of each case."""
    query = (
        select(RemittanceCase)
        .join(Remittance, Remittance.id == RemittanceCase.remittance_id)
        .where(
            Remittance.creditor_id == creditor_id,
            Remittance.currency == currency,
            Remittance.state.in_(SETTLED),
        )
        .order_by(RemittanceCase.id)
    )
    rows = list(db.session.scalars(query))
    earlier: dict[str, Earlier] = {}
    for row in rows:
        known = earlier.get(str(row.case_id), Earlier())
        earlier[str(row.case_id)] = Earlier(row.base_cents, known.fee_cents + row.fee_cents)
    return earlier, by_case((row.case_id, _totals_of(row)) for row in rows)


def _totals_of(row: RemittanceCase) -> Totals:
    return Totals(
        row.principal_cents, row.interest_cents, row.fee_costs_cents, row.creditor_costs_cents,
        row.direct_principal_cents, row.direct_interest_cents, row.direct_costs_cents,
        row.waived_cents,
    )  # fmt: skip


def carried_of(creditor_id: int, currency: str) -> int:
    """What the last settlement left: to be paid, or owed by the creditor where negative."""
    query = (
        select(Remittance)
        .where(
            Remittance.creditor_id == creditor_id,
            Remittance.currency == currency,
            Remittance.state.in_(SETTLED),
        )
        .order_by(Remittance.id.desc())
        .limit(1)
    )
    last = db.session.scalar(query)
    if last is None:
        return 0
    returned = last.payout_cents if last.state is RemittanceState.REJECTED else 0
    return last.carry_forward_cents + returned


def _require_account(creditor: Creditor) -> None:
    if creditor.iban is None:
        raise BankMissing
    if not is_paid_to(creditor):
        raise BankWaits(day=creditor.iban_paid_from)


def _keep(run: PayoutRun, prepared: Prepared) -> None:
    settled = prepared.settlement
    remittance = Remittance(
        run_id=run.id,
        creditor_id=prepared.creditor.id,
        currency=run.currency,
        as_of=run.as_of,
        iban=prepared.creditor.iban,
        received_cents=sum(case.received_cents for case in settled.cases),
        direct_cents=sum(
            change.direct_principal + change.direct_interest + change.direct_costs
            for change, _ in prepared.cases.values()
        ),
        costs_kept_cents=sum(case.costs_kept_cents for case in settled.cases),
        fee_net_cents=settled.fee_net_cents,
        vat_cents=settled.vat_cents,
        taxed=[write_taxed(each) for each in settled.taxed],
        vat_paid_by_debtors_cents=settled.vat_paid_by_debtors_cents,
        outlays_cents=settled.outlays_cents,
        carried_cents=settled.carried_cents,
        payout_cents=settled.payout_cents,
        carry_forward_cents=settled.carry_forward_cents,
    )
    db.session.add(remittance)
    db.session.flush()
    for case_id, (change, case) in sorted(prepared.cases.items()):
        db.session.add(
            RemittanceCase(
                remittance_id=remittance.id,
                creditor_id=prepared.creditor.id,
                case_id=case_id,
                principal_cents=change.principal,
                interest_cents=change.interest,
                fee_costs_cents=change.fee_costs,
                creditor_costs_cents=change.creditor_costs,
                direct_principal_cents=change.direct_principal,
                direct_interest_cents=change.direct_interest,
                direct_costs_cents=change.direct_costs,
                waived_cents=change.waived,
                base_cents=case.base_cents if case else 0,
                fee_cents=case.fee_cents if case else 0,
                costs_kept_cents=case.costs_kept_cents if case else 0,
            )
        )
    db.session.flush()
