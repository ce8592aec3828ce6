"""`recoup plan schedule`: the instalments of a plan, JSON in and JSON out."""

from enum import StrEnum

import click

from agency.cli.law.allocate import Order, component_order, dated_amounts, debt
from agency.cli.law.fields import (
    Question,
    check_names,
    choice,
    day,
    flag,
    is_given,
    require_jurisdiction,
    whole,
)
from agency.cli.law.rate_options import RATE_FIELDS, year_basis
from legal.allocation import Component
from legal.de.account import Convention
from legal.de.instalments import (
    MESSAGES,
    Instalment,
    PlannedDebt,
    Schedule,
    schedule_by_amount,
    schedule_by_number,
)
from legal.de.interest import MESSAGES as INTEREST_MESSAGES
from legal.errors import InputInvalid
from legal.instalments import PlanTerms, Rhythm

FIELDS = {
    "jurisdiction", "principal_cents", "interest_first_day", "costs", "payments",
    "payment_day_bears_interest", "order", "agreed_on", "first_on", "every", "instalment_cents",
    "instalments", "interest", "fee_cents", *RATE_FIELDS,
}  # fmt: skip
MOST_INSTALMENTS = 1600  # 30 years of weeks.


class Interest(StrEnum):
    """What becomes of interest from the day of the agreement on."""

    RUNS = "runs"
    WAIVED = "waived"


@click.group()
def command() -> None:
    """Plans of instalments."""


@command.command("schedule")
def schedule() -> None:
    """Every instalment until nothing is left; JSON on standard input, see docs/commands.md."""
    from agency.cli.answers import answer

    answer(calculate)


def calculate(question: Question) -> Question:
    """Answer one question; the shape is published in docs/commands.md."""
    check_names(question, FIELDS)
    require_jurisdiction(question)
    if choice(question, "order", Order, Order.GENERAL) not in {Order.GENERAL, Order.CONSUMER_LOAN}:
        raise InputInvalid("order must be one of: 367, 497_3.", field="order")
    planned = PlannedDebt(
        debt(question),
        dated_amounts(question, "payments"),
        component_order(question),
        Convention(
            flag(question, "payment_day_bears_interest", default=True), year_basis(question)
        ),
    )
    return _answer(_scheduled(question, planned, _terms(question)))


def _terms(question: Question) -> PlanTerms:
    return PlanTerms(
        agreed_on=day(question, "agreed_on"),
        first_on=day(question, "first_on"),
        every=choice(question, "every", Rhythm, Rhythm.MONTH),
        interest_runs=choice(question, "interest", Interest, Interest.RUNS) is Interest.RUNS,
        fee_cents=whole(question, "fee_cents", default=0),
    )


def _scheduled(question: Question, planned: PlannedDebt, terms: PlanTerms) -> Schedule:
    by_number = is_given(question, "instalments")
    if by_number == is_given(question, "instalment_cents"):
        raise InputInvalid(
            "Give exactly one of: instalment_cents, instalments.", field="instalment_cents"
        )
    if by_number:
        number = whole(question, "instalments", least=1, most=MOST_INSTALMENTS)
        return schedule_by_number(planned, terms, number)
    return schedule_by_amount(planned, terms, whole(question, "instalment_cents", least=1))


def _answer(made: Schedule) -> Question:
    return {
        "instalments": [_instalment(each) for each in made.instalments],
        "total_cents": made.total_cents,
        "interest_cents": made.interest_cents,
        "notes": [note.message({**INTEREST_MESSAGES, **MESSAGES}) for note in made.notes],
    }


def _instalment(each: Instalment) -> Question:
    return {
        "on": each.on.isoformat(),
        "amount_cents": each.amount_cents,
        "costs_cents": each.part(Component.COSTS),
        "interest_cents": each.part(Component.INTEREST),
        "principal_cents": each.part(Component.PRINCIPAL),
        "remaining_principal_cents": each.remaining_principal_cents,
    }
