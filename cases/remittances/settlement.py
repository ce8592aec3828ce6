"""The settlement of a run with one creditor: what he gets, what the house keeps, what waits.

A pure function of the contract's terms and the payments; pay-out run, contract screen and
`recoup remit settle` share it.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from decimal import Decimal

from cases.remittances.contract import CostsOwner, Share, Terms, VatTreatment, fee_of
from legal.rounding import round_cents

TO_CREDITOR = "to_creditor"  # The debtor paid the creditor himself: fee, but no money here.


@dataclass(frozen=True, slots=True)
class Received:
    """One payment, split by what it was spread on; negative where it went back."""

    case: str
    on: date
    way: str
    principal_cents: int = 0
    interest_cents: int = 0
    fee_costs_cents: int = 0  # Collection costs.
    creditor_costs_cents: int = 0  # Reminder costs and court fees that the creditor advanced.

    @property
    def total_cents(self) -> int:
        """All of it."""
        return (
            self.principal_cents
            + self.interest_cents
            + self.fee_costs_cents
            + self.creditor_costs_cents
        )

    def on_shares(self, shares: Collection[Share]) -> int:
        """What a success fee on these shares is computed on."""
        by_share = {
            Share.PRINCIPAL: self.principal_cents,
            Share.INTEREST: self.interest_cents,
            Share.COSTS: self.fee_costs_cents,
        }
        return sum(by_share[share] for share in shares)


@dataclass(frozen=True, slots=True)
class Earlier:
    """What earlier runs settled of a case."""

    base_cents: int = 0
    fee_cents: int = 0


@dataclass(frozen=True, slots=True)
class Outlay:
    """Money spent for a case (Auslagen)."""

    case: str
    cents: int
    borne_by_creditor: bool


@dataclass(frozen=True, slots=True)
class CaseSettlement:
    """One case of the run."""

    case: str
    received_cents: int
    fee_cents: int
    costs_kept_cents: int
    base_cents: int  # With what earlier runs settled: the next run begins here.

    @property
    def to_creditor_cents(self) -> int:
        """What the case leaves for the creditor before VAT."""
        return self.received_cents - self.fee_cents - self.costs_kept_cents


@dataclass(frozen=True, slots=True)
class Taxed:
    """What the house earned under one treatment of VAT, in cents without the tax."""

    treatment: VatTreatment
    percent: Decimal
    fee_cents: int
    kept_cents: int  # Collection costs that debtors paid and the contract assigns to the house.

    @property
    def net_cents(self) -> int:
        """All of it."""
        return self.fee_cents + self.kept_cents

    @property
    def vat_cents(self) -> int:
        """The tax on the sum, rounded once. Law: UStG §§ 10(1), 12(1)."""
        return round_cents(self.net_cents * self.percent / 100)


@dataclass(frozen=True, slots=True)
class Settlement:
    """The run with one creditor, in cents."""

    cases: tuple[CaseSettlement, ...]
    taxed: tuple[Taxed, ...]  # One for each treatment and rate.
    vat_paid_by_debtors_cents: int
    outlays_cents: int
    held_back_cents: int
    carried_cents: int
    threshold_cents: int = field(default=0)

    @property
    def fee_net_cents(self) -> int:
        """All fees of the run without VAT."""
        return sum(case.fee_cents for case in self.cases)

    @property
    def vat_cents(self) -> int:
        """The VAT on all that the house earned."""
        return sum(each.vat_cents for each in self.taxed)

    @property
    def balance_cents(self) -> int:
        """What is due to the creditor, or by him where it is negative."""
        to_creditor = sum(case.to_creditor_cents for case in self.cases)
        vat_owed = self.vat_cents - self.vat_paid_by_debtors_cents
        return to_creditor - vat_owed - self.outlays_cents + self.carried_cents

    @property
    def payout_cents(self) -> int:
        """What is transferred: all of the balance, or nothing."""
        balance = self.balance_cents
        return balance if balance > 0 and balance >= self.threshold_cents else 0

    @property
    def carry_forward_cents(self) -> int:
        """What the next run begins with."""
        return self.balance_cents - self.payout_cents


def is_held_back(payment: Received, as_of: date, hold_back_days: Mapping[str, int]) -> bool:
    """Whether the money can still be taken back; the day on which the days have passed is free."""
    days = hold_back_days.get(payment.way)
    return days is not None and as_of < payment.on + timedelta(days=days)


def settle_run(
    terms: Terms,
    payments: Sequence[Received],
    as_of: date,
    *,
    outlays: Iterable[Outlay] = (),
    earlier: Mapping[str, Earlier] | None = None,
    carried_cents: int = 0,
    unattachable: Collection[str] = (),
) -> Settlement:
    """Settle the payments of one creditor's cases.

    Money that may go back is held back: it earns no fee, keeps no costs and bears no VAT yet.
    VAT is taken once, on fees and the costs kept. Law: UStG §§ 1, 10(1) (outlays in the
    creditor's name are no consideration), RDG §§ 13c(4), 13g.
    """
    hold_back = terms.hold_back_days or {}
    free = [payment for payment in payments if not is_held_back(payment, as_of, hold_back)]
    cases = tuple(
        _settle_case(name, own, terms, (earlier or {}).get(name, Earlier()), name in unattachable)
        for name, own in _by_case(free).items()
    )
    kept = sum(case.costs_kept_cents for case in cases)
    kept_net = _without_vat(kept, terms.vat_percent) if terms.costs_include_vat else kept
    fees = sum(case.fee_cents for case in cases)
    return Settlement(
        cases=cases,
        taxed=(Taxed(terms.vat, terms.vat_percent, fees, kept_net),),
        vat_paid_by_debtors_cents=kept - kept_net,
        outlays_cents=sum(outlay.cents for outlay in outlays if outlay.borne_by_creditor),
        held_back_cents=sum(
            payment.total_cents for payment in payments if is_held_back(payment, as_of, hold_back)
        ),
        carried_cents=carried_cents,
        threshold_cents=terms.threshold_cents,
    )


def sum_settlements(parts: Sequence[Settlement]) -> Settlement:
    """Settlements with one creditor under several contract versions as one; at least one."""
    return replace(
        parts[0],
        cases=tuple(case for part in parts for case in part.cases),
        taxed=_sum_taxed([each for part in parts for each in part.taxed]),
        vat_paid_by_debtors_cents=sum(part.vat_paid_by_debtors_cents for part in parts),
        held_back_cents=sum(part.held_back_cents for part in parts),
        threshold_cents=max(part.threshold_cents for part in parts),
    )


def _sum_taxed(parts: Iterable[Taxed]) -> tuple[Taxed, ...]:
    """An invoice states each treatment and rate once, so the tax is rounded over all of it."""
    sums: dict[tuple[VatTreatment, Decimal], Taxed] = {}
    for part in parts:
        key = (part.treatment, part.percent)
        known = sums.get(key, Taxed(*key, 0, 0))
        sums[key] = replace(
            known,
            fee_cents=known.fee_cents + part.fee_cents,
            kept_cents=known.kept_cents + part.kept_cents,
        )
    return tuple(sums.values())


def _by_case(payments: Iterable[Received]) -> dict[str, list[Received]]:
    grouped: dict[str, list[Received]] = {}
    for payment in payments:
        grouped.setdefault(payment.case, []).append(payment)
    return grouped


def _settle_case(
    case: str, payments: list[Received], terms: Terms, earlier: Earlier, unattachable: bool
) -> CaseSettlement:
    here = [payment for payment in payments if payment.way != TO_CREDITOR]
    base = earlier.base_cents + sum(payment.on_shares(terms.fee.on) for payment in payments)
    keeps = terms.costs_owner is CostsOwner.AGENCY
    return CaseSettlement(
        case=case,
        received_cents=sum(payment.total_cents for payment in here),
        fee_cents=fee_of(base, terms.fee, unattachable=unattachable) - earlier.fee_cents,
        costs_kept_cents=sum(payment.fee_costs_cents for payment in here) if keeps else 0,
        base_cents=base,
    )


def _without_vat(gross_cents: int, percent: Decimal) -> int:
    return round_cents(gross_cents / (1 + percent / 100))
