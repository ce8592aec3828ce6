"""The locks of the program, and the one order in which they are taken.

Order, for everybody: **the case first, before everything else.** Whoever changes anything that
hangs on a case (a claim, promise, objection, letter, filing, payment of it) takes the case's row
with `lock_case` before any other row; several cases are taken in the order of their ids. What
belongs to no case yet (an upload, a bank file, a batch of the court) is locked by its own row
before the cases that it touches. The advisory locks below come after the rows, in the order
they are listed in, but for the first one, which an upload takes before it knows its cases. The
audit trail's is the last of all: it is taken when the transaction is about to be committed.

A row is locked FOR NO KEY UPDATE: who only names it by a foreign key does not wait. Whatever the
session knew of a row before is read anew when it is locked. A test holds every query to both.

A deadlock that comes about all the same is retried at the edge (`cases.core.retrying`).
"""

from enum import IntEnum, unique
from typing import TypeVar

from sqlalchemy import Connection, text
from sqlalchemy.exc import InvalidRequestError
from sqlalchemy.orm import object_session

from cases.core.database import Base, db
from cases.core.errors import NotFound
from legal.errors import InvariantBroken

Row = TypeVar("Row", bound=Base)
NO_KEY_UPDATE = {"key_share": True}


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


def take_key(connection: Connection, key: str) -> None:
    """Take the lock of a form's key on a connection of its own, beside the act's transactions."""
    connection.execute(text("SELECT pg_advisory_xact_lock(2, hashtext(:key))"), {"key": key})


def lock_row(model: type[Row], row_id: int) -> Row:
    """A row that must exist, locked until the transaction ends, as it is now."""
    return db.session.get_one(model, row_id, with_for_update=NO_KEY_UPDATE, populate_existing=True)


def relock(row: Base) -> None:
    """Lock a row that is known already, and read it anew; raises NotFound when it is gone."""
    session = object_session(row)
    if session is None:
        raise InvariantBroken("a row of another session cannot be locked")
    try:
        session.refresh(row, with_for_update=NO_KEY_UPDATE)
    except InvalidRequestError as gone:
        raise NotFound from gone
