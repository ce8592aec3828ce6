"""The money terms of a contract with a creditor (Inkassovertrag), as a settlement needs them."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from legal.errors import InputInvalid
from legal.rounding import round_cents


class Steps(StrEnum):
    """How the steps of a success fee are read."""

    MARGINAL = "marginal"  # Each percentage on the part of the base within its step.
    WHOLE = "whole"  # The percentage of the step in which the base lies, on all of it.


class Share(StrEnum):
    """The part of a payment that a success fee may be computed on."""

    PRINCIPAL = "principal"
    INTEREST = "interest"
    COSTS = "costs"


class CostsOwner(StrEnum):
    """Whose the collection costs are that the debtor pays."""

    AGENCY = "agency"
    CREDITOR = "creditor"


class VatTreatment(StrEnum):
    """How the house's fee is taxed, by where the creditor is (UStG §§ 3a(2), 13b)."""

    DOMESTIC = "domestic"
    EU_BUSINESS = "eu_business"  # The creditor owes the tax himself (reverse charge).
    THIRD_COUNTRY = "third_country"  # Not taxable here.


@dataclass(frozen=True, slots=True)
class FeeTier:
    """One step of the success fee (Erfolgsprovision); a base equal to the end belongs to it."""

    until_cents: int | None  # None: without end.
    percent: Decimal


@dataclass(frozen=True, slots=True)
class FeeTerms:
    """How the fee of a case follows from what it brought in.

    A fixed fee replaces the success fee and knows neither minimum nor cap.
    """

    steps: tuple[FeeTier, ...]
    reading: Steps = Steps.MARGINAL
    on: frozenset[Share] = frozenset({Share.PRINCIPAL, Share.INTEREST})
    minimum_cents: int = 0
    fixed_cents: int | None = None

    def __post_init__(self) -> None:
        check_steps(self.steps)


@dataclass(frozen=True, slots=True)
class Terms:
    """Everything of a contract version that decides what a run pays out."""

    fee: FeeTerms
    vat_percent: Decimal
    costs_owner: CostsOwner
    #: Whether what the debtor pays as costs contains VAT (the creditor cannot deduct it).
    costs_include_vat: bool = False
    #: Way of payment -> days for which its money can be taken back and is not paid out.
    hold_back_days: Mapping[str, int] | None = None
    threshold_cents: int = 0
    vat: VatTreatment = VatTreatment.DOMESTIC


def check_steps(steps: tuple[FeeTier, ...]) -> None:
    """Refuse steps that leave a base without a percentage, or with two.

    Raises:
        InputInvalid: the ends do not rise, or the last step has one.
    """
    if not steps:
        return
    ends = [step.until_cents for step in steps]
    if ends[-1] is not None:
        raise InputInvalid("The last step of the fee must have no end.", field="success_fee")
    earlier = 0
    for end in ends[:-1]:
        if end is None or end <= earlier:
            raise InputInvalid("The ends of the fee's steps must rise.", field="success_fee")
        earlier = end


def fee_of(base_cents: int, terms: FeeTerms, *, unattachable: bool = False) -> int:
    """The fee of a case on all that it brought in so far, in cents without VAT.

    Half up to the cent, at least the minimum, never more than the base. An unattachable claim
    bears no success fee. Law: RDG § 13c(4) (the terms themselves are the contract's).
    """
    if unattachable or base_cents <= 0:
        return 0
    if terms.fixed_cents is not None:
        return terms.fixed_cents
    fee = round_cents(_exact_fee(base_cents, terms))
    return min(max(fee, terms.minimum_cents), base_cents)


def _exact_fee(base_cents: int, terms: FeeTerms) -> Decimal:
    total, begin = Decimal(0), 0
    for step in terms.steps:
        end = base_cents if step.until_cents is None else min(step.until_cents, base_cents)
        if terms.reading is Steps.WHOLE and end == base_cents:
            return base_cents * step.percent / 100
        total += (end - begin) * step.percent / 100
        if end == base_cents:
            break
        begin = end
    return total
