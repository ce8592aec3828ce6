"""`recoup law allocate`: payments over costs, interest and principal, or between claims."""

from decimal import Decimal
from enum import StrEnum
from typing import Any

from agency.cli.law.fields import (
    Question,
    as_day,
    check_names,
    choice,
    dated_amount,
    day,
    find_day,
    find_rate,
    flag,
    is_given,
    listed,
    require_jurisdiction,
    whole,
)
from agency.cli.law.rate_options import RATE_FIELDS, SOURCES, interest_rule, year_basis
from legal.allocation import Component, OpenClaim
from legal.de.account import Account, Convention, DatedAllocation, DatedAmount, Debt, settle
from legal.de.allocation import (
    CONSUMER_LOAN_ORDER,
    GENERAL_ORDER,
    allocate_between,
    designated_order,
)
from legal.de.interest import MESSAGES
from legal.errors import InputInvalid


class Order(StrEnum):
    """By which rule payments are spread."""

    GENERAL = "367"
    CONSUMER_LOAN = "497_3"
    DESIGNATED = "designated"
    BETWEEN_CLAIMS = "366"


FIELDS = {
    "jurisdiction",
    "order",
    "designation",
    "principal_cents",
    "interest_first_day",
    "payment_day_bears_interest",
    "costs",
    "payments",
    "as_of",
    *RATE_FIELDS,
}
BETWEEN_FIELDS = {"jurisdiction", "order", "claims", "payment", "designation"}
CLAIM_FIELDS = {"id", "open_cents", "due_on", "secured", "rate_percent"}
OUTPUT_ORDER = (Component.COSTS, Component.INTEREST, Component.PRINCIPAL)


def calculate(question: Question) -> Question:
    """Answer one question; the shape is published in docs/commands.md."""
    # Between claims the published shape leaves the jurisdiction out: § 366 is German law.
    if choice(question, "order", Order) is Order.BETWEEN_CLAIMS:
        return _between_claims(question)
    check_names(question, FIELDS)
    require_jurisdiction(question)
    return _answer(
        settle(
            debt(question),
            dated_amounts(question, "payments"),
            day(question, "as_of"),
            component_order(question),
            Convention(
                flag(question, "payment_day_bears_interest", default=True), year_basis(question)
            ),
        )
    )


def component_order(question: Question) -> tuple[Component, ...]:
    """The order in which a payment is spread over the parts of the debt."""
    order = choice(question, "order", Order, Order.GENERAL)
    if order is Order.GENERAL:
        return GENERAL_ORDER
    if order is Order.CONSUMER_LOAN:
        return CONSUMER_LOAN_ORDER
    names = listed(question, "designation")
    return designated_order(
        [choice({"designation": name}, "designation", Component) for name in names]
    )


def debt(question: Question) -> Debt:
    """The debt before any payment."""
    first_day = find_day(question, "interest_first_day")
    has_rate = any(is_given(question, name) for name in SOURCES)
    return Debt(
        principal_cents=whole(question, "principal_cents"),
        interest_first_day=first_day,
        rule=interest_rule(question) if has_rate or first_day is not None else None,
        costs=dated_amounts(question, "costs", least=0),
    )


def dated_amounts(question: Question, name: str, least: int = 1) -> list[DatedAmount]:
    """A list of pairs of a day and an amount."""
    return [
        DatedAmount(*dated_amount(value, f"{name}[{index}]", least=least))
        for index, value in enumerate(listed(question, name))
    ]


def _answer(account: Account) -> Question:
    answer: Question = {
        "allocations": [_allocation(one) for one in account.allocations],
        "open": {
            f"{component.value}_cents": account.open_cents[component] for component in OUTPUT_ORDER
        },
    }
    answer["open"]["total_cents"] = sum(account.open_cents.values())
    if account.notes:
        answer["notes"] = [note.message(MESSAGES) for note in account.notes]
    return answer


def _allocation(dated: DatedAllocation) -> Question:
    paid = dated.allocation.paid_cents
    return {
        "date": dated.day.isoformat(),
        **{f"{component.value}_cents": paid[component] for component in OUTPUT_ORDER},
        "surplus_cents": dated.allocation.surplus_cents,
    }


def _between_claims(question: Question) -> Question:
    check_names(question, BETWEEN_FIELDS)
    if is_given(question, "jurisdiction"):
        require_jurisdiction(question)
    claims = [_claim(value, index) for index, value in enumerate(listed(question, "claims"))]
    if not claims:
        raise InputInvalid("claims must name at least one claim.", field="claims")
    paid_on, cents = dated_amount(question.get("payment"), "payment")
    designation = listed(question, "designation")
    if not all(isinstance(name, str) for name in designation):
        raise InputInvalid("designation must be a list of ids.", field="designation")
    result = allocate_between(cents, paid_on, claims, designation)
    answer: Question = {"claims": {claim.id: result.paid_cents[claim.id] for claim in claims}}
    if result.surplus_cents:
        answer["surplus_cents"] = result.surplus_cents
    return answer


def _claim(value: Any, index: int) -> OpenClaim:
    place = f"claims[{index}]"
    if not isinstance(value, dict):
        raise InputInvalid(f"{place} must be an object.", field=place)
    try:
        check_names(value, CLAIM_FIELDS)
        if not isinstance(value.get("id"), str) or not value["id"]:
            raise InputInvalid("id must be a text.", field="id")
        return OpenClaim(
            id=value["id"],
            open_cents=whole(value, "open_cents"),
            due_on=as_day(value.get("due_on"), "due_on"),
            secured=flag(value, "secured", default=False),
            rate_percent=find_rate(value, "rate_percent") or Decimal(0),
        )
    except InputInvalid as error:
        raise InputInvalid(str(error), field=f"{place}.{error.field}") from error
