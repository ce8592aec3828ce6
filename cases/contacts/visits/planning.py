"""Planning a visit: when, who, what for; moved and cancelled with a reason.

The rules of contact are asked for the beginning and the end of the window, the same ones that a
call asks. What a client wants to be asked about waits for his word.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta

from cases.claims import timeline
from cases.claims.ending import Ending
from cases.claims.models import Case, Phase
from cases.claims.queries import lock_case
from cases.claims.reaching.allowed import HARD, Channel, Reason
from cases.claims.services import require_open
from cases.contacts.approach import approach
from cases.contacts.hours import CallingHours, heard_first
from cases.contacts.visits.deciding import ask_about, ask_no_longer, must_ask
from cases.contacts.visits.errors import (
    NobodyToVisit,
    VisitInPast,
    VisitNotAllowed,
    VisitNotOpen,
    VisitReasonMissing,
    VisitTooEarly,
    VisitWindowWrong,
)
from cases.contacts.visits.letters import renew_letter
from cases.contacts.visits.models import Visit, VisitPurpose, VisitState
from cases.contacts.visits.queries import OPEN, count_planned_near, list_visits_of_case, party_of
from cases.contacts.visits.telling import told
from cases.core import audit, clock
from cases.core.database import db
from cases.core.locks import relock
from cases.payments.cash.services import reserve_receipt

LONGEST = timedelta(hours=6)
ONE_MINUTE = timedelta(minutes=1)


@dataclass(frozen=True, slots=True)
class Window:
    """From when to when somebody comes."""

    begins_at: datetime
    ends_at: datetime


@dataclass(frozen=True, slots=True)
class VisitWish:
    """A visit that somebody has in mind."""

    window: Window
    visitor_id: int
    purpose: VisitPurpose
    debtor_id: int
    with_whom: str = ""
    place_note: str = ""
    #: Only from somebody who may set a soft rule aside; the edge has asked for that.
    overridden_because: str = ""


def plan_visit(case_id: int, wish: VisitWish, hours: CallingHours) -> Visit:
    """Plan a visit; where the client's contract asks for it, he agrees first.

    Raises:
        CaseClosed, VisitTooEarly, NobodyToVisit, VisitWindowWrong, VisitInPast, VisitNotAllowed.
    """
    case = lock_case(case_id)
    require_open(case)
    if case.phase is Phase.NEW:
        raise VisitTooEarly
    visit = Visit(
        case_id=case.id,
        creditor_id=case.creditor_id,
        debtor_id=wish.debtor_id,
        visitor_id=wish.visitor_id,
        begins_at=wish.window.begins_at,
        ends_at=wish.window.ends_at,
        purpose=wish.purpose,
        with_whom=wish.with_whom.strip() or None,
        place_note=wish.place_note.strip() or None,
        state=VisitState.PLANNED,
        planned_by=audit.actor_id(),
        planned_at=clock.now(),
    )
    if party_of(visit).address is None:
        raise NobodyToVisit
    visit.overridden_because = _require_allowed(case, visit, wish.overridden_because, hours)
    visit.receipt_id = reserve_receipt(case).id
    asks = must_ask(case)
    if asks:
        visit.state = VisitState.ASKED
    db.session.add(visit)
    db.session.flush()
    if asks:
        ask_about(case, visit)
    timeline.record(case, "visit.asked" if asks else "visit.planned", **told(visit))
    return visit


def lock_visit(visit: Visit) -> Case:
    """Lock the case of a visit and read the visit anew."""
    case = lock_case(visit.case_id)
    relock(visit)
    return case


def move_visit(
    visit: Visit,
    window: Window,
    visitor_id: int,
    why: str,
    hours: CallingHours,
    overridden_because: str = "",
) -> None:
    """Another time or another person; a letter that nobody has released yet follows.

    Raises:
        VisitNotOpen, VisitReasonMissing, and whatever a plan refuses.
    """
    case = lock_visit(visit)
    require_open(case)
    if visit.state not in OPEN:
        raise VisitNotOpen
    if not why.strip():
        raise VisitReasonMissing
    visit.begins_at, visit.ends_at, visit.visitor_id = window.begins_at, window.ends_at, visitor_id
    visit.overridden_because = _require_allowed(case, visit, overridden_because, hours)
    db.session.flush()
    renew_letter(visit)
    kind = "visit.moved" if visit.state is VisitState.PLANNED else "visit.moved_asked"
    timeline.record(case, kind, why=why.strip(), **told(visit))


def cancel_visit(visit: Visit, why: str) -> None:
    """Nobody goes; the reason stands in the timeline. Raises VisitNotOpen, VisitReasonMissing."""
    case = lock_visit(visit)
    if visit.state not in OPEN:
        raise VisitNotOpen
    if not why.strip():
        raise VisitReasonMissing
    visit.state, visit.ended_because = VisitState.CANCELLED, why.strip()
    db.session.flush()
    ask_no_longer(case)
    timeline.record(case, "visit.cancelled", why=why.strip(), **told(visit))


def cancel_visits(case: Case, ending: Ending) -> None:
    """A case that has ended is visited by nobody."""
    for visit in list_visits_of_case(case.id, *OPEN):
        visit.state, visit.ended_because = VisitState.CANCELLED, ending.reason.strip() or None
        timeline.record(case, "visit.dropped", **told(visit))


def _require_allowed(case: Case, visit: Visit, because: str, hours: CallingHours) -> str | None:
    """The rules at both ends of the window; answers why a soft one was set aside, if one was."""
    begins, ends = (clock.local(moment) for moment in (visit.begins_at, visit.ends_at))
    if begins.date() != ends.date() or not timedelta(0) < ends - begins <= LONGEST:
        raise VisitWindowWrong
    if visit.begins_at <= clock.now():
        raise VisitInPast
    against: list[Reason] = []
    for moment in (visit.begins_at, visit.ends_at - ONE_MINUTE):
        # Whoever speaks for him is not visited: the debtor himself is, or nobody.
        found = approach(
            case, Channel.VISIT, moment, hours, himself=True, debtor_id=visit.debtor_id
        )
        against += [reason for reason in found.judgement.reasons if reason not in against]
        most = found.rule.most_in_7_days
        planned = count_planned_near(visit.debtor_id, moment, visit.id)
        if most is not None and found.used + planned >= most and Reason.TOO_OFTEN not in against:
            against.append(Reason.TOO_OFTEN)
    hard = [reason for reason in against if reason in HARD]
    finding = heard_first(hard or against, Channel.VISIT, found.rule)
    if finding is None:
        return None
    if hard or not because.strip():
        raise VisitNotAllowed(finding, hard=bool(hard))
    for reason in against:
        timeline.record(case, "contact.overridden", rule_code=reason.value, why=because.strip())
    return because.strip()
