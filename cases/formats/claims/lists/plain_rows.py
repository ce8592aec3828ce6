"""Which rows of a list are plain, by whole columns, and the values of those rows.

A plain row is one in which the row-wise code finds nothing that is not common to the whole list.
"""

from collections.abc import Iterator, Sequence
from datetime import date, timedelta

import polars as pl

from cases.formats.amounts import Notation
from cases.formats.claims.checks import (
    ADDRESS,
    NO_NAME,
    PO_BOX,
    SEVERAL,
    SHORTENED,
    UNUSUAL_CENTS,
)
from cases.formats.claims.conventions import Conventions
from cases.formats.claims.document_types import DocumentType, type_of
from cases.formats.claims.law_outlook import first_day_far_from_limitation, first_day_of_rates
from cases.formats.claims.lists import plain_columns as plain
from cases.formats.claims.lists.fields import DAYS, FURTHER, OF_JOINT, REMINDERS
from cases.formats.claims.lists.fingerprints import CURRENCIES
from cases.formats.claims.postcodes import postcode_problem
from cases.formats.claims.row_values import WITHIN
from cases.formats.claims.rows import check_row
from cases.formats.claims.schema import RowSchema, Text
from cases.formats.claims.status_words import InvoiceStatus, status_of
from cases.formats.currencies import minor_digits
from legal.findings import Finding

_CURRENCIES = {**{code: code for code in CURRENCIES}, "€": "EUR"}
_LIMITS = {
    name: field.limit
    for name, field in RowSchema(Conventions()).fields.items()
    if isinstance(field, Text)
}
_MAY_BE_EMPTY = (*REMINDERS, "contract_on")
_DAYS = (*DAYS, *_MAY_BE_EMPTY)
_MONEY = ("total", "paid", "open", "debit", "credit")
#: A row that leaves one of these empty is not plain, if the list has the column at all.
_NEEDED = ("invoice_number", "street", "city")
_NAMES = ("name", "company", "last_name")
#: Texts that are plain in any form, if only they need no cleaning.
_FREE = ("first_name", "name_suffix", "address_extra", "house_number", "account", "phone", "text",
         "dunning_level", *_NAMES)  # fmt: skip
#: A row that fills one of these is not plain: only the row-wise code understands them.
_LEFT_TO_SCHEMA = (
    "postcode_city", "vat_id", "register_number", "leitweg_id", "debtor_kind", "settled",
    "cancelled", "side", *(f"{place}_{part}" for place in FURTHER for part in OF_JOINT),
)  # fmt: skip
#: A plain row, cell by cell; what is found in it is found in all plain rows of the list.
_SAMPLE = {
    "invoice_number": "1", "total": "1.00", "open": "1.00", "debit": "1.00", "name": "A",
    "street": "A", "postcode": "12345", "city": "A", "currency": "EUR", "status": "offen",
    "document_type": "Rechnung",
}  # fmt: skip
_PARTS = {"house_number": "street", "name_suffix": "name"}
_COMMON = {"invoiced_on_missing", "due_on_missing", "address_missing", "name_missing"}


def common_findings(fields: Sequence[str], conventions: Conventions) -> tuple[Finding, ...] | None:
    """What all plain rows of a list have in common; None if its columns do not fit the rules."""
    sides = {"debit", "credit"}.intersection(fields)
    if sides and ("debit" not in sides or {"total", "paid"}.intersection(fields)):
        return None
    if minor_digits(conventions.currency) != minor_digits("EUR"):
        return None
    if any(part in fields and whole not in fields for part, whole in _PARTS.items()):
        return None  # Whether the whole is missing would depend on the row.
    if "first_name" in fields and not {"name", "last_name"}.intersection(fields):
        return None  # The same of a name.
    cells = _SAMPLE | dict.fromkeys(("invoiced_on", "due_on"), _sample_day(conventions.as_of))
    sample = check_row({name: cells.get(name, "") for name in fields}, conventions=conventions)
    is_common = all(finding.code in _COMMON for finding in sample.findings)
    return sample.findings if is_common else None


def _sample_day(as_of: date | None) -> str:
    """A day that is past, and far from limitation."""
    return (as_of - timedelta(days=2)).isoformat() if as_of else "1990-01-02"


def with_values(
    cells: pl.DataFrame, fields: Sequence[str], conventions: Conventions
) -> pl.DataFrame:
    """The cells with what they mean beside them, in columns whose names begin with _."""
    missing = [pl.lit("").alias(name) for name in _LIMITS if name not in fields]
    missing += [pl.lit("").alias(name) for name in (*_DAYS, *_MONEY) if name not in fields]
    full = cells.with_columns(missing)
    codes = plain.country_codes(full["country"])
    return full.with_columns(
        *(plain.day(name).alias(f"_{name}") for name in _DAYS),
        *(_cents(name, conventions).alias(f"_{name}_read") for name in _MONEY),
        *(plain.or_none(name).alias(f"_{name}")
          for name in ("city", "email", "phone", "address_extra", "text", "document_type",
                       "status")),
        *_party_values(codes),
        _currency(conventions).alias("_currency"),
        pl.col("iban").str.replace_all(" ", "").alias("_iban_compact"),
    ).with_columns(
        *_amounts(fields),
        plain.kind("_name").alias("_kind"),
        pl.when(pl.col("_iban_compact") != "").then(pl.col("_iban_compact")).alias("_iban"),
    )  # fmt: skip


def _cents(name: str, conventions: Conventions) -> pl.Expr:
    return plain.cents(name, conventions.notation.get(name, Notation()))


def _party_values(countries: dict[str, str | None]) -> Iterator[pl.Expr]:
    last = pl.coalesce(plain.or_none("last_name"), plain.or_none("name"))
    person = _joined(plain.or_none("first_name"), last, plain.or_none("name_suffix"))
    company = _joined(plain.or_none("company"), plain.or_none("name_suffix"))
    yield pl.when(pl.col("company") != "").then(company).otherwise(person).alias("_name")
    yield _joined(plain.or_none("street"), plain.or_none("house_number")).alias("_street")
    yield plain.or_none("postcode").alias("_postcode")
    codes = pl.col("country").replace_strict(countries, default=None, return_dtype=pl.String)
    yield codes.alias("_country")
    account = plain.or_none("account").str.replace("^00+([0-9]+)$", "${1}")
    yield account.alias("_account")


def _joined(*parts: pl.Expr) -> pl.Expr:
    text = pl.concat_str(parts, separator=" ", ignore_nulls=True)
    return pl.when(text != "").then(text)


def _currency(conventions: Conventions) -> pl.Expr:
    written = pl.col("currency").replace_strict(_CURRENCIES, default=None, return_dtype=pl.String)
    default = pl.lit(conventions.currency, dtype=pl.String)
    return pl.when(plain.is_empty("currency")).then(default).otherwise(written)


def _amounts(fields: Sequence[str]) -> tuple[pl.Expr, pl.Expr, pl.Expr]:
    """Total, paid and open of a row, completed as `row_values.amounts_of` does it."""
    total, paid, left = pl.col("_total_read"), pl.col("_paid_read"), pl.col("_open_read")
    if "debit" in fields:
        total = pl.col("_debit_read")
        left = left if "open" in fields else total - pl.col("_credit_read").fill_null(0)
        paid = total - left
    elif "open" not in fields:
        left = total - paid.fill_null(0)
    elif "total" in fields:
        paid = pl.coalesce(paid, total - left)
    return total.alias("_total"), paid.alias("_paid"), left.alias("_open")


def is_plain(fields: Sequence[str], conventions: Conventions) -> pl.Expr:
    """Whether a row, with its values beside it, is plain."""
    rules = [
        *_plain_texts(fields), *_plain_names(fields), *_plain_places(fields),
        *_plain_days(fields, conventions), *_plain_amounts(fields),
        plain.plain_email("email"),
        plain.is_empty("country") | pl.col("_country").is_not_null(),
        plain.is_empty("currency") | pl.col("_currency").is_not_null(),
    ]  # fmt: skip
    if "iban" in fields:
        is_right = plain.german_iban("_iban_compact") & plain.plain_text("iban", _LIMITS["iban"])
        rules.append(plain.is_empty("iban") | is_right)
    if "postcode" in fields:
        rules.append(plain.fitting_postcode("postcode", "_country"))
        rules.append(pl.struct("postcode", "city", "_country").map_batches(
            _in_its_place, return_dtype=pl.Boolean))  # fmt: skip
    return pl.all_horizontal(rules)


def _plain_texts(fields: Sequence[str]) -> Iterator[pl.Expr]:
    for name in _NEEDED:
        if name in fields:
            yield plain.plain_text(name, _LIMITS[name])
    for name in _FREE:
        if name in fields:
            yield plain.is_empty(name) | plain.plain_text(name, _LIMITS[name])
    if "invoice_number" in fields:
        yield ~pl.col("invoice_number").str.contains(SHORTENED)
    for name, is_good in (("status", _is_open), ("document_type", _is_invoice)):
        if name in fields:
            good = pl.col(name).map_batches(is_good, return_dtype=pl.Boolean)
            yield plain.is_empty(name) | (good & plain.plain_text(name, _LIMITS[name]))
    for name in _LEFT_TO_SCHEMA:
        if name in fields:
            yield plain.is_empty(name)


def _plain_names(fields: Sequence[str]) -> Iterator[pl.Expr]:
    name, is_known = pl.col("_name"), pl.col("_kind").is_not_null()
    yield name.is_not_null() & ~name.str.contains(",", literal=True)
    yield ~name.str.contains(NO_NAME)
    yield ~name.str.contains(f"(?i){SEVERAL}") | is_known
    yield ~name.str.contains(f"(?i){ADDRESS}") | is_known
    if "name_suffix" in fields:
        yield ~pl.col("name_suffix").str.contains(f"(?i){WITHIN}")


def _plain_places(fields: Sequence[str]) -> Iterator[pl.Expr]:
    if "street" in fields:
        yield ~pl.col("street").str.contains(f"(?i){PO_BOX}")
    if "postcode" in fields:
        return
    if "city" in fields:
        yield ~pl.col("city").str.contains("[0-9]{4}")  # It may hold the postcode.
    elif "street" in fields:
        yield ~pl.col("street").str.contains("[0-9]{4}")  # It may hold the whole address.


def _in_its_place(places: pl.Series) -> pl.Series:
    """Which postcodes have no problem with their place."""
    fits = [
        postcode_problem(each["postcode"], each["city"], each["_country"]) is None
        for each in places
    ]
    return pl.Series(fits, dtype=pl.Boolean)


def _is_open(cells: pl.Series) -> pl.Series:
    """Which cells are the status of an open invoice."""
    return pl.Series([status_of(cell) is InvoiceStatus.OPEN for cell in cells], dtype=pl.Boolean)


def _is_invoice(cells: pl.Series) -> pl.Series:
    """Which cells are the type of an invoice."""
    return pl.Series([type_of(cell) is DocumentType.INVOICE for cell in cells], dtype=pl.Boolean)


def _plain_days(fields: Sequence[str], conventions: Conventions) -> Iterator[pl.Expr]:
    as_of = conventions.as_of
    for name in _DAYS:
        if name in fields:
            plausible = plain.plausible_day(f"_{name}", as_of)
            yield plausible | plain.is_empty(name) if name in _MAY_BE_EMPTY else plausible
    if "invoiced_on" in fields and "due_on" in fields:
        yield pl.col("_due_on") >= pl.col("_invoiced_on")
    if "invoiced_on" in fields and "reminded_on" in fields:
        later = pl.col("_reminded_on") >= pl.col("_invoiced_on")
        yield plain.is_empty("reminded_on") | later
    if as_of and "invoiced_on" in fields:
        yield pl.col("_invoiced_on") <= as_of
    if as_of and "due_on" in fields:
        yield pl.col("_due_on") < as_of
    if {"due_on", "invoiced_on"}.intersection(fields):
        arose_on = pl.col("_due_on" if "due_on" in fields else "_invoiced_on")
        known_from = first_day_of_rates()
        yield arose_on >= (first_day_far_from_limitation(as_of) if as_of else known_from)


def _plain_amounts(fields: Sequence[str]) -> Iterator[pl.Expr]:
    for name in _MONEY:
        if name in fields:
            read = pl.col(f"_{name}_read").is_not_null()
            yield read | plain.is_empty(name) if name in {"paid", "credit"} else read
    yield pl.col("_open").is_between(1, UNUSUAL_CENTS)
    if "total" in fields:
        yield pl.col("_total") >= pl.col("_open")
        yield (pl.col("_total") - pl.col("_paid").fill_null(0)) == pl.col("_open")
    if "debit" in fields:
        yield pl.col("_total") >= pl.col("_open")
