"""The base rate (Basiszinssatz) of each half-year. Law: BGB § 247."""

from datetime import date
from decimal import Decimal
from functools import cache

from legal.base_rates import BaseRate, BaseRates
from legal.de.tables import read_rows


@cache
def base_rates() -> BaseRates:
    """The table that comes with the program."""
    return BaseRates(
        BaseRate(
            valid_from=date.fromisoformat(row["valid_from"]),
            valid_to=date.fromisoformat(row["valid_to"]),
            rate_percent=Decimal(row["rate_percent"]),
            source=row["source"],
            confidence=row["confidence"],
        )
        for row in read_rows("base_rates.csv")
    )
