"""The one schema of a row of a list: its shape and nothing else (marshmallow).

Its errors are findings, so that a screen, the command line and a test read the same codes.
"""

import re
from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from typing import Any

from marshmallow import EXCLUDE, Schema, ValidationError, fields

from cases.formats.amounts import Notation, parse_cents
from cases.formats.cells import CellUnreadable, clean_text
from cases.formats.claims.conventions import Conventions
from cases.formats.dates import parse_day
from cases.formats.identifiers import MAX_EMAIL
from legal.errors import InvariantBroken
from legal.findings import N_, Finding, Severity

MESSAGES = {
    "too_long": N_("This value has {length} characters; at most {limit} are possible."),
    "invoice_number_missing": N_("The invoice number is missing."),
}


#: Spreadsheets keep a figure as a text by this mark in front of it.
_TEXT_MARK = re.compile(r"^'(?=[0-9+=@-])")


class Text(fields.Field[str | None]):
    """A cleaned text up to a number of characters; an empty one is None."""

    def __init__(self, limit: int, missing: str | None = None) -> None:
        super().__init__()
        self.limit = limit
        self.missing_code = missing

    def _deserialize(self, value: Any, attr: str | None, data: Any, **kwargs: Any) -> str | None:
        text = _TEXT_MARK.sub("", clean_text(str(value))[0])
        if not text and self.missing_code:
            raise _invalid(self.missing_code, attr)
        if len(text) > self.limit:
            raise _invalid("too_long", attr, length=len(text), limit=self.limit)
        return text or None


class Day(fields.Field[date | None]):
    """A day in the notation of its column."""

    def _deserialize(self, value: Any, attr: str | None, data: Any, **kwargs: Any) -> date | None:
        text = str(value).strip()
        if not text:
            return None
        if not isinstance(self.parent, RowSchema):
            raise InvariantBroken("isinstance(self.parent, RowSchema)")
        try:
            return parse_day(text, self.parent.conventions.day_first.get(attr or ""))
        except CellUnreadable as error:
            raise _invalid(error.code, attr, **error.params) from error


class Cents(fields.Field[int | None]):
    """An amount in the notation of its column, as cents."""

    def _deserialize(self, value: Any, attr: str | None, data: Any, **kwargs: Any) -> int | None:
        text = str(value).strip()
        if not text:
            return None
        if not isinstance(self.parent, RowSchema):
            raise InvariantBroken("isinstance(self.parent, RowSchema)")
        notation = self.parent.conventions.notation.get(attr or "", Notation())
        try:
            return parse_cents(text, notation)
        except CellUnreadable as error:
            raise _invalid(error.code, attr, **error.params) from error


class RowSchema(Schema):
    """A row of a list: cells as text in, typed values out."""

    invoice_number = Text(60, missing="invoice_number_missing")
    invoiced_on = Day()
    due_on = Day()
    reminded_on = Day()
    second_reminded_on = Day()
    last_reminded_on = Day()
    contract_on = Day()
    currency = Text(10)
    total = Cents()
    paid = Cents()
    open = Cents()
    debit = Cents()
    credit = Cents()
    account = Text(40)
    name = Text(200)
    company = Text(200)
    last_name = Text(100)
    first_name = Text(100)
    name_suffix = Text(200)
    address_extra = Text(200)
    street = Text(150)
    house_number = Text(20)
    postcode = Text(15)
    city = Text(100)
    postcode_city = Text(120)
    country = Text(60)
    email = Text(MAX_EMAIL)
    phone = Text(60)
    iban = Text(60)
    vat_id = Text(30)
    register_number = Text(30)
    leitweg_id = Text(50)
    text = Text(500)
    document_type = Text(40)
    dunning_level = Text(20)
    debtor_kind = Text(40)
    status = Text(60)
    settled = Text(60)
    cancelled = Text(60)
    side = Text(20)
    second_name = Text(200)
    second_first_name = Text(100)
    second_street = Text(150)
    second_house_number = Text(20)
    second_postcode = Text(15)
    second_city = Text(100)
    second_postcode_city = Text(120)
    second_country = Text(60)
    third_name = Text(200)
    third_first_name = Text(100)
    third_street = Text(150)
    third_house_number = Text(20)
    third_postcode = Text(15)
    third_city = Text(100)
    third_postcode_city = Text(120)
    third_country = Text(60)

    class Meta:
        unknown = EXCLUDE

    def __init__(self, conventions: Conventions) -> None:
        super().__init__()
        self.conventions = conventions


def load_row(
    schema: RowSchema, raw: Mapping[str, str], line: int
) -> tuple[dict[str, Any], list[Finding]]:
    """The typed values of a row, and what is wrong with the others."""
    filled = {"invoice_number": "", **raw}
    try:
        return schema.load(filled), []
    except ValidationError as error:
        by_field = error.messages_dict
        found = [replace(each, line=line) for findings in by_field.values() for each in findings]
        return dict(error.valid_data or {}), found


def _invalid(code: str, field: str | None, **params: str | int) -> ValidationError:
    # marshmallow accepts any objects as messages; findings keep code and parameters.
    finding: Any = Finding(code, Severity.ERROR, field, params=params)
    return ValidationError([finding])
