"""The words for entries of the claim account, accounts and journals."""

from cases.ledger.models import Account, EntryKind
from legal.findings import N_, Words

ENTRIES: Words = {
    EntryKind.PRINCIPAL: N_("Principal"),
    EntryKind.INTEREST_ARREARS: N_("Interest computed before"),
    EntryKind.COLLECTION_FEE: N_("Collection fee"),
    EntryKind.OUTLAYS: N_("Outlays"),
    EntryKind.REMINDER_COSTS: N_("Reminder costs"),
    EntryKind.LUMP_SUM: N_("Lump sum"),
    EntryKind.VAT: N_("VAT"),
    EntryKind.SETTLEMENT_FEE: N_("Settlement fee"),
    EntryKind.COURT_COSTS: N_("Court costs"),
    EntryKind.ENFORCEMENT_COSTS: N_("Enforcement costs"),
    EntryKind.PAYMENT: N_("Payment"),
    EntryKind.DIRECT_PAYMENT: N_("Payment to the creditor"),
    EntryKind.CREDIT_NOTE: N_("Credit note"),
    EntryKind.WAIVER: N_("Waiver"),
    EntryKind.WRITE_OFF: N_("Written off"),
    EntryKind.SETTLEMENT: N_("Settlement"),
    EntryKind.REVERSAL: N_("Reversal"),
}
ACCOUNTS: Words = {
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
#: Kind of a journal -> what it stands for.
JOURNALS: Words = {
    "principal": N_("Claim handed in"),
    "interest_arrears": N_("Interest arrears"),
    "payment": N_("Payment allocated"),
    "direct_payment": N_("Payment to the creditor"),
    "bank_entry": N_("Bank entry"),
    "refund_noted": N_("Refund noted"),
    "credit_note": N_("Credit note"),
    "waiver": N_("Waiver"),
    "write_off": N_("Written off"),
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

TABLES = (ENTRIES, ACCOUNTS)
