"""Why a bank entry stands where it stands: codes with their sentences, the edge translates them."""

from enum import StrEnum

from cases.payments.matching import Reason
from legal.findings import N_


class Standing(StrEnum):
    """Reasons that are not a proposal of matching."""

    WAITING = "waiting"
    NO_MATCH = "no_match"
    CASE_CLOSED = "case_closed"
    NOTHING_OWED = "nothing_owed"
    BY_HAND = "by_hand"
    TAKEN_BACK = "taken_back"
    RETURNED = "returned"
    REFUND_NOTED = "refund_noted"
    REFUND_ORDERED = "refund_ordered"
    NOT_COMPUTABLE = "not_computable"
    NOT_BOOKED = "not_booked"
    OUTGOING = "outgoing"
    OPERATING_ACCOUNT = "operating_account"
    DESIGNATED = "designated"
    OPENING_BALANCE = "opening_balance"
    BANK_FEE = "bank_fee"
    REFUND_PAID = "refund_paid"
    TRANSFER_SEEN = "transfer_seen"
    PAID_TO_CREDITOR = "paid_to_creditor"
    ADVANCE = "advance"
    OTHER_FORMAT = "other_format"
    SAME_BOOKING = "same_booking"
    OTHER_BOOKING = "other_booking"
    STATEMENT_TAKEN_BACK = "statement_taken_back"


#: Reason of an entry -> English sentence.
SENTENCES = {
    Reason.STRUCTURED_REFERENCE: N_("Payment reference of the case"),
    Reason.END_TO_END: N_("Case number in the end-to-end reference"),
    Reason.PURPOSE: N_("Case number in the purpose"),
    Reason.INVOICE_AND_AMOUNT: N_("Invoice number and amount fit"),
    Reason.INVOICE_NAMED: N_("Invoice number fits"),
    Reason.PAYER_NAME_AND_AMOUNT: N_("Name and open amount fit"),
    Reason.PAYER_NAME: N_("Name fits"),
    Reason.KNOWN_ACCOUNT: N_("Paid from this account before"),
    Reason.SEVERAL_REFERENCES: N_("Several cases are named"),
    Reason.RETURN_OR_REVERSAL: N_("Return or reversal: the money went back"),
    Reason.OTHER_CURRENCY: N_("The case is kept in another currency"),
    Standing.WAITING: N_("Is being matched"),
    Standing.NO_MATCH: N_("No case number of ours found"),
    Standing.CASE_CLOSED: N_("The case is closed"),
    Standing.NOTHING_OWED: N_("Nothing was owed in this case any more"),
    Standing.BY_HAND: N_("Assigned by hand"),
    Standing.TAKEN_BACK: N_("The assignment was taken back"),
    Standing.RETURNED: N_("The bank took the payment back"),
    Standing.REFUND_NOTED: N_("Noted for refund"),
    Standing.REFUND_ORDERED: N_("Refund ordered at the bank"),
    Standing.NOT_COMPUTABLE: N_(
        "The case cannot be computed to this day: a rate of interest is not known"
    ),
    Standing.NOT_BOOKED: N_(
        "Could not be booked by itself: assign it, and tell the administrator if that fails too"
    ),
    Standing.OUTGOING: N_("Outgoing payment: say what it was for"),
    Standing.DESIGNATED: N_(
        "The debtor seems to pay principal only (§ 367(2) BGB): say how it is counted"
    ),
    Standing.OPENING_BALANCE: N_("Lay on the account before the first statement"),
    Standing.BANK_FEE: N_("Charge of the bank, made good by the house"),
    Standing.REFUND_PAID: N_("Refund that was due"),
    Standing.TRANSFER_SEEN: N_("Transfer that was ordered"),
    Standing.PAID_TO_CREDITOR: N_("Paid to the creditor"),
    Standing.ADVANCE: N_("Advance of the creditor on court costs"),
    Standing.OTHER_FORMAT: N_("A file of another format may have brought it already"),
    Standing.SAME_BOOKING: N_("The same booking came with a file of another format"),
    Standing.OTHER_BOOKING: N_("A booking of its own, though another one looks alike"),
    Standing.STATEMENT_TAKEN_BACK: N_("The whole statement was taken back"),
    Standing.OPERATING_ACCOUNT: N_(
        "Came in on the operating account: transfer it to the trust account"
    ),
}

#: Why nothing of a statement was booked.
REFUSALS = {
    "held_back": N_(
        "Something in this statement cannot be read or does not add up, so nothing of "
        "it was booked. The original is kept."
    ),
    "account_unknown": N_(
        "The account of this statement is neither our trust account nor our "
        "operating account. Nothing was booked."
    ),
    "account_missing": N_(
        "This file does not say which account it is of, so nothing was booked. Please fetch the "
        "statement from the bank as CAMT or MT940, or as an export that names the account."
    ),
    "payment_service": N_(
        "This is a report of %(name)s. What lies there is not on our trust account, so nothing "
        "was booked. Please have the balance transferred to the trust account, import the bank's "
        "statement with that transfer, and share it between its cases; this report says whose "
        "money it is."
    ),
}
#: Layouts of those who hold money for others before it reaches a bank, by their name.
PAYMENT_SERVICES = {"csv paypal": "PayPal", "csv twint-business": "TWINT"}
