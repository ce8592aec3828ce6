"""What the database refuses or cannot do, as something that can be told to a person.

Nothing that the database says is shown: its messages hold what somebody typed.
"""

from sqlalchemy.exc import (
    DataError,
    DBAPIError,
    IntegrityError,
    InterfaceError,
    OperationalError,
    SQLAlchemyError,
)
from sqlalchemy.exc import TimeoutError as PoolTimeout

from cases.core.database import db
from legal.findings import N_

UNIQUE_VIOLATION = "23505"
#: A text, number or day that no column takes; without a state it was refused before it was sent.
#: Others of the class (a division by zero) are faults of ours.
UNKEEPABLE = frozenset({"22001", "22003", "22007", "22008", "22021", "22P02", "22P05", None})
ALREADY_THERE = N_(
    "Somebody saved the same at the same moment (a name, number or file that may be there only "
    "once). Please look at what is there now before you send it again."
)
OUT_OF_RANGE = N_("A number, day or text in the input is beyond what can be kept. Please check it.")


def told_of(error: SQLAlchemyError) -> tuple[int, str, str | None]:
    """Status, code and, where it has one of its own, the sentence for a failure."""
    if state_of(error) == UNIQUE_VIOLATION and isinstance(error, IntegrityError):
        return 409, "already_there", ALREADY_THERE
    if isinstance(error, DataError) and state_of(error) in UNKEEPABLE:
        return 422, "out_of_range", OUT_OF_RANGE
    if isinstance(error, OperationalError | InterfaceError | PoolTimeout):
        return 503, "database_away", None
    return 500, "internal_error", None


def state_of(error: SQLAlchemyError) -> str | None:
    """The SQLSTATE, where the database gave one."""
    return getattr(error.orig, "sqlstate", None) if isinstance(error, DBAPIError) else None


def end_transaction() -> None:
    """Give up what the failed request has begun; the connection may be gone."""
    try:
        db.session.rollback()
    except SQLAlchemyError:
        db.session.remove()
