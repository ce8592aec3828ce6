"""The editor's form: one set of fields for the strategy, one for each of its steps."""

from collections.abc import Mapping
from dataclasses import replace
from enum import StrEnum
from typing import Any

from marshmallow import Schema, fields, post_load, validate

from cases.claims.models import Purpose
from cases.parties.debtor_models import DebtorRisk, DebtorSize, Organisation, PayerType
from cases.parties.models import DebtorKind
from cases.strategies.steps import (
    LONGEST_WAIT,
    MOST_STEPS,
    STRONGEST,
    WRITTEN,
    Conditions,
    Plan,
    Step,
    StepChannel,
    new_key,
)
from portal.shell.forms import Amount, Errors, load_form

#: Before the name of a field: whose it is. The strategy's own stand behind `all`.
SEPARATOR = "-"
WHOLE = "all"
#: What is known of a debtor's class, in the order of `Conditions`.
CLASSES = ("organisation", "payer_type", "size", "risk")
YES_NO = {"yes": True, "no": False}


def _value_of(kind: type[StrEnum]) -> validate.OneOf:
    return validate.OneOf([each.value for each in kind])


class ConditionSchema(Schema):
    """For which cases; what is left empty is not asked."""

    amount_from = Amount(load_default=None, zero=True)
    amount_below = Amount(load_default=None)
    purpose = fields.String(load_default=None, validate=_value_of(Purpose))
    debtor_kind = fields.String(load_default=None, validate=_value_of(DebtorKind))
    language = fields.String(load_default=None, validate=validate.OneOf(["de", "en"]))
    phone_known = fields.Boolean(load_default=False)
    reminded = fields.String(load_default=None, validate=validate.OneOf(list(YES_NO)))
    organisation = fields.String(load_default=None, validate=_value_of(Organisation))
    payer_type = fields.String(load_default=None, validate=_value_of(PayerType))
    size = fields.String(load_default=None, validate=_value_of(DebtorSize))
    risk = fields.String(load_default=None, validate=_value_of(DebtorRisk))

    @post_load
    def build(self, data: dict[str, Any], **_: Any) -> Any:
        return conditions_of(data)


class StepSchema(ConditionSchema):
    """One step."""

    channel = fields.Enum(StepChannel, by_value=True, required=True)
    template = fields.String(load_default="")
    wait_days = fields.Integer(load_default=0, validate=validate.Range(0, LONGEST_WAIT))
    working_days = fields.Boolean(load_default=False)
    intensity = fields.Integer(load_default=1, validate=validate.Range(1, STRONGEST))
    tries = fields.Integer(load_default=3, validate=validate.Range(1, 10))
    reason = fields.String(load_default="", validate=validate.Length(max=300))

    @post_load
    def build(self, data: dict[str, Any], **_: Any) -> Any:
        own = ("channel", "template", "wait_days", "working_days", "intensity", "tries", "reason")
        step = {name: data[name] for name in own}
        if step["channel"] not in WRITTEN:
            step["template"] = ""
        return Step(key="", only=conditions_of(data), **step)


class WholeSchema(ConditionSchema):
    """What holds for the strategy as a whole."""

    name = fields.String(required=True, validate=validate.Length(max=80))
    rank = fields.Integer(load_default=100, validate=validate.Range(1, 10_000))
    pause = fields.Integer(load_default=10, validate=validate.Range(0, 90))

    @post_load
    def build(self, data: dict[str, Any], **_: Any) -> Any:
        return data["name"], data["rank"], data["pause"], conditions_of(data)


def conditions_of(data: Mapping[str, Any]) -> Conditions:
    """The conditions that a form names."""
    return Conditions(
        data["amount_from"], data["amount_below"], data["purpose"], data["debtor_kind"],
        data["language"], data["phone_known"],
        None if data["reminded"] is None else YES_NO[data["reminded"]],
        *(data[name] for name in CLASSES),
    )  # fmt: skip


def read_form(form: Mapping[str, str]) -> tuple[tuple[Plan, str, int] | None, Errors]:
    """The plan, name and place in the order, or what is wrong at which field."""
    keys = keys_of(form)
    errors: Errors = {}
    whole, wrong = load_form(WholeSchema(), _part(form, WHOLE))
    errors |= {f"{WHOLE}{SEPARATOR}{name}": said for name, said in wrong.items()}
    steps = []
    for key in keys:
        step, wrong = load_form(StepSchema(), _part(form, key))
        errors |= {f"{key}{SEPARATOR}{name}": said for name, said in wrong.items()}
        if step is not None:
            steps.append(replace(step, key=key))
    if errors or whole is None:
        return None, errors
    name, rank, pause, only = whole
    return (Plan(tuple(steps), only, pause), name, rank), {}


def keys_of(form: Mapping[str, Any]) -> list[str]:
    """Whose fields the form has, in the order of the steps; none where it names nobody."""
    return [key for key in form.get("keys", "").split(",") if key][:MOST_STEPS]


def shown(plan: Plan, name: str, rank: int) -> dict[str, Any]:
    """What the form shows of a plan."""
    values: dict[str, Any] = {f"{WHOLE}{SEPARATOR}{k}": v for k, v in {
        "name": name, "rank": rank, "pause": plan.pause_after_payment_days,
        **_conditions(plan.only),
    }.items()}  # fmt: skip
    for step in plan.steps:
        own = {
            "channel": step.channel.value, "template": step.template, "wait_days": step.wait_days,
            "working_days": "1" if step.working_days else "", "intensity": step.intensity,
            "tries": step.tries, "reason": step.reason, **_conditions(step.only),
        }  # fmt: skip
        values |= {f"{step.key}{SEPARATOR}{k}": v for k, v in own.items()}
    values["keys"] = ",".join(step.key for step in plan.steps)
    return values


def rearranged(plan: Plan, form: Mapping[str, str]) -> Plan:
    """The plan with a step added, taken out or moved, as a button of the form says."""
    steps = list(plan.steps)
    if "add" in form:
        # Before the end: the last step stays the last one.
        place = max(len(steps) - 1, 0) if steps else 0
        strongest = max((step.intensity for step in steps[:place]), default=1)
        first = not any(step.channel is StepChannel.LETTER for step in steps)
        template = "first_demand" if first else "reminder"
        made = Step(new_key(steps), StepChannel.LETTER, 2, intensity=strongest, template=template)
        steps.insert(place, made)
    place = plan.index(form.get("remove") or form.get("up") or form.get("down"))
    if place < len(plan.steps):
        step = steps.pop(place)
        if "up" in form:
            steps.insert(max(place - 1, 0), step)
        elif "down" in form:
            steps.insert(place + 1, step)
    return replace(plan, steps=tuple(steps))


def _part(form: Mapping[str, str], whose: str) -> dict[str, str]:
    head = whose + SEPARATOR
    return {name.removeprefix(head): form[name] for name in form if name.startswith(head)}


def _conditions(only: Conditions) -> dict[str, Any]:
    return {
        "amount_from": only.amount_from_cents, "amount_below": only.amount_below_cents,
        "purpose": only.purpose or "",
        "debtor_kind": only.debtor_kind or "", "language": only.language or "",
        "phone_known": "1" if only.phone_known else "",
        **{name: getattr(only, name) or "" for name in CLASSES},
        "reminded": "" if only.reminded is None else ("yes" if only.reminded else "no"),
    }  # fmt: skip
