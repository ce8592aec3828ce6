"""Where a case stands and what happened in it, in words for its creditor.

No internal codes, and nothing about the debtor's person.
"""

from collections.abc import Mapping

from flask_babel import gettext

from cases.claims.models import Outcome, Phase, TimelineEvent
from cases.claims.timeline import SENTENCES
from legal.findings import N_
from portal.shell.wording import worded

#: Stage -> words, colour, series of the bar, icon.
STAGES: Mapping[str, tuple[str, str, str]] = {
    "new": (N_("Being checked by us"), "info", "5"),
    "amicable": (N_("Out of court"), "acc", "1"),
    "objection": (N_("Objection under review"), "warn", "3"),
    "court": (N_("In court"), "law", "4"),
    "enforcement": (N_("Enforcement"), "law", "2"),
    "closed": (N_("Closed"), "", "0"),
}
PHASES = {
    Phase.NEW: N_("Being checked by us"),
    Phase.AMICABLE: N_("Out of court"),
    Phase.COURT: N_("In court"),
    Phase.ENFORCEMENT: N_("Enforcement"),
    Phase.CLOSED: N_("Closed"),
}
OUTCOMES = {
    Outcome.PAID: N_("Paid in full"),
    Outcome.SETTLED: N_("Settled"),
    Outcome.WITHDRAWN: N_("Withdrawn"),
    Outcome.UNFOUNDED: N_("Claim not founded"),
    Outcome.UNCOLLECTIBLE: N_("Cannot be collected"),
    Outcome.INSOLVENT: N_("Debtor insolvent"),
    Outcome.TIME_BARRED: N_("Time-barred"),
    Outcome.REFUSED: N_("Order not accepted"),
}
#: Stage -> what happens next, so that nobody has to ask.
NEXT = {
    "new": N_("We check your order and then send the first demand letter."),
    "amicable": N_("We are in contact with the debtor by letter and phone."),
    "objection": N_("The debtor objects. We check whether the objection holds."),
    "court": N_("The matter is with the court; its deadlines are running."),
    "enforcement": N_("There is an enforceable title; we have it enforced."),
    "closed": N_("Nothing more is done in this case."),
}
#: Sentences that name an internal code are told in plainer words here.
_PLAINER = {
    "contact.phone": N_("Phone call with the debtor's side"),
    "contact.written": N_("Message from the debtor"),
    "objection.raised": N_("The debtor has raised an objection"),
    "objection.decided": N_("The objection has been examined"),
}
_ICONS = {
    "case": ("folder", "acc"),
    "claim": ("file-plus", "acc"),
    "contact": ("phone", "info"),
    "costs": ("receipt", ""),
    "document": ("file-text", "info"),
    "hold": ("pause", "warn"),
    "letter": ("mail", "acc"),
    "objection": ("shield-question", "warn"),
    "payment": ("banknote", "good"),
    "promise": ("calendar", "info"),
}


def event_text(event: TimelineEvent) -> str | None:
    """What happened, or None where there are no words for its creditor."""
    sentence = _PLAINER.get(event.kind) or SENTENCES.get(event.kind)
    if sentence is None or "_code}" in sentence:
        return None
    return worded(sentence, event.params)


def event_icon(event: TimelineEvent) -> tuple[str, str]:
    """Icon and colour of an event."""
    return _ICONS.get(event.kind.partition(".")[0], ("info", ""))


def stage_words(stage: str) -> tuple[str, str]:
    """A stage in words, and its colour."""
    text, kind, _ = STAGES[stage]
    return gettext(text), kind
