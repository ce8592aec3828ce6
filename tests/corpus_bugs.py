"""The inputs of public complaints about programs of this kind, each with what is right for it.

Part of `make corpus`: the folder's `expected.json` says why; here stands what a reader must give.
"""

from collections.abc import Iterable
from datetime import date
from pathlib import Path

from cases.formats.bank.reading import read_statements
from cases.formats.bank.statement import StatementFile
from cases.formats.claims.claim_file import ClaimFile
from cases.formats.claims.claim_row import ClaimRow
from cases.formats.claims.reading import read_claims

AS_OF = date(2026, 11, 28)
#: File -> what stands in each row: invoice or status, amount, who, where.
CLAIMS = {
    "k01_two_currencies.csv": [("EUR", 100_00), ("CHF", 200_00)],
    "k02_company_and_contact.csv": [
        "Muster GmbH", "Karl von der Höhe", "Norddeutsche Röhrenwerke AG"],
    "k02b_shop_export_en.csv": ["Muster GmbH", "Karl von der Höhe"],
    "k12_countries.csv": ["IE", "PT", "ES", "CZ", "DK", "SE", "HU", "RO", "TR", "GB", "GB", "LI",
                          "SK", "HR", "GR", "BE", "NL", "DE", "US", "DE", "FI"],
    "k12_letter_abroad.csv": ["PL"],
    "k14_skonto_only_date.xml": [(None, True)],
    "k19_one_address_column.csv": [
        ("Hauptstr. 1a", "01067", "Dresden"), ("Hauptstr. 1a", "01067", "Dresden"),
        ("Straße des 17. Juni 135", "10623", "Berlin"), ("Q 7, 24", "68161", "Mannheim")],
    "k19b_merged_cells.xlsx": ["Anna Muster", "Anna Muster", "Bernd Muster", "Carla Muster"],
    "k21_invoice_and_credit_note.csv": [(750_00, False), (-150_00, True)],
}  # fmt: skip
READ = {
    "k01": lambda row: (row.currency, row.open_cents),
    "k02": lambda row: row.debtor.name,
    "k12": lambda row: row.debtor.country,
    "k14": lambda row: (row.due_on, "due_on_missing" in _codes(row)),
    "k19": lambda row: (row.debtor.street, row.debtor.postcode, row.debtor.city),
    "k19b": lambda row: row.debtor.name,
    "k21": lambda row: (row.open_cents, "credit_note" in _codes(row)),
}
#: File -> status, amount, amount before charges, charges, payer, and what the purpose holds.
BANK = {
    "k06_mt940_return_amounts.sta": [
        ("booked", -53_00, 50_00, 3_00, "ERIKA MUSTERFRAU", "AC04"),
        ("booked", -23_00, 20_00, 3_00, "OTTO NORMAL", "MD06")],
    "k17_comdirect_pending.csv": [
        ("booked", 50_00, None, 0, "Anna Muster", "2026-0000002-3"),
        ("pending", -12_00, None, 0, "Otto", "Test")],
    "k18_paypal.csv": [
        ("booked", 97_16, 100_00, 2_84, "Anna Muster", "2026-0000002-3"),
        ("pending", -50_00, -50_00, 0, "Otto Normal", "Storno")],
}  # fmt: skip
Line = tuple[str, str, str, str]


def run(shared: Path) -> list[Line]:
    """Read every file of the folder that a reader takes."""
    folder = shared / "trials" / "bugs"
    if not folder.is_dir():
        return []
    lines = [_line(name, _claims(folder, name), wanted) for name, wanted in CLAIMS.items()]
    return lines + [_line(name, _bank(folder, name), wanted) for name, wanted in BANK.items()]


def _line(name: str, found: list[object], wanted: Iterable[object]) -> Line:
    same = found == list(wanted)
    return "bugs", name, "read" if same else "differs", "" if same else f"read as {found}"


def _claims(folder: Path, name: str) -> list[object]:
    file: ClaimFile = read_claims((folder / name).read_bytes(), name, as_of=AS_OF)
    kind = name.split("_", 1)[0]
    read = READ[kind if kind in READ else kind[:3]]
    return [read(row) for row in file.rows]


def _bank(folder: Path, name: str) -> list[object]:
    file: StatementFile = read_statements((folder / name).read_bytes(), name)
    words = [each[-1] for each in BANK[name]]
    entries = [each for statement in file.statements for each in statement.entries]
    return [
        (str(each.status), each.amount_cents, each.original_cents, each.charges_cents,
         each.counterparty.name, word if word in each.purpose else each.purpose)
        for each, word in zip(entries, words, strict=True)
    ]  # fmt: skip


def _codes(row: ClaimRow) -> set[str]:
    return {finding.code for finding in row.findings}
