"""The words of the accounts room: accounts and kinds of journals, as template filters."""

from flask import Blueprint
from flask_babel import gettext

from cases.ledger.models import Account
from legal.findings import N_

ACCOUNTS = {
    Account.TRUST_BANK: N_("Trust account"),
    Account.OPERATING_BANK: N_("Operating account"),
    Account.SUSPENSE: N_("Unmatched payments"),
    Account.CREDITOR_PAYABLES: N_("Owed to creditors"),
    Account.CREDITOR_ADVANCES: N_("Advances of creditors"),
    Account.CREDITOR_RECEIVABLES: N_("Owed by creditors"),
    Account.REFUNDS_DUE: N_("Refunds due"),
    Account.SHARE_IN_TRUST: N_("Our share, not yet withdrawn"),
    Account.COURT_PAYABLES: N_("Owed to courts"),
    Account.COURT_COSTS_ADVANCED: N_("Court fees laid out"),
    Account.AGENCY_INCOME: N_("Fee income"),
    Account.VAT_PAYABLE: N_("VAT"),
    Account.CLAIMS_DUE: N_("Memorandum: claims in hand"),
    Account.CLAIMS_HELD: N_("Memorandum: held for creditors"),
}
JOURNALS = {
    "principal": N_("Claim handed in"),
    "interest_arrears": N_("Interest arrears"),
    "payment": N_("Payment allocated"),
    "direct_payment": N_("Payment to the creditor"),
    "bank_entry": N_("Bank entry"),
    "refund_noted": N_("Refund noted"),
    "credit_note": N_("Credit note"),
    "waiver": N_("Waiver"),
    "settlement": N_("Settlement"),
    "costs.first": N_("Collection costs"),
    "costs.value": N_("Collection costs, higher value"),
    "costs.step": N_("Collection fee raised"),
    "costs.lump_sum": N_("Lump sum for late payment"),
    "costs.reminder_costs": N_("Reminder costs"),
    "costs.outlays": N_("Outlays"),
    "costs.court_costs": N_("Court costs"),
    "costs.enforcement_costs": N_("Enforcement costs"),
    "advance": N_("Advance received"),
    "share_settled": N_("Our fee settled"),
    "share_withdrawn": N_("Our share withdrawn"),
    "paid_out": N_("Paid out"),
    "topped_up": N_("Topped up from operating"),
    "court_fee_owed": N_("Court fee owed"),
    "court_fee_paid": N_("Court fee paid"),
}


def register(blueprint: Blueprint) -> None:
    """Offer the words to templates."""
    blueprint.add_app_template_filter(account_word, "ledger_account")
    blueprint.add_app_template_filter(journal_word, "journal_word")


def account_word(account: Account) -> str:
    """The name of an account in the language of the page."""
    return str(gettext(ACCOUNTS[account]))


def journal_word(kind: str) -> str:
    """What a journal stands for; a reversal says so."""
    plain = kind.removesuffix(".reversed")
    words = str(gettext(JOURNALS[plain])) if plain in JOURNALS else plain
    return str(gettext("Reversed: %(booking)s", booking=words)) if plain != kind else words
