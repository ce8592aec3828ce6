"""Base rates: the known half-years with their sources, a newer one, and what it changes."""

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from flask import Blueprint, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext
from marshmallow import Schema, ValidationError, fields, validate

from agency.refusals import at_field
from cases.core import clock
from cases.core.database import transaction
from cases.core.errors import Refusal
from cases.ledger.rate_effects import rate_report, rates_before
from cases.ledger.rates import (
    RateImplausible,
    RateLeavesGap,
    RateOfNoHalfYear,
    SourceMissing,
    enter_rate,
    house_rates,
    list_rates,
)
from portal.access import may
from portal.shell.forms import Day, Errors, load_form
from portal.shell.pages import done, invalid, page, see_other

blueprint = Blueprint("rates", __name__)
FIELDS: Mapping[type[Refusal], str] = {
    RateOfNoHalfYear: "valid_from",
    RateLeavesGap: "valid_from",
    RateImplausible: "rate_percent",
    SourceMissing: "source",
}


class Percent(fields.Field[Decimal]):
    """A rate as people type it: 1,52 or 1.52."""

    def _deserialize(self, value: Any, *args: Any, **options: Any) -> Decimal:
        text = str(value).replace("%", "").replace("−", "-").replace(",", ".").strip()
        whole, _, places = text.removeprefix("-").partition(".")
        if not whole.isdecimal() or (places and not places.isdecimal()):
            raise ValidationError(gettext("Please enter a number."))
        return Decimal(text)


class RateSchema(Schema):
    """A base rate with its source."""

    valid_from = Day(required=True)
    rate_percent = Percent(required=True)
    source = fields.String(required=True, validate=validate.Length(min=5, max=300))


@blueprint.get("/rates")
@may("case.view")
def index() -> ResponseReturnValue:
    """The known half-years, newest first."""
    return page("agency/rates/index.html", **_context({}, {}))


@blueprint.post("/rates")
@may("rate.edit")
def enter() -> ResponseReturnValue:
    """Enter a half-year; answers 422 when it cannot be used."""
    labels = {
        "valid_from": gettext("Valid from"),
        "rate_percent": gettext("Base rate"),
        "source": gettext("Source"),
    }
    wish, errors = load_form(RateSchema(), request.form, labels)
    if wish is not None:
        before = house_rates()
        try:
            with transaction():
                row = enter_rate(wish["valid_from"], wish["rate_percent"], wish["source"])
        except Refusal as refusal:
            errors = at_field(refusal, FIELDS)
        else:
            report = rate_report(row.valid_from, before, house_rates(), clock.today())
            done(gettext("Base rate entered. Interest of %(count)s cases changes.",
                         count=len(report.rows)))  # fmt: skip
            return see_other("rates.changes", valid_from=row.valid_from.isoformat())
    return invalid("agency/rates/index.html", **_context(request.form, errors))


@blueprint.get("/rates/changes/<valid_from>")
@may("case.view")
def changes(valid_from: str) -> ResponseReturnValue:
    """Which cases a half-year's rate changes, against the table without it."""
    day, before = rates_before(valid_from)
    report = rate_report(day, before, house_rates(), clock.today())
    return page("agency/rates/changes.html", report=report, rows=report.rows, valid_from=day)


def _context(values: Mapping[str, Any], errors: Errors) -> dict[str, Any]:
    return {
        "rates": list_rates(),
        "known_until": house_rates().known_until,
        "today_on": clock.today(),
        "values": values,
        "errors": errors,
    }
