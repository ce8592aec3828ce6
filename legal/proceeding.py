"""A proceeding of court against one debtor: where it stands, and what happened in it.

Which event may follow which state, and what deadlines come of it, is the law of the country.
"""

import datetime
from dataclasses import dataclass
from enum import StrEnum

from legal.calendar import Period
from legal.errors import LawError


class State(StrEnum):
    """Where the proceeding stands, in the order in which it moves."""

    APPLIED = "applied"
    ORDER_ISSUED = "order_issued"  # Mahnbescheid erlassen
    ORDER_NOT_SERVED = "order_not_served"
    ORDER_NEW_SERVICE = "order_new_service"
    ORDER_SERVED = "order_served"
    PARTLY_OPPOSED = "partly_opposed"  # The rest goes on to the enforcement order.
    ENFORCEMENT_APPLIED = "enforcement_applied"
    ENFORCEMENT_ISSUED = "enforcement_issued"  # Vollstreckungsbescheid erlassen
    ENFORCEMENT_NOT_SERVED = "enforcement_not_served"
    ENFORCEMENT_NEW_SERVICE = "enforcement_new_service"
    ENFORCEMENT_SERVED = "enforcement_served"
    OPPOSED = "opposed"  # Widerspruch
    PROTESTED = "protested"  # Einspruch
    REFERRAL_REQUESTED = "referral_requested"
    REFERRED = "referred"  # Abgegeben an das Prozessgericht
    FINAL = "final"  # The enforcement order can no longer be contested.
    REFUSED = "refused"  # § 691
    LAPSED = "lapsed"  # § 701
    WITHDRAWN = "withdrawn"
    RESOLVED = "resolved"


class CourtEventKind(StrEnum):
    """What can happen, by court message or by hand."""

    QUERIED = "query"
    QUERY_ANSWERED = "query_answered"
    REFUSED = "refused"
    ACTION_FILED = "action_filed"
    ORDER_ISSUED = "mb_issued"
    FEE_PAID = "fee_paid"
    ORDER_NOT_SERVED = "mb_not_served"
    ORDER_NEW_SERVICE = "mb_new_service"
    ORDER_SERVED = "mb_served"
    OPPOSED = "opposed"
    ENFORCEMENT_APPLIED = "vb_applied"
    ENFORCEMENT_REFUSED = "vb_refused"
    ENFORCEMENT_ISSUED = "vb_issued"
    ENFORCEMENT_NOT_SERVED = "vb_not_served"
    ENFORCEMENT_NEW_SERVICE = "vb_new_service"
    ENFORCEMENT_SERVED = "vb_served"
    PROTESTED = "protested"
    REFERRAL_REQUESTED = "referral_requested"
    REFERRED = "referred"
    STATEMENT_REQUESTED = "statement_requested"  # The trial court asks for the statement of claim.
    STATEMENT_FILED = "statement_filed"
    BECAME_FINAL = "became_final"
    LAPSED = "lapsed"
    WITHDRAWN = "withdrawn"
    RESOLVED = "resolved"


@dataclass(frozen=True, slots=True)
class Event:
    """One thing that happened; `received_on` is when we learned of it, if that counts."""

    kind: CourtEventKind
    on: datetime.date
    partial: bool = False  # Only for an opposition.
    received_on: datetime.date | None = None
    period: Period | None = None  # A period the court set, for instance for service abroad.


@dataclass(frozen=True, slots=True)
class Proceeding:
    """One proceeding; `place` is the seat of the dunning court, whose holidays count."""

    applied_on: datetime.date
    place: str
    state: State = State.APPLIED
    events: tuple[Event, ...] = ()
    trial_place: str = ""

    def find(self, kind: CourtEventKind) -> Event | None:
        """The latest event of this kind."""
        return next((e for e in reversed(self.events) if e.kind is kind), None)

    @property
    def partly_contested(self) -> bool:
        """Whether only a part is contested, so that two paths run side by side."""
        opposition = self.find(CourtEventKind.OPPOSED)
        return opposition is not None and opposition.partial

    @property
    def fee_paid(self) -> bool:
        """Law: GKG § 12(3) sentence 2: paid before the enforcement order."""
        return self.find(CourtEventKind.FEE_PAID) is not None


class MovesBackwards(LawError):
    """This would move the proceeding backwards."""


class NotPossibleNow(LawError):
    """This cannot happen in the present state of the proceeding."""
