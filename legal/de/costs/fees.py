"""Single fees by value: the fees of the RVG, the court fees of the GKG, and what is credited."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction

from legal.costs import CostStep
from legal.de.costs.fee_tables import FeeLaw, FeeTable
from legal.errors import InputInvalid, InvariantBroken
from legal.rounding import round_cents

#: No court fee counts a higher value. Law: GKG § 39(2).
HIGHEST_COURT_VALUE_CENTS = 30_000_000_00


class Item(StrEnum):
    """The items of costs, by their legal number."""

    RVG = "RVG"  # A bare fee of § 13 RVG.
    VV2300 = "VV2300"  # Business fee (Geschäftsgebühr)
    VV1000 = "VV1000"  # Settlement fee (Einigungsgebühr)
    VV3305 = "VV3305"  # Payment order, for the applicant
    VV3308 = "VV3308"  # Enforcement order
    VV3309 = "VV3309"  # Enforcement
    VV7002 = "VV7002"  # Flat expenses
    KV1100 = "KV1100"  # Court fee of the payment order
    KV1210 = "KV1210"  # Court fee of the action
    LUMP_SUM = "BGB288_5"


#: Fees that VV 1008 raises for further creditors: business and procedure fees.
RAISED_BY_VV1008 = {Item.VV2300, Item.VV3305, Item.VV3308, Item.VV3309}
#: Fees whose rate the law fixes.
FIXED_RATE = {Item.VV3305, Item.VV3308, Item.VV3309}


@dataclass(frozen=True, slots=True)
class Matter:
    """What all items of one computation have in common.

    `law_date` chooses the table: the day of the mandate, for court fees the day of pendency.
    `contested` is whether the debtor disputes the claim.
    """

    law_date: date
    value_cents: int
    contested: bool = False
    creditors: int = 1


@dataclass(frozen=True, slots=True)
class Fee:
    """An amount and how it came about."""

    amount_cents: int
    steps: tuple[CostStep, ...]


def lawyer_fee(
    item: Item,
    rate: Decimal | None,
    matter: Matter,
    law: FeeLaw,
    value_share_percent: Decimal = Decimal(100),
    raised: bool = True,
) -> Fee:
    """One fee of the RVG. `raised=False` leaves out the increase for further creditors.

    Law: § 13 RVG, VV RVG 1000, 1008, 2300, 3305, 3308, 3309.
    """
    table = law.table("RVG", matter.law_date)
    checked = _checked_rate(item, rate, matter, law)
    final, steps = _raised_rate(item, checked, matter, law, raised)
    steps += _threshold_step(item, checked, matter, law)
    value = Fraction(matter.value_cents) * Fraction(value_share_percent) / 100
    if value_share_percent != 100:  # noqa: PLR2004 - the whole value
        whole, share = matter.value_cents, value_share_percent
        steps.append(CostStep("value_share", {"whole_cents": whole, "share_percent": share}))
    small = item is Item.VV2300 and not matter.contested and table.is_small(value)
    full = table.small_claim_cents if small and table.small_claim_cents else None
    return _fee_of_table(item, table, value, final, full, steps)


def _fee_of_table(
    item: Item,
    table: FeeTable,
    value: Fraction,
    rate: Decimal,
    small_fee_cents: int | None,
    steps: list[CostStep],
) -> Fee:
    full = small_fee_cents or table.full_fee_cents(value)
    amount = round_cents(full * Fraction(rate))
    law = "§ 13 RVG" if item is Item.RVG else f"VV RVG {item.value.removeprefix('VV')}"
    step = CostStep(
        "small_fee" if small_fee_cents else "fee",
        {
            "law": law,
            "value_cents": round_cents(value),
            "limit_cents": table.small_claim_up_to_cents,
            "full_cents": full,
            "table": "§ 13 RVG",
            "valid_from": (small_fee_cents and table.small_claim_valid_from) or table.valid_from,
            "rate": rate,
            "amount_cents": amount,
        },
    )
    steps = [*steps, step]
    if amount < table.minimum_cents:
        steps.append(CostStep("minimum", {"minimum_cents": table.minimum_cents}))
    return Fee(max(amount, table.minimum_cents), tuple(steps))


def court_fee(item: Item, matter: Matter, law: FeeLaw) -> Fee:
    """One court fee. Law: KV GKG 1100 (with its own minimum), 1210; GKG § 39(2)."""
    table = law.table("GKG", matter.law_date)
    row = law.item(item.value, matter.law_date)
    if row.rate is None:
        raise InvariantBroken("row.rate is missing")
    value = min(matter.value_cents, HIGHEST_COURT_VALUE_CENTS)
    full = table.full_fee_cents(value)
    amount = round_cents(full * Fraction(row.rate))
    minimum = row.amount_cents or table.minimum_cents
    step = CostStep(
        "fee",
        {
            "law": row.law,
            "value_cents": value,
            "full_cents": full,
            "table": "§ 34 GKG",
            "valid_from": table.valid_from,
            "rate": row.rate,
            "amount_cents": amount,
        },
    )
    if amount >= minimum:
        return Fee(amount, (step,))
    return Fee(minimum, (step, CostStep("minimum", {"minimum_cents": minimum})))


def credited_business_fee(rate: Decimal | None, matter: Matter, law: FeeLaw) -> Fee:
    """The part of the business fee that counts towards the later procedure fee.

    Law: VV RVG preliminary note 3(4): half of it, at most a rate of 0.75.
    """
    row = law.item("CREDIT_VV2300", matter.law_date)
    if row.rate is None:
        raise InvariantBroken("row.rate is missing")
    if row.share_percent is None:
        raise InvariantBroken("row.share_percent is missing")
    fee = lawyer_fee(Item.VV2300, rate, matter, law)
    half = Fraction(fee.amount_cents) * Fraction(row.share_percent) / 100
    table = law.table("RVG", matter.law_date)
    limit = table.full_fee_cents(matter.value_cents) * Fraction(row.rate)
    amount = round_cents(min(half, limit))
    step = CostStep(
        "credit_half",
        {
            "law": row.law,
            "rate_max": row.rate,
            "fee_cents": fee.amount_cents,
            "amount_cents": amount,
        },
    )
    return Fee(amount, (step,))


def _checked_rate(item: Item, rate: Decimal | None, matter: Matter, law: FeeLaw) -> Decimal:
    """The rate asked for, inside the limits that the law sets for the item."""
    fixed = law.item(item.value, matter.law_date).rate if item in FIXED_RATE else None
    if rate is None:
        if fixed is None:
            raise InputInvalid(f"{item.value} needs a rate.", field="rate")
        return fixed
    if fixed is not None and rate != fixed:
        raise InputInvalid(f"The rate of {item.value} is {fixed}.", field="rate")
    if rate <= 0:
        raise InputInvalid("A rate must be more than zero.", field="rate")
    if item is Item.VV2300:
        _check_business_rate(rate, matter, law)
    return rate


def _check_business_rate(rate: Decimal, matter: Matter, law: FeeLaw) -> None:
    frame = law.item(Item.VV2300.value, matter.law_date)
    cap = None if matter.contested else law.find_item("VV2300_UNCONTESTED", matter.law_date)
    highest = (cap or frame).rate_max
    if frame.rate is None:
        raise InvariantBroken("frame.rate is missing")
    if highest is None:
        raise InvariantBroken("highest is missing")
    if not frame.rate <= rate <= highest:
        kind = "an uncontested claim" if cap else "the business fee"
        raise InputInvalid(
            f"The rate for {kind} lies between {frame.rate} and {highest}.", field="rate"
        )


def _threshold_step(item: Item, rate: Decimal, matter: Matter, law: FeeLaw) -> list[CostStep]:
    if item is not Item.VV2300 or matter.contested:
        return []
    row = law.find_item("VV2300_UNCONTESTED", matter.law_date)
    if row is None or row.rate is None or rate <= row.rate:
        return []
    return [CostStep("above_threshold", {"threshold": row.rate})]


def _raised_rate(
    item: Item, rate: Decimal, matter: Matter, law: FeeLaw, raised: bool
) -> tuple[Decimal, list[CostStep]]:
    """The rate with the increase for further creditors. Law: VV RVG 1008."""
    further = matter.creditors - 1
    if further < 1 or item not in RAISED_BY_VV1008:
        return rate, []
    if not raised:
        return rate, [CostStep("creditors_once")]
    row = law.item("VV1008", matter.law_date)
    if row.rate is None:
        raise InvariantBroken("row.rate is missing")
    if row.rate_max is None:
        raise InvariantBroken("row.rate_max is missing")
    final = rate + min(row.rate * further, row.rate_max)
    return final, [CostStep("creditors", {"further": further, "rate": rate, "raised": final})]
