"""The signals (Warnzeichen): each a rule with its window, its day and what it rests on."""

from collections.abc import Callable, Iterator

from cases.watch.conduct_rules import (
    cancellations,
    complaints_rising,
    complaints_rose,
    offers_ignored,
    others_rose,
    reminders,
    terms_broken,
)
from cases.watch.event_rules import (
    bank_changed,
    insolvency_notice,
    news,
    partner_lost,
    register_notice,
)
from cases.watch.look import Look, Signal
from cases.watch.payment_rules import class_later, discount_stopped, paid, pays_later
from legal.findings import N_

#: Code -> what happened, in words.
WORDS = {
    "discount_stopped": N_("The discount that was usual is no longer taken."),
    "pays_later": N_("Invoices are paid later than this customer used to."),
    "reminders": N_("Several reminders were needed within a short time."),
    "offers_ignored": N_("Offers to talk stay unanswered."),
    "terms_broken": N_("Promises or new terms were not kept."),
    "complaints_rising": N_("Complaints rise, and not with the other customers."),
    "cancellations": N_("Many orders are cancelled."),
    "bank_changed": N_("Bank details changed without a notice that says why."),
    "partner_lost": N_("A supplier or large customer is gone."),
    "class_later": N_("A new customer pays later than customers of his class do."),
    "insolvency_notice": N_("An insolvency or the winding up has been published."),
    "register_notice": N_("The register has published a change."),
    "news": N_("The news write about this customer."),
}
NOTES = {
    "history_short": N_("Fewer than {least} paid invoices: too few to see a change."),
    "quality": N_(
        "Complaints of the other customers have risen too: this speaks of the creditor's quality, "
        "not of this customer."
    ),
    "uncertainty": N_(
        "Without an agreed termination clause the objection of uncertainty remains (BGB § 321)."
    ),
}

Rule = Callable[[Look], Signal | None]

RULES: tuple[Rule, ...] = (
    discount_stopped,
    pays_later,
    class_later,
    reminders,
    offers_ignored,
    terms_broken,
    complaints_rising,
    cancellations,
    bank_changed,
    partner_lost,
    insolvency_notice,
    register_notice,
    news,
)


def find_signals(look: Look) -> list[Signal]:
    """Every signal of a customer, in the order of the rules."""
    return [found for rule in RULES if (found := rule(look)) is not None]


def notes_on(look: Look) -> Iterator[str]:
    """Why a rule stayed silent although somebody might have expected it (codes of NOTES)."""
    if len(paid(look)) < look.parameters.paid_invoices:
        yield "history_short"
    if complaints_rose(look) and others_rose(look):
        yield "quality"
