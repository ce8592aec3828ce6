"""Every night: promises whose day has passed are settled, each case by itself."""

from collections.abc import Sequence
from datetime import date

from cases.contacts.promises import cases_with_promises_due, settle_promises
from cases.core.runs import RunKind
from cases.dunning.failures import reported


def settle_all(case_ids: Sequence[int], day: date) -> None:
    """Settle what is due in some cases, taken in the order of their ids."""
    for case_id in case_ids:
        settle_promises(case_id, day)


PROMISES = RunKind(keys=cases_with_promises_due, act=settle_all, step_keys=100, **reported())
