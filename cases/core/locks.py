"""The locks of the program, and the one order in which they are taken.

Order, for everybody: **the case first, before everything else.** Whoever changes anything that
hangs on a case (a claim, promise, objection, letter, filing, payment of it) takes the case's row
with `lock_case` before any other row; several cases are taken in the order of their ids. What
belongs to no case yet (an upload, a bank file, a batch of the court) is locked by its own row
before the cases that it touches. The advisory locks below come after the rows, in the order
they are listed in, but for the first one, which an upload takes before it knows its cases. The
audit trail's is the last of all: it is taken when the transaction is about to be committed.

A deadlock that comes about all the same is retried at the edge (`cases.core.retrying`).
"""

from enum import IntEnum, unique

from sqlalchemy import text

from cases.core.database import db


@unique
class Lock(IntEnum):
    """Every advisory lock that is a number, in the order in which they are taken."""

    #: Debtors are shared between creditors, invoices between uploads: openings take turns.
    OPENING = 7_263_003
    #: Bookings share it, and the closing of a period takes it alone.
    PERIOD = 7_263_002
    #: Writers of the audit trail take turns, so that the chain never forks.
    AUDIT = 7_263_001


def take(lock: Lock) -> None:
    """Take a lock alone until the transaction ends."""
    db.session.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": lock.value})


def share(lock: Lock) -> None:
    """Take a lock together with others who share it, until the transaction ends."""
    db.session.execute(text("SELECT pg_advisory_xact_lock_shared(:key)"), {"key": lock.value})


def take_name(name: str) -> None:
    """Take the lock of a name (an account, the pay-out run) until the transaction ends."""
    # Two keys are a space of their own: no name ever meets one of the numbers above.
    db.session.execute(text("SELECT pg_advisory_xact_lock(1, hashtext(:name))"), {"name": name})
