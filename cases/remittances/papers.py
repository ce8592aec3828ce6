"""How settlements and invoices are dated and laid out; a missing value fails."""

from datetime import date
from functools import cache
from pathlib import Path

from babel.dates import format_date
from jinja2 import Environment, FileSystemLoader, StrictUndefined, pass_context
from jinja2.runtime import Context

from cases.core import clock
from cases.core.database import db
from cases.letters import money_words
from cases.remittances.models import PayoutRun, Remittance

TEMPLATES = Path(__file__).parent / "templates"


def settled_on(remittance: Remittance) -> date:
    """The day of the papers: that of the release, whenever a worker puts them on paper."""
    released_at = db.session.get_one(PayoutRun, remittance.run_id).released_at
    return clock.local(released_at).date() if released_at else clock.today()


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
