"""Limitation of the claims of a case follows every event of its proceedings.

The law itself stands in `legal.de.court.proceeding.limitation`; here its answer is kept with the
claims: a suspension while the proceeding runs, thirty years once every debtor is titled.
"""

from cases.claims.limitation import keep_event_of, set_title
from cases.claims.queries import get_case_by_id, list_claims
from cases.core.database import db
from cases.filings.proceedings.models import Proceeding
from legal import proceeding as pure
from legal.de.court.proceeding.limitation import final_on, limitation_event, titled_on


def sync(proceeding: Proceeding, now: pure.Proceeding, joint: list[pure.Proceeding]) -> None:
    """Let the claims say what the events say; `joint` are all proceedings of the application."""
    db.session.flush()
    case = get_case_by_id(proceeding.case_id)
    claims = [claim for claim in list_claims(case.id) if not claim.excluded_reason]
    keep_event_of(
        case, claims, f"proceeding:{proceeding.id}", limitation_event(now), proceeding.debtor_id
    )
    titles = [titled_on(each) for each in joint]
    finals = [final_on(each) for each in joint]
    set_title(
        case,
        claims,
        None if None in titles else max(day for day in titles if day),
        None if None in finals else max(day for day in finals if day),
    )
