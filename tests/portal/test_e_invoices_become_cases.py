"""E-invoices, alone and in a ZIP, become cases; each is kept as it came, beside its claim."""

import io
import zipfile
from datetime import date
from pathlib import Path

import pytest
from sqlalchemy import select, text

from cases.core import clock, files
from cases.core.database import db, transaction
from cases.people.policy import Role
from tests.factories.records import make_creditor, make_user
from tests.factories.visits import run_effects, visit

SAMPLES = Path(__file__).parents[1] / "samples" / "einvoice"
PDF = (SAMPLES / "EN16931_Einfach.pdf").read_bytes()
XML = (SAMPLES / "XRECHNUNG_Einfach.cii.xml").read_bytes().replace(b"471102", b"471103")
CREDIT_NOTE = (SAMPLES / "ubl-tc434-creditnote1.xml").read_bytes()
DECLARED = {
    "due_basis": "statute", "reminder": "none", "purpose": "business", "performed": "1",
    "disputed": "no",
}  # fmt: skip


@pytest.fixture
def app(fresh_app):
    return fresh_app


@pytest.fixture
def creditor(app):
    with app.app_context(), transaction():
        email = make_user(Role.CREDITOR, creditor=make_creditor("Lieferant GmbH")).email
    with clock.clock_at(date(2026, 11, 23)):
        yield visit(app, email)


def zipped(*entries):
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        for name, data in entries:
            archive.writestr(name, data)
    return packed.getvalue()


def hand_in(app, creditor, data, name):
    """Hand a file in, answer that no payment day was agreed, and hand over what is ready."""
    address = creditor.post("/submissions", {"file": (io.BytesIO(data), name)}).headers["Location"]
    run_effects(app)
    creditor.get(address)
    creditor.post(f"{address}/same-mistake", {"code": "due_on_missing", "remedy": "no_due_date"})
    creditor.get(f"{address}/hand-over")
    assert creditor.post(f"{address}/hand-over", DECLARED).status_code == 303
    run_effects(app)
    return address


def kept(app):
    """Invoice number of each claim, and the bytes of the invoice kept with it."""
    with app.app_context():
        rows = db.session.execute(text(
            "SELECT c.invoice_number, c.principal_cents, d.file_id FROM claims c"
            " JOIN claim_documents d ON d.claim_id = c.id AND d.case_id = c.case_id"
            " WHERE d.kind = 'invoice' ORDER BY c.invoice_number"
        )).all()  # fmt: skip
        found = []
        for number, cents, file_id in rows:
            file = db.session.scalars(select(files.StoredFile).filter_by(id=file_id)).one()
            found.append((number, cents, file.filename, files.read_bytes(file)))
        db.session.remove()
    return found


def test_a_zip_of_e_invoices_becomes_cases_and_keeps_every_original(app, creditor):
    data = zipped(("a/rechnung.pdf", PDF), ("kaputt.xml", b"<a/>"), ("gutschrift.xml", CREDIT_NOTE),
                  ("b/rechnung.xml", XML))  # fmt: skip
    address = hand_in(app, creditor, data, "rechnungen.zip")
    assert kept(app) == [
        ("471102", 529_87, "rechnung.pdf", PDF),
        ("471103", 529_87, "rechnung.xml", XML),
    ]
    page = creditor.get(f"{address}?tab=errors").text
    assert "1 von 3 Zeilen" in page  # The credit note stays, and nothing is made of it.
    assert "kaputt.xml" in page
    assert "gutschrift.xml" in page  # Each row names the file it came from.
    creditor.post("/submissions", {"file": (io.BytesIO(data), "noch einmal.zip")})
    run_effects(app)
    with app.app_context():
        states = db.session.scalars(text(
            "SELECT state FROM submission_rows ORDER BY submission_id, line"
        )).all()  # fmt: skip
        db.session.remove()
    assert states == ["opened", "error", "opened", "duplicate", "error", "duplicate"]


def test_a_single_e_invoice_is_its_own_original(app, creditor):
    hand_in(app, creditor, PDF, "rechnung.pdf")
    assert kept(app) == [("471102", 529_87, "rechnung.pdf", PDF)]
    with app.app_context():
        assert db.session.scalar(text("SELECT count(*) FROM stored_files")) == 1
        db.session.remove()
