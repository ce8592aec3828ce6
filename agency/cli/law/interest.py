"""`recoup law interest`: default interest, itemised by period."""

from agency.cli.law.fields import Question, check_names, day, require_jurisdiction, whole
from agency.cli.law.rate_options import RATE_FIELDS, interest_rule, year_basis
from legal.de.interest import MESSAGES, default_interest
from legal.errors import InputInvalid
from legal.interest import InterestPeriod

FIELDS = {"jurisdiction", "principal_cents", "first_day", "last_day", *RATE_FIELDS}


def calculate(question: Question) -> Question:
    """Answer one question; the shape is published in docs/commands.md."""
    check_names(question, FIELDS)
    require_jurisdiction(question)
    first_day, last_day = day(question, "first_day"), day(question, "last_day")
    if last_day < first_day:
        raise InputInvalid("last_day must not lie before first_day.", field="last_day")
    interest = default_interest(
        whole(question, "principal_cents"),
        first_day,
        last_day,
        interest_rule(question),
        year_basis(question),
    )
    return {
        "interest_cents": interest.interest_cents,
        "per_day_cents": str(interest.per_day_cents),
        "periods": [_period(period) for period in interest.periods],
        "notes": [note.message(MESSAGES) for note in interest.notes],
    }


def _period(period: InterestPeriod) -> Question:
    return {
        "first_day": period.first_day.isoformat(),
        "last_day": period.last_day.isoformat(),
        "days": period.days,
        "rate_percent": str(period.rate_percent),
        "interest_cents": period.interest_cents,
    }
