"""When a case ends its strategy ends; when it is opened again the strategy goes on."""

from datetime import timedelta

from cases.claims.ending import Ending
from cases.claims.models import Case
from cases.core import clock
from cases.core.database import db
from cases.strategies.events import drop_open
from cases.strategies.models import CaseStrategy


def end_strategy(case: Case, ending: Ending) -> None:
    """Nothing more is intended."""
    drop_open(case, "case.closed")
    row = db.session.get(CaseStrategy, case.id)
    if row is not None and row.ended_on is None:
        row.ended_on, row.ended_why, row.in_hand_until = clock.today(), "phase", None


def resume_strategy(case: Case, reason: str) -> None:
    """The steps go on where they stood, once a person has decided so."""
    row = db.session.get(CaseStrategy, case.id)
    if row is not None and row.ended_why in {"phase", "paid"}:
        row.ended_on = row.ended_why = None
        row.cycle, row.next_on = row.cycle + 1, clock.today() + timedelta(days=1)
