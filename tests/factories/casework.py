"""What happens in a case, for tests: objections, commitments, letters."""

from datetime import timedelta
from typing import Any

from cases.claims.limitation import EventDays, note_event
from cases.claims.models import Case, LimitationRow
from cases.claims.queries import list_claims
from cases.contacts.models import Commitment
from cases.contacts.services import CommitmentGiven, make_commitment
from cases.core import clock
from cases.letters.drafting import DemandWish
from cases.letters.models import Letter
from cases.letters.queries import list_letters
from cases.letters.services import release_first_demand
from cases.objections.models import Objection, ObjectionKind
from cases.objections.services import Disputed, ObjectionDetails, record_objection
from legal.limitation_events import LimitationEventKind


def make_objection(case: Case, cents: int = 100_00, **fields: Any) -> Objection:
    """An objection against a part of the first claim."""
    details: dict[str, Any] = {
        "kind": ObjectionKind.DEFECT,
        "words": "Die Anlage funktioniert nicht richtig.",
        "contests": True,
        "channel": "email",
        "raised_on": clock.today(),
        "disputed": [Disputed(list_claims(case.id)[0].id, cents)],
    }
    return record_objection(case.id, ObjectionDetails(**{**details, **fields}))


def make_commitment_of(case: Case) -> Commitment:
    """A call back in an hour."""
    return make_commitment(case, CommitmentGiven("Rückruf", clock.now() + timedelta(hours=1)))


def make_limitation_event_of(case: Case) -> LimitationRow:
    """Negotiations about the first claim that began today."""
    days = EventDays(first_day=clock.today())
    return note_event(case, list_claims(case.id)[0], LimitationEventKind.NEGOTIATIONS, days)


def make_letter(case: Case) -> Letter:
    """The first demand letter of an accepted case, released by its owner."""
    letters = list_letters(case.id)
    if letters:
        return letters[0][0]
    assert case.owner_id is not None, "the case must be accepted"
    return release_first_demand(case.id, DemandWish(clock.today()), case.owner_id)[0]
