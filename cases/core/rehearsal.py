"""A rehearsal: what an act would lead to, by the very code that will carry it out.

A screen that shows a consequence before the click and a service that brings it about must never
disagree; so the act is carried out, its result read, and everything is taken back.
"""

from collections.abc import Callable
from typing import TypeVar

from cases.core.database import transaction

Result = TypeVar("Result")


class _TakenBack(Exception):
    """The rehearsal is over."""


def rehearse(act: Callable[[], Result]) -> Result:
    """The answer of an act that is carried out and taken back: no row, no effect, no audit entry.

    The answer must be plain data; rows that the act made exist no longer. A refusal of the act
    goes on to the caller.
    """
    answers: list[Result] = []
    try:
        with transaction():
            answers.append(act())
            raise _TakenBack
    except _TakenBack:
        return answers[0]
