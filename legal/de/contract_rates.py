"""Is an agreed rate of default interest lawful, and what must be said about it?"""

from datetime import date
from decimal import Decimal

from legal.base_rates import BaseRates
from legal.de.base_rates import base_rates
from legal.de.interest_rules import rate_steps
from legal.findings import N_, Finding, Severity
from legal.interest import InterestRule, RateKind

MESSAGES = {
    "default_interest_excluded": N_(
        "Default interest cannot be excluded in advance against a business; the statutory rate of "
        "{statutory_percent} percent is owed (§ 288(6) BGB)."
    ),
    "rate_below_statutory": N_(
        "The agreed {agreed_percent} percent is below the statutory "
        "{statutory_percent} percent; a limit that "
        "is grossly unfair to the creditor is void (§ 288(6) BGB). Legal should look."
    ),
    "rate_above_statutory": N_(
        "The agreed {agreed_percent} percent is above the statutory "
        "{statutory_percent} percent; towards a "
        "private person the letter must say so separately and give the reasons "
        "(§ 13a(1) no. 4 RDG)."
    ),
    "mortgage_loan_limit": N_(
        "On a real-estate consumer loan the rate of default interest is "
        "{statutory_percent} percent "
        "(§ 497(4) BGB), not {agreed_percent} percent."
    ),
}

#: Real-estate consumer loans: points over base. Law: BGB § 497(4).
MORTGAGE_LOAN_POINTS = Decimal("2.5")


def check_agreed_rate(
    agreed: InterestRule,
    debtor: RateKind,
    day: date,
    mortgage_loan: bool = False,
    table: BaseRates | None = None,
) -> list[Finding]:
    """What is wrong with an agreed rate on a day, or what has to be said about it.

    Law: BGB §§ 288, 497(4); RDG § 13a(1) no. 4. Whether a high rate offends good morals is not
    decided here.
    """
    rates = table or base_rates()
    statutory = InterestRule(debtor)
    if mortgage_loan:
        statutory = InterestRule(RateKind.MARGIN, MORTGAGE_LOAN_POINTS)
    asked = rate_steps(agreed, rates).rate_percent(day)
    owed = rate_steps(statutory, rates).rate_percent(day)
    params = {"agreed_percent": str(asked), "statutory_percent": str(owed)}
    code, severity = _judge(asked, owed, debtor is RateKind.CONSUMER, mortgage_loan)
    return [Finding(code, severity, "rate_percent", params=params)] if code else []


def _judge(
    asked: Decimal, owed: Decimal, consumer: bool, mortgage_loan: bool
) -> tuple[str, Severity]:
    if asked > owed:
        if mortgage_loan:
            return "mortgage_loan_limit", Severity.ERROR
        return "rate_above_statutory", Severity.WARNING
    # Limits in favour of a consumer are allowed: § 288(6) protects only creditors
    # against businesses.
    if consumer or asked == owed:
        return "", Severity.WARNING
    if asked == 0:
        return "default_interest_excluded", Severity.ERROR
    return "rate_below_statutory", Severity.WARNING
