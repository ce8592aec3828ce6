"""What is refused about meetings."""

from cases.core.errors import Conflict, Invalid
from legal.findings import Finding


class MeetingTimeWrong(Invalid):
    """A meeting begins before it ends, and on one day."""


class MeetingInPast(Invalid):
    """This time is over; choose a later one."""


class MeetingPlaceMissing(Invalid):
    """Say where the meeting is: an address, or how to join by phone or video."""


class AgendaMissing(Invalid):
    """Say what is to be talked about; it stands in the invitation."""


class MeetingNotAllowed(Invalid):
    """This debtor must not be met."""

    def __init__(self, finding: Finding) -> None:
        super().__init__(finding=finding.code)
        self.finding = finding


class MeetingNotOpen(Conflict):
    """This meeting was held or cancelled already."""


class MeetingAhead(Conflict):
    """This meeting has not begun yet; its minutes are written afterwards."""


class MinutesMissing(Invalid):
    """Write down what was said and agreed."""


class MeetingReasonMissing(Invalid):
    """Say why; it stands in the timeline."""


class HostMissing(Invalid):
    """Say who of us is there."""
