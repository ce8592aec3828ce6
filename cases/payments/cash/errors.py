"""What is refused when cash is taken, taken back or paid in."""

from cases.core.errors import Conflict, Invalid


class CashAmountMissing(Invalid):
    """Say how much was paid in cash."""


class ReceiptUsed(Conflict):
    """A receipt with this number was written already."""


class CashPaidIn(Conflict):
    """This money was paid in at the bank already; it can no longer be taken back here."""


class CashReasonMissing(Invalid):
    """Say why this receipt is taken back; it stays in the list with the reason."""


class NoCashOnHand(Conflict):
    """This person has no cash that could be paid in."""


class OtherCash(Conflict):
    """More cash was taken meanwhile. Look at the sum again."""
