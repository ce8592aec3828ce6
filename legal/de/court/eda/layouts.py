"""Which records exist and which fields they have: the record descriptions in `data/` as objects.

Fields of confidence C (inferred) and U (unknown) are written only when the agency has confirmed
them with its court: `confirmed` names a field ("C10.IKUBET") or a whole record ("C32").
"""

import csv
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from legal.de.court.eda.codec import (
    Fault,
    Field,
    Value,
    decode_record,
    encode_record,
    fault_of,
    is_empty,
)

DATA = Path(__file__).parent / "data"
PROVEN = frozenset("AB")
HEADER, TRAILER = "AA", "BB"


@dataclass(frozen=True, slots=True)
class Layout:
    """The description of one record (Satzbeschreibung)."""

    record: str  # Its number in the official papers, for instance C20.
    belarts: frozenset[str]
    key: str  # Area and sequence (KENNZ and FN), seven characters; AA and BB have only these two.
    name: str
    fields: tuple[Field, ...]

    def encode(self, belart: str, values: Mapping[str, Value]) -> bytes:
        """The 128 bytes of this record in a file of this kind."""
        key = self.key if self.record in {HEADER, TRAILER} else belart + self.key
        return encode_record(key, self.fields, values)

    def decode(self, record: bytes) -> tuple[dict[str, Value], tuple[Fault, ...]]:
        """The values of the record and what could not be read in it."""
        return decode_record(self.fields, record)

    def faults(self, values: Mapping[str, Value], confirmed: frozenset[str]) -> Iterator[Fault]:
        """Why these values cannot be written: they do not fit, or their field is not confirmed."""
        for field in self.fields:
            value = values.get(field.attribute) if field.attribute else None
            if is_empty(value):
                continue
            if not self.may_write(field, confirmed):
                yield Fault("field_unconfirmed", field, str(value))
            if fault := fault_of(field, value):
                yield fault

    def may_write(self, field: Field, confirmed: frozenset[str]) -> bool:
        """Whether the place of this field is proven or the agency has confirmed it."""
        if field.confidence in PROVEN or self.record in confirmed:
            return True
        return f"{self.record}.{field.name}" in confirmed


@cache
def layouts() -> Mapping[str, Layout]:
    """All record descriptions by their number."""
    fields: dict[str, list[Field]] = {}
    for row in read_rows("fields.csv"):
        field = Field(
            name=row["field"],
            offset=int(row["offset"]),
            length=int(row["length"]),
            kind=row["kind"],
            empty=row["empty"],
            confidence=row["confidence"],
            attribute=row["attribute"],
        )
        fields.setdefault(row["record"], []).append(field)
    return {
        row["record"]: Layout(
            record=row["record"],
            belarts=frozenset(row["belarts"].split()),
            key=row["key"],
            name=row["name"],
            fields=tuple(fields[row["record"]]),
        )
        for row in read_rows("records.csv")
    }


@cache
def layouts_of(belart: str) -> Mapping[str, Layout]:
    """The record descriptions of one kind of file by the nine characters a record begins with."""
    return {belart + la.key: la for la in layouts().values() if belart in la.belarts}


@cache
def known_belarts() -> frozenset[str]:
    """The kinds of applications and messages that have a record description."""
    return frozenset().union(*(la.belarts for la in layouts().values())) - {"*"}


@cache
def read_rows(file_name: str) -> tuple[dict[str, str], ...]:
    """The rows of one list beside the code."""
    with (DATA / file_name).open(encoding="utf-8", newline="") as file:
        return tuple(csv.DictReader(file))


def find_unconfirmed() -> Iterator[str]:
    """Every field that is written only when confirmed, as `confirmed` names it."""
    for layout in layouts().values():
        for field in layout.fields:
            if field.attribute and field.confidence not in PROVEN:
                yield f"{layout.record}.{field.name}"
