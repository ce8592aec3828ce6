"""Events that suspend or restart limitation in Germany, and the effect the law gives them.

Law: BGB §§ 203-213; ZPO §§ 167, 691(2). Rules L08 to L21 of `data/limitation_rules.csv`.
"""

from collections.abc import Iterator
from datetime import date
from functools import cache

from legal.calendar import add_days, add_months
from legal.de.tables import read_rows
from legal.errors import InputInvalid
from legal.limitation import Effect, Floor, NoEffect, Restart, Suspension
from legal.limitation_events import LimitationEvent, LimitationEventKind, check_order, need

#: How much longer a suspension by court lasts. Law: BGB § 204(2) sentence 1.
AFTER_COURT_MONTHS = 6
#: The earliest end after negotiations. Law: BGB § 203 sentence 2.
AFTER_NEGOTIATIONS_MONTHS = 3
FORCE_MAJEURE_MONTHS = 6
#: How late service may be and still count from the application. Law: ZPO § 167, case law.
SOON_DAYS_OF_ACTION = 14
SOON_MONTHS_OF_ORDER = 1


@cache
def law_of(rule_id: str) -> str:
    """The section behind a rule such as "L08"."""
    return {row["id"]: row["law"] for row in read_rows("limitation_rules.csv")}[rule_id]


def effects_of(event: LimitationEvent, base_end: date, as_of: date | None) -> Iterator[Effect]:
    """What the law makes of one event.

    Raises:
        InputInvalid: a day that the law needs is missing, or an end lies before its start.
    """
    check_order(event)
    match event.kind:
        case LimitationEventKind.PART_PAYMENT | LimitationEventKind.ACKNOWLEDGEMENT:
            yield Restart(need(event, "first_day"), event.kind, law_of("L20"))
            yield from _meaningless_end(event, law_of("L20"))
        case LimitationEventKind.ENFORCEMENT:
            yield from _enforcement(event)
            yield from _meaningless_end(event, law_of("L21"))
        case (
            LimitationEventKind.NEGOTIATIONS
            | LimitationEventKind.DEFERRAL
            | LimitationEventKind.FORCE_MAJEURE
        ):
            yield _agreed(event, as_of)
        case LimitationEventKind.PAYMENT_ORDER | LimitationEventKind.ACTION:
            yield _proceedings(event, base_end)
        case LimitationEventKind.INSOLVENCY:
            yield _insolvency(event, as_of)
        case LimitationEventKind.REJECTED_APPLICATION:
            yield _rejected(event)


def _meaningless_end(event: LimitationEvent, law: str) -> Iterator[NoEffect]:
    if event.last_day is not None:
        why = "only the day of an act counts, not an end of it"
        yield NoEffect(event.last_day, event.kind, law, why)


def _enforcement(event: LimitationEvent) -> Iterator[Effect]:
    """Both the application and the act itself start the period anew."""
    law = law_of("L21")
    need(event, "applied_on", "first_day", "served_on", "last_act_on")
    days = {event.applied_on, event.first_day, event.served_on, event.last_act_on}
    for day in sorted(day for day in days if day is not None):
        if event.lifted:
            yield NoEffect(day, event.kind, law, "the act was lifted or withdrawn")
        else:
            yield Restart(day, event.kind, law)


def _agreed(event: LimitationEvent, as_of: date | None) -> Suspension:
    """Negotiations, an agreed deferral, force majeure: from the first to the last day."""
    begin = need(event, "first_day")
    end = event.last_day or _going_on(begin, as_of)
    rules = {LimitationEventKind.NEGOTIATIONS: "L08", LimitationEventKind.DEFERRAL: "L16"}
    negotiated = event.kind is LimitationEventKind.NEGOTIATIONS
    is_force_majeure = event.kind is LimitationEventKind.FORCE_MAJEURE
    return Suspension(
        first_day=begin,
        last_day=end,
        event=event.kind,
        law=f"{law_of(rules.get(event.kind, 'L17'))}; {law_of('L19')}",
        floor=add_months(end, AFTER_NEGOTIATIONS_MONTHS) if end and negotiated else None,
        only_final_months=FORCE_MAJEURE_MONTHS if is_force_majeure else 0,
    )


def _going_on(begin: date, as_of: date | None) -> date | None:
    """What has no end yet lasts at least until the key date."""
    return None if as_of is None else max(begin, as_of)


def _proceedings(event: LimitationEvent, base_end: date) -> Effect:
    """A payment order or an action: until six months after its end or the last act in it."""
    rule = "L10" if event.kind is LimitationEventKind.PAYMENT_ORDER else "L09"
    begin = _begin_of_proceedings(event, base_end)
    ends = [day for day in (event.last_day, event.last_act_on) if day is not None]
    # Service is an act of the court: without a later one the proceedings stand still from there.
    end = min(ends) if ends else event.served_on or begin
    if end < begin:
        name = "until" if event.last_day == end else "last_act_on"
        raise InputInvalid(f"{name} lies before the proceedings began.", field=name)
    law = law_of(rule) + (f"; {law_of('L11')}" if end != event.last_day else "")
    return Suspension(begin, add_months(end, AFTER_COURT_MONTHS), event.kind, law)


def _begin_of_proceedings(event: LimitationEvent, base_end: date) -> date:
    """The application if it was served soon, else the service. Law: ZPO § 167."""
    applied_on, served_on = event.applied_on, event.served_on
    if applied_on is None:
        return need(event, "served_on", "first_day")
    soon = event.served_soon
    if soon is None:
        soon = served_on is None or served_on <= _latest_soon(event.kind, applied_on, base_end)
    return applied_on if soon else need(event, "served_on")


def _latest_soon(kind: LimitationEventKind, applied_on: date, base_end: date) -> date:
    """Until when service is soon; the time counts from the end of limitation. Rule L12."""
    counted_from = max(applied_on, base_end)
    if kind is LimitationEventKind.PAYMENT_ORDER:
        return add_months(counted_from, SOON_MONTHS_OF_ORDER)
    return add_days(counted_from, SOON_DAYS_OF_ACTION)


def _insolvency(event: LimitationEvent, as_of: date | None) -> Suspension:
    """From filing the claim until six months after the end of the proceedings."""
    begin = need(event, "applied_on", "first_day")
    end = event.last_day or _going_on(begin, as_of)
    last_day = add_months(end, AFTER_COURT_MONTHS) if end else None
    return Suspension(begin, last_day, event.kind, law_of("L15"))


def _rejected(event: LimitationEvent) -> Effect:
    """A refused application holds its effect for a month, and longer if action is filed in it."""
    applied_on = need(event, "applied_on", "first_day")
    refused_on, law = need(event, "served_on"), law_of("L13")
    if event.served_soon is False:
        return NoEffect(applied_on, event.kind, law, "the action was not served soon")
    latest = add_months(refused_on, 1)
    ends = [day for day in (event.last_day, event.last_act_on) if day is not None]
    filed_on = event.first_day if event.applied_on is not None else None
    if filed_on is not None and ends and filed_on <= latest:
        end = add_months(min(ends), AFTER_COURT_MONTHS)
        return Suspension(applied_on, end, event.kind, f"{law}; {law_of('L09')}")
    return Floor(applied_on, latest, event.kind, law)
