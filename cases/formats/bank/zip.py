"""ZIP archives of bank files, as EBICS hands them out: each member is read by itself."""

from collections.abc import Callable, Iterator

from cases.formats.archives import read_each
from cases.formats.bank.statement import BankStatement, StatementFile
from cases.formats.gate import Refused
from legal.findings import Finding, Severity

ReadOne = Callable[[bytes, str], StatementFile]


def read_bank_zip(data: bytes, read_one: ReadOne) -> StatementFile:
    """Read every file of an archive; never raises.

    A member that cannot be read says so with its name and does not harm the others.
    """
    try:
        members = list(read_each(data))
    except Refused as refusal:
        return StatementFile("zip", (), (refusal.finding,))
    statements: list[BankStatement] = []
    findings: list[Finding] = []
    formats: list[str] = []
    for member in members:
        findings += member.findings
        if member.data is None or not member.data.strip():
            continue
        read = read_one(member.data, member.name)
        if read.statements:
            formats.append(read.format)
        statements += read.statements
        findings += _named(read.findings, member.name)
    kept = list(_without_repeats(statements, findings))
    if not statements:
        findings.append(Finding("no_statement", Severity.ERROR))
    name = formats[0] if len(set(formats)) == 1 else "zip"
    return StatementFile(name, tuple(kept), tuple(findings))


def _named(findings: tuple[Finding, ...], name: str) -> Iterator[Finding]:
    """The findings of a member with its name as a parameter, for who reads them."""
    for each in findings:
        params = {"file": name, **each.params}
        yield Finding(each.code, each.severity, each.field, each.line, params)


def _without_repeats(
    statements: list[BankStatement],
    findings: list[Finding],
) -> Iterator[BankStatement]:
    """Leave out a statement that repeats another: same account, balances and entries.

    Banks deliver a day twice under two numbers; a true next statement differs at least in its
    balances or in the bank's references.
    """
    seen = set()
    for each in statements:
        key = (
            each.account,
            each.currency,
            each.opening_cents,
            each.closing_cents,
            each.closing_on,
            each.entries,
        )
        if each.entries and key in seen:
            findings.append(
                Finding("statement_repeated", Severity.WARNING, params={"number": each.number})
            )
            continue
        seen.add(key)
        yield each
