"""The deadlines of a proceeding: which event opens which, and which closes it.

Every deadline is computed from the events by the rules of `legal.de.deadlines` (M06 to M24); none
is stored that the events do not prove. Holidays are those of the court's seat. Law: ZPO § 222.
"""

import datetime
from collections.abc import Iterator
from dataclasses import replace

from legal.calendar import parse_period, roll_forward
from legal.court import ProceedingDeadline, Whose
from legal.de.deadlines import deadline, deadline_by_rule, get_deadline_rule
from legal.proceeding import CourtEventKind, Event, Proceeding, State

E = CourtEventKind
#: Served soon (§ 167 ZPO): courts tolerate about a month of our own delay.
_SERVED_SOON = parse_period("1 month")
_TITLE = parse_period("30 years")
_OVER = frozenset({E.WITHDRAWN, E.RESOLVED})
#: What a court does only when no question of its own is left.
DONE_WITH_QUERIES = frozenset({
    E.ORDER_ISSUED, E.ORDER_SERVED, E.ENFORCEMENT_ISSUED, E.ENFORCEMENT_SERVED,
    E.ENFORCEMENT_REFUSED, E.OPPOSED, E.LAPSED,
})  # fmt: skip


def list_deadlines(
    proceeding: Proceeding, *, query_days: int = 14
) -> tuple[ProceedingDeadline, ...]:
    """All deadlines of the proceeding, closed ones with what closed them.

    A court query has no statutory period: `query_days` is the house's own.
    """
    found: list[ProceedingDeadline] = []
    for index, event in enumerate(proceeding.events):
        later = proceeding.events[index + 1 :]
        for opened in _opened_by(proceeding, event, query_days):
            closing = next((e for e in later if _closes(opened, e)), None)
            found.append(replace(opened, closed_by=closing))
    return tuple(found)


def _opened_by(
    proceeding: Proceeding, event: Event, query_days: int
) -> Iterator[ProceedingDeadline]:
    place = proceeding.place
    match event.kind:
        case E.REFUSED:
            yield _by_rule("M06", event, place)
        case E.QUERIED:
            yield _query(event, place, query_days)
        case E.ORDER_NOT_SERVED | E.ENFORCEMENT_NOT_SERVED:
            yield _new_service(event, place)
        case E.ORDER_SERVED:
            yield from _after_service(event, place)
        case E.OPPOSED | E.REFERRAL_REQUESTED | E.REFERRED:
            yield _by_rule("M14", event, place, from_day=event.received_on or event.on)
        case E.STATEMENT_REQUESTED:
            yield _by_rule("M15", event, proceeding.trial_place or place)
        case E.ENFORCEMENT_SERVED:
            yield _protest(event, place)
        case E.BECAME_FINAL:
            yield _title(event, place)
        case _:
            pass


def _by_rule(
    rule_id: str,
    event: Event,
    place: str,
    *,
    from_day: datetime.date | None = None,
    whose: Whose = Whose.OURS,
) -> ProceedingDeadline:
    counted = deadline_by_rule(rule_id, from_day or event.on, place)
    name = get_deadline_rule(rule_id).name
    return ProceedingDeadline(
        rule_id, name, whose, event, counted.last_day, counted.unrolled, counted.law, counted.notes
    )


def _after_service(event: Event, place: str) -> Iterator[ProceedingDeadline]:
    """Opposition, then the earliest and the latest day for the enforcement order."""
    opposition = _by_rule("M09", event, place, whose=Whose.OPPONENT)
    if event.period is not None:
        set_by_court = deadline(event.on, event.period, place)
        opposition = replace(
            opposition, last_day=set_by_court.last_day, unrolled=set_by_court.unrolled
        )
    yield opposition
    yield _by_rule("M10", event, place, from_day=opposition.last_day, whose=Whose.EARLIEST)
    yield _by_rule("M11", event, place)


def _protest(event: Event, place: str) -> ProceedingDeadline:
    """Strict two weeks, abroad what the court has set. Law: ZPO §§ 700, 339."""
    protest = _by_rule("M17", event, place, whose=Whose.OPPONENT)
    if event.period is None:
        return protest
    counted = deadline(event.on, event.period, place)
    return replace(protest, last_day=counted.last_day, unrolled=counted.unrolled)


def _query(event: Event, place: str, days: int) -> ProceedingDeadline:
    day = event.on + datetime.timedelta(days=days)
    note = "A court query has no statutory period; the court may refuse (§ 691 ZPO)."
    last_day = roll_forward(day, place)
    return ProceedingDeadline(
        "OWN", "query_answer", Whose.HOUSE, event, last_day, day, "ZPO § 691", (note,)
    )


def _new_service(event: Event, place: str) -> ProceedingDeadline:
    """Service must come soon to keep the effect of the application. Law: ZPO § 167."""
    counted = deadline(event.on, _SERVED_SOON, place)
    note = "About a month by case law on § 167 ZPO; medium confidence."
    return ProceedingDeadline(
        "L12", "new_service", Whose.OURS, event, counted.last_day, counted.unrolled,
        "ZPO § 167", (note,),
    )  # fmt: skip


def _title(event: Event, place: str) -> ProceedingDeadline:
    """Thirty years from finality. Law: BGB §§ 197(1) no. 3, 201."""
    counted = deadline(event.on, _TITLE, place)
    return ProceedingDeadline(
        "L04", "title_limitation", Whose.OURS, event, counted.last_day, counted.unrolled,
        "BGB §§ 197(1) no. 3, 201",
    )  # fmt: skip


#: Rule -> the events that close its deadline.
_CLOSED_BY = {
    "M06": {E.ACTION_FILED},
    # A court that goes on has what it asked for.
    "OWN": {E.QUERY_ANSWERED, E.REFUSED, *DONE_WITH_QUERIES},
    "L12": {E.ORDER_NEW_SERVICE, E.ORDER_SERVED, E.ENFORCEMENT_NEW_SERVICE, E.ENFORCEMENT_SERVED},
    "M09": {E.OPPOSED, E.ENFORCEMENT_ISSUED},
    "M10": {E.OPPOSED, E.ENFORCEMENT_APPLIED, E.ENFORCEMENT_ISSUED, E.LAPSED},
    "M11": {E.OPPOSED, E.ENFORCEMENT_APPLIED, E.ENFORCEMENT_ISSUED, E.LAPSED},
    # Each further act of the parties or the court starts the six months anew.
    "M14": {E.REFERRAL_REQUESTED, E.REFERRED, E.STATEMENT_FILED},
    "M15": {E.STATEMENT_FILED},
    "M17": {E.PROTESTED, E.BECAME_FINAL},
    "L04": frozenset[CourtEventKind](),
}
#: A partial opposition leaves the enforcement order for the rest open.
_NOT_BY_PARTIAL = frozenset({"OWN", "M09", "M10", "M11"})


def _closes(opened: ProceedingDeadline, event: Event) -> bool:
    if event.kind in _OVER:
        return opened.rule_id != "L04"
    if event.kind is E.OPPOSED and event.partial and opened.rule_id in _NOT_BY_PARTIAL:
        return False
    return event.kind in _CLOSED_BY[opened.rule_id]


def find_open(proceeding: Proceeding, rule_id: str) -> ProceedingDeadline | None:
    """The open deadline of this rule, if there is one."""
    found = [d for d in list_deadlines(proceeding) if d.rule_id == rule_id and d.is_open]
    return found[-1] if found else None


def final_on(proceeding: Proceeding) -> datetime.date | None:
    """The first day on which the enforcement order can no longer be contested. Law: ZPO § 705."""
    if proceeding.state is not State.ENFORCEMENT_SERVED:
        return None
    protest = find_open(proceeding, "M17")
    return protest.last_day + datetime.timedelta(days=1) if protest else None
