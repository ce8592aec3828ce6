"""The sentences for what the readers of bank files find; codes of uploads are among them."""

from collections.abc import Mapping

from cases.formats import archives, content, gate, text, workbook, xml
from legal.findings import N_

MESSAGES: Mapping[str, str] = {
    **gate.MESSAGES,
    **archives.MESSAGES,
    **content.MESSAGES,
    **text.MESSAGES,
    **workbook.MESSAGES,
    **xml.MESSAGES,
    "account_missing": N_("The statement names no account."),
    "accounts_merged": N_(
        "The statement names a second account ({value}): two statements ran together. It is held "
        "back."
    ),
    "amount_missing": N_("An entry has no amount. The statement is held back."),
    "amount_unreadable": N_("The amount {value} cannot be read. The statement is held back."),
    "balance_mismatch": N_("Opening balance and entries do not make the closing balance."),
    "balance_unreadable": N_("The balance {value} cannot be read."),
    "closing_balance_missing": N_(
        "The statement ends without a closing balance. It may have been cut off and is held back."
    ),
    "balances_contradict": N_(
        "The balances do not follow from the amounts: the columns were not understood. The "
        "statement is held back. Please fetch it as camt or MT940."
    ),
    "columns_unknown": N_(
        "The header line belongs to no bank we know ({headers}). Nothing was guessed. Please fetch "
        "the statement as camt or MT940."
    ),
    "currency_assumed": N_("The file names no currency; {currency} was assumed."),
    "currency_unknown": N_("“{value}” is no currency. The statement is held back."),
    "currency_from_account": N_("An entry names no currency; that of the account was taken."),
    "currency_missing": N_("An entry names no currency. The statement is held back."),
    "date_from_statement": N_("An entry has no date; that of the statement was taken."),
    "date_missing": N_("An entry has no date."),
    "date_corrected": N_("The day {value} does not exist; the last day of its month was taken."),
    "details_do_not_add_up": N_("The details of an entry do not add up to its amount."),
    "direction_missing": N_(
        "An entry does not say whether it is a credit or a debit. The statement is held back."
    ),
    "format_unknown": N_(
        "This is no bank statement in a known format (camt, MT940, MT942, or the "
        "CSV export of a known bank)."
    ),
    "header_missing": N_(
        "The file has no header line; the columns were taken by their content "
        "({profile}). Please check them."
    ),
    "header_unknown": N_(
        "The header line belongs to no bank we know; the columns were taken by "
        "their names. Please check them."
    ),
    "line_too_long": N_("The file has a line that is longer than any of a bank statement."),
    "line_unreadable": N_("An entry cannot be read: {value}. The statement is held back."),
    "namespace_missing": N_("The file does not say which version of camt it is."),
    "no_entries": N_("The file holds no entries."),
    "no_statement": N_("The file holds no statement."),
    "not_a_bank_statement": N_("This file is no bank statement; it is a file of the kind {root}."),
    "quotes_broken": N_(
        "A quotation mark is never closed; lines may have been swallowed. The "
        "statement is held back."
    ),
    "row_ignored": N_("A row is no booked payment and was left out: {value}"),
    "row_unreadable": N_("A row cannot be read: {value}. The statement is held back."),
    "too_many_lines": N_(
        "The file has more lines than any bank statement. Please fetch it by the day."
    ),
    "schema_broken": N_(
        "The file breaks the schema of {schema} at {element} and was read nevertheless."
    ),
    "statement_repeated": N_(
        "Statement {number} repeats another one of this upload entry by entry; it was left out."
    ),
    "side_unclear": N_(
        "The amounts have no sign, and debits and credits are only named as kinds of payment. The "
        "statement is held back. Please fetch it as camt or MT940."
    ),
    "status_missing": N_("An entry does not say whether it is booked."),
}
