"""Zinsrechner, Kostenrechner, Fristenrechner: one question by address, answered with every step.

All of them are GET forms, so that a calculation can be kept as a link; nothing is stored.
"""

from collections.abc import Callable, Mapping
from typing import Any

from flask import Blueprint, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext, lazy_gettext
from marshmallow import Schema

from agency.calculators import answers
from agency.calculators.schemas import CostsSchema, DeadlineSchema, InterestSchema
from legal.errors import LawError
from portal.access import may
from portal.shell.forms import Errors, load_form
from portal.shell.pages import page

blueprint = Blueprint("calculators", __name__)
answers.register(blueprint)

#: Calculator -> its name, the form, and the law behind it.
CALCULATORS: dict[str, tuple[Any, type[Schema], Callable[[Any], Any]]] = {
    "interest": (lazy_gettext("Interest"), InterestSchema, answers.interest),
    "costs": (lazy_gettext("Costs"), CostsSchema, answers.costs),
    "deadline": (lazy_gettext("Deadline"), DeadlineSchema, answers.deadline),
}
LABELS = {
    "principal_cents": lazy_gettext("Principal"),
    "value_cents": lazy_gettext("Value"),
    "first_day": lazy_gettext("First day"),
    "last_day": lazy_gettext("Last day"),
    "law_date": lazy_gettext("Day of the order"),
    "event_on": lazy_gettext("Day of the event"),
    "count": lazy_gettext("Length"),
}


@blueprint.get("/calculators")
@may("calculator.use")
def show() -> ResponseReturnValue:
    """The calculator that `?of=` names, with its answer once the form is filled in."""
    name = request.args.get("of", "interest")
    name = name if name in CALCULATORS else "interest"
    _, schema, calculate = CALCULATORS[name]
    asked = len(set(request.args) - {"of"}) > 0
    answer, errors = _answer(schema(), calculate) if asked else (None, {})
    return page(
        "agency/calculators/show.html",
        status=422 if errors else 200,
        of=name,
        names=[(key, label) for key, (label, _, _) in CALCULATORS.items()],
        answer=answer,
        values=request.args if asked else _defaults(),
        errors=errors,
        choices=answers.choices(),
    )


def _answer(schema: Schema, calculate: Callable[[Any], Any]) -> tuple[Any, Errors]:
    question, errors = load_form(schema, request.args, LABELS)
    if question is None:
        return None, errors
    try:
        return calculate(question), {}
    except LawError as error:
        return None, {error.field or "_form": [gettext(str(error))]}


def _defaults() -> Mapping[str, Any]:
    """What most people ask; the rest they type."""
    return {"debtor": "consumer", "item": "VV2300", "rate": "0.9", "unit": "weeks", "place": "DE"}
