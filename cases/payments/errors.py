"""What the payments slice refuses."""

from cases.core.errors import Conflict, Invalid, NotFound


class EntryNotOpen(Conflict):
    """This bank entry is not open any more; somebody has settled it already."""


class CaseUnknown(NotFound):
    """There is no case with the number {number}."""


class CurrencyDiffers(Conflict):
    """The payment is in {paid}, the case is kept in {kept}. It has to be exchanged first."""


class CaseTakesNoMoney(Conflict):
    """The case is closed. Note a refund, or reopen the case first."""


class NothingOwed(Conflict):
    """Nothing was owed in this case on the value day. Note a refund instead."""


class CaseNotComputable(Conflict):
    """The case cannot be computed to this day, because a rate of interest is not known."""


class DesignationDoubtful(Conflict):
    """The debtor seems to pay principal only (§ 367(2) BGB): say how it is counted."""


class NotSettledSo(Invalid):
    """A line of this kind cannot be that."""


class CreditorMissing(Invalid):
    """Please choose the creditor."""


class NotInDoubt(Conflict):
    """Nobody asks any more whether this booking came twice."""


class StatementTakenBack(Conflict):
    """This statement has been taken back already, or nothing of it was booked."""


class InvoiceUnknown(Invalid):
    """This case has no invoice {number}."""


class SharesDiffer(Invalid):
    """The shares must make up the payment, each above zero and each for another case."""


class PaymentTakenBack(Conflict):
    """This payment has been taken back already."""


class NotItsReturn(Conflict):
    """This return does not fit the payment: account, amount or currency differ."""


class NoteMissing(Invalid):
    """A reason is needed."""


class RefundOrdered(Conflict):
    """The refund is ordered at the bank; its note cannot be taken back any more."""


class NotARefund(Conflict):
    """Nothing has been noted for refund here."""
