"""What can go wrong with filings."""

from collections.abc import Sequence

from cases.core.errors import Conflict, Invalid, NotFound
from legal.findings import N_

#: What became of a case -> the sentence that says so.
IN_THE_WAY = {
    "case_closed": N_("Closed meanwhile, so nothing of it is filed: {numbers}."),
    "case_not_in_court": N_("Not in court any more, so nothing of it is filed: {numbers}."),
    "case_paid": N_("Paid meanwhile, so nothing of it is filed: {numbers}."),
    "case_held": N_("A hold stands, so nothing of it is filed: {numbers}."),
    "booked_since_release": N_(
        "Something was booked since the release, so the file claims the wrong amount: {numbers}. "
        "Send the file back and release it anew."
    ),
    "money_in_suspense": N_("Unmatched money may belong to it, so it waits: {numbers}."),
    "proceeding_moved": N_("Its proceeding has gone on meanwhile: {numbers}."),
}
#: Cases that one sentence names.
NAMED = 5


class KennzifferMissing(NotFound):
    """The house has no Kennziffer of the court dunning procedure yet. Enter it under settings."""


class CaseInTheWay(Conflict):
    """A case is not where this application needs it: {numbers}."""

    @classmethod
    def of(cls, cases: Sequence[tuple[str, str]]) -> "CaseInTheWay":
        """Name cases (number and what became of each), those with the first fact first."""
        fact = cases[0][1]
        numbers = [number for number, other in cases if other == fact]
        more = " ..." if len(numbers) > NAMED else ""
        return cls(IN_THE_WAY[fact], numbers=", ".join(numbers[:NAMED]) + more)


class BankNotImported(Conflict):
    """Bank statements are imported until {day} only. Import those up to the last banking day."""


class BankNeverImported(Conflict):
    """No bank statement has been imported yet. Import those up to the last banking day."""


class NotConfirmedYet(Conflict):
    """This file can be fetched when a second person has confirmed it."""


class TypedByHand(Conflict):
    """This application is typed by a person; there is no file of it for a court."""


class FileNotFetched(Conflict):
    """Nobody has fetched this file yet, so it cannot have been sent."""


class FileInTheMaking(Conflict):
    """This file is still being made."""


class ProceedingRuns(Conflict):
    """A proceeding of this case is still running; a second application is not possible."""


class ClockLeavesTime(Conflict):
    """The law's clock leaves time: lift the hold first. A reason counts only near a last day."""


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


class MessageFromFuture(Conflict):
    """This message bears a day that has not come: {day}. Look at it and confirm it."""


class MessageUnmatched(Conflict):
    """No proceeding of ours belongs to this message yet."""


class NotInThisState(Conflict):
    """This does not fit the present state of the proceeding."""


class EventRevoked(Conflict):
    """This event has been revoked already."""


class PayablePaid(Conflict):
    """The court has this money already."""


class PowerEnded(Conflict):
    """The power of representation ended with the transfer to litigation (§ 79(2) no. 4 ZPO)."""


class DeadlineClosed(Conflict):
    """This deadline runs no longer."""
