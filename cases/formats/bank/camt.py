"""Bank statements in camt.052, .053 and .054, versions .01 to .08, read by local names.

A file that breaks its schema is read with a warning. Held back is only what cannot be booked:
an entry whose amount, direction or currency is missing or unreadable holds back its statement.
Source: ISO 20022; Deutsche Kreditwirtschaft DFÜ-Abkommen Anlage 3; Swiss Payment Standards.
"""

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import Any

from lxml import etree

from cases.formats.bank.camt_details import Element, account_in, text_at
from cases.formats.bank.camt_entry import StatementContext, date_at, read_entry
from cases.formats.bank.statement import (
    BankStatement,
    StatementFile,
    balances_agree,
    file_of,
    refused,
)
from cases.formats.currencies import parse_minor_units
from cases.formats.foreign_files import foreign_name
from cases.formats.gate import Refused
from cases.formats.xml import parse_xml
from legal.findings import Finding, Severity

SCHEMAS = Path(__file__).parent / "xsd"
NAMESPACE = re.compile(r"camt\.05[234]\.001\.[0-9]{2}")
ELEMENT = re.compile(r"'(?:\{[^}]*\})?([^'{}]{1,80})'")
#: Message element -> kind; the element of version .01 ends with V01.
MESSAGES_OF_CAMT = {
    "BkToCstmrAcctRpt": "camt.052",
    "BkToCstmrStmt": "camt.053",
    "BkToCstmrDbtCdtNtfctn": "camt.054",
}


def read_camt(data: bytes) -> StatementFile:
    """Read a camt file; never raises."""
    try:
        root, findings = parse_xml(data)
    except Refused as refusal:
        return StatementFile("xml", (), (refusal.finding,))
    format_name, notes = _describe(root)
    findings += notes
    for element in root.iter(etree.Element):
        element.tag = element.tag.rpartition("}")[2]  # From here on names are local.
    kind = _kind(root)
    if kind is None:
        return refused(
            "not_a_bank_statement", format_name or "xml", root=foreign_name(data) or root.tag[:60]
        )
    statements = [_read_statement(node, kind) for node in root.iter("Stmt", "Rpt", "Ntfctn")]
    if not statements:
        findings += (Finding("no_statement", Severity.ERROR),)
    return file_of(format_name or kind, statements, findings)


def _describe(root: Element) -> tuple[str | None, tuple[Finding, ...]]:
    """The format by the namespace, and a warning if the document breaks the schema of it."""
    for element in root.iter("{*}Document"):
        named = NAMESPACE.search(etree.QName(element).namespace or "")
        if named is None:
            continue
        schema = _schema(named[0])
        if schema is None or schema.validate(element):
            return named[0], ()
        log: Any = schema.error_log
        error = log[0]
        # What the library says of it is English; the name of the element is not.
        at = ELEMENT.search(error.message)
        params: dict[str, str | int] = {"schema": named[0], "element": at[1] if at else "?"}
        return named[0], (Finding("schema_broken", Severity.WARNING, None, error.line, params),)
    return None, (Finding("namespace_missing", Severity.WARNING),)


@lru_cache(maxsize=16)
def _schema(name: str) -> etree.XMLSchema | None:
    """The compiled schema of a message; only the common versions are kept."""
    path = SCHEMAS / f"{name}.xsd"
    return etree.XMLSchema(etree.parse(path)) if path.exists() else None


def _kind(root: Element) -> str | None:
    for element in root.iter(etree.Element):
        kind = MESSAGES_OF_CAMT.get(re.sub(r"V[0-9]{2}$", "", element.tag))
        if kind:
            return kind
        if element.tag == "Document" and len(element) == 0:
            return "camt"  # An empty message: it is ours, and says nothing.
    return None


def _read_statement(node: Element, kind: str) -> BankStatement:
    account_node = node.find("Acct")
    account = "" if account_node is None else account_in(account_node) or ""
    balances = list(_balances(node))
    currency = text_at(node, "Acct/Ccy") or next((each[2] for each in balances if each[2]), None)
    closing = _pick(balances, "CLBD")
    opening = _pick(balances, "OPBD", "PRCD")
    fallback_on = (
        closing[3] if closing else date_at(node, "FrToDt/ToDtTm", "FrToDt/ToDt", "CreDtTm")
    )
    context = StatementContext(kind, account, currency, fallback_on)
    if not account:
        context.note("account_missing", Severity.WARNING, node, "Acct")
    entries = tuple(
        entry for each in node.findall("Ntry") if (entry := read_entry(each, context)) is not None
    )
    page = text_at(node, "StmtPgntn/PgNb", "RptPgntn/PgNb", "NtfctnPgntn/PgNb")
    statement = BankStatement(
        account=account,
        currency=currency or (entries[0].currency if entries else ""),
        opening_cents=opening[1] if opening else None,
        closing_cents=closing[1] if closing else None,
        entries=entries,
        number=text_at(node, "ElctrncSeqNb", "LglSeqNb", "Id") or "",
        page=int(page) if page and page.isascii() and page.isdigit() else None,
        last_page=text_at(node, "StmtPgntn/LastPgInd", "RptPgntn/LastPgInd") != "false",
        owner=text_at(node, "Acct/Ownr/Nm", "Acct/Ownr/Pty/Nm"),
        closing_on=closing[3] if closing else None,
    )
    return _with_findings(statement, context, node)


def _with_findings(
    statement: BankStatement,
    context: StatementContext,
    node: Element,
) -> BankStatement:
    """The same statement with its findings, after the balances were checked."""
    whole = statement.last_page and statement.page in {None, 1}
    if (
        context.kind == "camt.053"
        and whole
        and not balances_agree(statement.opening_cents, statement.closing_cents, statement.entries)
    ):
        context.note("balance_mismatch", Severity.WARNING, node, "Bal")
    return replace(statement, findings=tuple(context.findings))


Balance = tuple[str, int, str, date | None]  # Kind, signed amount, currency, day.


def _balances(node: Element) -> Iterator[Balance]:
    for each in node.findall("Bal"):
        amount = each.find("Amt")
        if amount is None or amount.text is None:
            continue
        currency = amount.get("Ccy") or ""
        cents = parse_minor_units(amount.text.strip(), currency)
        kind = text_at(each, "Tp/CdOrPrtry/Cd", "Tp/Cd") or ""
        if cents is not None:
            sign = -1 if text_at(each, "CdtDbtInd") == "DBIT" else 1
            yield kind, sign * cents, currency, date_at(each, "Dt/Dt", "Dt/DtTm")


def _pick(balances: list[Balance], *kinds: str) -> Balance | None:
    return next((each for kind in kinds for each in balances if each[0] == kind), None)
