"""The cost record of a court message (L02), checked against the amount to pay.

The published widths clash by one byte with the only record of a court ever seen. Where the amount
to pay proves that everything stands one byte further right, the record is read so, and it is said.
"""

from collections.abc import Mapping
from dataclasses import replace

from legal.de.court.eda.codec import Value
from legal.de.court.eda.framing import KEY_LENGTH
from legal.de.court.eda.grouping import Entry, Group, LogicalFile
from legal.errors import InvariantBroken
from legal.findings import Finding, Severity

COSTS, AMOUNT_TO_PAY = "L02", "L04"


def align_costs(logical: LogicalFile) -> None:
    """Set the cost records right, in place, and note it in the findings."""
    for group in logical.groups:
        to_pay = group.values(AMOUNT_TO_PAY).get("amount")
        for index, entry in enumerate(group.entries):
            if entry.name == COSTS and isinstance(to_pay, int) and due(entry.values) != to_pay:
                _align(logical, group, index, entry, to_pay)


def _align(logical: LogicalFile, group: Group, index: int, entry: Entry, to_pay: int) -> None:
    if entry.layout is None:
        raise InvariantBroken("entry.layout is missing")
    data = entry.record.data
    values, faults = entry.layout.decode(data[:KEY_LENGTH] + data[KEY_LENGTH + 1 :] + b" ")
    number = entry.record.number
    if due(values) != to_pay:
        logical.findings.append(_finding("costs_differ_from_payment", number, "GERGEB"))
        return
    group.entries[index] = replace(entry, values=values)
    logical.findings[:] = [f for f in logical.findings if f.line != number]
    logical.findings.append(_finding("costs_one_byte_right", number, "GERGEB"))
    for fault in faults:
        params: dict[str, str | int] = {"found": fault.found, "position": fault.position + 1}
        found = Finding(fault.code, Severity.ERROR, fault.field.name, number, params)
        logical.findings.append(found)


def due(costs: Mapping[str, Value]) -> int:
    """What the court wants paid: its fee and the costs of service."""
    amounts = (costs.get("court_fee"), costs.get("delivery_costs"))
    return sum(amount for amount in amounts if isinstance(amount, int))


def _finding(code: str, record: int, field: str) -> Finding:
    return Finding(code, Severity.WARNING, field, record, {"position": KEY_LENGTH + 1})
