"""What direct debits refuse."""

from cases.core.errors import Conflict, Invalid


class DebitsNotSetUp(Conflict):
    """Identifier, text of the mandate or days of notice are missing: enter them under Agency."""


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
    """A payment, a plan or a mandate has changed since. Give these up and prepare them anew."""


class DebitDayPassed(Conflict):
    """The bank needs debits a day ahead: it is too late. Give these up and prepare them anew."""
