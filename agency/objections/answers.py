"""The form of the facts that a person notes about the file of an objection."""

from datetime import date
from typing import Any

from marshmallow import Schema, fields

from agency.objections.panel import word_of
from cases.objections.facts import AMOUNTS, DAYS, FLAGS
from portal.shell.evidence_forms import YES_NO
from portal.shell.forms import Amount, Day, Errors, load_form

#: Every fact that may be noted, each optional.
FactSchema = Schema.from_dict(
    {name: Day() for name in DAYS}
    | {name: fields.String() for name in FLAGS}
    | {name: Amount() for name in AMOUNTS},
    name="FactSchema",
)


def read_facts(form: Any) -> tuple[dict[str, date | bool | int], Errors]:
    """The facts that were filled in; what is empty stays as it is."""
    names = {name: word_of(name) for name in (*DAYS, *FLAGS, *AMOUNTS)}
    data, errors = load_form(FactSchema(), form, names)
    noted = {
        name: YES_NO[value] if name in FLAGS else value
        for name, value in (data or {}).items()
        if name not in FLAGS or value in YES_NO
    }
    return noted, errors
