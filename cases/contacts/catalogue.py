"""The catalogue of outcomes: which a channel offers, in which order, and what each asks for.

Data in `data/outcomes.csv`, one row an outcome; the order of the rows is that of the keys.
"""

import csv
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from cases.contacts.models import ContactChannel, ContactOutcome

FILE = Path(__file__).parent / "data" / "outcomes.csv"


@dataclass(frozen=True, slots=True)
class OutcomeRow:
    """One outcome."""

    outcome: ContactOutcome
    channels: frozenset[ContactChannel]
    reached: bool  # Somebody was spoken to about the matter.
    personal: bool  # Only the debtor, or who may speak for him, brings it about.
    asks_reason: bool  # Whoever was reached in person is asked why nothing was paid.


@cache
def outcomes() -> dict[ContactOutcome, OutcomeRow]:
    """Every outcome, in the order of the file."""
    with FILE.open(encoding="utf-8", newline="") as file:
        rows = [
            OutcomeRow(
                ContactOutcome(row["outcome"]),
                frozenset(ContactChannel(name) for name in row["channels"].split()),
                *(row[name] == "1" for name in ("reached", "personal", "asks_reason")),
            )
            for row in csv.DictReader(file)
        ]
    return {row.outcome: row for row in rows}


def outcomes_of(channel: ContactChannel) -> list[ContactOutcome]:
    """What a contact by this channel may come to."""
    return [row.outcome for row in outcomes().values() if channel in row.channels]


def was_reached(outcome: ContactOutcome | None) -> bool:
    """Whether somebody was spoken to about the matter."""
    return outcome is not None and outcomes()[outcome].reached
