"""One bounded retry for what the database ends although nobody did anything wrong.

Two transactions that wait for each other (a deadlock), or that cannot both be true
(serialization): PostgreSQL ends one of them, which may simply begin again.
"""

import random
import time
from collections.abc import Callable
from typing import TypeVar

from sqlalchemy.exc import DBAPIError

from cases.core.database import db
from cases.core.errors import Conflict

Answer = TypeVar("Answer")
TRIES = 4
LONGEST_PAUSE_SECONDS = 0.2
#: deadlock_detected, serialization_failure.
RETRYABLE_STATES = frozenset({"40P01", "40001"})


class RecordBusy(Conflict):
    """Several people changed this record at the same moment. Please send it once more."""


def is_retryable(error: BaseException) -> bool:
    """Whether the database ended a transaction that may simply begin again."""
    state = getattr(error.orig, "sqlstate", None) if isinstance(error, DBAPIError) else None
    return state in RETRYABLE_STATES


def retrying(act: Callable[[], Answer], may_repeat: Callable[[], bool] = lambda: True) -> Answer:
    """Act, and begin again when the database has ended the transaction for another's sake.

    Args:
        act: does everything anew each time, in transactions of its own.
        may_repeat: asked before each repetition, whether that would do nothing twice.

    Raises:
        RecordBusy: it failed each time, or may not be repeated.
    """
    for tries_left in reversed(range(TRIES)):
        try:
            return act()
        except DBAPIError as error:
            if not is_retryable(error):
                raise
            db.session.rollback()
            db.session.expunge_all()
            if not tries_left or not may_repeat():
                raise RecordBusy from error
        # Not together again: each waits a little, the longer the more often it has lost.
        time.sleep(random.uniform(0.01, LONGEST_PAUSE_SECONDS / (tries_left or 1)))
    raise RecordBusy
