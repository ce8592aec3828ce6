"""What the contact log refuses."""

from cases.core.errors import Conflict, Invalid


class NonPaymentReasonMissing(Invalid):
    """Somebody was reached: say why the debtor has not paid."""


class OutcomeMissing(Invalid):
    """Say what came of the call or visit."""


class PromiseIncomplete(Invalid):
    """A promise needs an amount and a day."""


class PromiseInPast(Invalid):
    """The promised day lies in the past."""


class PromiseTooHigh(Invalid):
    """The promise is higher than what is owed."""


class CallBackIncomplete(Invalid):
    """A call back needs a day and a time."""


class DueInPast(Invalid):
    """This moment lies in the past."""


class IdentityNotConfirmed(Invalid):
    """Only the debtor can promise a payment or object: confirm first who you speak to."""


class ApproachNotAllowed(Invalid):
    """At that time the debtor must not be called or visited; what came in can be logged."""


class HappenedLater(Invalid):
    """This moment lies in the future; log it when it has happened."""


class CommitmentKept(Conflict):
    """This has been done already."""


class AlreadyCorrected(Conflict):
    """This entry was put right already; correct the newer one."""


class NothingCorrected(Invalid):
    """Nothing differs from what stands there."""


class OverrideNotAllowed(Invalid):
    """This rule of contact has no exception, or you may not make one."""


class OutcomeOfOtherChannel(Invalid):
    """This outcome cannot come of such a contact."""


class AddressUnfinished(Invalid):
    """A new address needs street, postcode and town."""
