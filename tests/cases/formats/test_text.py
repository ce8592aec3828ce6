"""Which encoding a text file has."""

import pytest

from cases.formats.text import decode

TEXT = "Straße;Größe\nMüller;1 €\n"


@pytest.mark.parametrize(("data", "encoding"), [
    pytest.param(TEXT.encode(), "utf-8", id="UTF-8"),
    pytest.param(TEXT.encode("utf-8-sig"), "utf-8-sig", id="UTF-8 with mark"),
    pytest.param(TEXT.encode("cp1252"), "cp1252", id="Windows-1252"),
    pytest.param(TEXT.encode("utf-16"), "utf-16", id="UTF-16 with mark"),
    pytest.param(TEXT.encode("utf-16-le"), "utf-16-le", id="UTF-16 without mark"),
    pytest.param(TEXT.encode("utf-16-be"), "utf-16-be", id="UTF-16, big end first, without mark"),
])  # fmt: skip
def test_text_is_decoded(data, encoding):
    decoded = decode(data)
    assert (decoded.text, decoded.encoding, decoded.findings) == (TEXT, encoding, ())


def test_mixed_lines_are_read_each_as_written():
    decoded = decode("Müller\n".encode() + "Größe\n".encode("cp1252"))
    assert decoded.text == "Müller\nGröße\n"
    assert [(each.code, each.line) for each in decoded.findings] == [("encoding_mixed", 2)]


def test_dos_code_page_is_read_where_everyday_words_prove_it_and_said():
    decoded = decode("Name\nMüller\n".encode("cp850"))
    assert decoded.text == "Name\nMüller\n"
    assert [(each.code, each.line) for each in decoded.findings] == [("encoding_old", 2)]


def test_dos_code_page_is_not_guessed_but_reported():
    decoded = decode("Name\nQüxzb\n".encode("cp850"))
    assert [(each.code, each.line) for each in decoded.findings] == [("encoding_unclear", 2)]


def test_nul_never_gets_through():
    decoded = decode(b"Name\nMax\0Mustermann\n")
    assert "\0" not in decoded.text
    assert [(each.code, each.line) for each in decoded.findings] == [("nul_removed", 2)]
