"""`recoup bank read`: bank statements as JSON or as text. Needs no database, web stack or Redis."""

from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

if TYPE_CHECKING:
    from cases.formats.bank.statement import (
        BankEntry,
        BankStatement,
        Counterparty,
        EntryDetail,
        References,
        StatementFile,
    )
    from legal.findings import Finding

Answer = dict[str, Any]


@click.group()
def command() -> None:
    """Read bank statements: camt.052/053/054, MT940, MT942, CSV of common banks, ZIP of many."""


@command.command()
@click.argument(
    "files", nargs=-1, required=True, type=click.Path(exists=True, dir_okay=False, path_type=Path)
)
@click.option("--json", "as_json", is_flag=True, help="Answer in JSON, see docs/commands.md.")
def read(files: tuple[Path, ...], as_json: bool) -> None:
    """Read bank files by their content and say what is in them.

    One file answers an object, several a list. Exit 2 when the only file cannot be read.
    """
    from agency.cli.answers import Unreadable, emit

    answers = [{"file": path.name, **read_file(path)} for path in files]
    if as_json:
        emit(answers[0] if len(answers) == 1 else answers)
    else:
        for each in answers:
            show(each)
    only = answers[0]
    errors = [each["message"] for each in only["findings"] if each["severity"] == "error"]
    if len(answers) == 1 and not only["statements"] and errors:
        raise Unreadable(errors[0])


def read_file(path: Path) -> Answer:
    """The published answer for one file."""
    from cases.formats.bank.reading import read_statements
    from cases.formats.gate import MAX_BYTES

    with path.open("rb") as file:
        # One byte more than allowed is enough to refuse; the rest need not be in memory.
        data = file.read(MAX_BYTES + 1)
    return answer_for(read_statements(data, path.name))


def answer_for(read_in: "StatementFile") -> Answer:
    """A statement file in the published shape."""
    return {
        "format": read_in.format,
        "statements": [statement_answer(each) for each in read_in.statements],
        "findings": [finding_answer(each) for each in read_in.findings],
    }


def statement_answer(statement: "BankStatement") -> Answer:
    """One statement in the published shape."""
    return {
        "account": statement.account,
        "currency": statement.currency,
        "number": statement.number,
        "opening_cents": statement.opening_cents,
        "closing_cents": statement.closing_cents,
        "held_back": statement.held_back,
        "entries": [entry_answer(each) for each in statement.entries],
    }


def entry_answer(entry: "BankEntry") -> Answer:
    """One entry in the published shape; debits are negative."""
    return {
        "booked_on": entry.booked_on,
        "value_on": entry.value_on,
        "status": str(entry.status),
        "amount_cents": entry.amount_cents,
        "currency": entry.currency,
        "reversal": entry.is_reversal,
        "return": entry.is_return,
        "batch": entry.is_batch,
        **said_answer(entry),
        "code": entry.code,
        "info": entry.info,
        "line": entry.line,
        "details": [
            {"amount_cents": each.amount_cents, "currency": each.currency, **said_answer(each)}
            for each in entry.details
        ],
    }


def said_answer(part: "BankEntry | EntryDetail") -> Answer:
    """What an entry and a detail say alike."""
    return {
        "counterparty": counterparty_answer(part.counterparty),
        "references": references_answer(part.references),
        "purpose": part.purpose,
        "return_reason": part.return_reason,
        "charges_cents": part.charges_cents,
        "original_cents": part.original_cents,
        "original_currency": part.original_currency,
    }


def counterparty_answer(counterparty: "Counterparty") -> Answer:
    """Name, account, bank, and on whose behalf."""
    return asdict(counterparty)


def references_answer(references: "References") -> Answer:
    """All references by their kind."""
    return asdict(references)


def finding_answer(finding: "Finding") -> Answer:
    """A finding with its sentence in English."""
    from cases.formats.bank.findings import MESSAGES

    found: Answer = {
        "code": finding.code,
        "severity": str(finding.severity),
        "field": finding.field,
        "line": finding.line,
        "message": finding.message(MESSAGES),
    }
    if "file" in finding.params:
        found["file"] = finding.params["file"]
    return found


def show(answer: Answer) -> None:
    """Print what a person wants to see of a file."""
    click.echo(f"{answer['file']}: {answer['format']}")
    for statement in answer["statements"]:
        held = "  (held back)" if statement["held_back"] else ""
        click.echo(
            f"  {statement['account'] or '?'} {statement['currency']} "
            f"no. {statement['number'] or '?'}{held}"
        )
        for each in statement["entries"]:
            name = printable(each["counterparty"]["name"] or "")
            click.echo(
                f"    {each['booked_on']}  {money(each):>16}  {each['status']:8} "
                f"{name[:30]:30}  {printable(each['purpose'])[:60]}"
            )
    for finding in answer["findings"]:
        place = f" (line {finding['line']})" if finding["line"] else ""
        click.echo(f"  {finding['severity']}{place}: {finding['message']}")


def printable(text: str) -> str:
    """Words of strangers without what a terminal would obey."""
    return "".join(each for each in " ".join(text.split()) if each.isprintable())


def money(entry: Answer) -> str:
    """An amount with as many decimals as its currency has."""
    from decimal import Decimal

    from cases.formats.currencies import minor_digits

    decimals = minor_digits(entry["currency"])
    return f"{Decimal(entry['amount_cents']).scaleb(-decimals):,.{decimals}f} {entry['currency']}"
