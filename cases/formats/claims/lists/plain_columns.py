"""Whole columns at once (polars): which cells are plain, and what they mean.

A plain cell is one that the row-wise code reads without any finding. These rules are narrower than
that code, never wider: whatever they do not know is left to the one schema.
"""

from datetime import date

import polars as pl

from cases.formats.amounts import Notation
from cases.formats.countries import country_code
from cases.formats.dates import FIRST_YEAR, LAST_YEAR, YEARS_AHEAD
from cases.formats.identifiers import EMAIL, MAX_EMAIL
from cases.formats.party_kind import PATTERNS

#: ASCII and precomposed Latin letters; without the three whose case folding is a matter of taste.
_LETTERS = "!-~À-ÖØ-öø-įĲ-ž"
_PLAIN_TEXT = f"^[{_LETTERS}]+(?: [{_LETTERS}]+)*$"
_SIMPLE = r"[0-9]{1,10}(?:[.,][0-9]{1,2})?"
_SWISS = r"[0-9]{1,3}(?:'[0-9]{3}){1,2}\.[0-9]{1,2}"
_GROUPED = {
    ",": r"[0-9]{1,3}(?:\.[0-9]{3}){1,2},[0-9]{1,2}",
    ".": r"[0-9]{1,3}(?:,[0-9]{3}){1,2}\.[0-9]{1,2}",
}
_MAX_COUNTRIES = 500


def plain_text(name: str, limit: int) -> pl.Expr:
    """Whether a text needs no cleaning and is neither empty nor too long."""
    column = pl.col(name)
    return (
        column.str.contains(_PLAIN_TEXT)
        & ~column.str.starts_with("'")
        & (column.str.len_chars() <= limit)
    )


def is_empty(name: str) -> pl.Expr:
    """Whether a cell holds nothing."""
    return pl.col(name) == ""


def or_none(name: str) -> pl.Expr:
    """The text of a cell, null if it is empty."""
    return pl.when(is_empty(name)).then(None).otherwise(pl.col(name))


def plain_email(name: str) -> pl.Expr:
    """Whether a cell is an everyday e-mail address or empty."""
    return is_empty(name) | (plain_text(name, MAX_EMAIL) & pl.col(name).str.contains(EMAIL))


def cents(name: str, notation: Notation) -> pl.Expr:
    """A positive amount in an unmistakable notation as cents, else null."""
    patterns = [_SIMPLE, _SWISS]
    if notation.decimal and not notation.mixed:
        patterns.append(_GROUPED[notation.decimal])
    column = pl.col(name)
    decimals = column.str.extract(r"[.,]([0-9]{1,2})$").str.len_bytes().fill_null(0)
    digits = column.str.replace_all(r"[^0-9]", "").cast(pl.Int64, strict=False)
    scaled = digits * pl.when(decimals == 0).then(100).when(decimals == 1).then(10).otherwise(1)
    return pl.when(column.str.contains(f"^(?:{'|'.join(patterns)})$")).then(scaled)


def day(name: str) -> pl.Expr:
    """A day whose notation leaves no doubt, else null."""
    column = pl.col(name)
    full = column.str.replace(r"^([0-9]{2}\.[0-9]{2}\.)([0-7][0-9])$", "${1}20${2}")
    iso_digits = "^(?:19|20)[0-9]{2}(?:0[1-9]|1[0-2])[0-9]{2}$"
    return (
        pl.when(full.str.contains(r"^[0-9]{2}\.[0-9]{2}\.[0-9]{4}$"))
        .then(full.str.to_date("%d.%m.%Y", strict=False))
        .when(column.str.contains("^[0-9]{4}-[0-9]{2}-[0-9]{2}$"))
        .then(column.str.to_date("%Y-%m-%d", strict=False))
        .when(column.str.contains(iso_digits))
        .then(column.str.to_date("%Y%m%d", strict=False))
        .when(column.str.contains("^[0-9]{4}(?:19|20)[0-9]{2}$"))
        .then(column.str.to_date("%d%m%Y", strict=False))
    )


def plausible_day(name: str, as_of: date | None) -> pl.Expr:
    """Whether a day, read already, is one a claim can carry."""
    latest = as_of.year + YEARS_AHEAD if as_of else LAST_YEAR
    return pl.col(name).dt.year().is_between(FIRST_YEAR, latest)


def german_iban(name: str) -> pl.Expr:
    """Whether a cell without blanks is a German IBAN with the right check digits.

    Law: ISO 13616, ISO 7064 (modulo 97-10); D and E count as 13 and 14.
    """
    column = pl.col(name)
    high = column.str.slice(4, 9).cast(pl.Int64, strict=False)
    low = column.str.slice(13, 9).cast(pl.Int64, strict=False)
    check = column.str.slice(2, 2).cast(pl.Int64, strict=False)
    account = (high % 97 * 1_000_000_000 + low) % 97
    remainder = (account * 1_000_000 + 131_400 + check) % 97
    is_right = (remainder == 1) & check.is_between(2, 98)
    return (column.str.contains("^DE[0-9]{20}$") & is_right).fill_null(value=False)


def country_codes(cells: pl.Series) -> dict[str, str | None]:
    """The code of every country in a column; a column with endless variety is no country."""
    names = cells.unique()
    if len(names) > _MAX_COUNTRIES:
        return {}
    return {name: country_code(name) for name in names if name}


def fitting_postcode(postcode: str, country: str) -> pl.Expr:
    """Whether a postcode has as many digits as its country wants; without one, five."""
    five = pl.col(postcode).str.contains("^[0-9]{5}$")
    four = pl.col(postcode).str.contains("^[0-9]{4}$")
    long = pl.col(country).is_null() | pl.col(country).is_in(["DE", "FR"])
    return (five & long) | (four & pl.col(country).is_in(["AT", "CH", "LI"]))


def kind(name: str) -> pl.Expr:
    """The kind of debtor, by the same patterns as one by one."""
    column = pl.col(name).str.to_lowercase()
    chain: pl.Expr = pl.lit(None, dtype=pl.String)
    for label, pattern in reversed(PATTERNS):
        chain = pl.when(column.str.contains(pattern)).then(pl.lit(label)).otherwise(chain)
    return chain
