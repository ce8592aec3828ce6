"""From an application to its records: which record, where in the application, which values.

One list of parts serves the check (does every value fit?) and the encoder, so that nothing can be
encoded that was not checked. A record without content is not written, because the trailer would
count it.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from legal.de.court.eda.codec import Fault, Value, is_empty
from legal.de.court.eda.layouts import Layout, layouts
from legal.de.court.eda.notation import keys_of, write_amount
from legal.findings import Finding, Severity


@dataclass(frozen=True, slots=True)
class Part:
    """One record to be written."""

    record: str
    path: str  # Where its values stand in the notation, for instance "defendants[0]."
    values: Mapping[str, Value]
    keys: Mapping[str, str]  # attribute -> key in the notation

    @property
    def layout(self) -> Layout:
        return layouts()[self.record]

    def is_empty(self) -> bool:
        """Whether no field of this record has content."""
        return all(
            is_empty(self.values.get(f.attribute)) for f in self.layout.fields if f.attribute
        )

    def encode(self, belart: str) -> bytes:
        """The bytes of this record."""
        return self.layout.encode(belart, self.values)


def part(record: str, path: str, source: Any, **computed: Value) -> Part:
    """A record whose values are the attributes of `source`, with computed ones on top."""
    keys = keys_of(type(source))
    values = {name: getattr(source, name) for name in keys}
    return Part(record, path, {**values, **computed}, keys)


def parts_of(path: str, source: Any, *records: str) -> Iterator[Part]:
    """Several records of one source; the first is always written, the others when not empty."""
    for index, record in enumerate(records):
        candidate = part(record, path, source)
        if index == 0 or not candidate.is_empty():
            yield candidate


def list_faults(parts: list[Part], confirmed: frozenset[str]) -> Iterator[Finding]:
    """What keeps these records from being written, each with the path of its value."""
    for candidate in parts:
        for fault in candidate.layout.faults(candidate.values, confirmed):
            yield finding(candidate, fault)


def finding(candidate: Part, fault: Fault) -> Finding:
    """A fault of the codec in the words of the application."""
    attribute = fault.field.attribute
    key = candidate.keys.get(attribute, attribute.rsplit("_", 1)[0])
    params: dict[str, str | int] = {
        "found": _shown(fault, candidate.values.get(attribute)),
        "length": fault.field.length,
        "eda_field": f"{candidate.record}.{fault.field.name}",
    }
    return Finding(fault.code, Severity.ERROR, field=f"{candidate.path}{key}", params=params)


def _shown(fault: Fault, value: Value) -> str:
    """Amounts as they are read, everything else as the codec found it."""
    if fault.field.kind == "amount" and isinstance(value, int) and value >= 0:
        return f"{write_amount(value)} EUR"
    return fault.found
