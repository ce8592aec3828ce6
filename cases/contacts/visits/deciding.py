"""What the client's answer about a visit leads to; he is asked as about all that he decides.

One question at a time stands for a case (`cases.claims.asking`): it is about every visit there that
waits for him.
"""

from datetime import timedelta

from cases.claims import timeline
from cases.claims.asking.models import Asked, AskedFor, ClientApproval
from cases.claims.asking.services import ANSWER_DAYS, ask_client, has_agreed_to_all, withdraw
from cases.claims.models import Case
from cases.contacts.visits.models import Visit, VisitState
from cases.contacts.visits.queries import list_visits_of_case
from cases.contacts.visits.telling import told
from cases.core import clock
from cases.parties.queries import get_contract


def must_ask(case: Case) -> bool:
    """Whether the contract lets the client decide, and he has not agreed to visits here already."""
    asks = get_contract(case.creditor_id, case.ordered_on).visits_need_approval
    return asks and not has_agreed_to_all(case.id, AskedFor.VISIT)


def ask_about(case: Case, visit: Visit) -> None:
    """Put the question to the client, to be answered before the day of the visit."""
    latest = clock.today() + timedelta(days=ANSWER_DAYS)
    answer_by = min(latest, clock.local(visit.begins_at).date())
    ask_client(case, AskedFor.VISIT, subject_id=visit.id, answer_by=answer_by)


def ask_no_longer(case: Case) -> None:
    """Take the question back where no visit of the case waits for its answer any more."""
    if not list_visits_of_case(case.id, VisitState.ASKED):
        withdraw(case, AskedFor.VISIT, about_subject=True)


def client_decided(case: Case, approval: ClientApproval) -> bool:
    """Go on with the visits that waited; answers whether any did. Silence is no yes."""
    waiting = list_visits_of_case(case.id, VisitState.ASKED)
    for visit in waiting:
        if approval.agrees:
            visit.state = VisitState.PLANNED
            timeline.record(case, "visit.client_agreed", **told(visit))
        elif approval.state is Asked.SILENT:
            visit.state = VisitState.CANCELLED
            timeline.record(case, "visit.client_silent", **told(visit))
        else:
            visit.state, visit.ended_because = VisitState.REFUSED, approval.words
            timeline.record(case, "visit.client_refused", why=approval.words or "", **told(visit))
    return bool(waiting)
