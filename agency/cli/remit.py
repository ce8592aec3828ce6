"""`recoup remit settle`: what a pay-out run would pay, JSON in and JSON out."""

from decimal import Decimal
from enum import StrEnum

import click

from agency.cli.law.fields import (
    MOST_CENTS,
    Question,
    check_names,
    choice,
    day,
    each,
    find_rate,
    flag,
    is_given,
    listed,
    nested,
    text_of,
    whole,
)
from cases.remittances.contract import CostsOwner, FeeTerms, FeeTier, Share, Steps, Terms
from cases.remittances.settlement import (
    TO_CREDITOR,
    Earlier,
    Outlay,
    Received,
    Settlement,
    settle_run,
)
from legal.errors import InputInvalid

FIELDS = {
    "contract", "carried_cents", "as_of", "earlier", "payments", "outlays", "unattachable",
}  # fmt: skip
CONTRACT_FIELDS = {
    "success_fee", "steps", "fixed_fee_cents", "fee_on", "minimum_fee_cents", "vat_percent",
    "debtor_costs_belong_to", "costs_include_vat", "hold_back_days", "threshold_cents",
}  # fmt: skip
PARTS = ("principal_cents", "interest_cents", "fee_costs_cents", "creditor_costs_cents")
PAYMENT_FIELDS = {"case", "on", "way", *PARTS}
LONGEST_HOLD_BACK = 400


class Way(StrEnum):
    """How a payment came."""

    TRANSFER = "transfer"
    CARD = "card"
    DIRECT_DEBIT = "direct_debit"
    CASH = "cash"
    TO_CREDITOR = TO_CREDITOR


class Bearer(StrEnum):
    """Who bears an outlay in the end."""

    CREDITOR = "creditor"
    AGENCY = "agency"


@click.group()
def command() -> None:
    """Settle what was received with the creditor."""


@command.command("settle")
def settle() -> None:
    """Fee, costs kept, VAT and pay-out; JSON on standard input, see docs/commands.md."""
    from agency.cli.answers import answer

    answer(calculate)


def calculate(question: Question) -> Question:
    """Answer one question; the shape is published in docs/commands.md."""
    check_names(question, FIELDS)
    terms = nested(question, "contract", _terms)
    return _answer(
        settle_run(
            terms,
            each(question, "payments", _payment),
            day(question, "as_of"),
            outlays=each(question, "outlays", _outlay),
            earlier=_earlier(question),
            carried_cents=whole(question, "carried_cents", least=-MOST_CENTS, default=0),
            unattachable=frozenset(_unattachable(question)),
        )
    )


def _terms(contract: Question) -> Terms:
    check_names(contract, CONTRACT_FIELDS)
    steps = tuple(each(contract, "success_fee", _step))
    fixed = whole(contract, "fixed_fee_cents") if is_given(contract, "fixed_fee_cents") else None
    if not steps and fixed is None:
        raise InputInvalid("Give success_fee or fixed_fee_cents.", field="success_fee")
    return Terms(
        FeeTerms(
            steps,
            choice(contract, "steps", Steps, Steps.MARGINAL),
            _fee_on(contract),
            whole(contract, "minimum_fee_cents", default=0),
            fixed,
        ),
        find_rate(contract, "vat_percent", most=100, default=Decimal(0)) or Decimal(0),
        choice(contract, "debtor_costs_belong_to", CostsOwner, CostsOwner.CREDITOR),
        flag(contract, "costs_include_vat", default=False),
        nested(contract, "hold_back_days", _hold_back) if is_given(contract, "hold_back_days")
        else {},
        whole(contract, "threshold_cents", default=0),
    )  # fmt: skip


def _step(step: Question) -> FeeTier:
    check_names(step, {"until_cents", "percent"})
    percent = find_rate(step, "percent", most=100)
    if percent is None:
        raise InputInvalid("percent must be given.", field="percent")
    return FeeTier(
        whole(step, "until_cents", least=1) if is_given(step, "until_cents") else None, percent
    )


def _fee_on(contract: Question) -> frozenset[Share]:
    if not is_given(contract, "fee_on"):
        return frozenset({Share.PRINCIPAL, Share.INTEREST})
    return frozenset(
        choice({"fee_on": name}, "fee_on", Share) for name in listed(contract, "fee_on")
    )


def _hold_back(days: Question) -> dict[str, int]:
    check_names(days, set(Way) - {Way.TO_CREDITOR})
    return {way: whole(days, way, most=LONGEST_HOLD_BACK) for way in days if is_given(days, way)}


def _payment(payment: Question) -> Received:
    check_names(payment, PAYMENT_FIELDS)
    amounts = {name: whole(payment, name, least=-MOST_CENTS, default=0) for name in PARTS}
    return Received(
        case=text_of(payment, "case"),
        on=day(payment, "on"),
        way=choice(payment, "way", Way, Way.TRANSFER).value,
        **amounts,
    )


def _outlay(outlay: Question) -> Outlay:
    check_names(outlay, {"case", "cents", "borne_by"})
    borne_by = choice(outlay, "borne_by", Bearer, Bearer.CREDITOR)
    return Outlay(text_of(outlay, "case"), whole(outlay, "cents"), borne_by is Bearer.CREDITOR)


def _earlier(question: Question) -> dict[str, Earlier]:
    given = question.get("earlier") or {}
    if not isinstance(given, dict):
        raise InputInvalid("earlier must be an object: case -> amounts.", field="earlier")
    return {case: nested(given, case, _settled, within="earlier") for case in given}


def _settled(settled: Question) -> Earlier:
    check_names(settled, {"base_cents", "fee_cents"})
    return Earlier(
        whole(settled, "base_cents", least=-MOST_CENTS, default=0),
        whole(settled, "fee_cents", least=-MOST_CENTS, default=0),
    )


def _unattachable(question: Question) -> list[str]:
    names = listed(question, "unattachable")
    if not all(isinstance(name, str) for name in names):
        raise InputInvalid("unattachable must be a list of cases.", field="unattachable")
    return names


def _answer(run: Settlement) -> Question:
    return {
        "cases": [
            {
                "case": case.case,
                "received_cents": case.received_cents,
                "fee_cents": case.fee_cents,
                "costs_kept_cents": case.costs_kept_cents,
                "to_creditor_cents": case.to_creditor_cents,
            }
            for case in run.cases
        ],
        "fee_net_cents": run.fee_net_cents,
        "vat_cents": run.vat_cents,
        "vat_paid_by_debtors_cents": run.vat_paid_by_debtors_cents,
        "outlays_cents": run.outlays_cents,
        "held_back_cents": run.held_back_cents,
        "carried_cents": run.carried_cents,
        "payout_cents": run.payout_cents,
        "carry_forward_cents": run.carry_forward_cents,
    }
