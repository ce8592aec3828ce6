"""`recoup ledger verify`, `recoup audit verify`: quiet when all is right, exit 1 when touched."""

import pytest
from click.testing import CliRunner
from sqlalchemy import create_engine, text

from agency.cli import main
from cases.audit_heads import read_heads
from cases.core.database import transaction
from tests.factories.records import make_case


@pytest.fixture
def books(fresh_app, fresh_database, tmp_path, monkeypatch):
    """A database with one case; answers how to run a command on it and how to tamper with it."""
    with fresh_app.app_context(), transaction():
        make_case()
    for name, value in fresh_database.process_environment(tmp_path / "var").items():
        monkeypatch.setenv(name, value)
    engine = create_engine(fresh_database.admin_url)

    def tamper(statement):
        with engine.begin() as connection:
            connection.execute(text("SET LOCAL session_replication_role = replica"))
            connection.execute(text(statement))

    yield lambda *words: CliRunner().invoke(main, words), tamper
    engine.dispose()


@pytest.mark.parametrize(
    ("statement", "check"),
    [
        ("UPDATE cases SET booked_open_cents = booked_open_cents + 1", "case_balances"),
        ("UPDATE ledger_entries SET amount_cents = amount_cents + 1", "claims_mirrored"),
        ("UPDATE journal_lines SET amount_cents = 1 WHERE amount_cents > 0", "journal_balance"),
        (
            """INSERT INTO journal_lines (journal_id, account, amount_cents, currency)
            SELECT id, 'trust_bank', 5, 'EUR' FROM journals
            UNION ALL SELECT id, 'operating_bank', -5, 'EUR' FROM journals""",
            "trust",
        ),
    ],
)
def test_every_tampered_figure_is_reported(books, statement, check):
    run, tamper = books
    right = run("ledger", "verify")
    assert (right.exit_code, "0 differences" in right.output) == (0, True), right.output
    tamper(statement)
    wrong = run("ledger", "verify")
    assert wrong.exit_code == 1
    assert f"{check}: " in wrong.output


def test_a_changed_audit_row_is_named(books):
    run, tamper = books
    assert run("audit", "verify").exit_code == 0
    tamper("UPDATE audit_events SET action = 'case.closed' WHERE seq = 2")
    found = run("audit", "verify")
    assert found.exit_code == 1
    assert "Row 2: changed" in found.output


def test_rows_cut_off_at_the_end_show_against_a_noted_head(books, tmp_path):
    run, tamper = books
    assert run("audit", "anchor").exit_code == 0
    heads = read_heads(tmp_path / "var" / "audit-heads.jsonl")
    assert len(heads) == 1
    tamper("DELETE FROM audit_events WHERE seq = (SELECT max(seq) FROM audit_events)")
    assert run("audit", "verify", "--heads", str(tmp_path / "none.jsonl")).exit_code == 0
    found = run("audit", "verify")
    assert found.exit_code == 1
    assert f"Row {next(iter(heads))}: truncated" in found.output


def test_a_broken_file_of_heads_is_not_taken_for_an_empty_one(books, tmp_path):
    run, _ = books
    path = tmp_path / "heads.jsonl"
    path.write_text("nonsense\n", encoding="utf-8")
    found = run("audit", "verify", "--heads", str(path))
    assert found.exit_code != 0
    assert "line 1" in found.output
