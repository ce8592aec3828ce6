"""Which column of a bank's CSV export holds what, by its header line; the names are data files.

Columns: data/bank_csv_columns.csv (what a header means), data/bank_csv_profiles.csv (which bank a
set of headers belongs to). A new export is a new row there.
"""

import csv
import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

DATA = Path(__file__).parent / "data"
AMOUNTS = ("amount", "credit", "debit")
CURRENCY = re.compile(r"€|\b[A-Z]{3}\b(?=\W*$)")
#: A list of claims has days and amounts too; it must not pass for a statement.
INVOICE_WORDS = re.compile(r"rechnung|fällig|faellig|invoice|due|debitor|mahn|beleg")
#: No header line stands further down: the longest title block seen has thirteen lines.
SEARCHED_LINES = 40


@dataclass(frozen=True, slots=True)
class Layout:
    """Where things stand in a file: profile, number of the header row, and column by field."""

    profile: str
    header_row: int | None  # Index among the rows; None without a header.
    columns: dict[str, int]
    known: bool
    currency: str = ""  # As the header of the amounts names it.
    delimiter: str = ";"


def find_layout(rows: Sequence[Sequence[str]]) -> Layout | None:
    """The layout by the first row that names a day and an amount; None without such a row."""
    for index, row in enumerate(rows[:SEARCHED_LINES]):
        columns = _columns(row)
        amount = next((columns[name] for name in AMOUNTS if name in columns), None)
        if amount is None or "booked_on" not in columns:
            continue
        profile = _profile(row)
        if profile is None and not _looks_like_a_bank(row, columns):
            continue
        currency = CURRENCY.search(row[amount])
        return Layout(
            profile or "other",
            index,
            columns,
            known=profile is not None,
            currency=currency[0].replace("€", "EUR") if currency else "",
        )
    return None


def _looks_like_a_bank(header: Sequence[str], columns: Mapping[str, int]) -> bool:
    """Whether an unknown header is one of payments: a purpose, and nothing of invoices."""
    foreign = any(INVOICE_WORDS.search(normal(name)) for name in header)
    return not foreign and not {"purpose", "info", "iban"}.isdisjoint(columns)


def _columns(header: Sequence[str]) -> dict[str, int]:
    """Column by field; where several headers mean the same, the one that the list names first."""
    meaning = _meanings()
    ranked: dict[str, tuple[int, int]] = {}
    for index, name in enumerate(header):
        for field, rank in meaning.get(normal(name), ()):
            if field not in ranked or rank < ranked[field][0]:
                ranked[field] = (rank, index)
    columns = {field: index for field, (_, index) in ranked.items()}
    if "amount" in columns and (blank := _blank_after(header, columns["amount"])) is not None:
        columns.setdefault("direction", blank)
    return columns


def _blank_after(header: Sequence[str], amount: int) -> int | None:
    """A nameless last column behind the amount: old cooperative exports keep S or H there."""
    last = len(header) - 1
    return last if last == amount + 1 and not header[last].strip() else None


def _profile(header: Sequence[str]) -> str | None:
    names = {normal(name) for name in header}
    return next((profile for profile, needed in _profiles() if needed <= names), None)


def normal(name: str) -> str:
    """A header without case, quotes and doubled blanks."""
    clean = unicodedata.normalize("NFC", name).strip().strip("\"'\ufeff")
    return " ".join(clean.casefold().split())


@lru_cache(maxsize=1)
def _meanings() -> dict[str, tuple[tuple[str, int], ...]]:
    with (DATA / "bank_csv_columns.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    found: dict[str, tuple[tuple[str, int], ...]] = {}
    for rank, row in enumerate(rows):
        name = normal(row["header"])
        found[name] = (*found.get(name, ()), (row["field"], rank))
    return found


@lru_cache(maxsize=1)
def _profiles() -> tuple[tuple[str, frozenset[str]], ...]:
    with (DATA / "bank_csv_profiles.csv").open(encoding="utf-8", newline="") as file:
        return tuple(
            (row["profile"], frozenset(normal(name) for name in row["headers"].split("|")))
            for row in csv.DictReader(file)
        )
