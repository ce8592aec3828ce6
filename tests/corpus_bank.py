"""Every bank file among the samples through the reader, compared with what was expected.

Part of `make corpus`; it reads a folder of samples that is not part of the product.
"""

import csv
from collections.abc import Callable, Iterator
from decimal import Decimal
from functools import partial
from pathlib import Path
from typing import NamedTuple

from cases.formats.bank.reading import read_statements
from cases.formats.bank.statement import BankEntry, EntryStatus, StatementFile
from cases.formats.currencies import minor_digits

KINDS = ("bank_camt", "bank_mt940", "bank_csv", "nasty")
#: Files of other kinds at this door: refused by their name.
TRIALS = ("payments_pain", "xjustiz", "qr")
#: Of the hostile files only these are meant for the reader of bank files.
NASTY = ("camt_", "mt940_", "xml_", "zip_", "empty_file", "one_line")

#: Where what was expected is not what the file says; the reasons are in docs/formats_bank.md.
EXPLAINED = {
    "053-valid_example_v4.xml": "returns 3 instead of 5",
    "camt.054_P_CH2909000000250094239_1111111112_0_2022031011011199_v2019.xml": (
        "structured_refs 0 instead of 1"
    ),
    "camt_053_uk_v2_1.xml": "account 60000635 instead of GB36GSLD04296250000970",
    "camt_053_us_v2_sample.xml": (
        "account DD01100056869 instead of nothing; returns 3 instead of 2"
    ),
    "camt052.v1.xml": "batches 1 instead of 0",
    "camt053_garbled_amount.xml": "entries 0 instead of 1",
    "empty_line.txt": "statements 0 instead of 1",
    "statement-details-mt940.txt": "statements 1 instead of 0",
    "statement-mt940.txt": "statements 1 instead of 0",
}


class Line(NamedTuple):
    """One file: how it was read, and where it differs from what was expected."""

    kind: str
    file: str
    verdict: str  # read, with findings, refused, explained, differs
    note: str = ""


def run(shared: Path) -> list[Line]:
    """Read all samples; the table of `make corpus`."""
    folders = [shared / "samples" / kind for kind in KINDS]
    folders += [shared / "trials" / kind for kind in (*TRIALS, *KINDS)]
    return [line for folder in folders if folder.is_dir() for line in _run_folder(folder)]


def _run_folder(folder: Path) -> Iterator[Line]:
    expected = _expected(folder)
    for path in sorted(folder.iterdir()):
        if path.name in {"EXPECTED.csv", "ORIGIN.md"} or path.suffix == ".py":
            continue
        if folder.name == "nasty" and not path.name.startswith(NASTY):
            continue
        read = read_statements(path.read_bytes(), path.name)
        differences = list(_differences(folder.name, read, expected.get(path.name)))
        verdict = "differs" if differences else _verdict(read)
        if "; ".join(differences) == EXPLAINED.get(path.name):
            verdict = "explained"
        yield Line(folder.name, path.name, verdict, "; ".join(differences) or _codes(read))


def _expected(folder: Path) -> dict[str, dict[str, str]]:
    path = folder / "EXPECTED.csv"
    if not path.exists():
        return {}
    with path.open(encoding="utf-8", newline="") as stream:
        return {row["file"]: row for row in csv.DictReader(stream)}


def _verdict(read: StatementFile) -> str:
    if not read.statements:
        return "refused"
    return "with findings" if read.findings else "read"


def _codes(read: StatementFile) -> str:
    return ", ".join(dict.fromkeys(each.code for each in read.findings))


def _differences(kind: str, read: StatementFile, row: dict[str, str] | None) -> Iterator[str]:
    if row is None:
        return
    if kind in TRIALS:
        if read.statements or not {"not_a_bank_statement", "xml_doctype"}.intersection(
            each.code for each in read.findings
        ):
            yield f"not refused by its name: {_codes(read)}"
        return
    if kind == "bank_csv":
        yield from _csv(read, row)
        return
    compare = _camt if kind == "bank_camt" else _mt940
    for name, value in compare(read).items():
        wanted = row[name].strip()
        if name == "structured_refs" and len(wanted) <= len("99"):
            counted = len([each for each in str(value).split("|") if each])
            if str(counted) != (wanted or "0"):
                yield f"{name} {counted} instead of {wanted}"
            continue
        same = Decimal(wanted) == value if isinstance(value, Decimal) else wanted == str(value)
        if not same:
            yield f"{name} {value} instead of {wanted or 'nothing'}"


def _csv(read: StatementFile, row: dict[str, str]) -> Iterator[str]:
    """Rows and their sum; some of the expected count pending rows, others do not."""
    entries = _entries(read)
    booked = [each for each in entries if each.status is EntryStatus.BOOKED]
    found = {
        (str(len(each)), str(sum(entry.amount_cents for entry in each)))
        for each in (entries, booked)
    }
    wanted = (row["rows"], row["sum_cents"])
    if row["rows"] and wanted not in found:
        yield f"{sorted(found)} instead of {wanted}"


def _camt(read: StatementFile) -> dict[str, object]:
    entries = _entries(read)
    details = [detail for entry in entries for detail in entry.details]
    return {
        "message": read.format if read.format.count(".") > 1 else "",
        "account": next((each.account for each in read.statements if each.account), ""),
        "statements": len(read.statements),
        "entries": len(entries),
        "tx_details": len(details),
        "batches": sum(each.is_batch for each in entries),
        "sum_credit": _sum(entries, lambda each: each.amount_cents > 0),
        "sum_debit": _sum(entries, lambda each: each.amount_cents < 0),
        "returns": sum(each.is_return for each in entries),
        "reversal_flags": sum(each.is_reversal for each in entries),
        "not_booked": sum(each.status is not EntryStatus.BOOKED for each in entries),
        "structured_refs": "|".join(
            reference for each in details for reference in each.references.structured_all
        ),
    }


def _mt940(read: StatementFile) -> dict[str, object]:
    entries = _entries(read)
    kinds = {
        "sum_C": (False, False),
        "sum_D": (False, True),
        "sum_RC": (True, True),
        "sum_RD": (True, False),
    }
    sums = {name: _sum(entries, partial(_is_kind, kind=kind)) for name, kind in kinds.items()}
    return {"statements": len(read.statements), "entries": len(entries), **sums}


def _is_kind(entry: BankEntry, kind: tuple[bool, bool]) -> bool:
    """Whether an entry is or is no reversal, and a debit or a credit."""
    return (entry.is_reversal, entry.amount_cents < 0) == kind


def _entries(read: StatementFile) -> list[BankEntry]:
    return [entry for statement in read.statements for entry in statement.entries]


def _sum(entries: list[BankEntry], fits: Callable[[BankEntry], bool]) -> Decimal:
    return sum(
        (
            abs(Decimal(each.amount_cents)).scaleb(-minor_digits(each.currency))
            for each in entries
            if fits(each)
        ),
        Decimal(0),
    )


if __name__ == "__main__":
    import sys

    for row in run(Path(sys.argv[1])):
        print(" | ".join(row))
