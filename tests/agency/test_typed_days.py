"""Every form field that takes a day understands what people type, and none reads days by itself."""

from datetime import date

import pytest
from marshmallow import EXCLUDE, Schema, ValidationError, fields

from cases.core.clock import clock_at
from portal.shell.forms import Day
from portal.shell.typed import NotUnderstood

TODAY = date(2026, 11, 23)
SAID = {
    "heute": TODAY, "3.12.": date(2026, 12, 3), "in 14 Tagen": date(2026, 12, 7),
    "2026-12-03": date(2026, 12, 3), "3.12.26": date(2026, 12, 3),
}  # fmt: skip


def forms():
    """Every schema of the screens; `create_app` has imported their modules."""
    found, ahead = set(), [Schema]
    while ahead:
        for schema in ahead.pop().__subclasses__():
            ahead.append(schema)
            if schema.__module__.partition(".")[0] in {"agency", "portal"}:
                found.add(schema)
    return sorted(found, key=lambda schema: (schema.__module__, schema.__name__))


def days_of(schema):
    return {
        name: field for name, field in schema._declared_fields.items() if isinstance(field, Day)
    }


def understood(field, typed):
    """The day that was read; none where this form does not admit it (a payment to come)."""
    try:
        return field.deserialize(typed)
    except ValidationError as refused:
        if isinstance(refused.__cause__, NotUnderstood):
            raise
        return None


@pytest.fixture
def _today(application):
    with application.test_request_context(), clock_at(TODAY):
        yield


@pytest.mark.usefixtures("_today")
def test_every_day_of_every_form_is_understood():
    tried = 0
    for schema in forms():
        for name, field in days_of(schema).items():
            for typed, day in SAID.items():
                if field.full_year and typed != "2026-12-03":
                    continue
                assert understood(field, typed) in {day, None}, (schema, name, typed)
                tried += 1
            with pytest.raises(ValidationError):
                field.deserialize("irgendwann")
    assert tried > 5 * 15, "hardly any form was found"


@pytest.mark.usefixtures("_today")
def test_no_form_reads_days_in_a_way_of_its_own():
    own = [
        (schema.__name__, name)
        for schema in forms()
        for name, field in schema._declared_fields.items()
        if isinstance(field, fields.DateTime)  # And its kinds: dates, times.
        or (name.endswith("_on") and isinstance(field, fields.String))
    ]
    assert own == []


@pytest.mark.usefixtures("_today")
def test_a_form_gives_the_day_on():
    class Wish(Schema):
        paid_on = Day(required=True)

    assert Wish().load({"paid_on": "gestern"}, unknown=EXCLUDE) == {"paid_on": date(2026, 11, 22)}
