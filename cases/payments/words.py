"""The words for states of bank files and entries, and for the accounts of the trust proof."""

from cases.payments.models import BankFileState, EntryState
from cases.payments.rules.models import RuleKind
from legal.findings import N_, Words

ENTRY_STATES: Words = {
    EntryState.WAITING: N_("Being matched"),
    EntryState.BOOKED: N_("Booked"),
    EntryState.SUSPENSE: N_("Unmatched"),
    EntryState.ASSIGNED: N_("Assigned"),
    EntryState.REFUNDED: N_("To be refunded"),
    EntryState.OUTGOING: N_("Outgoing"),
    EntryState.RETURNED: N_("Returned"),
    EntryState.FOREIGN: N_("Other currency"),
    EntryState.OPERATING: N_("Wrong account"),
    EntryState.SETTLED: N_("Settled"),
    EntryState.DOUBTFUL: N_("Twice?"),
    EntryState.SAME: N_("Known already"),
    EntryState.TAKEN_BACK: N_("Taken back"),
}
FILE_STATES: Words = {
    BankFileState.WAITING: N_("Being read"),
    BankFileState.BOOKING: N_("Being booked"),
    BankFileState.DONE: N_("Done"),
    BankFileState.REFUSED: N_("Not booked"),
}
#: Account of the trust proof -> its name beside the bank.
TRUST_ACCOUNTS: Words = {
    "trust_bank": N_("Trust account by our books"),
    "trust_in_transit": N_("Ordered, not on a statement yet"),
    "cash_on_hand": N_("Cash taken, not paid in yet"),
    "creditor_payables": N_("Owed to creditors"),
    "creditor_advances": N_("Advances of creditors"),
    "suspense": N_("Unmatched payments"),
    "refunds_due": N_("Refunds due"),
    "share_in_trust": N_("Our share, not yet withdrawn"),
}
#: Why a case cannot take this money.
NOT_HERE: Words = {
    "currency_differs": N_("is kept in another currency"),
    "case_takes_no_money": N_("is closed"),
    "nothing_owed": N_("nothing is owed"),
    "not_computable": N_("cannot be computed: a rate of interest is not known"),
}
RULE_KINDS: Words = {
    RuleKind.FEE: N_("Charges of the bank: the house bears them and makes them good"),
    RuleKind.TRANSFER_OUT: N_("Our own transfers from the trust account"),
    RuleKind.TRANSFER_IN: N_("Our own transfers to the trust account"),
}
TABLES = (ENTRY_STATES, FILE_STATES, RULE_KINDS)
