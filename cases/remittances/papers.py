"""The environment in which settlements and invoices are laid out; a missing value fails."""

from datetime import date
from functools import cache
from pathlib import Path

from babel.dates import format_date
from jinja2 import Environment, FileSystemLoader, StrictUndefined, pass_context
from jinja2.runtime import Context

from cases.letters import money_words

TEMPLATES = Path(__file__).parent / "templates"


@cache
def environment(language: str) -> Environment:
    """Templates with the filters `money` (in the document's `currency`) and `day`."""
    made = Environment(
        loader=FileSystemLoader(TEMPLATES), autoescape=True, undefined=StrictUndefined
    )

    @pass_context
    def money(context: Context, cents: int) -> str:
        return money_words.money(cents, context["currency"], language)

    def day(iso: str) -> str:
        pattern = "dd.MM.yyyy" if language == "de" else "d MMM yyyy"
        return format_date(date.fromisoformat(iso), pattern, locale=money_words.LOCALES[language])

    made.filters.update(money=money, day=day)
    return made
