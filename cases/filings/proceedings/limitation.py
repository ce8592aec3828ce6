"""Limitation of the claims of a case follows every event of its proceedings.

What an event does is the answer of the case's law, by the door of its court; here it is kept with
the claims: a suspension while the proceeding runs, thirty years once every debtor is titled.
"""

from cases.claims.law import court_of
from cases.claims.limitation import keep_event_of, set_title
from cases.claims.queries import get_case_by_id, list_claims
from cases.core.database import db
from cases.filings.proceedings.models import Proceeding
from legal import proceeding as pure


def sync(proceeding: Proceeding, now: pure.Proceeding, joint: list[pure.Proceeding]) -> None:
    """Let the claims say what the events say; `joint` are all proceedings of the application."""
    db.session.flush()
    case = get_case_by_id(proceeding.case_id)
    court = court_of(case)
    claims = [claim for claim in list_claims(case.id) if not claim.excluded_reason]
    keep_event_of(
        case,
        claims,
        f"proceeding:{proceeding.id}",
        court.limitation_event(now),
        proceeding.debtor_id,
    )
    titles = [court.titled_on(each) for each in joint]
    finals = [court.title_final_on(each) for each in joint]
    set_title(
        case,
        claims,
        None if None in titles else max(day for day in titles if day),
        None if None in finals else max(day for day in finals if day),
    )
