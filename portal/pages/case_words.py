"""Where a case stands and what happened in it, in words for its creditor.

No internal codes, and nothing about the debtor's person.
"""

from collections.abc import Mapping

from flask_babel import gettext

from cases.claims.models import TimelineEvent
from cases.claims.timeline import SENTENCES
from cases.objections.models import Verdict
from cases.recoveries import words
from legal.findings import N_
from portal.shell.wording import worded

#: Stage -> words, colour, series of the bar, icon.
STAGES: Mapping[str, tuple[str, str, str]] = {
    "new": (words.STAGES["new"], "info", "5"),
    "amicable": (words.STAGES["amicable"], "acc", "1"),
    "objection": (words.STAGES["objection"], "warn", "3"),
    "court": (words.STAGES["court"], "law", "4"),
    "enforcement": (words.STAGES["enforcement"], "law", "2"),
    "closed": (words.STAGES["closed"], "", "0"),
}
#: Sentences that name an internal code are told in plainer words here.
_PLAINER = {
    "report.arrived": N_("Your report has arrived"),
    "report.answered": N_("We have answered your report"),
    "contact.phone": N_("Phone call with the debtor's side"),
    "contact.written": N_("Message from the debtor"),
    "objection.raised": N_("The debtor has raised an objection"),
    "objection.reopened": N_("The objection is being examined again"),
}
#: How an objection was decided, as its creditor is told.
_DECIDED = {
    Verdict.PRETEXT.value: N_("The objection was examined; it does not hold and we go on"),
    Verdict.GENUINE.value: N_("The objection was examined; it is justified"),
    Verdict.PARTLY_GENUINE.value: N_("The objection was examined; it is justified in part"),
    Verdict.UNDECIDED.value: N_("The objection was examined; it could not be settled yet"),
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


def event_text(event: TimelineEvent, currency: str) -> str | None:
    """What happened, or None where there are no words for its creditor."""
    sentence = _PLAINER.get(event.kind) or SENTENCES.get(event.kind)
    if event.kind == "objection.decided":
        sentence = _DECIDED.get(str(event.params.get("verdict_code")))
    if sentence is None or "_code}" in sentence.replace("{ending_code}", ""):
        return None
    outcomes = {code.value: text for code, text in words.OUTCOMES.items()}
    return worded(sentence, event.params, outcomes, currency)


def event_icon(event: TimelineEvent) -> tuple[str, str]:
    """Icon and colour of an event."""
    return _ICONS.get(event.kind.partition(".")[0], ("info", ""))


def stage_words(stage: str) -> tuple[str, str]:
    """A stage in words, and its colour."""
    text, kind, _ = STAGES[stage]
    return gettext(text), kind
