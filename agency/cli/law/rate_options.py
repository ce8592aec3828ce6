"""The rate options that `law interest` and `law allocate` share."""

from agency.cli.law.fields import Question, choice, find_day, find_rate, is_given
from legal.de.day_count import YearBasis
from legal.errors import InputInvalid
from legal.interest import InterestRule, RateKind

RATE_FIELDS = {
    "debtor",
    "margin_points",
    "fixed_rate_percent",
    "arose_on",
    "performed_on",
    "year_basis",
}
SOURCES = ("debtor", "margin_points", "fixed_rate_percent")
STATUTORY = {RateKind.CONSUMER, RateKind.BUSINESS, RateKind.BUSINESS_OTHER}


def statutory_kind(question: Question) -> RateKind:
    """Who the debtor is, as far as the statutory rate asks."""
    kind = choice(question, "debtor", RateKind)
    if kind not in STATUTORY:
        allowed = ", ".join(sorted(STATUTORY))
        raise InputInvalid(f"debtor must be one of: {allowed}.", field="debtor")
    return kind


def interest_rule(question: Question) -> InterestRule:
    """The rate: by the kind of debtor, or agreed as points over base, or fixed."""
    given = [name for name in SOURCES if is_given(question, name)]
    if len(given) != 1:
        raise InputInvalid(f"Give exactly one of: {', '.join(SOURCES)}.", field="debtor")
    days = {"arose_on": find_day(question, "arose_on")}
    days["performed_on"] = find_day(question, "performed_on")
    if given[0] == "debtor":
        return InterestRule(statutory_kind(question), None, **days)
    kind = RateKind.MARGIN if given[0] == "margin_points" else RateKind.FIXED
    return InterestRule(kind, find_rate(question, given[0]), **days)


def year_basis(question: Question) -> YearBasis:
    """How days are counted; by the length of each calendar year unless said otherwise."""
    return choice(question, "year_basis", YearBasis, YearBasis.ACTUAL)
