"""Two walls between creditors: the code's filter, and PostgreSQL behind it."""

import pytest
from sqlalchemy import inspect, select, text

from cases import tables
from cases.claims.models import Case, Claim
from cases.core.database import Base, OwnRows, db, enter_portal, transaction
from cases.database_rules import HOUSE_WIDE, PORTAL_GRANTS
from cases.parties.models import Creditor
from tests.factories.records import make_case, make_creditor


@pytest.fixture
def two_creditors(fresh_app):
    """Two creditors with a case each; their ids."""
    with fresh_app.app_context():
        with transaction():
            first, second = make_creditor("Erste GmbH"), make_creditor("Zweite GmbH")
            make_case(first)
            make_case(second)
            ids = first.id, second.id
        db.session.remove()
        yield ids
        db.session.remove()


def owners_seen():
    return set(db.session.scalars(select(Case.creditor_id))) | set(
        db.session.scalars(select(Claim.creditor_id))
    )


def test_staff_see_everybody(two_creditors):
    assert owners_seen() == set(two_creditors)


def test_a_creditor_sees_its_own_rows_only(two_creditors):
    enter_portal(two_creditors[0])
    assert owners_seen() == {two_creditors[0]}
    assert db.session.scalars(select(Creditor.id)).all() == [two_creditors[0]]


def test_the_code_filters_by_itself(two_creditors):
    """Even as the staff's role: the statement itself names the creditor."""
    enter_portal(two_creditors[0])
    statement = select(Case)
    with db.engines[None].connect() as connection:
        session = type(db.session())(db, bind=connection)
        session.info.update(db.session().info)
        session.get_bind = lambda *_, **__: connection
        assert [case.creditor_id for case in session.scalars(statement)] == [two_creditors[0]]
        session.close()


def test_the_database_wall_holds_without_the_filter(two_creditors, monkeypatch):
    monkeypatch.setattr(OwnRows, "filtered", False)
    enter_portal(two_creditors[0])
    assert owners_seen() == {two_creditors[0]}
    for table in PORTAL_GRANTS:
        if "SELECT" not in PORTAL_GRANTS[table] or table in HOUSE_WIDE:
            continue
        column = "id" if table == "creditors" else "creditor_id"
        foreign = db.session.scalar(
            text(f"SELECT count(*) FROM {table} WHERE {column} <> :own"), {"own": two_creditors[0]}
        )
        assert foreign == 0, table


def test_the_database_refuses_foreign_rows_from_a_creditor(two_creditors, monkeypatch):
    monkeypatch.setattr(OwnRows, "filtered", False)
    enter_portal(two_creditors[0])
    with pytest.raises(Exception, match="row-level security"), transaction():
        db.session.execute(
            text(
                "INSERT INTO stored_files (public_id, creditor_id, sha256, size_bytes, filename,"
                " media_type) VALUES ('x', :foreign, 'x', 1, 'x', 'x')"
            ),
            {"foreign": two_creditors[1]},
        )


def test_without_a_creditor_the_portal_sees_nothing(two_creditors):
    from cases.core.database import PORTAL

    with db.engines[PORTAL].connect() as connection:
        assert connection.scalar(text("SELECT count(*) FROM cases")) == 0


@pytest.mark.parametrize(
    "table",
    [
        "debtors", "debtor_addresses", "users", "work_items", "letter_drafts", "login_sessions",
        "bank_entries", "journals",
    ],
)  # fmt: skip
def test_what_is_for_staff_only_is_closed_to_the_portal(two_creditors, table):
    enter_portal(two_creditors[0])
    with pytest.raises(Exception, match="permission denied"):
        db.session.execute(text(f"SELECT 1 FROM {table}"))


def test_every_table_of_a_creditor_names_its_owner():
    """A table that the portal may read has a creditor, so that both walls can work."""
    assert tables.METADATA
    owned = {m.local_table.name for m in Base.registry.mappers if "creditor_id" in m.columns}
    assert set(PORTAL_GRANTS) - owned == HOUSE_WIDE | {"creditors"}
    assert inspect(Case).columns["creditor_id"].nullable is False
