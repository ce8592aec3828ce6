"""The control sums of a file that was read, compared with what is in it."""

from collections.abc import Iterator
from typing import Any

from legal.de.court.eda.application import CLASSES, PAYMENT_ORDER, count, read_applications
from legal.de.court.eda.envelope import Trailer, serial_of
from legal.de.court.eda.grouping import RECEIPT, LogicalFile
from legal.findings import Finding, Severity

_COURT_NUMBERS = ("gnr", *(f"gnr_{i}" for i in range(1, 6)))


def check_sums(logical: LogicalFile) -> Iterator[Finding]:
    """A finding for each control sum of the trailer that does not fit; blank ones are skipped."""
    if logical.trailer is None:
        return
    yield from _check_sender(logical, logical.trailer)
    for name, expected in _expected(logical).items():
        stated = getattr(logical.trailer, name)
        if stated is not None and stated != expected:
            params: dict[str, str | int] = {"stated": stated, "counted": expected, "position": 1}
            line = logical.records[-1].number + 1 if logical.records else None
            yield Finding("sum_differs", Severity.ERROR, name.upper(), line, params)


def _check_sender(logical: LogicalFile, trailer: Trailer) -> Iterator[Finding]:
    if logical.header.tkezi and trailer.tkezi != logical.header.tkezi:
        params: dict[str, str | int] = {"stated": trailer.tkezi, "position": 3}
        yield Finding("trailer_of_another", Severity.ERROR, "TKEZI", params=params)


def _expected(logical: LogicalFile) -> dict[str, int]:
    """The sums this file should state; a receipt file is only an assumption and not checked."""
    records = {"sanz": len(logical.records)}
    if logical.belart == RECEIPT:
        return records
    if logical.belart == PAYMENT_ORDER:
        made = count(read_applications(logical), len(logical.records))
        names = ("antanz", "sanz", "skatnr", "suasp", "aspanz")
        return {name: getattr(made, name) for name in names}
    numbers = [str(n) for g in logical.groups for n in _numbers(g.entries[0].values)]
    sums = {**records, "antanz": len(logical.groups), "sugnr": sum(map(serial_of, numbers))}
    if logical.belart in CLASSES:
        return sums
    return sums


def _numbers(values: dict[str, Any]) -> Iterator[str]:
    for name in _COURT_NUMBERS:
        if values.get(name):
            yield str(values[name])
