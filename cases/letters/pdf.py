"""HTML to PDF: the one place that knows WeasyPrint.

The bytes are deterministic: fonts come with the program, nothing is fetched from elsewhere, and
neither the clock nor chance enters the file. The libraries are imported by the first document:
they take half a second and 60 MB, which only who sets or counts pages shall pay.
"""

import atexit
import hashlib
from functools import cache
from io import BytesIO
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

FOLDER = Path(__file__).parent
#: Archival form with embedded fonts and searchable text. Law: ISO 19005-3 (PDF/A-3u).
VARIANT = "pdf/a-3u"


class ForeignAddress(Exception):
    """A letter asked for something outside the program's own fonts and styles."""


def render_pdf(html: str, stylesheet: str = "letter.css") -> bytes:
    """Set a document; the same HTML gives the same bytes."""
    import weasyprint

    sheet, fonts = _style(stylesheet)
    base = FOLDER.as_uri() + "/"
    document: Any = weasyprint.HTML(string=html, base_url=base, url_fetcher=_fetcher())
    pdf: bytes = document.write_pdf(
        stylesheets=[sheet],
        font_config=fonts,
        pdf_variant=VARIANT,
        pdf_identifier=hashlib.sha256(html.encode()).digest()[:16],
    )
    return pdf


def count_pages(pdf: bytes) -> int:
    """How many sides of paper a document fills."""
    from pypdf import PdfReader

    return len(PdfReader(BytesIO(pdf)).pages)


def give_back() -> None:
    """Forget styles and fonts; the library has copied the fonts into a folder of the system's."""
    _style.cache_clear()


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
