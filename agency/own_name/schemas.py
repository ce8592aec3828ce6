"""What a client agreed to, as the form has it."""

from typing import Any

from marshmallow import Schema, fields, post_load, validate

from cases.strategies.own_name.rules import LONGEST, Rule, Rules
from portal.shell.forms import Amount, Day

CLASSES = ("person", "company")


def _days() -> fields.Integer:
    return fields.Integer(load_default=0, validate=validate.Range(0, LONGEST))


class TermsSchema(Schema):
    """Day of the agreement, whether it runs, and the days of both classes."""

    agreed_on = Day(load_default=None)
    active = fields.Boolean(load_default=False)
    person_before = _days()
    person_after = _days()
    person_from_cents = Amount(load_default=0, zero=True)
    company_before = _days()
    company_after = _days()
    company_from_cents = Amount(load_default=0, zero=True)

    @post_load
    def build(self, data: dict[str, Any], **_: Any) -> dict[str, Any]:
        rules = [
            Rule(data[f"{name}_before"], data[f"{name}_after"], data[f"{name}_from_cents"])
            for name in CLASSES
        ]
        return {
            "agreed_on": data["agreed_on"], "active": data["active"], "rules": Rules(*rules),
        }  # fmt: skip


class ListSchema(Schema):
    """The day that a list is of."""

    as_of = Day(required=True)


def shown(agreed_on: Any, rules: Rules, *, active: bool) -> dict[str, Any]:
    """What the form shows of terms."""
    values: dict[str, Any] = {"agreed_on": agreed_on, "active": "1" if active else ""}
    for name, rule in zip(CLASSES, (rules.person, rules.company), strict=True):
        values |= {
            f"{name}_before": rule.before_days,
            f"{name}_after": rule.after_days,
            f"{name}_from_cents": rule.from_cents,
        }
    return values
