"""Where the words of the house stand: each slice words its own codes in its `words`.

`portal.shell.wording` finds the word of an enumeration's member by its type; this is the list of
the vocabularies it looks in, for both sides and as filters of templates.
"""

from flask import Flask

from cases.care import words as care
from cases.claims import limitation_words
from cases.claims import words as claims
from cases.claims.models import TimelineEvent
from cases.claims.timeline import SENTENCES
from cases.contacts import words as contacts
from cases.core import clock
from cases.documents import words as documents
from cases.filings import words as filings
from cases.intake import words as intake
from cases.ledger import words as ledger
from cases.letters import words as letters
from cases.objections import words as objections
from cases.parties import words as parties
from cases.payments import words as payments
from cases.people import words as people
from cases.plans import words as plans
from cases.recoveries.open_items import words as open_items
from cases.remittances import words as remittances
from cases.remittances.debits import words as debits
from cases.remittances.transfers import words as transfers
from cases.strategies.own_name import words as own_name
from cases.worklist import words as worklist
from cases.worklist.models import WorkItem
from cases.worklist.reasons import REASONS, Reason
from legal import default_words
from portal.shell.wording import Vocabulary

VOCABULARY = Vocabulary(
    claims, limitation_words, contacts, documents, filings, intake, ledger, letters, objections,
    parties, payments, people, plans, debits, remittances, transfers, open_items, own_name,
    worklist, care,
    default_words,
)  # fmt: skip
word = VOCABULARY.word
choices = VOCABULARY.choices


def event_words(event: TimelineEvent, currency: str = "EUR") -> str:
    """What happened, as the timeline says it, in the currency of its case."""
    return VOCABULARY.sentence(SENTENCES[event.kind], event.params, currency)


def reason_words(item: WorkItem, currency: str = "EUR") -> tuple[str, str]:
    """Why a case stands in the worklist: what it is, and the facts behind it."""
    reason = _reason_today(item)
    detail = VOCABULARY.sentence(reason.detail, item.params, currency).strip(" :")
    return VOCABULARY.sentence(reason.title, item.params, currency), detail


def _reason_today(item: WorkItem) -> Reason:
    """What is near today is over tomorrow, whenever the item was written."""
    last_day = item.params.get("last_day_on")
    over = item.reason == "limitation_near" and last_day and last_day < str(clock.today())
    return REASONS["limitation_over" if over else item.reason]


def ahead_words(item: WorkItem, currency: str = "EUR") -> tuple[str, str]:
    """The same before its day comes: what is true today, not what will be then."""
    ahead = REASONS[item.reason].ahead
    if not ahead:
        return reason_words(item, currency)
    return VOCABULARY.sentence(ahead, item.params, currency), ""


def register(app: Flask) -> None:
    """Install the filters."""
    app.jinja_env.filters.update(word=word, event_words=event_words, reason_words=reason_words)
