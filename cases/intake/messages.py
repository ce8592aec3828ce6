"""The English sentence of every finding about a file of claims, in one catalogue."""

from cases.intake import (
    amounts,
    cells,
    checks,
    dates,
    datev,
    delimited,
    duplicates,
    hardening,
    headers,
    identifiers,
    lists,
    schema,
    text_encoding,
    workbook,
)
from legal.findings import N_

MESSAGES = {
    **amounts.MESSAGES, **cells.MESSAGES, **checks.MESSAGES, **dates.MESSAGES, **datev.MESSAGES,
    **delimited.MESSAGES, **duplicates.MESSAGES, **hardening.MESSAGES, **headers.MESSAGES,
    **identifiers.MESSAGES, **lists.MESSAGES, **schema.MESSAGES, **text_encoding.MESSAGES,
    **workbook.MESSAGES,
    "names_not_in_list": N_(
        "The list carries no names of debtors. Hand in the debtor master data together with it, or "
        "add a column with the names."
    ),
    "currency_assumed": N_("The list names no currency; {currency} was assumed."),
}  # fmt: skip
