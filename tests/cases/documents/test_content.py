"""What a document is, its bytes say; its name never counts."""

import pytest

from cases.documents.content import (
    DOCX,
    JPEG,
    PDF,
    PNG,
    TEXT,
    DocumentEmpty,
    DocumentRefused,
    recognise_document,
)
from tests.factories import documents as samples


@pytest.mark.parametrize(
    ("data", "media_type"),
    [
        pytest.param(samples.PDF, PDF, id="PDF"),
        pytest.param(b"\r\n" + samples.PDF, PDF, id="PDF behind a blank line"),
        pytest.param(samples.PNG, PNG, id="PNG"),
        pytest.param(samples.JPEG, JPEG, id="JPEG"),
        pytest.param(samples.docx(), DOCX, id="DOCX"),
        pytest.param(samples.TEXT, TEXT, id="text in a Windows encoding"),
        pytest.param(b"<script>alert(1)</script>", TEXT, id="a web page is text, a download only"),
    ],
)
def test_known_formats(data, media_type):
    assert recognise_document(data, "brief.exe") == media_type


@pytest.mark.parametrize("data", [
    pytest.param(samples.docx("xl/workbook.xml"), id="another archive"),
    pytest.param(b"PK\x03\x04 broken", id="a broken archive"),
    pytest.param(b"MZ\x90\x00", id="a program"),
    pytest.param(b"#!/bin/sh\n", id="a script"),
    pytest.param(b"GIF89a\x01\x00", id="a picture of another kind"),
    pytest.param(b"a\0b", id="no text"),
    pytest.param(b"%PDF-1.7\n%%EOF\n", id="the head of a PDF with nothing behind it"),
    pytest.param(samples.PDF[:120], id="a PDF that was cut off"),
    pytest.param(samples.PDF + b"X5O!P%@AP[4\\PZX54(P^)7CC)7}$EICAR-STANDARD-ANTIVIRUS-TEST-FILE!"
                 + b"$H+H*", id="the scanners' test string"),
])  # fmt: skip
def test_everything_else_is_refused(data):
    with pytest.raises(DocumentRefused) as refused:
        recognise_document(data, "vertrag.pdf")
    assert refused.value.params == {"name": "vertrag.pdf"}


def test_an_empty_file_is_no_document():
    with pytest.raises(DocumentEmpty):
        recognise_document(b"", "leer.pdf")
