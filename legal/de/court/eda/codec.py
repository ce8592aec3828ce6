"""One record of the court's file format: 128 bytes in code page 858, fields at fixed places.

Law: EDA Format 4 (Satzbeschreibungen of the German dunning courts). Two-digit years are read as
1970 to 2069, our convention; a date outside that window is refused instead of changing its century.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

RECORD_LENGTH = 128
ENCODING = "cp858"
#: The court wants printable ASCII and these; the euro sign differs between code pages.
ADMITTED = re.compile(r"[ -~äöüÄÖÜß§]*")
_FIRST_YEAR = 1970

Value = str | int | bool | Decimal | date | None


@dataclass(frozen=True, slots=True)
class Field:
    """A field of a record (Feld)."""

    name: str
    offset: int
    length: int
    kind: str  # text, upper, mark, digits, gnr, number, amount, rate, percent, date, blank
    empty: str  # What an empty field holds: "blank" or "zeros".
    confidence: str
    attribute: str


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong with a field, as a code; the position counts bytes of the record from 1."""

    code: str
    field: Field
    found: str = ""

    @property
    def position(self) -> int:
        return self.field.offset + 1


def is_empty(value: Any) -> bool:
    """Whether a field with this value is left empty; an amount of zero is not empty."""
    return value is None or value == "" or value is False


def fault_of(field: Field, value: Value) -> Fault | None:
    """What keeps this value from fitting into the field."""
    if is_empty(value):
        return None
    text = format_value(field, value)
    if text is None:
        return Fault("value_not_possible", field, str(value))
    if len(text) > field.length:
        return Fault("too_long", field, str(value))
    if not ADMITTED.fullmatch(text):
        wrong = next(c for c in text if not ADMITTED.fullmatch(c))
        return Fault("character_not_admitted", field, wrong)
    return None


def format_value(field: Field, value: Any) -> str | None:
    """The characters of a value that is not empty; None when the kind cannot express it."""
    if isinstance(value, bool):
        return "X" if field.kind == "mark" else None
    if isinstance(value, date):
        return _format_date(field, value)
    if isinstance(value, Decimal):
        return _format_scaled(field, value)
    if isinstance(value, int):
        possible = value >= 0 and field.kind in {"number", "amount"}
        return str(value).rjust(field.length, "0") if possible else None
    return _format_text(field, value)


def _format_date(field: Field, value: date) -> str | None:
    """Only years that read back as the same century."""
    fits = _FIRST_YEAR <= value.year < _FIRST_YEAR + 100
    return value.strftime("%y%m%d") if fits and field.kind == "date" else None


def _format_scaled(field: Field, value: Decimal) -> str | None:
    places = {"rate": 3, "percent": 2}.get(field.kind)
    if places is None or value < 0:
        return None
    scaled = value.scaleb(places)
    return str(int(scaled)).rjust(field.length, "0") if scaled == int(scaled) else None


def _format_text(field: Field, value: str) -> str | None:
    if field.kind == "digits" and re.fullmatch(r"[0-9]+", value):
        return value.rjust(field.length, "0")
    if field.kind == "gnr":
        return value if re.fullmatch(r"[0-9]{11}", value) else None
    if field.kind == "upper":
        return in_capitals(value)
    return value if field.kind in {"text", "digits"} else None


def in_capitals(text: str) -> str:
    """Capitals as the courts' lists have them: ß has none there (AUSSCHLIEßLICHKEIT)."""
    return "ß".join(part.upper() for part in text.split("ß"))


def encode_record(key: str, fields: tuple[Field, ...], values: Mapping[str, Value]) -> bytes:
    """The record with this key and these values (attribute -> value), exactly 128 bytes.

    The values must have passed `fault_of`; one that does not fit is a programming error.
    """
    line = [key]
    for field in fields:
        value = values.get(field.attribute) if field.attribute else None
        if is_empty(value):
            line.append(("0" if field.empty == "zeros" else " ") * field.length)
            continue
        text = format_value(field, value)
        if text is None or len(text) > field.length:
            raise ValueError(f"{field.name} cannot hold {value!r}")
        line.append(text.ljust(field.length))
    record = "".join(line).encode(ENCODING)
    if len(record) != RECORD_LENGTH:
        raise ValueError(f"record {key!r} has {len(record)} bytes")
    return record


def decode_record(
    fields: tuple[Field, ...], record: bytes
) -> tuple[dict[str, Value], tuple[Fault, ...]]:
    """The values of a record (attribute -> value) and what could not be read in it."""
    text = record.decode(ENCODING)
    values: dict[str, Value] = {}
    faults: list[Fault] = []
    for field in fields:
        raw = text[field.offset : field.offset + field.length]
        if not field.attribute:
            if raw.strip():
                faults.append(Fault("filler_not_blank", field, raw.strip()))
            continue
        try:
            values[field.attribute] = _READERS.get(field.kind, str.rstrip)(raw)
        except ValueError:
            values[field.attribute] = None
            faults.append(Fault("field_unreadable", field, raw.strip()))
    return values, tuple(faults)


def _read_number(raw: str) -> int | None:
    if not raw.strip():
        return None
    if not re.fullmatch(r"[0-9]+", raw):
        raise ValueError(raw)
    return int(raw)


def _read_rate(raw: str) -> Decimal | None:
    number = _read_number(raw)
    return None if number is None else Decimal(number).scaleb(-3)


def _read_percent(raw: str) -> Decimal | None:
    number = _read_number(raw)
    return None if number is None else Decimal(number).scaleb(-2)


def _read_date(raw: str) -> date | None:
    if not raw.strip() or raw == "000000":
        return None
    if not re.fullmatch(r"[0-9]{6}", raw):
        raise ValueError(raw)
    century = 2000 if int(raw[:2]) < _FIRST_YEAR % 100 else 1900
    return date(century + int(raw[:2]), int(raw[2:4]), int(raw[4:]))


def _read_mark(raw: str) -> bool:
    if raw not in {"X", "x", " "}:
        raise ValueError(raw)
    return raw != " "


def _read_court_number(raw: str) -> str:
    if not raw.strip(" 0"):
        return ""
    if not re.fullmatch(r"[0-9]{11}", raw):
        raise ValueError(raw)
    return raw


_READERS: Mapping[str, Any] = {
    "number": _read_number,
    "amount": _read_number,
    "rate": _read_rate,
    "percent": _read_percent,
    "date": _read_date,
    "mark": _read_mark,
    "gnr": _read_court_number,
}
