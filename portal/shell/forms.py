"""HTML forms through marshmallow: fields that read what people type, and errors in their language.

`errors` maps the name of a field to sentences; names that begin with an underscore belong to no
single field. The macro `error_summary` and the field macros show them in the same words.
"""

import re
from collections.abc import Callable, Mapping
from datetime import date
from decimal import Decimal
from typing import Any, TypeVar

from flask_babel import gettext
from marshmallow import EXCLUDE, Schema, ValidationError, fields
from werkzeug.datastructures import MultiDict

from cases.core import clock
from legal.findings import N_
from portal.shell.formatting import language
from portal.shell.typed import NotUnderstood, parse_amount_cents, parse_date

Errors = dict[str, list[str]]
Read = TypeVar("Read")
WHOLE_FORM = "_schema"
ALL_PERCENT = 100

MISSING = r"Missing data for required field\.|Field may not be \w+\."
#: marshmallow's sentences and ours; groups fill the placeholders.
SENTENCES = (
    (MISSING, N_("Please fill this in.")),
    (r"Not a valid email address\.", N_("This is not a complete e-mail address.")),
    (r"Not a valid (?:integer|number)\.", N_("Please enter a number.")),
    (r"Not a valid string\.|Invalid (?:value|input|input type)\.", N_("This cannot be read.")),
    (r"Must be one of: .*", N_("Please choose one of the options.")),
    (
        r"Must be greater than or equal to (?P<limit>[^ ]+)\.",
        N_("Please enter at least %(limit)s."),
    ),
    (r"Must be less than or equal to (?P<limit>[^ ]+)\.", N_("Please enter at most %(limit)s.")),
    (
        r"Must be greater than or equal to (?P<least>\S+) and .+ (?P<most>\S+)\.",
        N_("Please enter a number from %(least)s to %(most)s."),
    ),
    (
        r"Length must be between (?P<least>\d+) and (?P<most>\d+)\.",
        N_("Please enter from %(least)s to %(most)s characters."),
    ),
    (
        r"Shorter than minimum length (?P<limit>\d+)\.",
        N_("Please enter at least %(limit)s characters."),
    ),
    (
        r"Longer than maximum length (?P<limit>\d+)\.",
        N_("Please enter at most %(limit)s characters."),
    ),
)


class Amount(fields.Field[int]):
    """An amount as people type it, loaded as whole cents; negative ones only if allowed."""

    def __init__(self, *, signed: bool = False, zero: bool = False, **options: Any) -> None:
        super().__init__(**options)
        self.signed = signed
        self.zero = zero

    def _deserialize(self, value: Any, *_: Any, **__: Any) -> int:
        cents = _read(lambda: parse_amount_cents(str(value), language()))
        if cents < 0 and not self.signed:
            raise ValidationError(gettext("The amount must not be negative."))
        if cents == 0 and not self.zero:
            raise ValidationError(gettext("The amount must not be zero."))
        return cents


class Day(fields.Field[date]):
    """A day as people type it."""

    def __init__(self, *, full_year: bool = False, **options: Any) -> None:
        super().__init__(**options)
        self.full_year = full_year

    def _deserialize(self, value: Any, *_: Any, **__: Any) -> date:
        return _read(lambda: parse_date(str(value), clock.today(), full_year=self.full_year))


class Percent(fields.Field[Decimal]):
    """A rate as people type it: 12,5 or 12.5; between 0 and 100."""

    def _deserialize(self, value: Any, *_: Any, **__: Any) -> Decimal:
        text = str(value).replace("%", "").strip().replace(",", ".", 1)
        if not text.replace(".", "", 1).isdecimal() or not text.isascii():
            raise ValidationError(gettext("Please enter a rate such as 12,5."))
        rate = Decimal(text)
        if rate > ALL_PERCENT:
            raise ValidationError(gettext("A rate cannot exceed 100 %%."))
        return rate


def load_form(
    schema: Schema, form: Mapping[str, Any], labels: Mapping[str, str] | None = None
) -> tuple[Any | None, Errors]:
    """What the schema builds from a form, or nothing and the errors.

    Blank fields count as absent and blanks around texts are dropped; what the schema does not know
    (form token, buttons) is left out. With `labels` a missing field is called by its name.
    """
    try:
        return schema.load(_present(schema, form), unknown=EXCLUDE), {}
    except ValidationError as error:
        found = messages_of(error)
        order = list(schema.load_fields)  # As on the page; marshmallow has them in any order.
        in_order = sorted(found, key=lambda name: order.index(name) if name in order else -1)
        return None, translated({name: found[name] for name in in_order}, labels)


def messages_of(error: ValidationError) -> dict[str, Any]:
    """What marshmallow found, by field; sentences without a field belong to the whole form."""
    found = error.messages
    return dict(found) if isinstance(found, Mapping) else {WHOLE_FORM: found}


def translated(messages: Mapping[str, Any], labels: Mapping[str, str] | None = None) -> Errors:
    """Errors as marshmallow collects them, flat and in the language of the page."""
    return {
        str(name): [sentence_of(message, (labels or {}).get(name)) for message in _flat(found)]
        for name, found in messages.items()
    }


def sentence_of(message: str, label: str | None = None) -> str:
    """One message in the language of the page; marshmallow's own are put into plain words."""
    if label and re.fullmatch(MISSING, message):
        if label.endswith("?"):
            return str(gettext("Please answer: %(question)s", question=label))
        return str(gettext("Please fill in: %(label)s.", label=label))
    for pattern, sentence in SENTENCES:
        if match := re.fullmatch(pattern, message):
            return str(gettext(sentence, **match.groupdict()))
    return message


def _read(parse: Callable[[], Read]) -> Read:
    try:
        return parse()
    except NotUnderstood as error:
        raise ValidationError(gettext(error.sentence, **error.params)) from error


def _present(schema: Schema, form: Mapping[str, Any]) -> dict[str, Any]:
    """The fields that say something, lists for list fields."""
    found: dict[str, Any] = {}
    for name, field in schema.load_fields.items():
        key = field.data_key or name
        if isinstance(field, fields.List) and isinstance(form, MultiDict):
            if values := [text for text in map(_stripped, form.getlist(key)) if text != ""]:
                found[key] = values
        elif (value := _stripped(form.get(key, ""))) != "":
            found[key] = value
    return found


def _stripped(value: Any) -> Any:
    return value.strip() if isinstance(value, str) else value


def _flat(found: Any) -> list[str]:
    if isinstance(found, Mapping):
        return [message for inner in found.values() for message in _flat(inner)]
    return [str(message) for message in found] if isinstance(found, list) else [str(found)]
