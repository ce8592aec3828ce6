"""The wizard's pages: one test per outcome, and that a stranger is refused."""

import io
import zipfile

import pytest
from openpyxl import load_workbook

from cases.core.database import transaction
from cases.formats import gate
from cases.people.policy import Role
from tests.factories.records import make_creditor, make_user
from tests.factories.uploads import invoice, list_of
from tests.factories.visits import run_effects, visit

DECLARED = {
    "due_basis": "contract", "reminder": "none", "purpose": "business", "performed": "1",
    "disputed": "no",
}  # fmt: skip


@pytest.fixture
def app(fresh_app):
    return fresh_app


@pytest.fixture
def creditor_emails(app):
    """Users of two creditors: the first one's, and a stranger."""
    with app.app_context(), transaction():
        return [
            make_user(Role.CREDITOR, creditor=make_creditor(name)).email
            for name in ("Stadtwerke Musterstadt GmbH", "Andere AG")
        ]


@pytest.fixture
def creditor(app, creditor_emails):
    return visit(app, creditor_emails[0])


@pytest.fixture
def stranger(app, creditor_emails):
    return visit(app, creditor_emails[1])


def upload(person, data, name="offen.csv"):
    return person.post("/submissions", {"file": (io.BytesIO(data), name)})


def upload_and_read(app, person, data, name="offen.csv"):
    answer = upload(person, data, name)
    assert answer.status_code == 303, answer.text
    run_effects(app)
    return answer.headers["Location"]


def test_from_the_file_to_the_cases(app, creditor):
    address = upload_and_read(
        app, creditor, list_of([invoice("R-1"), invoice("R-2", "abc"), invoice("R-3", name="B AG")])
    )
    check = creditor.get(address)
    assert "1 von 3 Zeilen braucht eine Korrektur" in check.text
    assert "„abc“ ist kein Betrag" in check.text
    fixed = creditor.post(f"{address}/rows/3", {"open": "45,10", "was_open": "abc"})
    assert fixed.status_code == 303
    form = creditor.get(f"{address}/hand-over")
    assert form.status_code == 200
    assert "checked" not in form.text  # Declarations are never ticked before.
    sent = creditor.post(f"{address}/hand-over", DECLARED)
    assert sent.status_code == 303
    assert "progress" in creditor.get(address, follow_redirects=True).text
    run_effects(app)
    result = creditor.get(address, follow_redirects=True)
    assert "3 Forderungen sind übergeben" in result.text
    assert "145,10" in result.text


def test_progress_is_polled_and_ends_with_a_reload(app, creditor):
    answer = upload(creditor, list_of([invoice("R-1")]))
    address = answer.headers["Location"]
    block = creditor.get(address, headers={"HX-Request": "true"})
    assert 'hx-trigger="every 1s"' in block.text
    assert "<html" not in block.text
    run_effects(app)
    assert creditor.get(address, headers={"HX-Request": "true"}).headers["HX-Refresh"] == "true"


def test_what_came_of_a_part_is_shown_while_other_rows_wait(app, creditor):
    address = upload_and_read(app, creditor, list_of([invoice("R-1"), invoice("R-2", "abc")]))
    creditor.get(f"{address}/hand-over")
    sent = creditor.post(f"{address}/hand-over", DECLARED)
    watched = sent.headers["Location"]
    block = creditor.get(watched, headers={"HX-Request": "true"})
    assert f'hx-get="{watched}"' in block.text
    run_effects(app)
    assert creditor.get(watched, headers={"HX-Request": "true"}).headers["HX-Refresh"] == "true"
    result = creditor.get(watched).text
    assert "1 Forderung ist übergeben" in result
    assert "1 Zeile korrigieren" in result


def test_columns_are_asked_and_remembered(app, creditor):
    data = list_of([["4711", "01.07.2026", "55,00", "B AG"]], ("A", "B", "C", "D"))
    address = upload_and_read(app, creditor, data)
    assert creditor.get(address).headers["Location"].endswith("/columns")
    creditor.get(f"{address}/columns")
    refused = creditor.post(f"{address}/columns", {"column-1": "invoiced_on"})
    assert refused.status_code == 422
    chosen = {"column-0": "invoice_number", "column-1": "invoiced_on", "column-2": "open",
              "column-3": "name"}  # fmt: skip
    assert creditor.post(f"{address}/columns", chosen).status_code == 303
    run_effects(app)
    assert "4711" in creditor.get(f"{address}?tab=all").text
    again = upload_and_read(app, creditor, data)
    assert creditor.get(again).status_code == 200


@pytest.mark.parametrize(("missing", "sentence"), [
    pytest.param("due_basis", "Bitte ausfüllen", id="how the due date arose"),
    pytest.param("reminder", "Bitte ausfüllen", id="the first reminder"),
    pytest.param("performed", "Ohne diese Erklärung", id="performance"),
    pytest.param("disputed", "ob etwas bestritten ist", id="disputes"),
])  # fmt: skip
def test_nothing_is_handed_over_without_an_answer(app, creditor, missing, sentence):
    address = upload_and_read(app, creditor, list_of([invoice("R-1")]))
    creditor.get(f"{address}/hand-over")
    answer = creditor.post(
        f"{address}/hand-over", {name: each for name, each in DECLARED.items() if name != missing}
    )
    assert answer.status_code == 422
    assert sentence in answer.text


def test_consumer_or_business_is_asked_where_the_name_does_not_say(app, creditor):
    address = upload_and_read(app, creditor, list_of([invoice("R-1", name="Jonas Weber")]))
    assert "Wer sind diese Schuldner?" in creditor.get(f"{address}/hand-over").text
    answer = creditor.post(f"{address}/hand-over", {**DECLARED, "purpose": ""})
    assert answer.status_code == 422


def test_errors_come_as_a_spreadsheet_without_formulas_and_back_corrected(app, creditor):
    rows = [invoice("R-1", "abc", name='=HYPERLINK("http://x")'), invoice("R-2")]
    address = upload_and_read(app, creditor, list_of(rows))
    sheet = load_workbook(io.BytesIO(creditor.get(f"{address}/errors.xlsx").data))
    table = sheet.active
    header = [cell.value for cell in table[1]]
    assert header[:2] == ["Was nicht stimmt", "Zeile"]
    assert all(cell.data_type == "s" or cell.value is None for row in table for cell in row)
    table.cell(2, header.index("Offener Betrag") + 1, "12,30")
    table.cell(2, header.index("Schuldner") + 1, "Hyper GmbH")
    corrected = io.BytesIO()
    sheet.save(corrected)
    again = upload_and_read(app, creditor, corrected.getvalue(), "korrigiert.xlsx")
    assert "12,30" in creditor.get(f"{again}?tab=all").text


def test_the_same_mistake_is_put_right_in_all_rows(app, creditor):
    rows = [invoice(f"R-{number}", "-5,00") for number in range(3)]
    address = upload_and_read(app, creditor, list_of(rows))
    assert "3 × Gutschrift" in creditor.get(address).text
    creditor.post(f"{address}/same-mistake", {"code": "credit_note", "remedy": "leave_out"})
    assert "Es ist nichts mehr zu übergeben" in creditor.get(address).text


def test_a_row_has_a_page_with_answers_of_its_own(app, creditor):
    address = upload_and_read(app, creditor, list_of([invoice("R-1")]))
    assert creditor.get(f"{address}/rows/2").status_code == 200
    refused = creditor.post(f"{address}/rows/2", {"answers": "1", "reminder": "day"})
    assert refused.status_code == 422
    saved = creditor.post(f"{address}/rows/2", {"answers": "1", "due_basis": "invoice"})
    assert saved.status_code == 303


def test_leaving_out_and_taking_back(app, creditor):
    address = upload_and_read(app, creditor, list_of([invoice("R-1")]))
    creditor.get(address)
    creditor.post(f"{address}/rows/2/leave-out")
    assert "Es ist nichts mehr zu übergeben" in creditor.get(address).text
    creditor.post(f"{address}/rows/2/take-back")
    assert "1 Zeile ist bereit" in creditor.get(address).text


def zip_of_nothing():
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr("liesmich.txt", "nichts")
    return packed.getvalue()


@pytest.mark.parametrize(("data", "name"), [
    pytest.param(b"\x89PNG\r\n\x1a\n" + bytes(range(32)) * 9, "bild.csv", id="an image called CSV"),
    pytest.param(b"%PDF-1.4 broken", "rechnung.pdf", id="a broken PDF"),
    pytest.param(b"Rechnungsnummer;Offen;Name\r\n", "leer.csv", id="headers without rows"),
    pytest.param(b"   \r\n", "leer.csv", id="blanks"),
    pytest.param(zip_of_nothing(), "archiv.zip", id="a ZIP without invoices"),
    pytest.param(b"PK\x03\x04kaputt", "kaputt.xlsx", id="a broken spreadsheet"),
    pytest.param(bytes.fromhex("d0cf11e0a1b11ae1") + bytes(600), "geheim.xlsx", id="encrypted"),
])  # fmt: skip
def test_what_cannot_be_read_is_said_in_a_sentence_and_kept(app, creditor, data, name):
    address = upload_and_read(app, creditor, data, name)
    page = creditor.get(address)
    assert "Diese Datei kann nicht gelesen werden" in page.text
    assert "note bad" in page.text
    original = page.text.split('href="/documents/')[1].split('"')[0]
    assert creditor.get(f"/documents/{original}").data == data


@pytest.mark.parametrize(("encoding", "delimiter"), [
    ("cp1252", ";"), ("utf-8", ","), ("utf-8-sig", "\t"), ("utf-16", "\t"),
])  # fmt: skip
def test_encodings_and_delimiters_are_recognised(app, creditor, encoding, delimiter):
    text = delimiter.join(["Invoice number", "Invoice date", "Open amount", "Customer name",
                           "Street", "Zip", "City"])  # fmt: skip
    text += "\r\n" + delimiter.join(
        ["R-9", "2026-07-01", "1234.56", "Müller GmbH", "Ring 1", "20095", "Köln"]
    )
    address = upload_and_read(app, creditor, text.encode(encoding))
    page = creditor.get(f"{address}?tab=all").text
    assert "Müller GmbH" in page
    assert "1.234,56" in page


def test_no_file_an_empty_one_and_one_too_large_are_refused(creditor, monkeypatch):
    assert creditor.post("/submissions").status_code == 422
    assert upload(creditor, b"").status_code == 422
    monkeypatch.setattr(gate, "MAX_BYTES", 10)
    answer = upload(creditor, b"12345678901")
    assert answer.status_code == 422
    assert "größer als" in answer.text


def test_an_empty_file_is_named_and_never_holds_the_others(app, creditor):
    good = (io.BytesIO(list_of([invoice("R-1")])), "gut.csv")
    answer = creditor.post("/submissions", {"file": [(io.BytesIO(b""), "leer.csv"), good]})
    assert answer.status_code == 422
    assert "leer.csv: Die Datei ist leer." in answer.text
    assert "Die anderen Dateien sind angenommen; sie stehen in der Liste." in answer.text
    run_effects(app)
    page = creditor.get("/submissions").text
    assert "gut.csv" in page
    assert "leer.csv" not in page


def test_several_files_at_once_are_listed(app, creditor):
    answer = creditor.post(
        "/submissions",
        {"file": [(io.BytesIO(list_of([invoice(n)])), f"{n}.csv") for n in ("R-1", "R-2")]},
    )
    assert answer.headers["Location"] == "/submissions"
    run_effects(app)
    page = creditor.get("/submissions").text
    assert "R-1.csv" in page
    assert "R-2.csv" in page


@pytest.mark.parametrize("place", [
    "", "/columns", "/rows/2", "/errors.xlsx", "/hand-over", "/cases",
])  # fmt: skip
def test_a_stranger_finds_nothing(app, creditor, stranger, place):
    address = upload_and_read(app, creditor, list_of([invoice("R-1")]))
    assert stranger.get(address + place).status_code == 404


@pytest.mark.parametrize("place", [
    "/columns", "/rows/2", "/rows/2/leave-out", "/rows/2/take-back", "/rows/2/confirm",
    "/same-mistake", "/hand-over",
])  # fmt: skip
def test_a_stranger_changes_nothing(app, creditor, stranger, place):
    address = upload_and_read(app, creditor, list_of([invoice("R-1")]))
    form = {"remedy": "leave_out", "code": "x"}
    assert stranger.post(address + place, form).status_code == 404


def test_staff_do_not_hand_in(app):
    with app.app_context(), transaction():
        email = make_user(Role.CASE_WORKER).email
    assert visit(app, email).get("/submissions").status_code == 403


def typed(line, field, text, shown=""):
    """A field of the check page with what it showed before."""
    return {f"{line}-{field}": text, f"{line}-was_{field}": shown}


def two_wrong_rows(app, creditor):
    rows = [invoice("R-1", "abc"), invoice("", "5,00"), invoice("R-3", "7,00")]
    return upload_and_read(app, creditor, list_of(rows))


@pytest.mark.parametrize("press", [
    pytest.param("/rows", id="save"),
    pytest.param("/rows/4/leave-out", id="skip another row"),
    pytest.param("/rows/4/confirm", id="confirm another row"),
    pytest.param("/same-mistake", id="put another mistake right"),
])  # fmt: skip
def test_whatever_is_pressed_saves_everything_that_was_typed(app, creditor, press):
    address = two_wrong_rows(app, creditor)
    fields = {**typed(2, "open", "12,30", "abc"), **typed(3, "invoice_number", "R-99")}
    answer = creditor.post(f"{address}{press}", {**fields, "tab": "all", "line": "2"})
    assert answer.status_code == 303
    page = creditor.get(f"{address}?tab=all").text
    assert "12,30" in page
    assert "R-99" in page


def test_correction_keeps_the_place_on_the_page(app, creditor):
    address = two_wrong_rows(app, creditor)
    fields = {**typed(2, "open", "12,30", "abc"), "tab": "errors", "line": "2"}
    answer = creditor.post(f"{address}/rows", fields)
    assert answer.headers["Location"].endswith("#row-3")


def test_page_that_saves_by_itself_is_told_so_only_when_it_is(app, creditor):
    address = two_wrong_rows(app, creditor)
    shown = creditor.get(address).text
    assert "Alles ist gespeichert" not in shown
    fields = typed(2, "open", "12,30", "abc")
    answer = creditor.post(f"{address}/rows", fields, headers={"HX-Request": "true"})
    assert answer.text == "Alles ist gespeichert."
    assert "12,30" in creditor.get(f"{address}?tab=all").text
