"""Costs that a debtor may owe, in every country: what is asked, what is owed, and why.

A step of a computation carries a code and raw parameters; the edge supplies the sentences of its
language and how that language writes amounts, numbers and dates.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from enum import StrEnum

Parameter = str | int | Decimal | date


@dataclass(frozen=True, slots=True)
class CostStep:
    """One sentence of a computation."""

    code: str
    params: Mapping[str, Parameter] = field(default_factory=dict)


def euro(cents: int) -> str:
    """An amount in English: EUR 1,234.50."""
    sign = "-" if cents < 0 else ""
    whole, rest = divmod(abs(cents), 100)
    return f"{sign}EUR {whole:,}.{rest:02d}"


def words(
    steps: Iterable[CostStep],
    sentences: Mapping[str, str],
    write_euro: Callable[[int], str] = euro,
    write_other: Callable[[Parameter], str] = str,
) -> str:
    """The steps as text: amounts by `write_euro`, every other parameter by `write_other`."""
    return " ".join(
        sentences[step.code].format_map(
            {
                name: write_euro(value)
                if name.endswith("_cents") and isinstance(value, int)
                else write_other(value)
                for name, value in step.params.items()
            }
        )
        for step in steps
    )


@dataclass(frozen=True, slots=True)
class Engagement:
    """What is known about how the agency was engaged with a case.

    `default_from` is the first day of default, `None` without one. `our_letter_is_first_reminder`
    says that nothing before our letter put the debtor in default.
    """

    ordered_on: date
    default_from: date | None
    dispute_known_to_creditor: bool = False
    owed_under_contract: bool = True
    our_letter_is_first_reminder: bool = False
    titled: bool = False


class CostKind(StrEnum):
    """What costs of collection are for."""

    FEE = "fee"  # For the work of collection.
    EXPENSES = "expenses"  # For post and telephone.
    VAT = "vat"


@dataclass(frozen=True, slots=True)
class CollectionMatter:
    """What costs of collection are computed from."""

    value_cents: int  # The sum of all principals of the case that bear costs.
    ordered_on: date
    rate: Decimal  # Of the full fee, where the country's fees have rates.
    with_vat: bool = False  # Only where the creditor cannot deduct it.


@dataclass(frozen=True, slots=True)
class CostItem:
    """One item that the debtor owes, with its computation."""

    kind: CostKind
    cents: int
    steps: tuple[CostStep, ...]


@dataclass(frozen=True, slots=True)
class LumpSum:
    """What is owed as lump sum for late payment, and why."""

    amount_cents: int
    steps: tuple[CostStep, ...]
