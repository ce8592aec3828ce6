"""`recoup law deadline`: the last day of a period, or of a rule's period."""

from agency.cli.law.fields import Question, check_names, day, flag, is_given
from legal.calendar import parse_period
from legal.errors import InputInvalid
from legal.jurisdiction import get_jurisdiction

FIELDS = {"jurisdiction", "event_on", "place", "period", "rule", "roll"}


def calculate(question: Question) -> Question:
    """Answer one question; the shape is published in docs/commands.md."""
    check_names(question, FIELDS)
    country = get_jurisdiction(question.get("jurisdiction"))
    event_on, place = day(question, "event_on"), question.get("place")
    if not isinstance(place, str):
        raise InputInvalid("place must be a place such as DE-NW.", field="place")
    roll = flag(question, "roll", default=True)
    period = parse_period(question["period"]) if is_given(question, "period") else None
    if is_given(question, "rule"):
        found = country.deadline_by_rule(_rule(question), event_on, place, period=period, roll=roll)
    elif period is not None:
        found = country.deadline(event_on, period, place, roll=roll)
    else:
        raise InputInvalid("Give a period or a rule.", field="period")
    answer: Question = {
        "last_day": found.last_day.isoformat(),
        "unrolled": found.unrolled.isoformat(),
        "first_day_after": found.first_day_after.isoformat(),
        "law": found.law,
    }
    if found.notes:
        answer["notes"] = list(found.notes)
    return answer


def _rule(question: Question) -> str:
    rule = question["rule"]
    if not isinstance(rule, str):
        raise InputInvalid("rule must be the id of a deadline rule.", field="rule")
    return rule
