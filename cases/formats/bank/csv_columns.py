"""Which column of a bank's CSV export holds what, by its header line; the names are data files.

Columns: data/bank_csv_columns.csv (what a header means), data/bank_csv_profiles.csv (which bank a
set of headers belongs to, what it means otherwise than others, and the currency of its accounts
where no column names it). A new export is a new row there.
"""

import csv
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache, lru_cache
from pathlib import Path

DATA = Path(__file__).parent / "data"
AMOUNTS = ("amount", "credit", "debit")
CODES = "EUR|CHF|USD|GBP|SEK|NOK|DKK|PLN|CZK|HUF|RON|JPY|CAD|AUD"
#: A currency behind a header: Betrag (€), Belastung CHF, Saldo in (CHF), Credit in CHF.
CURRENCY = re.compile(rf"(?: in)? ?[(\[]?(€|\b(?:{CODES})\b)[)\]]?$")
#: A list of claims has days and amounts too; it must not pass for a statement.
INVOICE_WORDS = re.compile(r"rechnung|fllig|faellig|invoice|\bdue|debitor|mahn|beleg")
#: No header line stands further down: the longest title block seen has thirteen lines.
SEARCHED_LINES = 40


@dataclass(frozen=True, slots=True)
class Layout:
    """Where things stand in a file: profile, number of the header row, and columns by field."""

    profile: str
    header_row: int | None  # Index among the rows; None without a header.
    columns: Mapping[str, tuple[int, ...]]  # The preferred column of a field first.
    known: bool
    currency: str = ""  # As the header of the amounts names it.
    usual_currency: str = ""  # That of the bank's accounts, where the file does not say.
    delimiter: str = ";"


@dataclass(frozen=True, slots=True)
class Profile:
    """One bank's export: the headers that tell it from others."""

    name: str
    headers: frozenset[str]
    currency: str
    meanings: Mapping[str, str] = field(default_factory=dict)


def find_layout(rows: Sequence[Sequence[str]]) -> Layout | None:
    """The layout by the first row that names a day and an amount; None without such a row."""
    for index, row in enumerate(rows[:SEARCHED_LINES]):
        layout = layout_of(row, index)
        if layout is not None:
            return layout
    return None


def layout_of(row: Sequence[str], index: int = 0) -> Layout | None:
    """The layout that this row describes, if it is a header line of payments."""
    profile = _profile(row)
    columns = _columns(row, profile.meanings if profile else {})
    if "booked_on" not in columns or not any(name in columns for name in AMOUNTS):
        return None
    if profile is None and not _looks_like_a_bank(row, columns):
        return None
    return Layout(
        profile.name if profile else "other",
        index,
        columns,
        known=profile is not None,
        currency=_currency(row, columns),
        usual_currency=profile.currency if profile else "",
    )


def foreign_header(rows: Sequence[Sequence[str]]) -> Sequence[str] | None:
    """A line of column names in which we do not find what an entry needs: never guessed at."""
    for row in rows[:SEARCHED_LINES]:
        columns = _columns(row, {})
        named = {"booked_on", "value_on", "balance", *AMOUNTS}.intersection(columns)
        words = [cell for cell in row if cell.strip()]
        if len(words) > 2 and named and not _is_of_invoices(row):  # noqa: PLR2004 - a table.
            return words
    return None


def _currency(row: Sequence[str], columns: Mapping[str, tuple[int, ...]]) -> str:
    """The currency that the headers of amounts name."""
    for name in (*AMOUNTS, "balance"):
        for place in columns.get(name, ()):
            if found := CURRENCY.search(_tidy(row[place])):
                return found[1].replace("€", "EUR")
    return ""


def _looks_like_a_bank(header: Sequence[str], columns: Mapping[str, tuple[int, ...]]) -> bool:
    """Whether an unknown header is one of payments: a purpose, and nothing of invoices."""
    return not _is_of_invoices(header) and not {"purpose", "info", "iban"}.isdisjoint(columns)


def _is_of_invoices(header: Sequence[str]) -> bool:
    return any(INVOICE_WORDS.search(normal(name)) for name in header)


def _columns(header: Sequence[str], own: Mapping[str, str]) -> dict[str, tuple[int, ...]]:
    """Columns by field; where several headers mean the same, in the order in which we list them."""
    ranked: dict[str, list[tuple[int, int]]] = {}
    for index, written in enumerate(header):
        name = normal(written)
        meaning = ((own[name], 0),) if name in own else _meanings().get(name, ())
        for each, rank in meaning:
            ranked.setdefault(each, []).append((rank, index))
    columns = {each: tuple(place for _, place in sorted(found)) for each, found in ranked.items()}
    columns.pop("", None)  # What a bank calls like something else, and is not read.
    if "amount" in columns and (blank := _blank_after(header, columns["amount"][0])) is not None:
        columns.setdefault("direction", (blank,))
    if "amount" not in columns and "direction" in columns and "credit" not in columns:
        columns["amount"] = columns.pop("direction")  # Signed amounts under "Soll/Haben".
    return columns


def _blank_after(header: Sequence[str], amount: int) -> int | None:
    """A nameless last column behind the amount: old cooperative exports keep S or H there."""
    last = len(header) - 1
    return last if last == amount + 1 and not header[last].strip() else None


def _profile(header: Sequence[str]) -> Profile | None:
    names = {normal(name) for name in header}
    fitting = [each for each in _profiles() if each.headers <= names]
    return max(fitting, key=lambda each: len(each.headers), default=None)


@cache
def normal(name: str) -> str:
    """A header without case, quotes, currency and letters beyond ASCII, which files often lose."""
    clean = CURRENCY.sub("", _tidy(name)).casefold().removesuffix("(utc)")
    return " ".join(re.sub(r"[^\x20-\x7e]", "", clean).split())


def _tidy(name: str) -> str:
    return " ".join(name.strip().strip("\"'\ufeff").split())


@lru_cache(maxsize=1)
def _meanings() -> dict[str, tuple[tuple[str, int], ...]]:
    with (DATA / "bank_csv_columns.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    found: dict[str, tuple[tuple[str, int], ...]] = {}
    for rank, row in enumerate(rows):
        name = normal(row["header"])
        if all(row["field"] != each for each, _ in found.get(name, ())):
            found[name] = (*found.get(name, ()), (row["field"], rank))
    return found


@lru_cache(maxsize=1)
def _profiles() -> tuple[Profile, ...]:
    with (DATA / "bank_csv_profiles.csv").open(encoding="utf-8", newline="") as file:
        return tuple(
            Profile(
                row["profile"],
                frozenset(normal(name) for name in row["headers"].split("|")),
                row["currency"],
                {
                    normal(name): meaning
                    for name, _, meaning in (
                        each.rpartition("=") for each in row["meanings"].split("|") if each
                    )
                },
            )
            for row in csv.DictReader(file)
        )
