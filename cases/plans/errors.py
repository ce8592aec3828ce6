"""Why a plan is refused."""

from cases.core.errors import Conflict, Invalid


class PlanOpen(Conflict):
    """There is a plan in this case already. End it before a new one is made."""


class PlanNotOpen(Conflict):
    """This plan is not open any more, or not at this point. Look at the plan as it is now."""


class CaseTakesNoPlan(Conflict):
    """Accept the order before a plan is made."""


class AgreementUnconfirmed(Conflict):
    """Agreements with consumers are not open: legal has not confirmed that they are no credit for a
    charge (§§ 506, 514, 515 BGB; CJEU C-127/15). Grant a forbearance instead."""


class AmountOrNumber(Invalid):
    """Enter either the amount of an instalment or the number of instalments."""


class FirstDayPast(Invalid):
    """The first instalment must be due after today."""


class SettlementMissing(Invalid):
    """Enter the sum with which the matter is settled."""


class SettlementBelowPaid(Invalid):
    """So much has been paid already: {paid_cents}. A settlement must be above it."""


class SettlementTooHigh(Invalid):
    """Only {open_cents} are open. A settlement must lie below."""


class LetGoUnexplained(Invalid):
    """Say why something is let go; the creditor reads it."""


class FiguresChanged(Conflict):
    """The claim account has changed since the schedule was shown. Look at the new one."""


class PlanReasonMissing(Invalid):
    """Say why the plan ends; it stays with the case."""


class AcceptanceLate(Invalid):
    """The offer could be accepted until {day}. Make a new plan, or choose the day it arrived."""


class AcceptanceAhead(Invalid):
    """The acceptance cannot lie in the future or before the offer."""


class GraceDayMissing(Invalid):
    """Name the day, after today, until which the debtor has time to catch up."""


class InstalmentTooSmall(Invalid):
    """With these instalments the plan does not end within 30 years: interest eats them. The
    smallest that ends is {smallest_cents}."""


class TooManyInstalments(Invalid):
    """So many instalments do not fit this sum, or last longer than 30 years."""


class NothingToPlan(Conflict):
    """Nothing is open in this case."""
