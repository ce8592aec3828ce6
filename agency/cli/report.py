"""`recoup report effectiveness`: the control report from bare facts, JSON in and JSON out."""

import re

import click

from agency.cli.law.fields import Question, check_names, day, each, listed, text_of, whole
from cases.recoveries.effectiveness import Approach, DebtPayment, Effect, NewDebt, measure
from legal.errors import InputInvalid

FIELDS = {"months", "window_days", "debts", "contacts", "payments"}
MONTH = re.compile(r"[0-9]{4}-(0[1-9]|1[0-2])")
LONGEST_WINDOW = 3660


@click.group()
def command() -> None:
    """Figures of reports, computed from bare facts."""


@command.command("effectiveness")
def effectiveness() -> None:
    """Who paid after a contact; JSON on standard input, see docs/commands.md."""
    from agency.cli.answers import answer

    answer(calculate)


def calculate(question: Question) -> Question:
    """Answer one question; the shape is published in docs/commands.md."""
    check_names(question, FIELDS)
    report = measure(
        _months(question),
        whole(question, "window_days", most=LONGEST_WINDOW),
        each(question, "debts", _debt),
        each(question, "contacts", _contact),
        each(question, "payments", _payment),
    )
    return {
        "rows": [{"month": e.month, "method": e.method, **_figures(e)} for e in report.rows],
        "all": [{"month": e.month, **_figures(e)} for e in report.all],
        "uncredited_cents": dict(report.uncredited_cents),
    }


def _months(question: Question) -> list[str]:
    months = listed(question, "months")
    if not months:
        raise InputInvalid("months must name at least one month.", field="months")
    for month in months:
        if not isinstance(month, str) or not MONTH.fullmatch(month):
            raise InputInvalid("A month looks like 2026-03.", field="months")
    return sorted(set(months))


def _debt(debt: Question) -> NewDebt:
    check_names(debt, {"id", "debtor", "opened_on", "amount_cents"})
    return NewDebt(
        text_of(debt, "id"), text_of(debt, "debtor"), day(debt, "opened_on"),
        whole(debt, "amount_cents"),
    )  # fmt: skip


def _contact(contact: Question) -> Approach:
    check_names(contact, {"debtor", "method", "on"})
    return Approach(text_of(contact, "debtor"), text_of(contact, "method"), day(contact, "on"))


def _payment(payment: Question) -> DebtPayment:
    check_names(payment, {"debt", "on", "amount_cents"})
    return DebtPayment(
        text_of(payment, "debt"), day(payment, "on"), whole(payment, "amount_cents", least=1)
    )


def _figures(effect: Effect) -> Question:
    interval = effect.interval_customers
    return {
        "paid_customers": effect.paid_customers,
        "paid_cents": effect.paid_cents,
        "new_customers": effect.new_customers,
        "new_cents": effect.new_cents,
        "share_customers": None if effect.share_customers is None else str(effect.share_customers),
        "share_cents": None if effect.share_cents is None else str(effect.share_cents),
        "interval_customers": None if interval is None else [str(bound) for bound in interval],
    }
