"""How the pages of a court file are set: tables, readable court files, contents, sheet numbers."""

import io
from collections.abc import Sequence
from dataclasses import dataclass
from html import escape
from typing import Any

from cases.letters.pdf import count_pages, render_pdf

STYLESHEET = "court_file.css"


@dataclass(frozen=True, slots=True)
class Document:
    """One document of the court file."""

    title: str
    filename: str
    pdf: bytes


def join_documents(title: str, documents: Sequence[Document]) -> bytes:
    """One file with a bookmark for each document, a table of contents, and numbered sheets.

    The contents come first, and the sheets of all documents are counted through. Deterministic.
    """
    from pypdf import PdfReader, PdfWriter  # Large; most processes join no files.

    lengths = [count_pages(each.pdf) for each in documents]
    before = count_pages(_contents(title, documents, [1 for _ in documents]))
    starts = [before + 1 + sum(lengths[:i]) for i in range(len(lengths))]
    first = Document("Inhalt", "Inhalt", _contents(title, documents, starts))
    writer = PdfWriter()
    for document in (first, *documents):
        start = len(writer.pages)
        writer.append(PdfReader(io.BytesIO(document.pdf)), import_outline=False)
        writer.add_outline_item(title=document.title, page_number=start)
    stamps: Any = PdfReader(io.BytesIO(_stamps(title, len(writer.pages)))).pages
    for page, stamp in zip(writer.pages, stamps, strict=True):
        page.merge_page(stamp)
    writer.add_metadata({"/Title": title, "/Producer": "Recoup"})
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


def _contents(title: str, documents: Sequence[Document], starts: Sequence[int]) -> bytes:
    rows = "".join(
        f'<tr><th class="wide">{escape(each.title)}</th><td class="n">{start}</td></tr>'
        for each, start in zip(documents, starts, strict=True)
    )
    head = '<tr><th class="wide">Inhalt</th><td class="n">Blatt</td></tr>'
    return set_page(title, f'<table class="contents">{head}{rows}</table>')


def _stamps(title: str, sheets: int) -> bytes:
    """Empty pages but for the number of the sheet, laid over the pages of the file."""
    pages = "".join(
        f'<p class="sheet">{escape(title)}, Blatt {n} von {sheets}</p>'
        for n in range(1, sheets + 1)
    )
    return render_pdf(f'<html lang="de"><body class="stamps">{pages}</body></html>', STYLESHEET)


def set_table(title: str, rows: Sequence[tuple[str, str]]) -> bytes:
    """Names and values."""
    body = "".join(
        f"<tr><th>{escape(name)}</th><td>{escape(value)}</td></tr>" for name, value in rows
    )
    return set_page(title, f"<table>{body}</table>")


def set_amounts(title: str, rows: Sequence[tuple[str, str]]) -> bytes:
    """What happened, and its amount at the right; the last row is the sum."""
    body = "".join(
        f'<tr><th class="wide">{escape(words)}</th><td class="n">{escape(amount)}</td></tr>'
        for words, amount in rows
    )
    return set_page(title, f'<table class="amounts">{body}</table>')


def set_text(title: str, text: str) -> bytes:
    """Lines of a readable court file: a label with its value is a row, all else a heading."""
    body = []
    for line in text.splitlines():
        name, colon, value = line.strip().partition(":")
        if line.startswith("  ") and colon:
            row = f"<tr><th>{escape(name)}</th><td>{escape(value.strip())}</td></tr>"
            body.append(f"<table>{row}</table>")
        elif line.strip():
            body.append(f"<h2>{escape(line.strip(' -'))}</h2>")
    return set_page(title, "".join(body))


def set_page(title: str, body: str) -> bytes:
    """A document of the court file."""
    html = (
        f'<html lang="de"><head><title>{escape(title)}</title></head>'
        f"<body><h1>{escape(title)}</h1>{body}</body></html>"
    )
    return render_pdf(html, STYLESHEET)
