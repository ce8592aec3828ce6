"""Every night: whether the next half-year's base rate must be entered by somebody soon."""

from collections.abc import Sequence
from datetime import date, timedelta

from sqlalchemy import Select, literal, select

from cases.core.runs import RunKind
from cases.ledger.rates import house_rates, rate_cause
from cases.worklist.house_tasks import add_house_task

#: So long before 1 January and 1 July; our choice.
AHEAD = timedelta(days=7)


def _once(_: date) -> Select[int]:
    return select(literal(1).label("key"))


def watch_rates(_: Sequence[int], day: date) -> None:
    """Ask for the first half-year without a rate, from a week before it begins."""
    missing_from = house_rates().known_until + timedelta(days=1)
    if missing_from - AHEAD <= day:
        add_house_task(
            "rate_needed", rate_cause(missing_from), due_on=missing_from,
            valid_from_on=missing_from.isoformat(),
        )  # fmt: skip


RATES = RunKind(keys=_once, act=watch_rates)
