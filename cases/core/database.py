"""The database: declarative base, the session that knows its role, and `transaction()`.

Staff work through the role `recoup_app`. A creditor's request enters the portal role, for which
row-level security shows the rows of that creditor only; the creditor is set when a transaction
begins and cannot outlive it.
"""

import enum
import secrets
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date, datetime
from decimal import Decimal
from functools import cache
from typing import Any, ClassVar, TypeVar

from flask_sqlalchemy import SQLAlchemy
from flask_sqlalchemy.session import Session as FlaskSession
from sqlalchemy import (
    ARRAY,
    BigInteger,
    Connection,
    Date,
    DateTime,
    Enum,
    MetaData,
    Numeric,
    Text,
    event,
    text,
)
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import (
    DeclarativeBase,
    ORMExecuteState,
    Session,
    SessionTransaction,
    with_loader_criteria,
)

from cases.core.retention import Cleaning, Retention

PORTAL = "portal"  # The bind, and the role, that creditors' requests use.
_CREDITOR = "portal_creditor_id"
_COMMITS = "commits"
#: What waits for the end of a transaction: rows of the audit trail, workers to be woken.
_PENDING = ("audit", "wake")

NAMING = {
    "ix": "ix_%(column_0_N_label)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s",
    "pk": "pk_%(table_name)s",
}


def stored_enum(kind: Any, name: str | None = None) -> Enum:
    """An enumeration as text with a CHECK; a second column of one kind needs a name of its own."""
    return Enum(
        kind,
        name=name,
        native_enum=False,
        create_constraint=True,
        length=40,
        values_callable=lambda kind: [member.value for member in kind],
    )


class Base(DeclarativeBase):
    """All tables. Integers are 64 bit, moments are aware, enumerations are text with a CHECK."""

    metadata = MetaData(naming_convention=NAMING)
    type_annotation_map: ClassVar[Any] = {
        int: BigInteger,
        str: Text,
        date: Date,
        datetime: DateTime(timezone=True),
        Decimal: Numeric,
        dict[str, Any]: JSONB,
        list[dict[str, Any]]: JSONB,
        list[str]: ARRAY(Text),
        list[date]: ARRAY(Date),
        enum.Enum: stored_enum(enum.Enum),
    }

    #: How long rows are kept; every table names its class (a test refuses one without).
    __retention__: Retention
    #: When rows of a technical table go; a test asks each one for it.
    __cleaning__: ClassVar[Cleaning | None] = None


class RoleSession(FlaskSession):
    """A session that speaks as the portal role once a creditor has entered."""

    def get_bind(self, *args: Any, **kwargs: Any) -> Any:
        if _CREDITOR in self.info:
            return db.engines[PORTAL]
        return super().get_bind(*args, **kwargs)


db = SQLAlchemy(metadata=Base.metadata, session_options={"class_": RoleSession})


def enter_portal(creditor_id: int) -> None:
    """Let the rest of this request see and write this creditor's rows only."""
    session = db.session()
    session.rollback()  # Whatever was read as staff (the sign-in) ends here.
    session.expunge_all()
    session.info[_CREDITOR] = creditor_id


def portal_creditor_id() -> int | None:
    """The creditor this request works for, or None for staff and workers."""
    creditor_id = db.session().info.get(_CREDITOR)
    return None if creditor_id is None else int(creditor_id)


@event.listens_for(RoleSession, "after_begin")
def _tell_database_the_creditor(
    session: Session, _: SessionTransaction, connection: Connection
) -> None:
    if _CREDITOR in session.info:
        connection.execute(
            text("SELECT set_config('recoup.creditor_id', :id, true)"),
            {"id": str(session.info[_CREDITOR])},
        )


@event.listens_for(RoleSession, "do_orm_execute")
def _only_own_rows(state: ORMExecuteState) -> None:
    """The code's own wall: whatever a creditor's request reads or changes is that creditor's."""
    creditor_id = state.session.info.get(_CREDITOR)
    if creditor_id is None or not OwnRows.filtered or state.is_column_load:
        return
    state.statement = state.statement.options(*_own_rows(creditor_id))


class OwnRows:
    """A test switches the code's wall off to see that the database's own one holds."""

    filtered = True


def _own_rows(creditor_id: int) -> list[Any]:
    return [with_loader_criteria(owner, column == creditor_id) for owner, column in _owned_tables()]


@cache
def _owned_tables() -> list[tuple[type[Base], Any]]:
    """Every table that belongs to creditors, with the column that says to whom."""
    columns = [
        (mapper.class_, mapper.columns.get("creditor_id")) for mapper in Base.registry.mappers
    ]
    owned = [(owner, column) for owner, column in columns if column is not None]
    creditors = [
        (mapper.class_, mapper.columns["id"])
        for mapper in Base.registry.mappers
        if mapper.class_.__tablename__ == "creditors"
    ]
    return owned + creditors


#: Called with the session just before the commit, in this order (the audit trail is the last).
BEFORE_COMMIT: list[Callable[[Session], None]] = []
#: Called with the session's info after the commit; what they raise is their own affair.
AFTER_COMMIT: list[Callable[[dict[Any, Any]], None]] = []


@contextmanager
def transaction() -> Iterator[None]:
    """Everything inside is committed together, or not at all. Opened once, by the edge."""
    session = db.session()
    try:
        yield
        session.flush()
        for prepare in BEFORE_COMMIT:
            prepare(session)
        session.commit()
        session.info[_COMMITS] = count_commits() + 1
    except BaseException:
        session.rollback()
        for key in _PENDING:
            session.info.pop(key, None)
        raise
    for follow_up in AFTER_COMMIT:
        follow_up(session.info)


Result = TypeVar("Result")


class _TakenBack(Exception):
    """A rehearsal is over."""


def rehearse(act: Callable[[], Result]) -> Result:
    """The answer of an act that is carried out and taken back: what it would lead to.

    A screen that shows a consequence before the click then never disagrees with the service that
    brings it about. The answer must be plain data, for rows that the act made exist no longer; a
    refusal of the act goes on to the caller.
    """
    answers: list[Result] = []
    try:
        with transaction():
            answers.append(act())
            raise _TakenBack
    except _TakenBack:
        return answers[0]


@contextmanager
def attempt() -> Iterator[None]:
    """A part of a transaction that leaves nothing behind if it fails: no row, no audit, no call."""
    session = db.session()
    kept = {key: list(session.info[key]) for key in _PENDING if key in session.info}
    try:
        with session.begin_nested():
            yield
    except BaseException:
        for key in _PENDING:
            session.info.pop(key, None)
        session.info.update(kept)
        raise


def count_commits() -> int:
    """How many transactions this session has committed so far."""
    return int(db.session().info.get(_COMMITS, 0))


def new_public_id() -> str:
    """An unguessable name for a record in addresses (128 random bits)."""
    return secrets.token_urlsafe(16)
