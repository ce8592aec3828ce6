"""When a case ends nobody waits for anything in it any more: promises and commitments end."""

from cases.claims import timeline
from cases.claims.ending import Ending
from cases.claims.models import Case
from cases.contacts.models import PromiseState
from cases.contacts.promises import settle_promise
from cases.contacts.queries import list_open_commitments, list_open_promises
from cases.core import clock


def withdraw_promises(case: Case, ending: Ending) -> None:
    """What the debtor promised is no longer asked for; the timeline says so."""
    for promise in list_open_promises(case.id):
        settle_promise(case, promise, PromiseState.WITHDRAWN)


def withdraw_commitments(case: Case, ending: Ending) -> None:
    """What we promised is not done any more; the timeline says so, with who had promised it."""
    for commitment in list_open_commitments(case.id):
        commitment.withdrawn_at = clock.now()
        timeline.record(
            case, "commitment.withdrawn", commitment_id=commitment.id, what=commitment.what
        )
