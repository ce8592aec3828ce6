"""Limitation (Verjährung) in Germany: when a claim becomes time-barred.

Two days are kept: the computed one counts every event, the conservative one only what legal has
confirmed; warnings use the conservative one. Once expired the debtor may refuse, but what was paid
stays paid (BGB §§ 214-216). Law: BGB §§ 194-218; rules L01 to L25 of `data/limitation_rules.csv`.
"""

from collections.abc import Sequence
from datetime import date
from enum import StrEnum
from functools import partial

from legal.calendar import add_days, add_years, end_of_year, roll_forward
from legal.de.limitation_events import effects_of, law_of
from legal.errors import InvariantBroken
from legal.findings import N_, Words
from legal.limitation import Effect, Expiry, Limitation, Run, Step, Suspension, earlier, run_out
from legal.limitation_events import LimitationEvent
from legal.public_holidays import check_place

REGULAR_YEARS = 3
TITLE_YEARS = 30
#: Latest end without knowledge, and of the suspension of a consumer loan.
TEN_YEARS = 10


class LimitationKind(StrEnum):
    """The period that a claim has. Another kind has no rule here: legal sets its day."""

    REGULAR = "regular"
    TITLE = "title"  # Judgment, enforcement order, settlement, deed, insolvency table.
    TITLE_INTEREST = "title_interest"  # Interest that falls due after the title.
    CONSUMER_LOAN = "consumer_loan"


#: What a person chooses a kind by.
WORDS: Words = {
    LimitationKind.REGULAR: N_("Regular: three years from the end of the year (§ 195 BGB)"),
    LimitationKind.TITLE: N_("Titled: thirty years (§ 197(1) no. 3 to 6 BGB)"),
    LimitationKind.TITLE_INTEREST: N_("Interest due after the title (§ 197(2) BGB)"),
    LimitationKind.CONSUMER_LOAN: N_("Consumer loan (§ 497(3) BGB)"),
}


def limitation(
    kind: LimitationKind,
    due_on: date,
    place: str,
    *,
    known_on: date | None = None,
    events: Sequence[LimitationEvent] = (),
    as_of: date | None = None,
) -> Limitation:
    """Both days of a claim that arose, or was titled, on a day.

    Events without a known end last until `as_of`; without it their result stays open.
    """
    check_place(place)
    confirmed = [event for event in events if event.confirmed]
    computed = _expiry(kind, due_on, place, known_on, events, as_of)
    if len(confirmed) == len(events):
        return Limitation(computed, computed)
    return Limitation(computed, _expiry(kind, due_on, place, known_on, confirmed, as_of))


def _expiry(
    kind: LimitationKind,
    due_on: date,
    place: str,
    known_on: date | None,
    events: Sequence[LimitationEvent],
    as_of: date | None,
) -> Expiry:
    runs = _runs(kind, due_on, known_on)
    effects: list[Effect] = [
        effect for event in events for effect in effects_of(event, runs[0].end, as_of)
    ]
    if kind is LimitationKind.CONSUMER_LOAN:
        effects.append(_loan_in_default(due_on))
    roll = partial(roll_forward, place=place)
    first, *others = [run_out(run, effects, roll, law_of("L22")) for run in runs]
    for other in others:
        first = earlier(first, other)
    return first


def _runs(kind: LimitationKind, due_on: date, known_on: date | None) -> list[Run]:
    """The periods that run side by side before any event."""
    if kind is LimitationKind.TITLE:
        return [_to_the_day(due_on, TITLE_YEARS, "starts", law_of("L04"))]
    law = f"{law_of('L01')}; {law_of('L02')}"
    if kind is LimitationKind.TITLE_INTEREST:
        return [_from_year_end(due_on, law_of("L05"))]
    if known_on is None:
        return [_from_year_end(due_on, law)]
    return [
        _from_year_end(max(due_on, known_on), law),
        _to_the_day(due_on, TEN_YEARS, "cap", law_of("L03")),
    ]


def _from_year_end(day: date, law: str) -> Run:
    """Three years from the end of the year of a day."""
    run = _to_the_day(end_of_year(day), REGULAR_YEARS, "starts", law)
    if run.first_day.day != 1:
        raise InvariantBroken("run.first_day.day == 1")
    return run


def _to_the_day(day: date, years: int, code: str, law: str) -> Run:
    end = add_years(day, years)
    step = Step(code, law, end, {"years": years, "start_on": day.isoformat()})
    return Run(add_days(day, 1), end, years, step)


def _loan_in_default(due_on: date) -> Suspension:
    """A consumer loan in default is suspended for up to ten years. Law: BGB § 497(3) s. 3."""
    return Suspension(
        first_day=add_days(due_on, 1),
        last_day=add_years(due_on, TEN_YEARS),
        event="default of a consumer loan",
        law=law_of("L18"),
    )
