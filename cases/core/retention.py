"""Retention classes: how long the rows of a table are kept, and why."""

from dataclasses import dataclass
from enum import StrEnum


class Retention(StrEnum):
    """Each table belongs to one class from its first migration on."""

    BOOKS = "books"  # 10 years from the year's end: books and journals (§ 147 AO, § 257 HGB).
    VOUCHERS = "vouchers"  # 8 years: vouchers (Buchungsbelege).
    LETTERS = "letters"  # 6 years: business letters sent and received.
    CASE = "case"  # As long as the case runs, then with its letters.
    MASTER = "master"  # As long as a case or contract refers to it.
    TRAIL = "trail"  # The audit trail: as long as the longest record it proves.
    ACCESS = "access"  # Sign-ins: one year (our choice, adjustable).
    WORK = "work"  # Queues and drafts: until done and no longer needed.
    SETTINGS = "settings"  # The house's own settings and rates.


#: The class whose technical tables are cleaned by a run, each by its own rule.
TECHNICAL = frozenset({Retention.ACCESS, Retention.WORK})


@dataclass(frozen=True, slots=True)
class Cleaning:
    """When a row of a technical table goes: so many days after a moment that it carries.

    A row whose moment is empty (work that is not done) stays.
    """

    moment: str  # The column with the moment.
    days: int
