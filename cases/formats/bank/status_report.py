"""What the bank says of an order file: the status report pain.002, versions .03 to .14.

Elements are found by local name. A status may stand for the whole file, for the payment or for a
single transfer; the nearest one counts. Source: ISO 20022 pain.002.001.10 and .12; the answers of
the payee check as in Regulation (EU) 2024/886, Art. 5c.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from lxml import etree

from cases.formats.bank.camt_details import Element, text_at
from cases.formats.gate import Refused
from cases.formats.xml import parse_xml

#: Not carried out.
REJECTED = "RJCT"
#: The single transfers say what became of them.
PARTLY = frozenset({"PART", "RVCM"})
#: The payee's name fits, nearly fits, does not fit, could not be checked.
PAYEE_CHECKS = frozenset({"RCVC", "RVMC", "RVNM", "RVNA"})


@dataclass(frozen=True, slots=True)
class OrderStatus:
    """What is said of one transfer, or of all of them where it names none."""

    end_to_end: str | None
    status: str | None
    reason: str  # Code and words of the bank, as they stand there.
    payee_check: str | None
    payee_name: str | None  # The name that the account has, where the bank tells it.


@dataclass(frozen=True, slots=True)
class StatusReport:
    """The answer to one order file."""

    message_id: str  # Of the order file.
    orders: tuple[OrderStatus, ...]


def read_status_report(data: bytes) -> StatusReport:
    """Read a status report.

    Raises:
        Refused: it is damaged, or no status report of payments.
    """
    root, _ = parse_xml(data)
    for element in root.iter(etree.Element):
        element.tag = element.tag.rpartition("}")[2]
    report = root.find("CstmrPmtStsRpt")
    group = None if report is None else report.find("OrgnlGrpInfAndSts")
    message_id = None if group is None else text_at(group, "OrgnlMsgId")
    if report is None or group is None or message_id is None:
        raise Refused("not_a_status_report")
    return StatusReport(message_id, tuple(_orders(report, group)))


def _orders(report: Element, group: Element) -> Iterator[OrderStatus]:
    """The transfers that are named, then what holds for the others."""
    told, status = group, text_at(group, "GrpSts")
    for payment in report.iter("OrgnlPmtInfAndSts"):
        if own := text_at(payment, "PmtInfSts"):
            told, status = payment, own
        for transfer in payment.iter("TxInfAndSts"):
            yield _order(transfer, text_at(transfer, "TxSts") or status)
    if status is not None and status not in PARTLY:
        yield OrderStatus(None, status, _reason(told), None, None)


def _order(node: Element, status: str | None) -> OrderStatus:
    codes = {status, *(text_at(each, "Rsn/Cd", "Rsn/Prtry") for each in node.iter("StsRsnInf"))}
    check = next((code for code in sorted(PAYEE_CHECKS) if code in codes), None)
    name = text_at(node, "OrgnlTxRef/Cdtr/Pty/Nm", "OrgnlTxRef/Cdtr/Nm")
    return OrderStatus(text_at(node, "OrgnlEndToEndId"), status, _reason(node), check, name)


def _reason(node: Element) -> str:
    parts = []
    for each in node.findall("StsRsnInf"):
        code = text_at(each, "Rsn/Cd", "Rsn/Prtry")
        words = [(line.text or "").strip() for line in each.findall("AddtlInf")]
        parts.append(" ".join(filter(None, (code, *words))))
    return "; ".join(filter(None, parts))
