"""What direct debits refuse."""

from cases.core.errors import Conflict, Invalid


class DebitsNotSetUp(Conflict):
    """Direct debits need the creditor identifier, the text of the mandate and the days of notice: enter them under Agency."""  # noqa: E501


class PlanNotCollected(Conflict):
    """Only a plan that runs or is offered, in euro, can be collected."""


class MandateOpen(Conflict):
    """There is a mandate for this plan already. End it first."""


class MandateNameMissing(Invalid):
    """Please enter who holds the account."""


class MandateIbanWrong(Invalid):
    """This IBAN is not right: a digit is wrong or missing."""


class MandateNotOpen(Conflict):
    """This mandate was signed or has ended already."""


class SignedDayWrong(Invalid):
    """The day of the signature lies between our letter and today."""


class MandateReasonMissing(Invalid):
    """Please write why the mandate ends."""


class NothingToCollect(Conflict):
    """No instalment is to be collected now."""


class DebitRunOpen(Conflict):
    """Debits are prepared already. Have them released or give them up first."""


class DebitRunNotPrepared(Conflict):
    """These debits were released or given up already."""


class DebitRunStale(Conflict):
    """Something changed since these debits were prepared: a payment, a plan or a mandate. Give them up and prepare them anew."""  # noqa: E501


class DebitDayPassed(Conflict):
    """A debit must be at the bank a day before it is collected. Give these up and prepare them anew."""  # noqa: E501
