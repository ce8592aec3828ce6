"""Why something that came in belongs to a case, and what could not be read."""

from flask_babel import gettext

from cases.letters.inbox import matching
from legal.findings import N_

HOW = {
    matching.MARK: N_("mark of our letter %(detail)s"),
    matching.ANSWER: N_("answer to our e-mail"),
    matching.LETTER: N_("number of our letter %(detail)s"),
    matching.CASE: N_("case number %(detail)s"),
    matching.REFERENCE: N_("invoice %(detail)s"),
    matching.ADDRESS: N_("sender %(detail)s"),
    matching.NAME: N_("name of the sender: %(detail)s"),
    "hand": N_("put there by a person"),
}


def how_words(how: str | None, detail: str | None) -> str:
    """The reason as a phrase."""
    return str(gettext(HOW.get(how or "", HOW["hand"]), detail=detail or ""))


def fault_words(fault: str | None) -> str:
    """What could not be read."""
    kind, _, number = (fault or "").partition(":")
    if kind == "too_many_pages":
        return str(gettext("only the first 40 pages were looked at"))
    if kind == "too_many_parts":
        return str(gettext("only the first 200 parts were looked at"))
    if kind == "too_large":
        return str(
            gettext("larger than 50 MB: only its head was kept, the mail lies in the mailbox")
        )
    if number:
        return str(gettext("page %(number)s could not be read", number=number))
    return str(gettext("it could not be read"))
