"""The one door: content decides, archives are opened, and nothing crashes it."""

import io
import random
import time
import zipfile
from pathlib import Path

import pytest

from cases.formats.bank import findings
from cases.formats.bank.reading import MESSAGES, read_statements

SAMPLES = Path(__file__).parents[3] / "samples"
FILES = sorted(
    path
    for folder in ("bank_camt", "bank_mt940", "bank_csv")
    for path in (SAMPLES / folder).iterdir()
    if path.name != "ORIGIN.md"
)
CAMT = (SAMPLES / "bank_camt" / "de_camt053_v08_synthetisch_1.xml").read_bytes()
MT940 = (SAMPLES / "bank_mt940" / "deutschebank.txt").read_bytes()


def packed(*members):
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members:
            archive.writestr(name, content)
    return target.getvalue()


def codes(read):
    return [each.code for each in read.findings]


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
def test_every_sample_gives_a_statement_and_only_findings_that_can_be_said(path):
    read = read_statements(path.read_bytes(), "renamed.dat")
    assert read.statements
    for finding in read.findings:
        assert finding.message(MESSAGES)


def test_statement_delivered_twice_in_one_archive_is_read_once():
    data = (SAMPLES / "bank_camt" / "ebics_c53_synthetisch_1.zip").read_bytes()
    read = read_statements(data, "x")
    assert codes(read) == ["statement_repeated"]
    assert [len(each.entries) for each in read.statements] == [9]
    assert read.format == "camt.053.001.08"


def test_archive_of_several_formats_is_read_file_by_file():
    read = read_statements(packed(("a.xml", CAMT), ("b.sta", MT940), ("c.txt", "Hallo")), "x.zip")
    assert read.format == "zip"
    assert [len(each.entries) for each in read.statements] == [9, 1]
    unknown = next(each for each in read.findings if each.code == "format_unknown")
    assert unknown.params["file"] == "c.txt"


@pytest.mark.parametrize(
    ("data", "code"),
    [
        pytest.param(b"", "file_empty", id="nothing"),
        pytest.param(b"\x00" * 100, "file_empty", id="only NUL bytes"),
        pytest.param(b"Hallo", "format_unknown", id="a word"),
        pytest.param(b"x;" * 200_000, "line_too_long", id="one endless line"),
        pytest.param(b":86:\n" * 500_001, "too_many_lines", id="lines without end"),
        pytest.param(b"%PDF-1.7 ...", "not_a_bank_statement", id="a PDF"),
        pytest.param(packed(("[Content_Types].xml", "<a/>")), "content_document", id="a Word text"),
        pytest.param(packed(("a/", b"")), "no_statement", id="an empty archive"),
        pytest.param(b"x" * (50 * 1024 * 1024 + 1), "file_too_large", id="over 50 MB"),
    ],
)
def test_what_holds_no_statement_is_refused_with_a_reason(data, code):
    read = read_statements(data, "x")
    assert codes(read) == [code]
    assert read.statements == ()


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16"])
def test_text_is_decoded_by_its_mark_or_content(encoding):
    text = MT940.decode().replace("TESTER", "MÜLLER")
    (statement,) = read_statements(text.encode(encoding), "x").statements
    assert statement.entries[0].counterparty.name == "MÜLLEREL"


def test_nul_bytes_are_removed_with_a_note():
    read = read_statements(MT940.replace(b"TESTER", b"TES\x00TER"), "x")
    assert "nul_removed" in codes(read)
    assert read.statements[0].entries[0].counterparty.name == "TESTEREL"


def mutated(data, rng):
    """The same bytes with something broken: bytes flipped, a piece lost, doubled or moved."""
    broken = bytearray(data)
    for _ in range(rng.randint(1, 6)):
        at, end = sorted(rng.randrange(len(broken) + 1) for _ in range(2))
        kind = rng.randrange(5)
        if kind == 0 and broken:
            broken[rng.randrange(len(broken))] = rng.randrange(256)
        elif kind == 1:
            del broken[at : min(end, at + 200)]
        elif kind == 2:
            broken[at:at] = broken[at : min(end, at + 200)]
        elif kind == 3:
            broken[at:at] = rng.choice(
                [
                    b"\x00",
                    b"\xff\xfe",
                    b"<",
                    b"&",
                    b'"',
                    b":61:",
                    b"\n",
                    b"9" * 40,
                    b"<!DOCTYPE a>",
                    "٣".encode(),
                ]
            )
        else:
            del broken[end:]
        if not broken:
            break
    return bytes(broken)


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
def test_broken_files_never_crash_or_hang_the_reader(path):
    rng = random.Random(path.name)
    data = path.read_bytes()
    began = time.monotonic()
    for _ in range(60):
        read = read_statements(mutated(data, rng), "x")
        assert read.statements or read.findings
        for finding in read.findings:
            assert finding.message(MESSAGES)
    assert time.monotonic() - began < 30


def test_every_sentence_belongs_to_a_code_that_some_reader_makes():
    package = Path(findings.__file__).parent
    sources = "".join(
        path.read_text(encoding="utf-8")
        for folder in (package, package.parent)
        for path in folder.glob("*.py")
        if path.name != "findings.py"
    )
    unused = [code for code in MESSAGES if sources.count(f'"{code}"') == 0]
    assert unused == []


def test_mark_of_an_old_end_of_file_does_not_hide_the_next_statement():
    two = MT940.rstrip(b"\r\n") + b"\r\n\x1a" + MT940.replace(b"0123456601", b"0123456602")
    assert len(read_statements(two, "x").statements) == 2


def test_message_as_fints_delivers_it_in_one_line_is_read():
    joined = MT940.replace(b"\r\n", b"\n").strip(b"\n").replace(b"\n", b"@@")
    assert len(read_statements(joined, "x").statements) == 1


PAIN = (
    b'<Document xmlns="urn:iso:std:iso:20022:tech:xsd:pain.008.001.08">'
    b"<CstmrDrctDbtInitn/></Document>"
)


@pytest.mark.parametrize(
    ("data", "name"),
    [(PAIN, "pain.008"),
     (b'<n:nachricht.gds.x xmlns:n="http://www.xjustiz.de"/>', "XJustiz"),
     (b"{1:F01X}{2:I103Y}{4:\n:20:1\n:32A:261102EUR10,00\n-}", "MT103"),
     (b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n1 0 obj", "PDF")],
)  # fmt: skip
def test_a_file_of_another_kind_is_refused_by_its_name(data, name):
    read = read_statements(data, "file")
    assert [(each.code, each.params) for each in read.findings] == [
        ("not_a_bank_statement", {"root": name})
    ]
