"""The rates of a letter in words, and the separate notice where one is above the statutory rate.

Pure; what the law says it says itself. Law in Germany: BGB § 288; RDG § 13a(1) no. 3 and 4.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from cases.letters.demand_facts import Demanded
from cases.letters.money_words import percent
from legal.base_rates import BaseRates
from legal.interest import InterestRule, RateKind
from legal.jurisdiction import Jurisdiction


@dataclass(frozen=True, slots=True)
class Rates:
    """How a letter explains its rates."""

    words: tuple[str, ...]
    higher: tuple[str, ...]  # One notice for each claim above the statutory rate.


def explain_rates(
    claims: Sequence[Demanded], law: Jurisdiction, language: str, table: BaseRates | None = None
) -> Rates:
    """The rates of all claims that bear interest; several kinds name their invoices."""
    bearing = [claim for claim in claims if claim.balance.periods]
    said: dict[str, list[str]] = {}
    for claim in bearing:
        terms = claim.balance.terms
        words = law.rate_words(terms.rule, claim.balance.periods[-1].last_day, language)
        said.setdefault(words, []).append(terms.invoice_number)
    one = len(said) == 1
    notices = (_higher_rate(claim, law, language, table) for claim in bearing)
    return Rates(
        words=tuple(words if one else f"{', '.join(own)}: {words}" for words, own in said.items()),
        higher=tuple(notice for notice in notices if notice),
    )


def statutory_rule(claim: Demanded) -> InterestRule:
    """The rule that the law has for a claim, whatever was agreed."""
    if claim.consumer:
        kind = RateKind.CONSUMER
    else:
        kind = RateKind.BUSINESS if claim.remuneration else RateKind.BUSINESS_OTHER
    terms = claim.balance.terms
    return InterestRule(kind, arose_on=terms.rule.arose_on or terms.invoiced_on)


def _higher_rate(
    claim: Demanded, law: Jurisdiction, language: str, table: BaseRates | None
) -> str | None:
    """The notice of a rate above the statutory default rate, with its circumstances."""
    balance = claim.balance
    if balance.terms.rule.kind not in {RateKind.FIXED, RateKind.MARGIN}:
        return None
    rule = statutory_rule(claim)
    for period in reversed(balance.periods):
        statutory = law.rate_percent(rule, period.first_day, table)
        if period.rate_percent > statutory:
            return law.higher_rate_words(language).format(
                number=balance.terms.invoice_number,
                rate=percent(period.rate_percent, language),
                statutory=percent(statutory, language),
                by_law=law.rate_words(rule, period.last_day, language),
                dated=_dated(claim, language),
            )
    return None


def _dated(claim: Demanded, language: str) -> str:
    day = claim.contract_on
    if day is None:
        return ""
    return f" vom {day:%d.%m.%Y}" if language == "de" else f" of {day.day} {day:%b %Y}"
