"""Taking the acceptance of an order back, while nothing has followed from it."""

from cases.claims import timeline
from cases.claims.models import Case, Phase
from cases.claims.queries import lock_case
from cases.core.errors import Conflict


class AcceptanceUsed(Conflict):
    """The acceptance cannot be taken back: the case has been worked on since."""


def withdraw_acceptance(case_id: int) -> Case:
    """Let an order wait for its examination again; only while nothing has followed.

    Raises:
        AcceptanceUsed: it is not accepted, or something has happened in the case since.
    """
    case = lock_case(case_id)
    last = timeline.list_events(case.id, limit=1)
    if case.phase is not Phase.AMICABLE or [event.kind for event in last] != ["case.accepted"]:
        raise AcceptanceUsed
    case.phase, case.accepted_at, case.owner_id = Phase.NEW, None, None
    timeline.record(case, "case.acceptance_withdrawn")
    return case
