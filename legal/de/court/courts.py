"""The central dunning courts (zentrale Mahngerichte) and which one is competent.

Law: ZPO § 689(2), (3): the court of the applicant's general venue, concentrated by the states;
without a German venue AG Wedding; § 703d: a defendant without one leads to the trial court's.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache

from legal.de.court.eda.layouts import read_rows
from legal.errors import LawError

#: The only state with two courts: the district of the higher regional court (OLG) decides.
SPLIT_STATE = "DE-NW"


class DistrictNeeded(LawError):
    """In North Rhine-Westphalia the district of the higher regional court decides: Köln, Hamm or
    Düsseldorf."""


class StateUnknown(LawError):
    """No dunning court is known for this state."""


@dataclass(frozen=True, slots=True)
class DunningCourt:
    """A central dunning court; `plz` and `place` are what goes into the application."""

    xjustiz_id: str
    name: str
    designation: str
    street: str
    postal_plz: str
    postal_place: str
    plz: str
    place: str
    holiday_place: str  # Its seat: these holidays move the periods. Law: ZPO § 222(2).
    states: frozenset[str]
    olg_districts: frozenset[str]
    serves_abroad: bool
    edaidz: str  # Its code in the files it sends; unknown for two courts.


@cache
def dunning_courts() -> Mapping[str, DunningCourt]:
    """The twelve courts by their XJustiz id."""
    return {
        row["xjustiz_id"]: DunningCourt(
            xjustiz_id=row["xjustiz_id"],
            name=row["court"],
            designation=row["designation"],
            street=row["street"],
            postal_plz=row["postal_plz"],
            postal_place=row["postal_place"],
            plz=row["plz"],
            place=row["place"],
            holiday_place=f"DE-{row['holiday_state']}",
            states=frozenset(row["states"].split()),
            olg_districts=frozenset(row["olg_districts"].split()),
            serves_abroad=row["abroad"] == "yes",
            edaidz=row["edaidz"],
        )
        for row in read_rows("courts.csv")
    }


LOCAL_COURT, REGIONAL_COURT = "1", "2"
#: First day -> up to which value the local court decides. Law: GVG § 23 no. 1.
_LOCAL_COURT_UP_TO_CENTS = ((date(2026, 1, 1), 10_000_00), (date.min, 5_000_00))


def trial_court_kind(value_cents: int, on: date) -> str:
    """The kind of court that a value leads to; subjects with a court of their own left out.

    Law: GVG §§ 23 no. 1, 71(1).
    """
    limit = next(cents for first_day, cents in _LOCAL_COURT_UP_TO_CENTS if first_day <= on)
    return LOCAL_COURT if value_cents <= limit else REGIONAL_COURT


def competent_court(state: str | None, *, olg_district: str = "") -> DunningCourt:
    """The court for an applicant with his seat in this state ("DE-BY"), None for abroad.

    Raises:
        DistrictNeeded: North Rhine-Westphalia without the district of the higher regional court.
        StateUnknown: no such state.
    """
    if state is None:
        return next(c for c in dunning_courts().values() if c.serves_abroad)
    found = [c for c in dunning_courts().values() if state in c.states]
    if not found:
        raise StateUnknown(f"No dunning court is known for {state!r}.", field="state")
    if state != SPLIT_STATE:
        return found[0]
    fitting = [c for c in found if olg_district in c.olg_districts]
    if not fitting:
        raise DistrictNeeded(field="olg_district")
    return fitting[0]


def find_court_by_postcode(plz: str) -> DunningCourt | None:
    """The dunning court whose delivery district has this postcode."""
    return next((c for c in dunning_courts().values() if c.plz == plz), None)


def bulk_postcodes() -> Mapping[str, str]:
    """Postcodes for bulk mail that courts send a query for -> the one they want."""
    return {c.postal_plz: c.plz for c in dunning_courts().values() if c.postal_plz != c.plz}
