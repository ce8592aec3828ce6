"""What keeps a letter from being sent."""

from collections.abc import Sequence

from cases.core.errors import Conflict, Invalid
from legal.findings import Finding


class LetterLacksDuties(Invalid):
    """The letter cannot be sent yet; see what is missing."""

    def __init__(self, findings: Sequence[Finding]) -> None:
        super().__init__()
        self.findings = tuple(findings)


class CaseNotAccepted(Conflict):
    """The order has not been accepted yet; accept the case first."""


class EverythingHeld(Conflict):
    """Everything in this case stands still; nothing can be demanded until the hold is lifted."""


class RestWaits(EverythingHeld):
    """An objection is being verified: nothing is demanded in this case until the verdict, unless
    somebody releases the part that is not disputed on the objection's page.
    """


class NothingOwed(Conflict):
    """Nothing is owed in this case any more."""


class AddressMissing(Conflict):
    """There is no address of {name} that post can go to."""


class HandlerIncomplete(Conflict):
    """The case worker needs a direct phone number in the profile; it is printed on the letter."""


class FirstDemandSent(Conflict):
    """The first demand letter has been sent already."""


class ClientNotAgreed(Conflict):
    """This letter announces the court, and the client has not agreed to it yet. Ask him on the
    page of the case, under Dealing with the debtor; then the letter can go."""
