"""Letters as HTML: an environment of their own in which a missing value fails.

The content is plain data (JSON), frozen when the letter is released; templates only lay it out.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

from babel.dates import format_date
from jinja2 import Environment, FileSystemLoader, StrictUndefined, pass_context
from jinja2.runtime import Context
from lxml import html as lxml_html
from markupsafe import Markup

from cases.letters import money_words
from cases.letters.mark import draw_mark

#: Longer words in a table may be broken: a column is not as wide as a page.
LONGEST_WORD = 22
TEMPLATES = Path(__file__).parent / "templates"
#: Raised whenever the wording or layout of a template changes; kept with every letter.
VERSION = "4"

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
        "seat": "Sitz",
        "managers": "Geschäftsführung",
        "board": "Vorstand",
        "chair": "Vorsitz des Aufsichtsrats",
        "partner": "Persönlich haftend",
        "attachments": "Anlagen",
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
        "seat": "seat",
        "managers": "Managing directors",
        "board": "Board",
        "chair": "Chair of the supervisory board",
        "partner": "Liable partner",
        "attachments": "Enclosures",
    },
}


@cache
def _environment(language: str) -> Environment:
    environment = Environment(
        loader=FileSystemLoader([TEMPLATES / language, TEMPLATES]),
        autoescape=True,
        undefined=StrictUndefined,
    )
    locale = money_words.LOCALES[language]

    @pass_context
    def money(context: Context, cents: int) -> str:
        """An amount in the currency that the letter is about."""
        return money_words.money(cents, context["currency"], language)

    @pass_context
    def money_exact(context: Context, cents: str) -> str:
        return money_words.money_exact(cents, context["currency"], language)

    def percent(rate: str) -> str:
        return money_words.percent(rate, language)

    def day(iso: str | None) -> str:
        pattern = "dd.MM.yyyy" if language == "de" else "d MMM yyyy"
        return format_date(date.fromisoformat(iso), pattern, locale=locale) if iso else "–"

    def long(value: str) -> Markup:
        """The class of a cell whose words may be broken, because one would not fit its column."""
        fits = all(len(word) <= LONGEST_WORD for word in value.split())
        return Markup("" if fits else ' class="w"')

    def iban(value: str) -> str:
        return "\xa0".join(value[i : i + 4] for i in range(0, len(value), 4))

    def mark(number: str) -> Markup:
        """The data matrix of a letter that has its number; a draft has none."""
        svg = draw_mark(number)  # Made of the number alone, which has the form of one.
        return Markup(f'<span class="mark">{svg}</span>' if svg else "")

    environment.filters.update(
        money=money,
        money_exact=money_exact,
        percent=percent,
        day=day,
        long=long,
        iban=iban,
        mark=mark,
    )
    return environment


def day_words(day: date, language: str) -> str:
    """A day as letters write it."""
    pattern = "dd.MM.yyyy" if language == "de" else "d MMM yyyy"
    return format_date(day, pattern, locale=money_words.LOCALES[language])


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
