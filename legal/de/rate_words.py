"""Where a rate of default interest comes from, as a debtor reads it. Law: BGB §§ 247, 288."""

from datetime import date
from decimal import Decimal

from legal.de.interest_rules import points_over_base
from legal.errors import InvariantBroken
from legal.interest import InterestRule, RateKind

POINTS = {
    "de": {Decimal(5): "fünf", Decimal(8): "acht", Decimal(9): "neun"},
    "en": {Decimal(5): "five", Decimal(8): "eight", Decimal(9): "nine"},
}
BY_LAW = {
    "de": "{points} Prozentpunkte über dem Basiszinssatz ({section})",
    "en": "{points} percentage points above the base rate ({section})",
}
SECTIONS = {
    "de": {RateKind.BUSINESS: "§ 288 Abs. 2 BGB"},
    "en": {RateKind.BUSINESS: "section 288(2) BGB"},
}
USUAL_SECTION = {"de": "§ 288 Abs. 1 BGB", "en": "section 288(1) BGB"}
AGREED = {
    "de": "{rate}\N{NO-BREAK SPACE}% im Jahr, im Vertrag vereinbart",
    "en": "{rate}\N{NO-BREAK SPACE}% per year, agreed in the contract",
}
MARGIN = {
    "de": "{points} Prozentpunkte über dem Basiszinssatz, im Vertrag vereinbart",
    "en": "{points} percentage points above the base rate, agreed in the contract",
}
#: A notice of its own with the circumstances. Law: RDG § 13a(1) no. 4; BGB § 288(3).
HIGHER = {
    "de": (
        "Für die Rechnung {number} verlangen wir {rate} Zinsen im Jahr. Das ist mehr als der "
        "gesetzliche Verzugszinssatz von {statutory}: {by_law}. Der höhere Zinssatz wird verlangt, "
        "weil er im Vertrag{dated} vereinbart ist (§ 288 Abs. 3 BGB)."
    ),
    "en": (
        "For invoice {number} we ask for interest of {rate} per year. This is more than the "
        "statutory rate of default interest of {statutory}: {by_law}. The higher rate is asked "
        "because the contract{dated} says so (section 288(3) BGB)."
    ),
}


def rate_words(rule: InterestRule, day: date, language: str) -> str:
    """What a rule means on a day, in words."""
    if rule.kind is RateKind.FIXED:
        if rule.points is None:
            raise InvariantBroken("rule.points is missing")
        return AGREED[language].format(
            rate=_number(rule.points.quantize(Decimal("0.01")), language)
        )
    if rule.kind is RateKind.MARGIN:
        if rule.points is None:
            raise InvariantBroken("rule.points is missing")
        return MARGIN[language].format(points=_points(rule.points, language))
    return BY_LAW[language].format(
        points=_points(points_over_base(rule, day), language),
        section=SECTIONS[language].get(rule.kind, USUAL_SECTION[language]),
    )


def _points(points: Decimal, language: str) -> str:
    return POINTS[language].get(points) or _number(points.normalize(), language)


def _number(number: Decimal, language: str) -> str:
    return f"{number:f}".replace(".", "," if language == "de" else ".")
