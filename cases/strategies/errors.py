"""Why a strategy cannot be changed or released."""

from collections.abc import Sequence

from cases.core.errors import Conflict, Invalid
from legal.findings import Finding


class StrategyFaulty(Invalid):
    """Something has to be corrected in the steps before the strategy can be released."""

    def __init__(self, findings: Sequence[Finding]) -> None:
        super().__init__()
        self.findings = tuple(findings)


class NotADraft(Conflict):
    """This version is released. Begin a new draft to change it."""


class DraftWaits(Conflict):
    """A draft of this strategy exists already. Go on with that one."""


class ReleaseAsked(Conflict):
    """This version waits for a second person. Withdraw that before you change it."""


class BreaksAnnouncements(Conflict):
    """{letters} letters announce a step that this version would not do in time. Let those cases
    finish on their version, or keep the step and its day."""


class NotOutOfCourt(Conflict):
    """Only a case that is worked out of court works by a strategy."""


class StrategyUnknown(Invalid):
    """Choose a strategy that is in force."""


class NameMissing(Invalid):
    """Give the strategy a name."""
