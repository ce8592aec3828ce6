"""The words of the court file, which is German whatever language its reader works in."""

from collections.abc import Sequence
from enum import StrEnum

from flask_babel import force_locale

from agency.filings.words import action_words, log_reason, log_subject, log_value
from cases.filings.proceedings.models import LiabilityEntry
from portal.wording import word


class GermanWords:
    """Codes as a German court and a German lawyer read them."""

    def code(self, code: StrEnum) -> str:
        """What an event or an application is called."""
        with force_locale("de"):
            return word(code)

    def log_line(self, entry: LiabilityEntry) -> Sequence[str]:
        """One change of a deadline or a filing date."""
        with force_locale("de"):
            values = [
                f"{name} {', '.join(log_value(key, value) for key, value in found.items())}"
                for name, found in (("vorher:", entry.before), ("nachher:", entry.after))
                if found
            ]
            what = f"{log_subject(entry.subject)} {action_words(entry.action)}"
            return [what, *values, log_reason(entry.reason)]
