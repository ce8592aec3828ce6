"""What can be done about a mistake in all its rows at once; never a date or a fact of our own."""

from dataclasses import dataclass

from flask_babel import gettext

from cases.intake.queries import Mistake
from cases.intake.same_mistake import Remedy, remedies_for
from legal.findings import N_

WORDS = {
    Remedy.LEAVE_OUT: N_("Leave all out"),
    Remedy.CONFIRM: N_("Confirm all"),
    Remedy.NO_DUE_DATE: N_("No payment day was agreed"),
    Remedy.DAY_FIRST: N_("Day comes first"),
    Remedy.MONTH_FIRST: N_("Month comes first"),
    Remedy.LEADING_ZERO: N_("A leading zero got lost"),
    Remedy.AUSTRIA: N_("All in Austria"),
    Remedy.SWITZERLAND: N_("All in Switzerland"),
}


@dataclass(frozen=True, slots=True)
class Action:
    """One button."""

    remedy: Remedy
    label: str


def actions_for(mistake: Mistake) -> list[Action]:
    """The buttons beside a mistake."""
    remedies = remedies_for(mistake.code, blocking=mistake.blocking)
    return [Action(remedy, gettext(WORDS[remedy])) for remedy in remedies]
