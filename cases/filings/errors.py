"""What can go wrong with filings."""

from cases.core.errors import Conflict, Invalid, NotFound


class KennzifferMissing(NotFound):
    """The house has no Kennziffer of the court dunning procedure yet. Enter it under settings."""


class FilingNotDraft(Conflict):
    """This application is in a file already and cannot be changed any more."""


class FilingNotReady(Conflict):
    """At least one application is not ready: {number}."""


class NothingChosen(Invalid):
    """Choose at least one application."""


class SeveralCourts(Invalid):
    """One file goes to one court and holds one kind of application."""


class SamePerson(Conflict):
    """A second person has to confirm the release."""


class BatchMoved(Conflict):
    """This file is no longer at that step."""


class ReasonNeeded(Invalid):
    """Please give a reason."""


class EntryUnknown(Invalid):
    """This entry does not exist in the application: {path}."""


class MessageDecided(Conflict):
    """Somebody has decided on this message already."""


class MessageDamaged(Conflict):
    """This message is damaged. Look at it and record by hand what it says."""


class MessageUnmatched(Conflict):
    """No proceeding of ours belongs to this message yet."""


class FileNotCourt(Invalid):
    """This is not a file of a court: {filename}."""


class NotInThisState(Conflict):
    """This does not fit the present state of the proceeding."""


class EventRevoked(Conflict):
    """This event has been revoked already."""


class PayablePaid(Conflict):
    """The court has this money already."""


class EnforcementBlocked(Conflict):
    """The application for the enforcement order is not possible yet."""


class PowerEnded(Conflict):
    """The power of representation ended with the transfer to litigation (§ 79(2) no. 4 ZPO)."""


class DeadlineClosed(Conflict):
    """This deadline runs no longer."""
