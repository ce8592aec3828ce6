"""`recoup claims read`: what our readers make of lists and e-invoices, as JSON or short text."""

import logging
from collections.abc import Iterable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import click

from agency.cli.answers import Unreadable, emit
from cases.formats.claims.claim_file import ClaimFile
from cases.formats.claims.claim_row import ClaimRow, Party
from cases.formats.claims.messages import MESSAGES
from cases.formats.claims.reading import read_together
from cases.formats.gate import MAX_BYTES
from legal.findings import Finding

#: Where a finding's field stands in the published row, if not under its own name.
_PUBLISHED = {
    "total": "total_cents", "paid": "paid_cents", "open": "open_cents", "debit": "total_cents",
    "credit": "paid_cents",
}  # fmt: skip
_PARTY_FIELDS = tuple(Party.__dataclass_fields__)


@click.group()
def command() -> None:
    """Read lists of claims and e-invoices."""


@command.command("read")
@click.argument("files", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.option("--json", "as_json", is_flag=True, help="Answer in JSON, see docs/commands.md.")
@click.option(
    "--as-of",
    type=click.DateTime(formats=["%Y-%m-%d"]),
    help="The day on which claims have to be due; today if not given.",
)
def read(files: tuple[Path, ...], as_json: bool, as_of: datetime | None) -> None:
    """Read FILES as the screens would and show rows and findings."""
    logging.getLogger("pypdf").setLevel(logging.CRITICAL)  # What it warns of is a finding here.
    day = as_of.date() if as_of else datetime.now(UTC).date()
    read_files = read_together([(path.name, _bytes(path)) for path in files], as_of=day)
    answers = list(zip(files, (claims for _, claims in read_files), strict=True))
    if as_json:
        published = [_published(claims) | {"file": path.name} for path, claims in answers]
        emit(published if len(published) > 1 else published[0])
        return
    for path, claims in answers:
        click.echo(_summary(path, claims))


def _bytes(path: Path) -> bytes:
    try:
        with path.open("rb") as stream:
            return stream.read(MAX_BYTES + 1)  # One byte too many is enough to refuse it.
    except OSError as error:
        raise Unreadable(f"{path} cannot be read: {error.strerror}") from error


def _published(claims: ClaimFile) -> dict[str, Any]:
    return {
        "kind": claims.kind,
        "format": claims.format,
        "encoding": claims.encoding,
        "profile": claims.profile,
        "columns": list(claims.columns),
        "mapping": dict(claims.mapping),
        "rows": [_published_row(row) for row in claims.rows],
        "attachments": [
            {"name": each.name, "media_type": each.media_type, "bytes": len(each.content or b"")}
            for each in claims.attachments
        ],
        "findings": _published_findings(claims.findings),
    }


def _published_row(row: ClaimRow) -> dict[str, Any]:
    return {
        "line": row.line,
        "invoice_number": row.invoice_number,
        "invoiced_on": row.invoiced_on,
        "due_on": row.due_on,
        "currency": row.currency,
        "total_cents": row.total_cents,
        "paid_cents": row.paid_cents,
        "open_cents": row.open_cents,
        "document_type": row.document_type,
        "text": row.text,
        "debtor": _published_party(row.debtor),
        "creditor": _published_party(row.creditor),
        "iban": row.iban,
        "findings": _published_findings(row.findings),
    }


def _published_party(party: Party) -> dict[str, str | None]:
    return {name: getattr(party, name) for name in _PARTY_FIELDS}


def _published_findings(findings: Iterable[Finding]) -> list[dict[str, Any]]:
    return [
        {
            "field": _PUBLISHED.get(each.field or "", each.field),
            "severity": each.severity.value,
            "code": each.code,
            "message": each.message(MESSAGES),
            "line": each.line,
        }
        for each in findings
    ]


def _summary(path: Path, claims: ClaimFile) -> str:
    usable = [row for row in claims.rows if row.is_usable]
    what = f"{claims.kind}, {claims.format or 'not read'}"
    lines = [f"{path.name}: {what}, {len(claims.rows)} rows, {len(usable)} usable"]
    found = [*claims.findings, *(finding for row in claims.rows for finding in row.findings)]
    lines += [f"  {_place(each)}{each.severity.value}: {each.message(MESSAGES)}" for each in found]
    return "\n".join(lines)


def _place(finding: Finding) -> str:
    line = f"line {finding.line} " if finding.line else ""
    return line + (f"{finding.field} " if finding.field else "")
