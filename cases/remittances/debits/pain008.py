"""The order to collect as a file (SEPA direct debit, pain.008.001.08), core scheme.

Source: ISO 20022 pain.008.001.08; facts/formats/payments_and_references.md.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from itertools import groupby
from typing import Any

from lxml import etree

from cases.remittances.sepa import LONGEST_ID, LONGEST_NAME, LONGEST_PURPOSE, plain

NAMESPACE = "urn:iso:std:iso:20022:tech:xsd:pain.008.001.08"
#: One debit by a mandate, and one of several: the latter counts from the first one on.
ONCE, RECURRING = "OOFF", "RCUR"


@dataclass(frozen=True, slots=True)
class Collection:
    """One debit."""

    end_to_end: str
    mandate: str
    signed_on: date
    once: bool
    collect_on: date
    name: str
    iban: str
    cents: int
    purpose: str

    @property
    def sequence(self) -> str:
        """How often the mandate is used."""
        return ONCE if self.once else RECURRING


@dataclass(frozen=True, slots=True)
class CollectionFile:
    """All debits of a run to one account."""

    message_id: str
    made_at: datetime
    name: str
    iban: str
    bic: str | None
    creditor_identifier: str
    debits: Sequence[Collection]


def write_collections(file: CollectionFile) -> bytes:
    """The file as the bank reads it; the same debits give the same bytes."""
    own: dict[Any, str] = {None: NAMESPACE}
    root = etree.Element(f"{{{NAMESPACE}}}Document", nsmap=own)
    initiation = _child(root, "CstmrDrctDbtInitn")
    header = _child(initiation, "GrpHdr")
    _child(header, "MsgId", file.message_id[:LONGEST_ID])
    _child(header, "CreDtTm", file.made_at.strftime("%Y-%m-%dT%H:%M:%S"))
    _sums(header, file.debits)
    _child(_child(header, "InitgPty"), "Nm", plain(file.name, LONGEST_NAME))
    # One day and one sequence make one block.
    order = sorted(file.debits, key=lambda each: (each.collect_on, each.sequence, each.end_to_end))
    groups = groupby(order, key=lambda each: (each.collect_on, each.sequence))
    for number, ((day, sequence), debits) in enumerate(groups, start=1):
        _block(initiation, file, number, day, sequence, list(debits))
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8", pretty_print=True)


def _block(
    initiation: etree._Element,
    file: CollectionFile,
    number: int,
    day: date,
    sequence: str,
    debits: Sequence[Collection],
) -> None:
    block = _child(initiation, "PmtInf")
    _child(block, "PmtInfId", f"{file.message_id[: LONGEST_ID - 5]}-{number}")
    _child(block, "PmtMtd", "DD")
    _child(block, "BtchBookg", "false")  # Each debit is a line of the statement.
    _sums(block, debits)
    kind = _child(block, "PmtTpInf")
    _child(_child(kind, "SvcLvl"), "Cd", "SEPA")
    _child(_child(kind, "LclInstrm"), "Cd", "CORE")
    _child(kind, "SeqTp", sequence)
    _child(block, "ReqdColltnDt", day.isoformat())
    _child(_child(block, "Cdtr"), "Nm", plain(file.name, LONGEST_NAME))
    _child(_child(_child(block, "CdtrAcct"), "Id"), "IBAN", file.iban)
    _agent(_child(block, "CdtrAgt"), file.bic)
    _child(block, "ChrgBr", "SLEV")
    scheme = _child(_child(_child(_child(block, "CdtrSchmeId"), "Id"), "PrvtId"), "Othr")
    _child(scheme, "Id", file.creditor_identifier)
    _child(_child(scheme, "SchmeNm"), "Prtry", "SEPA")
    for debit in debits:
        _debit(block, debit)


def _debit(block: etree._Element, debit: Collection) -> None:
    one = _child(block, "DrctDbtTxInf")
    _child(_child(one, "PmtId"), "EndToEndId", debit.end_to_end[:LONGEST_ID])
    _child(one, "InstdAmt", _amount(debit.cents)).set("Ccy", "EUR")
    mandate = _child(_child(one, "DrctDbtTx"), "MndtRltdInf")
    _child(mandate, "MndtId", debit.mandate)
    _child(mandate, "DtOfSgntr", debit.signed_on.isoformat())
    _agent(_child(one, "DbtrAgt"), None)
    _child(_child(one, "Dbtr"), "Nm", plain(debit.name, LONGEST_NAME))
    _child(_child(_child(one, "DbtrAcct"), "Id"), "IBAN", debit.iban)
    _child(_child(one, "RmtInf"), "Ustrd", plain(debit.purpose, LONGEST_PURPOSE))


def _sums(parent: etree._Element, debits: Sequence[Collection]) -> None:
    _child(parent, "NbOfTxs", str(len(debits)))
    _child(parent, "CtrlSum", _amount(sum(debit.cents for debit in debits)))


def _agent(parent: etree._Element, bic: str | None) -> None:
    institution = _child(parent, "FinInstnId")
    if bic:
        _child(institution, "BICFI", bic)
    else:
        _child(_child(institution, "Othr"), "Id", "NOTPROVIDED")


def _amount(cents: int) -> str:
    return f"{cents // 100}.{cents % 100:02}"


def _child(parent: etree._Element, name: str, text: str | None = None) -> etree._Element:
    child = etree.SubElement(parent, f"{{{NAMESPACE}}}{name}")
    child.text = text
    return child
