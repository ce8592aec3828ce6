"""The words of limitation: kinds of claims, events, and the steps of the computation."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from flask import Blueprint
from flask_babel import gettext

from cases.claims.limitation import KINDS, OTHER
from legal.de.limitation import LimitationKind
from legal.findings import N_
from legal.limitation import MESSAGES, Step
from legal.limitation_events import EventKind
from portal import wording
from portal.shell.formatting import day
from portal.shell.wording import worded

KIND_WORDS: Mapping[str, str] = {
    LimitationKind.REGULAR: N_("Regular: three years from the end of the year (§ 195 BGB)"),
    LimitationKind.TITLE: N_("Titled: thirty years (§ 197(1) no. 3 to 6 BGB)"),
    LimitationKind.TITLE_INTEREST: N_("Interest due after the title (§ 197(2) BGB)"),
    LimitationKind.CONSUMER_LOAN: N_("Consumer loan (§ 497(3) BGB)"),
    OTHER: N_("Another period, such as freight or rent: legal sets the day"),
}
EVENTS = {
    EventKind.PART_PAYMENT: N_("Part payment"),
    EventKind.ACKNOWLEDGEMENT: N_("Acknowledgement"),
    EventKind.NEGOTIATIONS: N_("Negotiations"),
    EventKind.DEFERRAL: N_("Agreed deferral"),
    EventKind.PAYMENT_ORDER: N_("Payment order"),
    EventKind.REJECTED_APPLICATION: N_("Rejected application"),
    EventKind.ACTION: N_("Court action"),
    EventKind.INSOLVENCY: N_("Claim filed in insolvency"),
    EventKind.ENFORCEMENT: N_("Act of enforcement"),
    EventKind.FORCE_MAJEURE: N_("Force majeure"),
}
#: Words that the law's own steps carry as parameters.
CARRIED = {
    "default of a consumer loan": N_("default of a consumer loan"),
    "only the day of an act counts, not an end of it": N_(
        "only the day of an act counts, not an end of it"
    ),
    "the act was lifted or withdrawn": N_("the act was lifted or withdrawn"),
    **{kind.value: sentence for kind, sentence in EVENTS.items()},
}
#: Names of the days of an event; what each is for stands beside its field.
DAYS = {
    "first_day": N_("Day, or from"),
    "last_day": N_("Until"),
    "applied_on": N_("Applied for on"),
    "served_on": N_("Served on"),
    "last_act_on": N_("Last act on"),
}


def register(blueprint: Blueprint) -> None:
    """Offer the words to templates and to the timeline."""
    blueprint.add_app_template_filter(step_words, "limitation_step")
    blueprint.add_app_template_filter(kind_word, "limitation_kind")
    wording.TABLES[EventKind] = EVENTS
    wording.CODES["event_code"] = EVENTS
    wording.CODES["limitation_kind_code"] = KIND_WORDS


def kind_word(kind: str) -> str:
    """A kind of claim in the language of the page."""
    return str(gettext(KIND_WORDS[kind]))


def kind_choices(every: bool) -> list[tuple[str, str]]:
    """The kinds to choose from; those with a longer period only for who may decide on it."""
    kinds = KINDS if every else (LimitationKind.REGULAR, OTHER)
    return [(str(kind), kind_word(kind)) for kind in kinds]


def step_words(step: Step) -> str:
    """One step of the computation in the language of the page."""
    return worded(MESSAGES[step.code], {name: _shown(value) for name, value in step.params.items()})


def _shown(value: Any) -> Any:
    """Days and carried words as people read them; everything else as it is."""
    text = str(value)
    if text in CARRIED:
        return str(gettext(CARRIED[text]))
    try:
        return day(date.fromisoformat(text))
    except ValueError:
        return value
