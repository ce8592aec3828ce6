"""What intake warned of, in words for staff: nobody accepts an order without having seen it."""

from flask_babel import gettext

from cases.intake.warnings import Warned, warnings_of_case
from portal.pages.intake_words import mistake_name, sentence_of


def load_warnings(case_id: int) -> dict[int, list[str]]:
    """The sentences of each claim that has some."""
    return {each.claim_id: _sentences(each) for each in warnings_of_case(case_id)}


def _sentences(warned: Warned) -> list[str]:
    confirmed = [
        gettext("Confirmed by the creditor: %(what)s", what=mistake_name(code, None))
        for code in warned.confirmed
    ]
    return [*map(sentence_of, warned.findings), *confirmed]
