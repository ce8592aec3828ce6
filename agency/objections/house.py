"""How the house verifies objections: its periods and limits, and the indicators as rows of data."""

from typing import Any

from flask import Blueprint, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext
from marshmallow import Schema, fields, post_load, validate

from cases.core.database import transaction
from cases.core.errors import Refusal
from cases.objections import settings
from cases.objections.indicators import RuleUnreadable, SpeaksFor, Weight, shipped_rules
from cases.objections.measures import MEASURES
from cases.objections.models import ObjectionKind
from cases.objections.settings import NewRule
from portal.access import may
from portal.shell.errors import say
from portal.shell.forms import Amount, Errors, load_form
from portal.shell.opened import ChangedByOther, opened, require_unchanged
from portal.shell.pages import done, page, see_other
from portal.wording import choices

blueprint = Blueprint("objection_house", __name__)
DAYS = validate.Range(min=1, max=90)


class SettingsSchema(Schema):
    """What a house decides about verification; every field is a column."""

    answer_days = fields.Integer(required=True, validate=DAYS)
    evidence_days = fields.Integer(required=True, validate=DAYS)
    reminder_days = fields.Integer(required=True, validate=DAYS)
    second_person_cents = Amount(load_default=None, zero=True)
    looks_elsewhere = fields.Boolean(load_default=False)


class RuleSchema(Schema):
    """An indicator that a house adds."""

    kind = fields.Enum(ObjectionKind, by_value=True, load_default=None)
    condition = fields.String(required=True)
    speaks_for = fields.Enum(SpeaksFor, by_value=True, required=True)
    weight = fields.Enum(Weight, by_value=True, required=True)
    law = fields.String(load_default="")
    german = fields.String(required=True)
    english = fields.String(required=True)

    @post_load
    def build(self, data: dict[str, Any], **_: Any) -> NewRule:
        kind = data.pop("kind")
        return NewRule(kinds=kind.value if kind else "*", **data)


@blueprint.get("/house/objections")
@may("settings.edit")
def show() -> ResponseReturnValue:
    """Periods, limits and all indicators, shipped and added."""
    return _page(_shown(), {}, {})


@blueprint.post("/house/objections")
@may("settings.edit")
def save() -> ResponseReturnValue:
    """Keep periods and limits; they count from now on. Answers 422 for a wrong value."""
    wanted, errors = load_form(SettingsSchema(), request.form)
    if wanted is not None:
        try:
            with transaction():
                now = settings.lock_settings()
                require_unchanged(
                    "objection_house", _values(now), ("objection_settings", 1),
                    "objection_settings.changed",
                )  # fmt: skip
                settings.change_settings(**wanted)
        except ChangedByOther as changed:
            errors = changed.errors
        else:
            done(gettext("Saved. It counts for objections from now on."))
            return see_other("objection_house.show")
    return _page(request.form, {}, errors)


@blueprint.post("/house/objections/rules")
@may("settings.edit")
def add() -> ResponseReturnValue:
    """Add an indicator; answers 422 when its condition cannot be read."""
    rule, errors = load_form(RuleSchema(), request.form)
    if rule is not None:
        try:
            with transaction():
                settings.add_rule(rule)
        except RuleUnreadable as refusal:
            errors = {"condition": [say(refusal)]}
        except Refusal as refusal:
            errors = {"german": [say(refusal)]}
        else:
            done(gettext("The indicator is added; it appears where its condition holds."))
            return see_other("objection_house.show")
    return _page(_shown(), request.form, errors)


@blueprint.post("/house/objections/rules/<rule_public_id>/end")
@may("settings.edit")
def end(rule_public_id: str) -> ResponseReturnValue:
    """Switch an indicator of the house off."""
    with transaction():
        settings.end_rule(rule_public_id)
    done(gettext("The indicator is switched off."))
    return see_other("objection_house.show")


def _shown() -> dict[str, Any]:
    return _values(settings.get_settings())


def _values(row: Any) -> dict[str, Any]:
    return {name: getattr(row, name) for name in SettingsSchema().fields}


def _page(values: Any, rule: Any, errors: Errors) -> ResponseReturnValue:
    return page(
        "agency/objections/house.html",
        status=422 if errors else 200,
        values=values,
        rule=rule,
        errors=errors,
        opened=opened("objection_house", _shown()),
        shipped=shipped_rules(),
        added=settings.list_house_indicators(),
        measures=sorted(MEASURES),
        kinds=choices(ObjectionKind),
        directions=choices(SpeaksFor),
        weights=choices(Weight),
    )
