"""`recoup law costs`: fees of collection and court, each with its computation in words."""

from decimal import Decimal
from typing import Any

from agency.cli.law.fields import (
    Question,
    check_names,
    choice,
    day,
    find_rate,
    flag,
    is_given,
    listed,
    require_jurisdiction,
    whole,
)
from agency.cli.law.rate_options import statutory_kind
from legal.costs import words
from legal.de.costs.fees import Item, Matter
from legal.de.costs.items import Asked, FeeItem, legal_costs
from legal.de.costs.words import MESSAGES
from legal.errors import InputInvalid, InvariantBroken

FIELDS = {
    "jurisdiction",
    "law_date",
    "value_cents",
    "items",
    "contested",
    "vat_percent",
    "creditors",
}
ITEM_FIELDS = {"item", "credit", "rate", "value_share_percent", "debtor"}
MOST_CREDITORS = 1000
HIGHEST_RATE = 10  # A rate is a factor of the full fee; the catalogue's highest are far below.


def calculate(question: Question) -> Question:
    """Answer one question; the shape is published in docs/commands.md."""
    check_names(question, FIELDS)
    require_jurisdiction(question)
    matter = Matter(
        law_date=day(question, "law_date"),
        value_cents=whole(question, "value_cents", least=1),
        contested=flag(question, "contested", default=False),
        creditors=whole(question, "creditors", least=1, most=MOST_CREDITORS, default=1),
    )
    asked = [_asked(value, index) for index, value in enumerate(listed(question, "items"))]
    if not asked:
        raise InputInvalid("items must name at least one item.", field="items")
    costs = legal_costs(matter, asked, find_rate(question, "vat_percent", most=100))
    return {
        "items": [_item(item) for item in costs.items],
        "net_cents": costs.net_cents,
        "vat_cents": costs.vat_cents,
        "total_cents": costs.total_cents,
    }


def _asked(value: Any, index: int) -> Asked:
    """One element of the list of items; an error names its position."""
    place = f"items[{index}]"
    if not isinstance(value, dict):
        raise InputInvalid(f"{place} must be an object.", field=place)
    try:
        return _read_item(value)
    except InputInvalid as error:
        raise InputInvalid(str(error), field=f"{place}.{error.field}") from error


def _read_item(value: Question) -> Asked:
    check_names(value, ITEM_FIELDS)
    credit = is_given(value, "credit")
    if credit and is_given(value, "item"):
        raise InputInvalid("An element is either an item or a credit.", field="credit")
    item = choice(value, "credit" if credit else "item", Item)
    share = find_rate(value, "value_share_percent", most=100, default=Decimal(100))
    if share is None:
        raise InvariantBroken("share is missing")
    if share == 0:
        raise InputInvalid(
            "A share of the value must be more than zero.", field="value_share_percent"
        )
    return Asked(
        item=item,
        rate=find_rate(value, "rate", most=HIGHEST_RATE),
        value_share_percent=share,
        credit=credit,
        debtor=statutory_kind(value) if item is Item.LUMP_SUM else None,
    )


def _item(item: FeeItem) -> Question:
    answer: Question = {"item": item.item.value, "cents": item.amount_cents}
    if item.credit:
        answer["credit"] = True
    answer["words"] = words(item.steps, MESSAGES)
    return answer
