"""Letters as HTML: an environment of their own in which a missing value fails.

The content is plain data (JSON), frozen when the letter is released; templates only lay it out.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any

from babel.dates import format_date
from babel.numbers import format_currency, format_decimal
from jinja2 import Environment, FileSystemLoader, StrictUndefined, pass_context
from jinja2.runtime import Context
from lxml import html as lxml_html

TEMPLATES = Path(__file__).parent / "templates"
#: Raised whenever the wording or layout of a template changes; kept with every letter.
VERSION = "1"

WORDS = {
    "de": {
        "registration": "Registrierte Inkassodienstleisterin (§ 10 RDG)",
        "vat_id": "USt-IdNr.",
        "trust_account": "Fremdgeldkonto",
        "case_number": "Aktenzeichen",
        "letter_number": "Brief",
        "date": "Datum",
        "handler": "Es schreibt Ihnen",
        "phone": "Durchwahl",
        "email": "E-Mail",
        "statement": "Forderungsaufstellung",
        "as_of": "Stand",
        "creditor": "Gläubiger",
        "debtor": "Schuldner",
        "per_day": "Zinsen für jeden weiteren Tag:",
    },
    "en": {
        "registration": "Registered collection agency (section 10 RDG)",
        "vat_id": "VAT id",
        "trust_account": "Trust account",
        "case_number": "Case number",
        "letter_number": "Letter",
        "date": "Date",
        "handler": "Your contact",
        "phone": "Direct phone",
        "email": "E-mail",
        "statement": "Statement of claim",
        "as_of": "As of",
        "creditor": "Creditor",
        "debtor": "Debtor",
        "per_day": "Interest of each further day:",
    },
}


@cache
def _environment(language: str) -> Environment:
    environment = Environment(
        loader=FileSystemLoader([TEMPLATES / language, TEMPLATES]),
        autoescape=True,
        undefined=StrictUndefined,
    )
    locale = {"de": "de_DE", "en": "en_IE"}[language]

    @pass_context
    def money(context: Context, cents: int) -> str:
        """An amount in the currency that the letter is about."""
        currency = context.get("currency", "EUR")
        return format_currency(Decimal(cents).scaleb(-2), currency, locale=locale)

    @pass_context
    def money_exact(context: Context, cents: str) -> str:
        pattern = "#,##0.0000\xa0¤" if language == "de" else "¤#,##0.0000"
        currency = context.get("currency", "EUR")
        return format_currency(
            Decimal(cents).scaleb(-2), currency, pattern, locale=locale, currency_digits=False
        )

    def percent(rate: str) -> str:
        return f"{format_decimal(Decimal(rate), '#,##0.00', locale=locale)}\xa0%"

    def day(iso: str | None) -> str:
        pattern = "dd.MM.yyyy" if language == "de" else "d MMM yyyy"
        return format_date(date.fromisoformat(iso), pattern, locale=locale) if iso else "–"

    def iban(value: str) -> str:
        return "\xa0".join(value[i : i + 4] for i in range(0, len(value), 4))

    environment.filters.update(
        money=money, money_exact=money_exact, percent=percent, day=day, iban=iban
    )
    return environment


def render_html(template: str, content: Mapping[str, Any]) -> str:
    """The letter as HTML; raises UndefinedError if the content lacks anything."""
    language = content["language"]
    page = _environment(language).get_template(f"{template}.html")
    # No line ends between the sign and the number of a section.
    return page.render(**content, words=WORDS[language]).replace("§ ", "§\N{NO-BREAK SPACE}")


@dataclass(frozen=True, slots=True)
class Shown:
    """What a rendered letter really shows: its text, and the words of each marked element."""

    text: str
    elements: Mapping[str, str]


def read_back(html: str) -> Shown:
    """Read a rendered letter back, so that its duties are checked on what the debtor will see."""
    body: Any = lxml_html.fromstring(html).find("body")
    elements: dict[str, str] = {}
    for marked in body.iter():
        name = marked.get("data-duty")
        if name is not None and name not in elements:
            content = " ".join(str(marked.text_content()).split())
            elements[name] = content or ("picture" if len(marked) else "")
    return Shown(" ".join(str(body.text_content()).split()), elements)
