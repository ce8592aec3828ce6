"""The set-based form writes exactly what the plain form writes, row for row."""

import random
from datetime import date

import pytest
from sqlalchemy import text

from cases.claims.models import DueBasis, Purpose
from cases.core.clock import clock_at
from cases.core.database import db, transaction
from cases.dunning.causes import watch_timeline
from cases.intake import opening
from cases.intake.declaration import Declaration
from cases.intake.services import hand_over
from tests.factories.records import make_creditor
from tests.factories.uploads import invoice, make_upload, open_upload

#: What differs by nature: keys, unguessable names, and when the row was written.
UNLIKE = {
    "id", "public_id", "creditor_id", "case_id", "claim_id", "debtor_id", "journal_id", "number",
    "created_at", "posted_at", "at", "set_at", "cause", "sort_name",
}  # fmt: skip
#: Table -> how its rows of one creditor are found and ordered.
TABLES = {
    "cases": "SELECT t.* FROM cases t WHERE t.creditor_id = :id"
    " ORDER BY (SELECT min(submitted_name) FROM case_debtors d WHERE d.case_id = t.id), t.currency",
    "case_debtors": "SELECT * FROM case_debtors WHERE creditor_id = :id"
    " ORDER BY submitted_name, submitted_address",
    "claims": "SELECT * FROM claims WHERE creditor_id = :id ORDER BY invoice_number",
    "holds": "SELECT h.* FROM holds h JOIN claims c ON c.id = h.claim_id"
    " WHERE h.creditor_id = :id ORDER BY c.invoice_number",
    "journals": "SELECT DISTINCT j.* FROM journals j JOIN ledger_entries e ON e.journal_id = j.id"
    " WHERE e.creditor_id = :id ORDER BY j.reference",
    "journal_lines": "SELECT l.* FROM journal_lines l JOIN journals j ON j.id = l.journal_id"
    " WHERE l.creditor_id = :id ORDER BY j.reference, l.account",
    "ledger_entries": "SELECT e.* FROM ledger_entries e JOIN claims c ON c.id = e.claim_id"
    " WHERE e.creditor_id = :id ORDER BY c.invoice_number",
    "timeline_events": "SELECT * FROM timeline_events WHERE creditor_id = :id"
    " ORDER BY kind, params::text",
    "work_items": "SELECT * FROM work_items WHERE creditor_id = :id"
    " ORDER BY negative_cents, since, params::text",
    "submission_rows": "SELECT * FROM submission_rows WHERE creditor_id = :id"
    " ORDER BY submission_id, line",
}


def rows_of(creditor_id):
    found = {}
    for table, query in TABLES.items():
        rows = db.session.execute(text(query), {"id": creditor_id}).mappings()
        found[table] = [
            {name: without_keys(value) for name, value in row.items()
             if name not in UNLIKE and name != "submission_id"}
            for row in rows
        ]  # fmt: skip
    return found


def without_keys(value):
    """Parameters of an event without the key of the hold it is about."""
    if isinstance(value, dict):
        return {name: each for name, each in value.items() if name != "hold_id"}
    return value


def some_rows(seed, prefix):
    """Rows of a few debtors, some alike, with and without due date, in two currencies."""
    pick = random.Random(seed)
    header_changes = [{}, {"Fällig am": "01.07.2026"}, {"Ort": "Kiel"}, {"PLZ": "24103"}]
    return [
        invoice(
            f"{prefix}-{number}",
            f"{pick.randint(1, 900_000) / 100:.2f}".replace(".", ","),
            pick.choice(["Weber GmbH", "WEBER gmbh", "Jonas Weber", "Café Seeblick e. K.",
                         f"Kunde {number % 4} AG"]),
            **pick.choice(header_changes),
        )
        for number in range(pick.randint(3, 20))
    ]  # fmt: skip


def hand_in_all(creditor, uploads, declared):
    for rows in uploads:
        submission = make_upload(creditor, rows)
        with transaction():
            hand_over(submission.id, declared)
        open_upload(submission)


@pytest.mark.parametrize("seed", range(6))
def test_both_forms_write_the_same(database, monkeypatch, seed):
    watch_timeline()
    declared = Declaration(
        due_basis=[DueBasis.CONTRACT, DueBasis.INVOICE][seed % 2],
        reminder="none",
        purpose=[Purpose.CONSUMER, Purpose.BUSINESS][seed // 2 % 2],
        performed=True,
        undisputed=seed % 3 != 0,
        dispute="Mengen stimmen nicht" if seed % 3 == 0 else None,
    )
    # The second upload adds to open cases, opens new ones, and repeats some of the first.
    first, second = some_rows(seed, "A"), some_rows(seed + 100, "B")
    uploads = [first, [*second, first[0]]]
    with clock_at(date(2026, 11, 23)):
        written = []
        for set_based_from in (1, 1_000_000):
            monkeypatch.setattr(opening, "SET_BASED_FROM", set_based_from)
            with transaction():
                creditor = make_creditor(f"Gläubiger {set_based_from}")
            hand_in_all(creditor, uploads, declared)
            written.append(rows_of(creditor.id))
    sets, plain = written
    for table in TABLES:
        assert sets[table] == plain[table], table
    assert len(sets["claims"]) == len(first) + len(second)
    assert len(sets["holds"]) == (len(sets["claims"]) if declared.dispute else 0)


def test_debtors_are_found_across_both_forms(database, monkeypatch):
    counts = []
    for set_based_from in (1, 1_000_000):
        monkeypatch.setattr(opening, "SET_BASED_FROM", set_based_from)
        with transaction():
            creditor = make_creditor()
        hand_in_all(creditor, [[invoice("X-1", name="Nur Einmal GmbH")]], Declaration(
            due_basis=DueBasis.CONTRACT, reminder="none", performed=True, undisputed=True
        ))  # fmt: skip
        counts.append(db.session.scalar(text("SELECT count(*) FROM debtors")))
    assert counts == [1, 1]


def test_balances_follow_from_the_entries(database, monkeypatch):
    monkeypatch.setattr(opening, "SET_BASED_FROM", 1)
    with transaction():
        creditor = make_creditor()
    hand_in_all(creditor, [some_rows(1, "A"), some_rows(2, "B")], Declaration(
        due_basis=DueBasis.CONTRACT, reminder="none", purpose=Purpose.CONSUMER, performed=True,
        undisputed=True,
    ))  # fmt: skip
    wrong = db.session.scalar(text(
        "SELECT count(*) FROM cases c WHERE (c.principal_cents, c.booked_open_cents) <>"
        " (SELECT sum(e.amount_cents), sum(e.amount_cents) FROM ledger_entries e"
        " WHERE e.case_id = c.id)"
    ))  # fmt: skip
    assert wrong == 0


def test_more_repeated_rows_than_a_query_takes_parameters_are_left_out(fresh_app):
    with fresh_app.app_context():
        with transaction():
            creditor = make_creditor()
        upload = make_upload(creditor, [invoice("R-1")])
        rows = [
            opening.Waiting(10_000 + n, n, {"invoice_number": "R-1"}, {}, "r-1", "a")
            for n in range(66_000)
        ]
        with transaction():
            assert len(opening.leave_known_out(upload, rows)) == 1
