"""How well objections are verified: by creditor, product, reason and indicator."""

from datetime import date, timedelta
from typing import Any

from flask import Blueprint, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from cases.claims.limitation_words import KIND_WORDS
from cases.core import clock
from cases.objections.complaints.services import count_causes
from cases.objections.indicators import shipped_rules
from cases.objections.models import ObjectionKind
from cases.objections.settings import list_house_indicators
from cases.parties.queries import get_creditor
from cases.recoveries.objection_quality import Decided, Quality, kept_rate, list_decided, measure
from portal.access import may
from portal.shell.formatting import language
from portal.shell.pages import page
from portal.shell.typed import NotUnderstood, parse_date
from portal.shell.wording import said
from portal.wording import word

blueprint = Blueprint("objection_quality", __name__)
YEAR = timedelta(days=365)


@blueprint.get("/objections/quality")
@may("report.view")
def show() -> ResponseReturnValue:
    """Shares with n and range; the verdict counts on the day it was first given."""
    last_day = _day("until", clock.today())
    first_day = _day("since", last_day - YEAR)
    rows = list_decided(first_day, last_day)
    kept, due = kept_rate(first_day, last_day)
    return page(
        "agency/objections/quality.html",
        first_day=first_day,
        last_day=last_day,
        all=measure(rows, lambda row: [gettext("All objections")]),
        groups=[
            (gettext("By reason"), measure(rows, lambda row: [row.kind]), _reason),
            (gettext("By creditor"), measure(rows, lambda row: [str(row.creditor_id)]), _creditor),
            (gettext("By kind of claim"), measure(rows, lambda row: [row.product]), _product),
            (gettext("By indicator"), measure(rows, _indicators), _indicator()),
        ],
        kept=kept,
        due=due,
        causes=count_causes(first_day),
    )


def _indicators(row: Decided) -> tuple[str, ...]:
    return row.indicators


def _day(name: str, otherwise: date) -> date:
    try:
        return parse_date(request.args.get(name, ""), clock.today())
    except NotUnderstood:
        return otherwise


def _reason(group: Quality) -> str:
    return word(ObjectionKind(group.key))


def _creditor(group: Quality) -> str:
    return get_creditor(int(group.key)).name


def _product(group: Quality) -> str:
    found: Any = KIND_WORDS.get(group.key)
    return said(found) if found else gettext("Kind not named")


def _indicator() -> Any:
    known = {rule.code: said(rule.words) for rule in shipped_rules()}
    for one in list_house_indicators():
        known[f"house_{one.id}"] = one.german if language() == "de" else one.english
    return lambda group: known.get(group.key, group.key)
