"""What is refused about visits."""

from cases.core.errors import Conflict, Invalid
from legal.findings import Finding


class VisitWindowWrong(Invalid):
    """A visit begins before it ends, on one day, and takes at most six hours."""


class VisitInPast(Invalid):
    """This time is over; a visit that was made is recorded, not planned."""


class VisitTooEarly(Conflict):
    """The order has not been accepted yet; accept the case before somebody is visited."""


class VisitorMissing(Invalid):
    """Say who makes the visit."""


class NobodyToVisit(Conflict):
    """No good address of this debtor is known; enter one first."""


class VisitNotAllowed(Invalid):
    """At that time nobody is visited there."""

    def __init__(self, finding: Finding, *, hard: bool) -> None:
        super().__init__(finding=finding.code)
        self.finding, self.hard = finding, hard


class VisitNotOpen(Conflict):
    """This visit was reported, cancelled or refused already."""


class VisitWaits(Conflict):
    """The client has not agreed to this visit yet."""


class VisitReasonMissing(Invalid):
    """Say why; it stands in the timeline."""


class PaperKindMissing(Invalid):
    """Say what the paper is: only documents and receipts are kept, no pictures of people."""


class CostWordsMissing(Invalid):
    """Say what the visit cost: kilometres, a ticket, parking."""
