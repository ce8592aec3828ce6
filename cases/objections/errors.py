"""What recording and deciding an objection refuses."""

from cases.core.errors import Conflict, Invalid


class WordsMissing(Invalid):
    """Write down what the debtor said, in the debtor's own words."""


class NothingDisputed(Invalid):
    """Say which claims the objection is against."""


class DisputedTooHigh(Invalid):
    """Of claim {invoice_number} no more can be disputed than what is open on it."""


class RaisedInFuture(Invalid):
    """The day of the objection lies in the future."""


class AlreadyDecided(Conflict):
    """This objection has been decided already."""


class VerdictReasonMissing(Invalid):
    """A verdict needs a reason."""


class GenuineAmountWrong(Invalid):
    """The genuine part must be more than nothing and less than all that is disputed."""


class CounterclaimUndated(Invalid):
    """Say since when the counterclaim is due: from then on it is set off."""


class CounterclaimNotDue(Invalid):
    """The counterclaim is not due yet. Until then it cannot be set off (§ 387 BGB)."""


class GenuineCostsWrong(Invalid):
    """Say how much of the costs is not owed: more than nothing and less than all of them."""


class AgainMissing(Invalid):
    """Name the day, after today, on which this is looked at again."""


class NothingToRelease(Conflict):
    """There is no rest to release: it was released already, or all of the case is concerned."""


class EvidenceOpen(Invalid):
    """{missing} pieces of evidence are neither there nor explained. Ask for them, or say why the
    verdict may go without.
    """


class AgainUnclear(Invalid):
    """The same was decided before. Say whether this brings something new."""


class NotDecided(Conflict):
    """This objection has no verdict yet."""


class ChecklistIncomplete(Invalid):
    """{missing} questions have no finding yet. Say what you found, or why it cannot be known."""


class EvidenceMissing(Invalid):
    """Name the document that a finding rests on, or say why there is none."""
