"""HTML to PDF: the one place that knows WeasyPrint.

The bytes are deterministic: fonts come with the program, nothing is fetched from elsewhere, and
neither the clock nor chance enters the file.
"""

import hashlib
from functools import cache
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

import weasyprint
import weasyprint.urls
from weasyprint.text.fonts import FontConfiguration

FOLDER = Path(__file__).parent
#: Archival form with embedded fonts and searchable text. Law: ISO 19005-3 (PDF/A-3u).
VARIANT = "pdf/a-3u"


class ForeignAddress(Exception):
    """A letter asked for something outside the program's own fonts and styles."""


def render_pdf(html: str, stylesheet: str = "letter.css") -> bytes:
    """Set a document; the same HTML gives the same bytes."""
    sheet, fonts = _style(stylesheet)
    base = FOLDER.as_uri() + "/"
    document: Any = weasyprint.HTML(string=html, base_url=base, url_fetcher=_FETCHER)
    pdf: bytes = document.write_pdf(
        stylesheets=[sheet],
        font_config=fonts,
        pdf_variant=VARIANT,
        pdf_identifier=hashlib.sha256(html.encode()).digest()[:16],
    )
    return pdf


@cache
def _style(name: str) -> tuple[Any, Any]:
    """A parsed stylesheet with its fonts, kept for the life of the worker."""
    fonts: Any = FontConfiguration()
    path = FOLDER / "templates" / name
    sheet: Any = weasyprint.CSS(filename=str(path), font_config=fonts, url_fetcher=_FETCHER)
    return sheet, fonts


class _PackagedOnly(weasyprint.urls.URLFetcher):  # type: ignore[misc] # The library is untyped.
    """Only fonts of this folder: a debtor's or creditor's text can never make us fetch."""

    def fetch(self, url: str, headers: Any = None) -> Any:
        parts = urlsplit(url)
        path = Path(unquote(parts.path)).resolve()
        if parts.scheme == "file" and path.is_relative_to(FOLDER / "fonts") and path.is_file():
            return weasyprint.urls.URLFetcherResponse(url, path.read_bytes())
        raise ForeignAddress(parts.scheme)


_FETCHER = _PackagedOnly(fail_on_errors=True)
