"""What is refused about estates."""

from cases.core.errors import Conflict, Invalid


class CourtIncomplete(Invalid):
    """The inquiry needs the name of the probate court with its street, postcode and town."""


class DeathAhead(Invalid):
    """The day of death cannot lie in the future."""


class LastHomeMissing(Invalid):
    """Say where the debtor lived last; the court finds the file by it."""


class HeirIncomplete(Invalid):
    """Each heir needs a name, street, postcode and town."""


class NoHeirs(Invalid):
    """Name at least one heir."""


class HeirSourceMissing(Invalid):
    """Say how the heirs are known: the certificate of inheritance, the court's answer."""


class SameDebtor(Invalid):
    """An heir cannot be somebody who owes in this case already."""


class NotNaturalPerson(Conflict):
    """Only a person dies; a company's end is another matter."""


class CourtKnowsDebtor(Conflict):
    """A court knows the debtor already: legal goes on with the heirs there."""


class HeirsAddressed(Conflict):
    """A letter went to these heirs already; close the case or change it by hand instead."""


class NoHeirsNamed(Conflict):
    """No heirs were named here, or that was taken back already."""
