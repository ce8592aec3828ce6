"""What a court sends and what it is sent, in the words that all countries share.

How its files look is its country's own; behind the doors of `legal.court` they are these.
"""

import datetime
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from legal.proceeding import Event


@dataclass(frozen=True, slots=True)
class Proposal:
    """An event for the proceeding with this court number; blank numbers match by reference only.

    `defendant` counts from 0 in the order of the application: the first message that names the
    court's numbers names them in that order.
    """

    court_number: str
    own_ref: str
    defendant: int
    event: Event


@dataclass(frozen=True, slots=True)
class CourtBill:
    """What the court asks us to pay, and how."""

    amount_cents: int
    payee: str
    iban: str
    reference: str


@dataclass(frozen=True, slots=True)
class CourtCosts:
    """What a message says that the proceeding has cost so far."""

    on: datetime.date
    court_cents: int
    own_cents: int  # Of whoever represents the applicant.
    titled: bool = False  # From that day on they bear interest.
    bill: CourtBill | None = None


@dataclass(frozen=True, slots=True)
class Incoming:
    """One message of a court."""

    kind: str  # As the form of the court calls it.
    event: str  # What it says has happened; "receipt" where it says nothing else.
    own_ref: str
    court_numbers: tuple[str, ...]
    sent_on: datetime.date
    record: int  # Where it begins in its file, from 1.
    content: dict[str, Any]  # All it says, in the published notation.
    excerpt: bytes  # From which it can be read again by itself.
    fingerprint: str  # The same for the same message, whichever file it comes in.
    is_damaged: bool
    is_receipt: bool  # It names no proceeding, only that a file has come.
    proposals: tuple[Proposal, ...]
    costs: CourtCosts | None = None
    why: str = ""  # The court's own reason, for instance why nothing could be served.


@dataclass(frozen=True, slots=True)
class IncomingFile:
    """One file of a court as it was understood: damage is reported and the rest is still read."""

    kind: str
    findings: tuple[Mapping[str, Any], ...]  # In the published notation.
    messages: tuple[Incoming, ...]


@dataclass(frozen=True, slots=True)
class TrialCourtNamed:
    """The court for litigation that an application names for a defendant."""

    postcode: str
    place: str


@dataclass(frozen=True, slots=True)
class Outgoing:
    """A file of ours as the court will read it."""

    is_damaged: bool
    sums: dict[str, Any]  # Its control sums, in the published notation.
    trial_courts: Mapping[str, Sequence[TrialCourtNamed | None]]  # By our reference and defendant.


@dataclass(frozen=True, slots=True)
class TypedSection:
    """One part of an application: what it is about, and its entries as name and value."""

    title: str
    entries: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class TypedApplication:
    """One application from its first entry to its last, as a person types it."""

    sections: tuple[TypedSection, ...]
