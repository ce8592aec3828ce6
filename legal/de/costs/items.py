"""Costs of collection and of court as a list of items, each with its computation in words.

Whether a debtor owes them is decided in `collection.py`; here is only what they amount to.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from legal.costs import CostStep
from legal.de.costs.fee_tables import FeeLaw, fee_law
from legal.de.costs.fees import Fee, Item, Matter, court_fee, credited_business_fee, lawyer_fee
from legal.de.costs.lump_sum import lump_sum
from legal.errors import InputInvalid, InvariantBroken
from legal.interest import RateKind
from legal.rounding import round_cents

COURT_FEES = {Item.KV1100, Item.KV1210}
#: What can be credited: half the business fee, and the fee of the payment order.
CREDITABLE = {Item.VV2300, Item.KV1100}


@dataclass(frozen=True, slots=True)
class Asked:
    """One item that is asked for; `credit` takes it off (Anrechnung) instead of charging it."""

    item: Item
    rate: Decimal | None = None
    value_share_percent: Decimal = Decimal(100)
    credit: bool = False
    debtor: RateKind | None = None  # Only for the lump sum.


@dataclass(frozen=True, slots=True)
class FeeItem:
    """One computed item by its legal number; a credit is negative."""

    item: Item
    amount_cents: int
    steps: tuple[CostStep, ...]
    credit: bool = False


@dataclass(frozen=True, slots=True)
class Costs:
    """The items and their sums; net and VAT add up to the total."""

    items: tuple[FeeItem, ...]
    net_cents: int
    vat_cents: int
    total_cents: int


def legal_costs(
    matter: Matter,
    asked: Sequence[Asked],
    vat_percent: Decimal | None = None,
    law: FeeLaw | None = None,
) -> Costs:
    """Compute the items in the order asked for.

    VAT is due on fees and expenses of the RVG, not on court fees and not on the lump sum; leave it
    out where the creditor can deduct it. Law: VV RVG 7008; § 249 BGB.

    Raises:
        InputInvalid: an item is not possible so; the field names it by position.
        TableUnknown: there is no fee table for the day.
    """
    rows = law or fee_law()
    fees = [_fee_at(index, matter, asked, rows) for index in range(len(asked))]
    _add_flat_expenses(fees, asked, matter, rows)
    taxed = sum(
        fee.amount_cents
        for fee, one in zip(fees, asked, strict=True)
        if fee and one.item not in COURT_FEES
    )
    vat = round_cents(taxed * Fraction(vat_percent or 0) / 100)
    _add_lump_sums(fees, asked, matter, taxed + vat, rows)
    items = tuple(
        FeeItem(one.item, fee.amount_cents, fee.steps, one.credit)
        for fee, one in zip(fees, asked, strict=True)
        if fee is not None
    )
    net = sum(item.amount_cents for item in items)
    return Costs(items, net, vat, net + vat)


def _fee_at(index: int, matter: Matter, asked: Sequence[Asked], law: FeeLaw) -> Fee | None:
    """The fee at a position of the list; an error about one of its fields names that position."""
    try:
        return _fee(asked[index], matter, asked, law)
    except InputInvalid as error:
        raise InputInvalid(str(error), field=f"items[{index}].{error.field}") from error


def _fee(one: Asked, matter: Matter, asked: Sequence[Asked], law: FeeLaw) -> Fee | None:
    """The fee of one item; `None` for what depends on the other items."""
    if one.credit:
        return _credit(one, matter, law)
    if one.item in {Item.VV7002, Item.LUMP_SUM}:
        return None
    if one.item in COURT_FEES:
        return court_fee(one.item, matter, law)
    # Law: VV RVG 3308: no increase for several creditors where 3305 is already raised.
    once = one.item is Item.VV3308 and any(
        other.item is Item.VV3305 and not other.credit for other in asked
    )
    return lawyer_fee(one.item, one.rate, matter, law, one.value_share_percent, raised=not once)


def _credit(one: Asked, matter: Matter, law: FeeLaw) -> Fee:
    if one.item not in CREDITABLE:
        raise InputInvalid(f"{one.item.value} cannot be credited.", field="credit")
    if one.item is Item.VV2300:
        fee = credited_business_fee(one.rate, matter, law)
    else:
        charged = court_fee(Item.KV1100, matter, law).amount_cents
        fee = Fee(charged, (CostStep("credit_court_fee", {"amount_cents": charged}),))
    return Fee(-fee.amount_cents, fee.steps)


def _add_flat_expenses(
    fees: list[Fee | None], asked: Sequence[Asked], matter: Matter, law: FeeLaw
) -> None:
    """Flat expenses once per matter: on the fees listed since the previous flat, before crediting.

    Law: VV RVG 7002. A flat that stands before any fee covers those that follow it.
    """
    positions = [i for i, one in enumerate(asked) if one.item is Item.VV7002 and not one.credit]
    bounds = [-1, *positions, len(asked)]
    for number, position in enumerate(positions):
        base = _fees_between(fees, asked, bounds[number], position)
        if number == 0 and base == 0:
            base = _fees_between(fees, asked, position, bounds[2])
        if base == 0:
            raise InputInvalid(
                "There are no fees that the flat expenses could be computed on.",
                field=f"items[{position}].item",
            )
        fees[position] = flat_expenses(base, matter, law)


def _fees_between(
    fees: Sequence[Fee | None], asked: Sequence[Asked], after: int, before: int
) -> int:
    return sum(
        fee.amount_cents
        for fee, one in list(zip(fees, asked, strict=True))[after + 1 : before]
        if fee and not one.credit and one.item not in COURT_FEES
    )


def flat_expenses(fees_cents: int, matter: Matter, law: FeeLaw | None = None) -> Fee:
    """Flat expenses for post and telephone on the fees of one matter. Law: VV RVG 7002."""
    row = (law or fee_law()).item("VV7002", matter.law_date)
    if row.share_percent is None:
        raise InvariantBroken("row.share_percent is missing")
    if row.amount_cents is None:
        raise InvariantBroken("row.amount_cents is missing")
    share = round_cents(fees_cents * Fraction(row.share_percent) / 100)
    amount = min(share, row.amount_cents)
    step = CostStep(
        "flat_expenses",
        {
            "law": row.law,
            "share_percent": row.share_percent,
            "fees_cents": fees_cents,
            "limit_cents": row.amount_cents,
            "amount_cents": amount,
        },
    )
    return Fee(amount, (step,))


def _add_lump_sums(
    fees: list[Fee | None],
    asked: Sequence[Asked],
    matter: Matter,
    legal_costs_cents: int,
    law: FeeLaw,
) -> None:
    for index, one in enumerate(asked):
        if one.item is Item.LUMP_SUM and not one.credit:
            if one.debtor is None:
                raise InputInvalid("Say who the debtor is.", field=f"items[{index}].debtor")
            owed = lump_sum(one.debtor, matter.law_date, legal_costs_cents, law=law)
            fees[index] = Fee(owed.amount_cents, owed.steps)
