"""The order to the bank as a file (SEPA credit transfer, pain.001.001.09).

No address is given inside the EEA: the account says who is paid. Source: ISO 20022
pain.001.001.09; the implementation guidelines of the German banks (DK, Anlage 3).
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from lxml import etree

NAMESPACE = "urn:iso:std:iso:20022:tech:xsd:pain.001.001.09"
LONGEST_NAME, LONGEST_PURPOSE, LONGEST_ID = 70, 140, 35
#: Letters that every bank takes; others are written out or left.
_REPLACED = {"ä": "ae", "ö": "oe", "ü": "ue", "Ä": "Ae", "Ö": "Oe", "Ü": "Ue", "ß": "ss", "&": "+"}
_FOREIGN = re.compile(r"[^A-Za-z0-9/\-?:().,'+ ]")


@dataclass(frozen=True, slots=True)
class Order:
    """One transfer."""

    end_to_end: str
    name: str
    iban: str
    cents: int
    purpose: str


@dataclass(frozen=True, slots=True)
class OrderFile:
    """All transfers of a run from one account."""

    message_id: str
    made_at: datetime
    execute_on: date
    name: str
    iban: str
    bic: str | None
    orders: Sequence[Order]


def write_orders(file: OrderFile) -> bytes:
    """The file as the bank reads it; the same orders give the same bytes."""
    own: dict[Any, str] = {None: NAMESPACE}  # lxml takes None for the default namespace.
    root = etree.Element(f"{{{NAMESPACE}}}Document", nsmap=own)
    initiation = _child(root, "CstmrCdtTrfInitn")
    count, total = str(len(file.orders)), _amount(sum(order.cents for order in file.orders))
    header = _child(initiation, "GrpHdr")
    _child(header, "MsgId", file.message_id[:LONGEST_ID])
    _child(header, "CreDtTm", file.made_at.strftime("%Y-%m-%dT%H:%M:%S"))
    _child(header, "NbOfTxs", count)
    _child(header, "CtrlSum", total)
    _child(_child(header, "InitgPty"), "Nm", plain(file.name, LONGEST_NAME))
    payment = _child(initiation, "PmtInf")
    _child(payment, "PmtInfId", file.message_id[:LONGEST_ID])
    _child(payment, "PmtMtd", "TRF")
    _child(payment, "BtchBookg", "false")
    _child(payment, "NbOfTxs", count)
    _child(payment, "CtrlSum", total)
    _child(_child(_child(payment, "PmtTpInf"), "SvcLvl"), "Cd", "SEPA")
    _child(_child(payment, "ReqdExctnDt"), "Dt", file.execute_on.isoformat())
    _child(_child(payment, "Dbtr"), "Nm", plain(file.name, LONGEST_NAME))
    _child(_child(_child(payment, "DbtrAcct"), "Id"), "IBAN", file.iban)
    institution = _child(_child(payment, "DbtrAgt"), "FinInstnId")
    if file.bic:
        _child(institution, "BICFI", file.bic)
    else:
        _child(_child(institution, "Othr"), "Id", "NOTPROVIDED")
    _child(payment, "ChrgBr", "SLEV")
    for order in file.orders:
        _add_order(payment, order)
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8", pretty_print=True)


def _add_order(payment: etree._Element, order: Order) -> None:
    transfer = _child(payment, "CdtTrfTxInf")
    _child(_child(transfer, "PmtId"), "EndToEndId", order.end_to_end[:LONGEST_ID])
    amount = _child(_child(transfer, "Amt"), "InstdAmt", _amount(order.cents))
    amount.set("Ccy", "EUR")
    _child(_child(transfer, "Cdtr"), "Nm", plain(order.name, LONGEST_NAME))
    _child(_child(_child(transfer, "CdtrAcct"), "Id"), "IBAN", order.iban)
    _child(_child(transfer, "RmtInf"), "Ustrd", plain(order.purpose, LONGEST_PURPOSE))


def plain(text: str, longest: int) -> str:
    """A text in the letters that every bank takes."""
    for letter, written in _REPLACED.items():
        text = text.replace(letter, written)
    return _FOREIGN.sub(" ", text)[:longest].strip()


def _amount(cents: int) -> str:
    return f"{cents // 100}.{cents % 100:02}"


def _child(parent: etree._Element, name: str, text: str | None = None) -> etree._Element:
    child = etree.SubElement(parent, f"{{{NAMESPACE}}}{name}")
    child.text = text
    return child
