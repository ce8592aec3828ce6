"""What the ledger refuses."""

from cases.core.errors import Conflict, Invalid


class PeriodClosed(Conflict):
    """The period up to {last_day} is closed. Book with a later business day."""


class JournalUnbalanced(Invalid):
    """The lines of a journal must sum to zero."""


class AlreadyReversed(Conflict):
    """This booking has been reversed already."""


class NotReversible(Conflict):
    """A reversal is not reversed; book anew instead."""


class AmountTooLarge(Invalid):
    """The amount is too large for the books; please check it."""


class PeriodNotOver(Invalid):
    """Only days that are over can be closed."""


class NotEnoughThere(Conflict):
    """There is less on this account than the booking needs."""


class AdvanceTooSmall(NotEnoughThere):
    """The creditor's advance does not cover this amount."""


class NotACorrection(Invalid):
    """A booking of this kind does not take anything off what is owed."""


class WhyMissing(Invalid):
    """Say why this is let go."""


class TrustDiffers(Conflict):
    """The bank's statements and the books differ in {currency}. Settle that first, then go on."""


class PeriodSpansYears(Invalid):
    """One file for the tax adviser holds days of one calendar year only."""
