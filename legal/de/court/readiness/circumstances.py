"""What a file cannot say but readiness depends on: duties done, objections, limitation, venue.

Everything here is asked or recorded, nothing is assumed: `None` means nobody has said it.
"""

import datetime
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from enum import StrEnum


class Performance(StrEnum):
    """The creditor's declaration on counter-performance. Law: ZPO § 690(1) no. 4."""

    RENDERED = "rendered"  # It depends on one that has been rendered (VGLM1).
    NOT_DEPENDENT = "not_dependent"  # It depends on none (VGLM2).
    OUTSTANDING = "outstanding"  # Not yet rendered: no payment order, § 688(2) no. 2.


class ObjectionState(StrEnum):
    """Where the objection (Einwand) against the claim stands."""

    NONE = "none"
    OPEN = "open"
    UNDECIDED = "undecided"
    PRETEXT = "pretext"
    PARTLY = "partly"
    GENUINE = "genuine"


@dataclass(frozen=True, slots=True)
class CreditFacts:
    """A consumer credit of an entrepreneur. Law: ZPO § 688(2) no. 1."""

    concluded_on: datetime.date
    effective_rate: Decimal | None = None  # Nobody has said it yet.


@dataclass(frozen=True, slots=True)
class TrialCourts:
    """The house's directory of courts for litigation, as far as it has one.

    `find` answers the postcodes of the courts for a kind of court, and the postcode and the place
    of a defendant.
    """

    find: Callable[[str, str, str], frozenset[str]] | None = None  # None: no directory.


@dataclass(frozen=True, slots=True)
class Circumstances:
    """What legal must know about the case before it files."""

    performance: Performance | None = None
    performance_declared_on: datetime.date | None = None
    currency: str = "EUR"
    applicant_abroad: bool = False
    applicant_state: str | None = None  # "DE-BY"
    olg_district: str = ""  # Only for DE-NW.
    address_known: bool = True  # Else only service by publication: § 688(2) no. 3.
    debtor_private: bool = True  # A private person: § 13a(5) RDG.
    letter_sent_on: datetime.date | None = None
    letter_has_information: bool = False  # Everything § 13a(1) RDG asks for.
    notice_ends_on: datetime.date | None = None
    objection: ObjectionState | None = None
    limitation_ends_on: datetime.date | None = None  # As computed.
    limitation_conservative_on: datetime.date | None = None  # Nothing unconfirmed counted.
    consumer_credit: CreditFacts | None = None
    credit_claims: tuple[int, ...] = ()  # Which claims are of it; none named: all.
    state_of: Callable[[str], str | None] = lambda _: None  # State of a postcode, where certain.
    trial_courts: TrialCourts | None = None  # None: nobody has asked.
    invoices_in_claim: Mapping[int, int] = field(default_factory=dict)  # Index -> how many.
    list_enclosed: bool = False
    reminder_letters: int | None = None
    business_claim: bool = False  # Remuneration between businesses: 9 points.
    default_since: datetime.date | None = None
    power_of_attorney: bool | None = None
    holds: tuple[str, ...] = ()  # Reasons of holds that stand.
