"""Findings of letters, accounts and calls in plain words; the filters of the staff's screens."""

from flask import Flask
from flask_babel import gettext

from agency.law_words import law_words
from agency.rates.words import source_words
from agency.strategies.words import decision_words, step_words, why_words
from cases.claims.reaching.allowed import Channel
from cases.claims.reaching.person import MESSAGES as PERSON
from cases.contacts.dialer.columns import MESSAGES as DIALER
from cases.contacts.hours import MESSAGES as HOURS
from cases.contacts.models import ContactChannel
from cases.contacts.payer_type import FACTS, Computed
from cases.core import clock
from cases.formats.gate import MESSAGES as GATE
from cases.ledger.models import EntryKind
from cases.letters.addressing import MESSAGES as NAMES
from cases.letters.demand import MESSAGES as LETTERS
from cases.letters.written.composing import MESSAGES as WRITTEN
from cases.objections.checklist import QUESTIONS
from cases.objections.models import Verdict
from cases.parties.phones import dialled, spoken
from cases.parties.words import FIELDS
from cases.plans.words import MESSAGES as PLANS
from cases.strategies.checking import MESSAGES as STRATEGIES
from legal.de.demand import MESSAGES as DEMAND
from legal.de.demand_words import DUTIES
from legal.de.interest import MESSAGES as INTEREST
from legal.findings import Finding
from portal.shell.formatting import MINUS, plain_amount
from portal.shell.wording import said, worded
from portal.wording import word

SENTENCES = {
    **INTEREST, **DEMAND, **HOURS, **NAMES, **LETTERS, **WRITTEN, **PLANS, **STRATEGIES,
    **DIALER, **GATE, **PERSON,
}  # fmt: skip


def finding_words(finding: Finding) -> str:
    """A finding as a sentence in the language of the page."""
    params = dict(finding.params)
    if "law" in params:
        params["law"] = law_words(str(params["law"]))
    element = str(params.get("element", ""))
    if element in DUTIES:
        params["words"] = gettext(DUTIES[element])
    return worded(SENTENCES[finding.code], params)


def entry_word(kind: str) -> str:
    """What a row of the statement stands for."""
    return gettext("Interest") if kind == "interest" else word(EntryKind(kind))


def bare(cents: int) -> str:
    """An amount without its currency, for narrow tables that name it once."""
    return (MINUS if cents < 0 else "") + plain_amount(abs(cents), grouping=True)


def question_words(question: str) -> str:
    """A question of the checklist in the language of the page."""
    return str(gettext(QUESTIONS[question]))


def debtor_field(name: str) -> str:
    """What a field of a debtor is called."""
    return str(gettext(FIELDS[name]))


def payer_because(computed: Computed) -> str:
    """What speaks for a payer type, fact by fact."""
    if computed.payer_type is None:
        return str(gettext("Nothing is known yet that the rules could judge by."))
    return "; ".join(worded(FACTS[fact], {"number": number}) for fact, number in computed.because)


def channel_word(channel: Channel) -> str:
    """A channel of the rules of contact."""
    return word(ContactChannel(channel.value))


def register(app: Flask) -> None:
    """Install the filters."""
    app.jinja_env.filters.update(
        strategy_why=why_words,
        strategy_decision=decision_words,
        strategy_step=step_words,
        number_spoken=spoken,
        payer_because=payer_because,
        channel_word=channel_word,
        number_dialled=dialled,
        bare=bare,
        entry_word=entry_word,
        finding_words=finding_words,
        question_words=question_words,
        debtor_field=debtor_field,
        law_words=law_words,
        said=said,
        verdict_word=lambda code: word(Verdict(code)),
        source_words=source_words,
    )
    app.jinja_env.globals.update(today=clock.today)
