"""From the records of a court message to what it says."""

from collections.abc import Callable, Mapping
from typing import Any

from legal.de.court.eda.codec import Value
from legal.de.court.eda.follow_up_records import MOST_DEFENDANTS
from legal.de.court.eda.follow_ups import QueryItem
from legal.de.court.eda.grouping import Group
from legal.de.court.eda.messages import (
    CourtPayment,
    EnforcementOrderIssued,
    Message,
    MessageCourt,
    Opposition,
    PaymentOrderIssued,
    Person,
    Query,
    Receipt,
    Referral,
    Remedy,
    ServiceNote,
)
from legal.de.court.eda.notation import build
from legal.findings import Finding, Severity

#: Kind of service note (NAM) -> event.
SERVICE_EVENTS = {
    "05": "mb_served",
    "06": "mb_not_served",
    "08": "vb_served",
    "09": "vb_not_served",
}
_FULL, _PARTIAL = "1", "2"  # WIARTM, as application 30 has it; the court's own list was not found.
_PAYEE_LINE, _REASON_LINE = 27, 90
Findings = list[Finding]


def read_payment_order_issued(group: Group, findings: Findings) -> PaymentOrderIssued:
    """03: the payment order is out; costs and where to pay the court."""
    head, gnrs = group.values("L01"), _gnrs(group.values("L01"))
    return build(
        PaymentOrderIssued,
        {**group.values("L02"), **head},
        gnr=gnrs[0] if gnrs else "",
        gnrs=gnrs,
        payment=_payment(group),
        remedy=_part(Remedy, group.values("L05")),
    )


def _payment(group: Group) -> CourtPayment | None:
    first, second = group.values("L03"), group.values("L04")
    if not first and not second:
        return None
    more = str(first.get("payee_2") or "")
    payee = str(first.get("payee_1") or "")
    payee = payee.ljust(_PAYEE_LINE) + more if more else payee
    return build(CourtPayment, {**first, **second}, payee=payee)


def read_enforcement_order_issued(group: Group, findings: Findings) -> EnforcementOrderIssued:
    """22: the enforcement order is out."""
    head = group.values("L01V")
    gnrs = _gnrs(head)
    gnr = gnrs[0] if gnrs else ""
    costs = group.values("L02")
    return build(EnforcementOrderIssued, {**costs, **head}, issued=head.get("date"), gnr=gnr)


def read_service_note(group: Group, findings: Findings) -> ServiceNote:
    """05: served or not, and why not."""
    head, name, reason = group.values("M01"), group.values("M02"), group.values("M06")
    nam = str(head.get("nam") or "")
    if nam not in SERVICE_EVENTS:
        _doubt("service_kind_unknown", "NAM", group, findings, found=nam)
    first, more = str(reason.get("reason_1") or ""), group.values("M07").get("reason_2")
    names = [*(name.get(f"n{i}") for i in (1, 2, 3)), group.values("M03").get("n4")]
    return build(
        ServiceNote,
        head,
        event=SERVICE_EVENTS.get(nam, "unknown"),
        defendant=" ".join(str(n) for n in names if n),
        address=_part(Person, group.values("M04")),
        representative=_part(Person, group.values("M05")),
        reason_key=reason.get("reason_key") or "",
        postcode_faulty=reason.get("postcode_faulty") or "",
        reason_text=first.ljust(_REASON_LINE) + str(more) if more else first,
    )


def read_referral(group: Group, findings: Findings) -> Referral:
    """16: another court has the case now."""
    head = group.values("N01")
    return build(Referral, head, court=_part(MessageCourt, head), **_opponents(group))


def read_opposition(group: Group, findings: Findings) -> Opposition:
    """18: the defendant opposes, in whole or in part."""
    head, extent = group.values("O01"), group.values("O02")
    return build(
        Opposition,
        {**head, **extent},
        partial=_partial(extent, group, findings),
        court=_part(MessageCourt, extent),
        remedy=_part(Remedy, group.values("L05")),
        **_opponents(group),
    )


def _partial(extent: Mapping[str, Value], group: Group, findings: Findings) -> bool | None:
    """Whether only a part is contested; an unknown mark is judged by the amounts, and said."""
    mark = extent.get("extent")
    if mark in {_FULL, _PARTIAL}:
        return mark == _PARTIAL
    _doubt("extent_unknown", "WIARTM", group, findings, found=str(mark or ""))
    contested = (extent.get("contested_main"), extent.get("contested_ancillary"))
    return any(contested) if extent else None


def _opponents(group: Group) -> dict[str, Any]:
    values = group.values
    return {
        "defendant": _part(Person, values("N02")),
        "representative": _part(Person, {**values("N04"), **values("N03")}),
        "defendant_representative": _part(Person, {**values("N06"), **values("N05")}),
    }


def read_query(group: Group, findings: Findings) -> Query:
    """20: what the court wants corrected, field by field."""
    head = group.values("G01")
    gnrs = _gnrs(head)
    items = tuple(build(QueryItem, e.values) for e in group.entries if e.name == "G02")
    gnr, asked = (gnrs[0] if gnrs else ""), head.get("date")
    return build(Query, head, gnr=gnr, gnrs=gnrs, monition_date=asked, items=items)


def read_receipt(group: Group, findings: Findings) -> Receipt:
    """90: free text, nothing to match."""
    lines = [str(e.values["text"] or "") for e in group.entries if e.name == "P01"]
    return Receipt("\n".join(lines))


def _gnrs(head: Mapping[str, Value]) -> tuple[str, ...]:
    numbers = (head.get(f"gnr_{i}") for i in range(1, MOST_DEFENDANTS + 1))
    return tuple(str(number) for number in numbers if number)


def _part(cls: type[Any], values: Mapping[str, Value]) -> Any:
    """A part of the message, or nothing when its record is missing or blank."""
    made = build(cls, values)
    return None if made == cls() else made


def _doubt(code: str, name: str, group: Group, findings: Findings, **params: str | int) -> None:
    line = group.entries[0].record.number if group.entries else None
    findings.append(Finding(code, Severity.WARNING, name, line, {"position": 1, **params}))


#: Kind of message -> its reader.
READERS: Mapping[str, Callable[[Group, Findings], Message]] = {
    "03": read_payment_order_issued,
    "05": read_service_note,
    "16": read_referral,
    "18": read_opposition,
    "20": read_query,
    "22": read_enforcement_order_issued,
    "90": read_receipt,
}
