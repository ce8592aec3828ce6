"""Which court for litigation an application begins with, and where it is known from. Pure."""

from dataclasses import dataclass

from cases.filings.trial_courts.directory import NamedCourts
from cases.filings.trial_courts.models import TrialCourtKnown
from cases.parties.models import DebtorAddress


@dataclass(frozen=True, slots=True)
class TrialCourt:
    """A court for litigation; `typed_in` is the case in which legal typed it."""

    kind: str
    postcode: str
    place: str
    typed_in: str = ""  # Blank: the directory names it.


def choose_court(
    directory: NamedCourts | None, known: TrialCourtKnown | None, kind: str, address: DebtorAddress
) -> TrialCourt | None:
    """What the directory names, if it is one court; else what was typed for the postcode before."""
    if directory is not None:
        rows = directory.find(kind, address.postcode, address.city)
        courts = {(row.court_postcode, row.court_place) for row in rows}
        if len(courts) == 1:
            return TrialCourt(kind, *courts.pop())
    if known is None:
        return None
    return TrialCourt(kind, known.court_postcode, known.court_place, known.case_number)
