"""What the law of a case says on its page: where its rates come from, and what it leaves out."""

from collections.abc import Sequence
from dataclasses import dataclass

from cases.claims.law import HOME, law_of
from cases.claims.models import Case
from cases.ledger.statement import Statement
from portal.shell.formatting import language, percent


@dataclass(frozen=True, slots=True)
class LawLines:
    """Sentences of the law, in the language of the page."""

    name: str  # Blank: the law of the house.
    rates: Sequence[str]  # Where each rate of interest comes from.
    order: str  # In which order a payment is counted.
    costs: str  # Blank where a tariff says what they are.


def law_lines(case: Case, owed: Statement) -> LawLines:
    """The lines of one case by what is owed; the same rate is explained once."""
    law, speech = law_of(case), language()
    rates = [
        f"{percent(period.rate_percent, 2)}: "
        f"{law.rate_words(claim.terms.rule, period.last_day, speech)}"
        for claim in owed.claims
        for period in claim.periods
    ]
    loans = {claim.terms.is_consumer_loan for claim in owed.claims}
    return LawLines(
        name="" if case.jurisdiction == HOME else law.name(speech),
        rates=list(dict.fromkeys(rates)),
        order=law.order_words(speech, consumer_loan=loans == {True}),
        costs=law.costs_note(speech),
    )
