"""Uploads are opened safely or refused with a reason; memory and time stay small."""

import io
import time
import zipfile

import pytest

from cases.formats import gate, xml
from cases.formats.archives import is_zip, read_each
from cases.formats.gate import Refused, check_size
from cases.formats.xml import parse_xml


def packed(*members, **options):
    """A ZIP archive of (name, content) pairs."""
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED, **options) as archive:
        for name, content in members:
            archive.writestr(name, content)
    return target.getvalue()


def refusal(call, *arguments):
    with pytest.raises(Refused) as caught:
        call(*arguments)
    return caught.value.finding.code


LAUGHS = (
    b"<!DOCTYPE lolz [<!ENTITY lol 'lol'>"
    + b"".join(f"<!ENTITY lol{n} '{f'&lol{n - 1 or str()};' * 10}'>".encode() for n in range(1, 10))
    + b"]><lolz>&lol9;</lolz>"
)


@pytest.mark.parametrize(
    ("data", "code"),
    [
        pytest.param(b"", "file_empty", id="nothing"),
        pytest.param(b" \r\n\x00", "file_empty", id="only blanks"),
        pytest.param(b"<a", "xml_malformed", id="cut off"),
        pytest.param(b"<a>" * 300 + b"</a>" * 300, "xml_malformed", id="nested too deep"),
        pytest.param(LAUGHS, "xml_doctype", id="billion laughs"),
        pytest.param(
            b"<?xml version='1.0'?>\n<!doctype a SYSTEM 'http://192.0.2.1:9/x'><a/>",
            "xml_doctype",
            id="external DTD, small letters",
        ),
        pytest.param(
            "<!DOCTYPE a [<!ENTITY x SYSTEM 'file:///etc/passwd'>]><a>&x;</a>".encode("utf-16"),
            "xml_doctype",
            id="external entity in UTF-16",
        ),
    ],
)
def test_dangerous_or_broken_xml_is_refused_at_once(data, code):
    began = time.monotonic()
    assert refusal(parse_xml, data) == code
    assert time.monotonic() - began < 1


def test_comment_in_front_of_a_doctype_does_not_hide_it():
    hidden = b"<!--" + b"x" * 5000 + b"--><!DOCTYPE a [<!ENTITY x 'y'>]><a>&x;</a>"
    assert refusal(parse_xml, hidden) == "xml_doctype"


def test_size_and_number_of_elements_are_limited(monkeypatch):
    monkeypatch.setattr(gate, "MAX_BYTES", 10)
    assert refusal(check_size, b"x" * 11) == "file_too_large"
    monkeypatch.undo()
    monkeypatch.setattr(xml, "MAX_TAGS", 3)
    assert refusal(parse_xml, b"<a><b/><b/><b/></a>") == "xml_too_many_elements"


def test_text_around_a_comment_stays_in_one_piece():
    assert parse_xml(b"<a>one<!-- x -->two<?p i?></a>")[0].text == "onetwo"


@pytest.mark.parametrize(
    ("data", "code"),
    [
        pytest.param(
            "<?xml version='1.0' encoding='x-unknown'?><a>Müller</a>".encode(),
            "xml_encoding_unknown",
            id="unknown encoding",
        ),
        pytest.param(
            "<?xml version='1.0' encoding='UTF-8'?><a>Müller</a>".encode("cp1252"),
            "xml_encoding_repaired",
            id="UTF-8 declared, Windows-1252 written",
        ),
    ],
)
def test_wrongly_declared_encoding_is_repaired_and_said(data, code):
    root, findings = parse_xml(data)
    assert root.text == "Müller"
    assert [each.code for each in findings] == [code]


def test_archive_gives_its_files_by_base_name():
    data = packed(("folder/a.xml", "<a/>"), ("b.xml", "<b/>"))
    assert is_zip(data)
    assert [(each.name, each.data) for each in read_each(data)] == [
        ("a.xml", b"<a/>"),
        ("b.xml", b"<b/>"),
    ]


@pytest.mark.parametrize(
    ("members", "code"),
    [
        pytest.param([("../../evil.xml", "x")], "archive_path", id="a path upwards"),
        pytest.param([("/etc/evil.xml", "x")], "archive_path", id="an absolute path"),
        pytest.param([("..\\evil.xml", "x")], "archive_path", id="a path upwards, backslash"),
        pytest.param([("C:\\evil.xml", "x")], "archive_path", id="a drive"),
        pytest.param([("inner.zip", packed(("a", "b")))], "archive_nested", id="an archive inside"),
        pytest.param([("inner.gz", b"\x1f\x8bxxxx")], "archive_nested", id="a gzip inside"),
    ],
)
def test_member_that_must_not_be_opened_is_named_and_harms_no_other(members, code):
    (bad, good) = read_each(packed(*members, ("good.xml", "<a/>")))
    assert bad.data is None
    assert [each.code for each in bad.findings] == [code]
    assert good.data == b"<a/>"


def test_link_is_not_followed():
    info = zipfile.ZipInfo("link.xml")
    info.external_attr = 0o120777 << 16
    (member,) = read_each(packed((info, "/etc/passwd")))
    assert member.data is None
    assert [each.code for each in member.findings] == ["archive_link"]


def test_two_files_of_one_name_are_both_read_and_reported():
    with pytest.warns(UserWarning, match="Duplicate name"):
        data = packed(("a.xml", "1"), ("a.xml", "2"))
    first, second = read_each(data)
    assert (first.data, first.findings) == (b"1", ())
    assert (second.data, [each.code for each in second.findings]) == (b"2", ["archive_name_twice"])


@pytest.mark.parametrize(
    ("data", "code"),
    [
        pytest.param(packed(("a", b"\0" * 60_000_000)), "archive_too_large", id="60 MB of zeros"),
        pytest.param(
            packed(("a", b"\0" * 2_000_000)), "archive_suspicious", id="packed too densely"
        ),
        pytest.param(
            packed(*((f"{n}", "x") for n in range(1001))), "archive_too_many", id="1,001 files"
        ),
        pytest.param(b"PK\x03\x04" + b"x" * 50, "archive_broken", id="no archive at all"),
    ],
)
def test_bombs_are_refused_before_they_are_unpacked(data, code):
    assert refusal(read_each, data) == code


def test_damaged_member_is_named():
    data = bytearray(packed(("a.xml", "<a/>" * 100)))
    data[40] ^= 0xFF
    (member,) = read_each(bytes(data))
    assert [each.code for each in member.findings] == ["archive_damaged"]


def test_member_without_a_name_does_not_crash_the_reader():
    data = packed(("a", b"x"))
    at = data.rindex(b"PK\x01\x02") + 28
    nameless = data[:at] + b"\x00\x00\x01\x00" + data[at + 4 :]
    assert all(each.data is None or each.data == b"x" for each in read_each(nameless))


def test_directory_that_lies_about_the_size_unpacks_no_more_than_it_says():
    data = bytearray(packed(("a.xml", b"x" * 900_000)))
    at = data.rindex(b"PK\x01\x02") + 24
    data[at : at + 4] = (10).to_bytes(4, "little")
    (member,) = read_each(bytes(data))
    assert member.data is None
