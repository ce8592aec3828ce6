"""Every file of claims among the samples through the readers, compared with what was expected.

Part of `make corpus`; it reads a folder of samples that is not part of the product.
"""

import csv
from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import NamedTuple

from cases.formats.claims.claim_file import ClaimFile
from cases.formats.claims.claim_row import ClaimRow
from cases.formats.claims.reading import read_claims

AS_OF = date(2026, 11, 23)
KINDS = ("open_items", "datev", "einvoice_cii", "einvoice_ubl", "einvoice_pdf", "einvoice_invalid",
         "nasty")  # fmt: skip
#: Files of the hostile folder that are no files of claims.
_NOT_CLAIMS = {".py", ".json"}


_ADDRESS = {"postcode", "city", "country"}
#: Where we read otherwise than expected, and why we are right; any other difference is a fault.
_EXPLAINED = {
    "due date: 20260613 instead of 20260606": (
        "two payment terms: the first is for the cash discount, the second for the whole sum"
    ),
    "total: 23010 instead of 9595": "95.95 is the total of a line, not of the invoice (BT-112)",
    "open: 23562 instead of -": "no amount due (ZUGFeRD 1 BASIC): total less payments, marked",
    "open: -879 instead of -": "no amount due (ZUGFeRD 1 BASIC): total less payments, marked",
    "open: 9877 instead of -": "no amount due: total less payments, marked",
    "prepaid: - instead of 0": "no amounts at all: nothing is claimed about payments",
    "postcode: 3470 instead of NO-3470": "the country in front of the postcode is the address's",
    "refused: xml_prerelease": "draft of ZUGFeRD before 1.0: entered by hand",
    "iban: 32423940 instead of IBAN32423940": "the word IBAN in front is no part of the number",
    "read, though expected: not xml": "only its encoding is declared wrongly: read, marked",
    "read, though expected: xml not well-formed": (
        "only the declared encoding is wrong: read as UTF-8, marked"
    ),
}


class Line(NamedTuple):
    """One file: how it was read, and where it differs from what was expected."""

    kind: str
    file: str
    verdict: str  # read, with findings, refused, explained, differs
    note: str = ""


def run(shared: Path) -> list[Line]:
    """Read all samples; the table of `make corpus`."""
    folders = [shared / place / kind for place in ("samples", "trials") for kind in KINDS]
    return [line for folder in folders if folder.is_dir() for line in _run_folder(folder)]


def _run_folder(folder: Path) -> Iterator[Line]:
    expected = _expected(folder)
    for path in sorted(folder.iterdir()):
        if path.name in {"EXPECTED.csv", "ORIGIN.md"} or path.suffix in _NOT_CLAIMS:
            continue
        claims = read_claims(path.read_bytes(), path.name, as_of=AS_OF)
        differences = list(_differences(folder.name, path.name, claims, expected))
        if not differences:
            yield Line(folder.name, path.name, _verdict(claims), _codes(claims))
        elif all(each in _EXPLAINED for each in differences):
            reasons = "; ".join(f"{each} ({_EXPLAINED[each]})" for each in differences)
            yield Line(folder.name, path.name, "explained", reasons)
        else:
            yield Line(folder.name, path.name, "differs", "; ".join(differences))


def _expected(folder: Path) -> list[dict[str, str]]:
    path = folder / "EXPECTED.csv"
    if not path.exists():
        return []
    with path.open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream))


def _verdict(claims: ClaimFile) -> str:
    if claims.is_refused:
        return "refused"
    found = claims.findings or any(row.findings for row in claims.rows)
    return "with findings" if found else "read"


def _codes(claims: ClaimFile) -> str:
    rows = (finding for row in claims.rows for finding in row.findings)
    return ", ".join(dict.fromkeys(each.code for each in (*claims.findings, *rows)))


def _differences(
    kind: str, name: str, claims: ClaimFile, expected: list[dict[str, str]]
) -> Iterator[str]:
    if kind == "open_items" and expected and "item" in expected[0]:
        yield from _list_differences(claims, expected)
    for row in expected:
        if row.get("file") == name and "claims" in row:
            yield from _sum_differences(claims, row)
            return
    for row in expected:
        if row.get("file") == name:
            yield from _invoice_differences(claims, row)


def _list_differences(claims: ClaimFile, expected: list[dict[str, str]]) -> Iterator[str]:
    rows = {row.invoice_number: row for row in claims.rows}
    items = [item for item in expected if item["item"] != "total"]
    if len(claims.rows) != len(items):
        yield f"{len(claims.rows)} rows instead of {len(items)}"
    for item in items:
        row = rows.get(item["invoice_no"])
        if row is None:
            yield f"{item['invoice_no']} not found"
            continue
        yield from _item_differences(row, item)


def _sum_differences(claims: ClaimFile, expected: dict[str, str]) -> Iterator[str]:
    """How many claims a list holds, and what they add up to."""
    usable = [row for row in claims.rows if row.is_usable]
    found = (str(len(usable)), str(sum(row.open_cents or 0 for row in usable)))
    wanted = (expected["claims"], expected["sum_open_cents"])
    if expected["claims"] and found != wanted:
        yield f"{found} instead of {wanted}"


def _item_differences(row: ClaimRow, item: dict[str, str]) -> Iterator[str]:
    pairs = {
        "invoice date": (str(row.invoiced_on), item["invoice_date"]),
        "due date": (str(row.due_on), item["due_date"]),
        "open": (row.open_cents, _cents(item["open"])),
    }
    if row.debtor.name and "?" not in row.debtor.name:  # cp1252 has no Ł and no Ş.
        pairs["name"] = (row.debtor.name, item["debtor_name"])
    if "name" in pairs and ", " in item["debtor_name"] and pairs["name"][0] != pairs["name"][1]:
        # “Weiß, Anna-Lena” is the person Anna-Lena Weiß, and a letter greets her so.
        pairs["name"] = (row.debtor.name, " ".join(item["debtor_name"].split(", ")[::-1]))
    for what, (ours, theirs) in pairs.items():
        if ours != theirs:
            yield f"{item['invoice_no']} {what}: {ours} instead of {theirs}"


def _invoice_differences(claims: ClaimFile, item: dict[str, str]) -> Iterator[str]:
    if item["status"] != "ok":
        if claims.rows:
            yield f"read, though expected: {item['status']}"
        return
    if not claims.rows:
        yield "refused: " + ", ".join(finding.code for finding in claims.findings)
        return
    row = claims.rows[0]
    pairs = {
        "number": (row.invoice_number, item["number"]),
        "type": (row.document_type, item["type_code"]),
        "issue date": (row.invoiced_on, item["issue_date"]),
        "due date": (row.due_on, item["due_date"]),
        "currency": (row.currency, item["currency"]),
        "total": (row.total_cents, _cents(item["grand_total"])),
        "prepaid": (row.paid_cents, _cents(item["prepaid"]) or 0),
        "open": (row.open_cents, _cents(item["due_payable"])),
        "seller": (row.creditor.name, item["seller"]),
        "buyer": (row.debtor.name, item["buyer"]),
        "postcode": (row.debtor.postcode, item["buyer_postcode"]),
        "city": (row.debtor.city, item["buyer_city"]),
        "country": (row.debtor.country, item["buyer_country"]),
        "iban": (row.iban, item["payee_iban"].replace(" ", "")),
    }
    if not any(item[name] for name in ("buyer_postcode", "buyer_city", "buyer_country")):
        # Addresses were not computed for this file.
        pairs = {what: pair for what, pair in pairs.items() if what not in _ADDRESS}
    for what, (ours, theirs) in pairs.items():
        if _plain(ours) != _plain(theirs):
            yield f"{what}: {_plain(ours) or '-'} instead of {_plain(theirs) or '-'}"


def _plain(value: object) -> str:
    if isinstance(value, date):
        return value.strftime("%Y%m%d")
    text = " ".join(str("" if value is None else value).split())
    return text.replace("-", "") if len(text) == len("2026-01-31") and text[4:5] == "-" else text


def _cents(text: str) -> int | None:
    return round(Decimal(text) * 100) if text else None


if __name__ == "__main__":
    import sys

    for line in run(Path(sys.argv[1])):
        print("\t".join(line))
