"""How a debtor pays (Zahlertyp), worked out from what he did by rules that are data. Pure.

The rows of `data/payer_types.csv` are tried in their order; the first whose conditions hold
decides, and its facts are the explanation. It is kept apart from who pays in an organisation.
"""

import csv
import re
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from functools import cache
from pathlib import Path

from cases.parties.debtor_models import PayerType
from legal.findings import N_

FILE = Path(__file__).parent / "data" / "payer_types.csv"
_CONDITION = re.compile(r"\b(\w+)(>=|<=)(\d+)")

#: Fact -> sentence with its number.
FACTS = {
    "objections": N_("objected or disputed: {number}"),
    "refusals": N_("refused to pay: {number}"),
    "cannot_pay": N_("said that there is no money: {number}"),
    "forgot": N_("forgot, or it lay in the house: {number}"),
    "kept": N_("promises kept: {number}"),
    "broken": N_("promises broken: {number}"),
    "paid_soon": N_("cases paid within two weeks: {number}"),
    "paid_late": N_("cases paid later than two weeks: {number}"),
}


@dataclass(frozen=True, slots=True)
class Behaviour:
    """What a debtor did, counted over all cases of all creditors."""

    objections: int = 0
    refusals: int = 0
    cannot_pay: int = 0
    forgot: int = 0
    kept: int = 0
    broken: int = 0
    paid_soon: int = 0
    paid_late: int = 0


@dataclass(frozen=True, slots=True)
class Condition:
    """One comparison of a fact with a number."""

    fact: str
    at_least: bool
    number: int

    def holds(self, facts: Mapping[str, int]) -> bool:
        """Whether the fact is on the right side of the number."""
        value = facts[self.fact]
        return value >= self.number if self.at_least else value <= self.number


@dataclass(frozen=True, slots=True)
class Computed:
    """The type, and the facts that speak for it; none where nothing is known yet."""

    payer_type: PayerType | None
    because: Sequence[tuple[str, int]] = ()


def compute(behaviour: Behaviour) -> Computed:
    """The first rule that holds."""
    facts = asdict(behaviour)
    for payer_type, conditions in rules():
        if all(condition.holds(facts) for condition in conditions):
            because = tuple((one.fact, facts[one.fact]) for one in conditions if facts[one.fact])
            return Computed(payer_type, because)
    return Computed(None)


@cache
def rules() -> list[tuple[PayerType, tuple[Condition, ...]]]:
    """The rows of the file."""
    with FILE.open(encoding="utf-8", newline="") as file:
        return [
            (PayerType(row["payer_type"]), tuple(_conditions(row["conditions"])))
            for row in csv.DictReader(file)
        ]


def _conditions(text: str) -> list[Condition]:
    return [
        Condition(fact, sign == ">=", int(number))
        for fact, sign, number in _CONDITION.findall(text)
    ]
