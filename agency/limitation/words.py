"""The words of limitation: kinds of claims, events, and the steps of the computation."""

from datetime import date
from typing import Any

from flask import Blueprint
from flask_babel import gettext

from cases.claims.limitation import OTHER, kinds_of
from cases.claims.limitation_words import EVENTS, KIND_WORDS
from legal.findings import N_
from legal.jurisdiction import Jurisdiction
from legal.limitation import MESSAGES, Step
from portal.shell.formatting import day
from portal.shell.wording import worded

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
    """Offer the words to templates."""
    blueprint.add_app_template_filter(step_words, "limitation_step")
    blueprint.add_app_template_filter(kind_word, "limitation_kind")


def kind_word(kind: str) -> str:
    """A kind of claim in the language of the page."""
    return str(gettext(KIND_WORDS[kind]))


def kind_choices(law: Jurisdiction, every: bool) -> list[tuple[str, str]]:
    """The kinds to choose from; those with a longer period only for who may decide on it."""
    kinds = kinds_of(law) if every else (law.unasked_limitation_kind(), OTHER)
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
