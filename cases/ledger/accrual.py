"""How interest runs on a balance that changes: one span between each two changes of it.

Interest is rounded once per span. The day of a payment, waiver, settlement or write-off still
bears interest on the old balance unless the convention says otherwise; credit notes count from
their own day.
"""

from collections.abc import Sequence
from datetime import date, timedelta
from decimal import Decimal

from cases.ledger.statement_parts import ENDING, Convention, Posting
from legal.interest import Interest, InterestRule

ONE_DAY = timedelta(days=1)

#: A balance and the interest that ran on it.
Span = tuple[int, Interest]


def accrue(
    postings: Sequence[Posting],
    first_day: date | None,
    rule: InterestRule,
    as_of: date,
    convention: Convention,
) -> list[Span]:
    """The spans from the first day of interest to the key date, both counted."""
    if first_day is None:
        return []
    spans: list[Span] = []
    balance, begin = 0, first_day
    for effective, change in _changes(postings, convention):
        if begin < effective and balance > 0:
            end = min(effective - ONE_DAY, as_of)
            spans.append((balance, _interest(balance, begin, end, rule, convention)))
        begin = max(begin, effective)
        balance += change
    if balance > 0:
        spans.append((balance, _interest(balance, begin, as_of, rule, convention)))
    return spans


def rate_on(
    first_day: date | None, rule: InterestRule, as_of: date, convention: Convention
) -> Decimal:
    """The rate that a claim bears on the key date; zero before interest begins."""
    if first_day is None or as_of < first_day:
        return Decimal(0)
    return convention.law.rate_percent(rule, as_of, convention.rates)


def per_day_cents(postings: Sequence[Posting], spans: Sequence[Span]) -> Decimal:
    """Interest of each further day; none once the balance is paid."""
    if not spans or sum(posting.signed_cents for posting in postings) <= 0:
        return Decimal(0)
    return spans[-1][1].per_day_cents


def _interest(
    balance: int, begin: date, end: date, rule: InterestRule, convention: Convention
) -> Interest:
    return convention.law.default_interest(balance, begin, end, rule, convention.rates)


def _changes(postings: Sequence[Posting], convention: Convention) -> list[tuple[date, int]]:
    """First day with the new balance, and the change; several on one day are one."""
    changes: dict[date, int] = {}
    by_id = {posting.id: posting for posting in postings}
    for posting in postings:
        undone = posting.reverses_id
        origin = posting if undone is None else by_id.get(undone, posting)
        day = posting.value_on
        if origin.kind in ENDING and convention.payment_day_bears_interest:
            day += ONE_DAY
        changes[day] = changes.get(day, 0) + posting.signed_cents
    return sorted((day, change) for day, change in changes.items() if change)
