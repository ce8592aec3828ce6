"""Files made to do harm and files broken by chance: refused or read with findings, no crash."""

import io
import random
import subprocess
import sys
import time
import zipfile
from datetime import date
from pathlib import Path

import pytest

from cases.formats.claims.messages import MESSAGES
from cases.formats.claims.reading import preview, read_claims, unzip_many

SAMPLES = Path(__file__).parents[2] / "samples"
AS_OF = date(2026, 11, 23)


def codes(data, name="x"):
    claims = read_claims(data, name, as_of=AS_OF)
    found = [*claims.findings, *(finding for row in claims.rows for finding in row.findings)]
    assert all(finding.message(MESSAGES) for finding in found)
    assert all(finding.line == row.line for row in claims.rows for finding in row.findings)
    return {finding.code for finding in found}


def zipped(*entries, compression=zipfile.ZIP_DEFLATED):
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", compression) as archive:
        for name, data in entries:
            archive.writestr(name, data)
    return buffer.getvalue()


LINK = zipfile.ZipInfo("link.xml")
LINK.external_attr = 0o120777 << 16


@pytest.mark.parametrize(("data", "code"), [
    pytest.param(b"", "file_empty", id="empty"),
    pytest.param(b"\xef\xbb\xbf", "file_empty", id="nothing but a byte order mark"),
    pytest.param(b"MZ\x90\0" + b"x" * 99, "content_program", id="program"),
    pytest.param(b"<!DOCTYPE html><html><table>", "content_web_page", id="web page"),
    pytest.param(bytes(range(1, 32)) * 30, "content_unknown", id="binary"),
    pytest.param(b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 4, "content_picture", id="picture"),
    pytest.param(b"a;b\n" * (13 * 1024**2 + 1), "file_too_large", id="too large"),
    pytest.param(b"PK\x03\x04" + b"x" * 50, "archive_broken", id="broken archive"),
    pytest.param(zipped(("a.xml", b"\0" * 60 * 1024**2)), "archive_too_large", id="large bomb"),
    pytest.param(zipped(("a.xml", b"\0" * 9 * 1024**2)), "archive_suspicious", id="dense bomb"),
    pytest.param(zipped(("xl/workbook.xml", b"\0" * 60 * 1024**2)), "archive_too_large",
                 id="workbook bomb"),
    pytest.param(zipped(*((f"{n}.xml", b"") for n in range(1001))), "archive_too_many",
                 id="too many entries"),
    pytest.param(zipped(("a.zip", b"")), "archive_nested", id="archive in archive"),
    pytest.param(zipped(("../a.xml", b"")), "archive_path", id="path that leaves"),
    pytest.param(zipped(("C:/a.xml", b"")), "archive_path", id="drive letter"),
    pytest.param(zipped((LINK, b"/etc/passwd")), "archive_link", id="link"),
    pytest.param(b"%PDF-1.7\n" + b"x" * 200, "pdf_unreadable", id="truncated PDF"),
    pytest.param(b":20:START\n:25:1/2\n", "content_bank_statement", id="MT940"),
    pytest.param(b"<a>" * 100_000, "xml_malformed", id="endless depth"),
])  # fmt: skip
def test_refusal_says_why(data, code):
    assert codes(data) == {code}


@pytest.mark.parametrize(("name", "code"), [
    ("pdf_password.pdf", "content_encrypted"), ("pdf_two_invoice_xml.pdf", "pdf_several_invoices"),
    ("xml_billion_laughs.xml", "xml_doctype"),
])  # fmt: skip
def test_hostile_sample_is_refused(name, code):
    assert codes((SAMPLES / "hostile" / name).read_bytes(), name) == {code}


ENTITY = b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY leak SYSTEM "file:///etc/passwd">]>'


def test_external_entity_is_refused_and_nothing_of_it_is_read():
    invoice = (SAMPLES / "einvoice" / "XRECHNUNG_Einfach.cii.xml").read_bytes()
    data = ENTITY + invoice[invoice.index(b"?>") + 2 :].replace(b"471102", b"&leak;")
    assert b"&leak;" in data
    claims = read_claims(data, "x.xml", as_of=AS_OF)
    assert {each.code for each in claims.findings} == {"xml_doctype"}
    assert "root:" not in repr(claims)
    packed = read_claims(zipped(("x.xml", data)), "x.zip", as_of=AS_OF)
    assert packed.is_refused
    assert "root:" not in repr(packed)


def rows_of(name):
    return read_claims((SAMPLES / "hostile" / name).read_bytes(), name, as_of=AS_OF).rows


def test_huge_numbers_are_refused_row_by_row():
    rows = {row.invoice_number: row for row in rows_of("csv_huge_numbers.csv")}
    assert [number for number, row in rows.items() if row.is_usable] == ["R-6"]
    assert rows["R-6"].open_cents == 123456789012


def test_negative_and_zero_amounts_never_become_claims():
    assert [row.invoice_number for row in rows_of("csv_negative_zero.csv") if row.is_usable] == []


def test_bad_days_are_refused_and_odd_ones_read():
    usable = [row.invoice_number for row in rows_of("csv_bad_dates.csv") if row.is_usable]
    assert usable == ["R-6", "R-7", "R-8"]


def test_unclosed_quote_swallows_no_row():
    rows = rows_of("csv_bad_quotes.csv")
    assert [(row.line, row.invoice_number, row.is_usable) for row in rows] == [
        (2, "R-1", False), (3, "R-2", False), (4, "R-3", True),
    ]  # fmt: skip


@pytest.mark.parametrize("text", [
    'Rechnung;Name;Offen\nR-1;5" Rohr;1,00\nR-2;3" Rohr;2,00\n',
    'Rechnung;Name;Offen\nR-1;"Max ""der Große""";1,00\nR-2;"c/o\nErika";2,00\n',
])  # fmt: skip
def test_quotes_that_are_in_order_are_not_reported(text):
    claims = read_claims(text.encode(), "x.csv")
    assert [row.open_cents for row in claims.rows] == [100, 200]
    assert "quotes_broken" not in codes(text.encode())


def test_line_without_end_is_refused_and_the_others_are_read():
    data = b"Rechnung;Name;Offen\nR-1;" + b"B" * 2_000_000 + b";1,00\nR-2;Eva;2,00\n"
    claims = read_claims(data, "x.csv")
    assert ("line_too_long", 2) in {(each.code, each.line) for each in claims.findings}
    assert [row.invoice_number for row in claims.rows] == ["R-2"]


def test_sheet_with_two_cells_in_far_corners_is_refused():
    sheet = (
        '<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>'
        '<row r="1"><c r="A1"><v>1</v></c></row>'
        '<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>'
        "</sheetData></worksheet>"
    )
    book = zipped(("xl/workbook.xml", "<workbook/>"), ("xl/worksheets/sheet1.xml", sheet))
    assert codes(book) == {"sheet_too_large"}


def test_archive_of_invoices_keeps_the_good_ones():
    invoice = (SAMPLES / "einvoice" / "XRECHNUNG_Einfach.cii.xml").read_bytes()
    data = zipped(("a/1.xml", invoice), ("b/1.xml", b"<a/>"), ("__MACOSX/1.xml", b""))
    unpacked = unzip_many(data)
    assert [name for name, _ in unpacked.files] == ["1.xml", "1.xml"]
    claims = read_claims(data, "x.zip", as_of=AS_OF)
    assert [row.invoice_number for row in claims.rows] == ["471102"]
    assert {each.code for each in claims.findings} == {
        "archive_name_twice",
        "archive_entry_refused",
    }


def test_archive_that_holds_a_pdf_unpacked_is_an_archive():
    invoice = (SAMPLES / "einvoice" / "EN16931_Einfach.pdf").read_bytes()
    data = zipped(("1.pdf", invoice), ("2.xml", b"<a/>"), compression=zipfile.ZIP_STORED)
    claims = read_claims(data, "x.zip", as_of=AS_OF)
    assert [row.invoice_number for row in claims.rows] == ["471102"]
    assert [(each.line, each.name, each.data) for each in claims.originals] == [
        (1, "1.pdf", invoice)
    ]


SEEDS = [path for folder in ("open_items", "einvoice", "hostile")
         for path in sorted((SAMPLES / folder).iterdir()) if path.suffix != ".md"]  # fmt: skip


def mutant(data: bytes, chance: random.Random) -> bytes:
    """A few bytes changed, cut out, doubled or replaced by what breaks parsers."""
    broken = bytearray(data)
    for _ in range(chance.randint(1, 8)):
        place = chance.randrange(len(broken) + 1)
        match chance.randrange(5):
            case 0:
                broken[place : place + 1] = bytes([chance.randrange(256)])
            case 1:
                del broken[place : place + chance.randrange(200)]
            case 2:
                broken[place:place] = broken[place : place + chance.randrange(500)]
            case 3:
                broken[place:place] = chance.choice(
                    [
                        b"\0",
                        b'"',
                        b"\r",
                        b";",
                        b"\xff\xfe",
                        b"<!DOCTYPE x>",
                        b"9" * 40,
                        b"\xe2\x80\xae",
                    ]
                )
            case _:
                del broken[place:]
    return bytes(broken)


@pytest.mark.parametrize("path", SEEDS, ids=lambda path: path.name)
def test_mutants_are_answered(path):
    answer_mutants(path, random.Random(path.name), 25)


@pytest.mark.deep
@pytest.mark.parametrize("path", SEEDS, ids=lambda path: path.name)
def test_twenty_thousand_mutants_are_answered(path):
    answer_mutants(path, random.Random(), 20_000 // len(SEEDS) + 1)


def answer_mutants(path, chance, count):
    """Each mutant is refused or read with findings, within seconds."""
    data = path.read_bytes()
    for _ in range(count):
        broken = mutant(data, chance)
        began = time.perf_counter()
        assert "reader_failed" not in codes(broken, path.name)
        seen = {finding.code for finding in preview(broken, path.name).findings}
        assert "reader_failed" not in seen
        assert time.perf_counter() - began < 10


MEASURED = """
import sys
import time
from pathlib import Path
from cases.formats.claims.reading import read_claims
for path in map(Path, sys.argv[1:]):
    read_claims(path.read_bytes(), path.name)
status = Path("/proc/self/status").read_text()
print(int(status.split("VmHWM:")[1].split()[0]) // 1024, time.process_time())
"""


def test_bombs_stay_below_the_memory_limit(tmp_path):
    bombs = {
        "workbook.xlsx": zipped(("xl/workbook.xml", b"\0" * 60 * 1024**2)),
        "large.zip": zipped(("a.xml", b"\0" * 60 * 1024**2)),
        "line.csv": b"Rechnung;Name;Offen\nR-1;" + b"B" * 49 * 1024**2,
        "quotes.csv": b"Rechnung;Name;Offen\n" + b'"R;1\n' * 20_000,
        "deep.xml": b"<a>" * 1_000_000,
    }
    for name, data in bombs.items():
        (tmp_path / name).write_bytes(data)
    for path in tmp_path.iterdir():
        result = subprocess.run([sys.executable, "-c", MEASURED, str(path)], check=True,
                                capture_output=True, text=True)  # fmt: skip
        megabytes, seconds = map(float, result.stdout.split())
        assert megabytes < 300, path.name
        assert seconds < 10, path.name  # Of its own work, however busy the machine is.
