"""HTML to PDF: the one place that knows WeasyPrint.

The bytes are deterministic: fonts come with the program, nothing is fetched from elsewhere, and
neither the clock nor chance enters the file. The libraries are imported by the first document:
they take half a second and 60 MB, which only who sets or counts pages shall pay.
"""

import atexit
import hashlib
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cache, lru_cache
from io import BytesIO
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

FOLDER = Path(__file__).parent
#: Archival form with embedded fonts and searchable text. Law: ISO 19005-3 (PDF/A-3u).
VARIANT = "pdf/a-3u"
#: A file inside has no time of its own, so that the bytes stay the same.
NO_TIME = datetime(2000, 1, 1, tzinfo=UTC)


class ForeignAddress(Exception):
    """A document asked for something outside the program's own fonts."""


@dataclass(frozen=True, slots=True)
class Embedded:
    """A file inside the document, with what its metadata say of it."""

    name: str
    data: bytes
    xmp: bytes


def render_pdf(
    html: str, stylesheet: str = "letter.css", embedded: Embedded | None = None
) -> bytes:
    """Set a document; the same HTML and file inside give the same bytes."""
    return render_pages(html, stylesheet, embedded)[0]


def render_pages(
    html: str, stylesheet: str = "letter.css", embedded: Embedded | None = None
) -> tuple[bytes, int]:
    """The same, with the number of its pages: whoever sets it need not read it again."""
    import weasyprint

    sheet, fonts = _style(stylesheet)
    base = FOLDER.as_uri() + "/"
    document: Any = weasyprint.HTML(string=html, base_url=base, url_fetcher=_fetcher())
    try:
        options: dict[str, Any] = {
            **weasyprint.DEFAULT_OPTIONS,
            "stylesheets": [sheet],
            "pdf_variant": VARIANT,
            "pdf_identifier": hashlib.sha256(html.encode()).digest()[:16],
            "attachments": [_attachment(embedded)] if embedded else None,
            "xmp_metadata": [BytesIO(embedded.xmp)] if embedded else None,
        }
        laid_out = document.render(font_config=fonts, **options)
        pdf: bytes = laid_out.write_pdf(**options)
    except weasyprint.urls.FatalURLFetchingError as error:  # A BaseException of the library.
        raise ForeignAddress from error
    return pdf, len(laid_out.pages)


@lru_cache(maxsize=32)
def render_preview(html: str) -> bytes:
    """The same for a page that is looked at again and again: set once for each content."""
    return render_pdf(html)


def count_pages(pdf: bytes) -> int:
    """How many sides of paper a document fills."""
    from pypdf import PdfReader

    return len(PdfReader(BytesIO(pdf)).pages)


def is_printable(pdf: bytes) -> bool:
    """Whether a document can be opened without a password and has a page."""
    from pypdf import PdfReader

    try:
        reader = PdfReader(BytesIO(pdf))
        return not reader.is_encrypted and len(reader.pages) > 0
    except Exception:  # Whatever a stranger's file makes the library stumble over.
        return False


def give_back() -> None:
    """Forget styles and fonts; the library has copied the fonts into a folder of the system's."""
    _style.cache_clear()


def _attachment(embedded: Embedded) -> Any:
    """The file as another form of the same document. Law: ISO 19005-3, annex E."""
    import weasyprint

    return weasyprint.Attachment(
        string=embedded.data, name=embedded.name, relationship="Alternative",
        created=NO_TIME, modified=NO_TIME, url_fetcher=_fetcher(),
    )  # fmt: skip


@cache
def _style(name: str) -> tuple[Any, Any]:
    """A parsed stylesheet with its fonts, kept for the life of the worker."""
    import weasyprint
    from weasyprint.text.fonts import FontConfiguration

    atexit.register(give_back)
    fonts: Any = FontConfiguration()
    path = FOLDER / "templates" / name
    sheet: Any = weasyprint.CSS(filename=str(path), font_config=fonts, url_fetcher=_fetcher())
    return sheet, fonts


@cache
def _fetcher() -> Any:
    """Only fonts of this folder: a debtor's or creditor's text can never make us fetch."""
    from weasyprint.urls import URLFetcher, URLFetcherResponse

    class PackagedOnly(URLFetcher):  # type: ignore[misc] # The library is untyped.
        def fetch(self, url: str, headers: Any = None) -> Any:
            parts = urlsplit(url)
            path = Path(unquote(parts.path)).resolve()
            if parts.scheme == "file" and path.is_relative_to(FOLDER / "fonts") and path.is_file():
                return URLFetcherResponse(url, path.read_bytes())
            raise ForeignAddress(parts.scheme)

    return PackagedOnly(fail_on_errors=True)
