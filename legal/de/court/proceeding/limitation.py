"""What a proceeding does to limitation, as an event for `legal.de.limitation`.

Law: BGB § 204(1) no. 3, (2); ZPO §§ 167, 691(2).
"""

from datetime import date

from legal.errors import InvariantBroken
from legal.limitation_events import LimitationEvent, LimitationEventKind
from legal.proceeding import CourtEventKind as E
from legal.proceeding import Proceeding, State

#: Acts of the parties or the court after which nothing may happen for six months.
_ACTS = (
    E.ORDER_SERVED,
    E.OPPOSED,
    E.ENFORCEMENT_APPLIED,
    E.REFERRAL_REQUESTED,
    E.REFERRED,
    E.STATEMENT_REQUESTED,
    E.STATEMENT_FILED,
)
_ENDED = {State.WITHDRAWN: E.WITHDRAWN, State.RESOLVED: E.RESOLVED, State.LAPSED: E.LAPSED}


def limitation_event(proceeding: Proceeding) -> LimitationEvent | None:
    """The suspension this proceeding brings about; None while nothing has been served.

    After an opposition the last act is the day on which we received its notice. It is never
    `confirmed` here: that is for legal to say.
    """
    if proceeding.state is State.REFUSED:
        return _refused(proceeding)
    served = proceeding.find(E.ORDER_SERVED)
    if served is None:
        return None
    acts = [event for event in proceeding.events if event.kind in _ACTS]
    last_act = max(event.received_on or event.on for event in acts)
    end = proceeding.find(_ENDED.get(proceeding.state, E.BECAME_FINAL))
    return LimitationEvent(
        kind=LimitationEventKind.PAYMENT_ORDER,
        applied_on=proceeding.applied_on,
        served_on=served.on,
        last_act_on=last_act,
        last_day=end.on if end else None,
    )


def _refused(proceeding: Proceeding) -> LimitationEvent:
    refusal, action = proceeding.find(E.REFUSED), proceeding.find(E.ACTION_FILED)
    if refusal is None:
        raise InvariantBroken("refusal is missing")
    return LimitationEvent(
        kind=LimitationEventKind.REJECTED_APPLICATION,
        applied_on=proceeding.applied_on,
        served_on=refusal.on,
        first_day=action.on if action else None,
    )


def titled_on(proceeding: Proceeding) -> date | None:
    """Since when there is a title for the whole claim; None while a part is contested.

    Law: ZPO §§ 700(1), 794(1) no. 4; after a protest the order stands, but the court decides.
    """
    issued = proceeding.find(E.ENFORCEMENT_ISSUED) or proceeding.find(E.ENFORCEMENT_SERVED)
    contested = proceeding.partly_contested or proceeding.find(E.PROTESTED) is not None
    return None if issued is None or contested else issued.on


def final_on(proceeding: Proceeding) -> date | None:
    """Since when that title cannot be contested: its thirty years begin. Law: BGB § 201."""
    final = proceeding.find(E.BECAME_FINAL)
    return final.on if final and titled_on(proceeding) else None
