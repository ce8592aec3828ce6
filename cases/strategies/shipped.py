"""The strategies that ship: an agency takes one over, changes it and has it released."""

from dataclasses import dataclass

from cases.strategies.steps import Conditions, Plan, Step, StepChannel
from legal.findings import N_

_L, _M, _C, _V = (
    StepChannel.LETTER, StepChannel.EMAIL, StepChannel.CALL, StepChannel.VISIT,
)  # fmt: skip
_COURT, _REVIEW = StepChannel.COURT, StepChannel.REVIEW
NO_ANSWER = "Keine Zahlung und keine Nachricht trotz Mahnschreiben"


@dataclass(frozen=True, slots=True)
class Shipped:
    """One of them: its code, its name, the order in which cases are offered to it."""

    code: str
    name: str
    rank: int  # The first that matches takes a case.
    plan: Plan


def _first(wait: int = 0) -> Step:
    return Step("first", _L, wait, intensity=1, template="first_demand")


def _mail(wait: int = 2) -> Step:
    """Costs nothing: only where a mailbox is known, good and wanted."""
    return Step("mail", _M, wait, intensity=1, template="reminder")


def _second(wait: int = 2) -> Step:
    return Step("second", _L, wait, intensity=2, template="reminder")


def _before_court(wait: int = 3) -> Step:
    return Step("last", _L, wait, intensity=4, template="before_court")


def _court(wait: int = 3) -> Step:
    return Step("court", _COURT, wait, intensity=5, reason=NO_ANSWER)


SHIPPED = (
    Shipped("public_bodies", N_("Public bodies"), 10, Plan((
        # Who pays there is found out before anybody insists.
        _first(),
        Step("routing", _C, 3, working_days=True, intensity=1, tries=3),
        _second(7),
        Step("decide", _REVIEW, 7, intensity=2),
    ), Conditions(debtor_kind="public_body"), 14)),
    Shipped("key_accounts", N_("Key accounts"), 20, Plan((
        _first(),
        Step("call", _C, 1, working_days=True, intensity=2, tries=4),
        Step("visit", _V, 5, working_days=True, intensity=3, tries=2),
        _before_court(5),
        _court(),
    ), Conditions(amount_from_cents=25_000_00, purpose="business"), 10)),
    Shipped("early_placement", N_("Early placement"), 30, Plan((
        _first(),
        _second(5),
        Step("call", _C, 2, working_days=True, intensity=2, tries=3),
        _before_court(5),
        _court(),
    ), Conditions(reminded=False), 14)),
    Shipped("small_amounts", N_("Small amounts"), 40, Plan((
        _first(),
        _mail(),
        _second(),
        Step("decide", _REVIEW, 10, intensity=2),
    ), Conditions(amount_below_cents=100_00), 10)),
    Shipped("business", N_("Business customers"), 50, Plan((
        _first(),
        _second(),
        Step("call", _C, 2, working_days=True, intensity=2, tries=3),
        _before_court(),
        _court(),
    ), Conditions(purpose="business"), 10)),
    Shipped("consumer", N_("Consumers"), 60, Plan((
        _first(),
        _second(3),
        Step("call", _C, 3, working_days=True, intensity=2, tries=3,
             only=Conditions(amount_from_cents=300_00)),
        _before_court(5),
        _court(),
    ), Conditions(purpose="consumer"), 10)),
)  # fmt: skip
