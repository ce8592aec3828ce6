"""What is known of one customer of a creditor, and the windows in which it is looked at."""

from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal
from enum import StrEnum


@dataclass(frozen=True, slots=True)
class Invoice:
    """One invoice and how it was paid."""

    invoiced_on: date
    due_on: date
    cents: int = 0
    discount_until: date | None = None  # Discount for early payment (Skonto) was offered.
    paid_on: date | None = None
    paid_with_discount: bool = False


@dataclass(frozen=True, slots=True)
class Promise:
    """A promise to pay, or terms agreed anew."""

    due_on: date
    kept: bool


@dataclass(frozen=True, slots=True)
class Order:
    """One order, perhaps cancelled."""

    on: date
    cancelled_on: date | None = None


@dataclass(frozen=True, slots=True)
class BankChange:
    """New bank details; a notice in time that names a reason makes them harmless."""

    on: date
    announced_on: date | None = None
    reason: str = ""


class PartnerEvent(StrEnum):
    """What happened to a supplier or large customer of the customer."""

    INSOLVENCY = "insolvency"
    LOST = "lost"


@dataclass(frozen=True, slots=True)
class Partner:
    """A supplier or large customer that is gone."""

    name: str
    event: PartnerEvent
    on: date


class NoticeKind(StrEnum):
    """What a court or register has published."""

    INSOLVENCY = "insolvency"
    WINDING_UP = "winding_up"
    REGISTER = "register"


@dataclass(frozen=True, slots=True)
class Notice:
    """An official notice about the customer, and where it stands."""

    kind: NoticeKind
    on: date
    source: str


@dataclass(frozen=True, slots=True)
class Customer:
    """Everything the rules look at, within the scope of one creditor."""

    invoices: tuple[Invoice, ...] = ()
    reminders: tuple[date, ...] = ()
    offers_unanswered: tuple[date, ...] = ()
    promises: tuple[Promise, ...] = ()
    orders: tuple[Order, ...] = ()
    complaints: tuple[date, ...] = ()
    bank_changes: tuple[BankChange, ...] = ()
    partners: tuple[Partner, ...] = ()
    notices: tuple[Notice, ...] = ()
    news: tuple[date, ...] = ()
    clauses: frozenset[str] = frozenset()
    since: date | None = None
    class_days_late: int | None = None


@dataclass(frozen=True, slots=True)
class Others:
    """The creditor's other customers: the last 90 days, and the complaints of the 90 before."""

    orders: int = 0
    complaints: int = 0
    complaints_before: int = 0


@dataclass(frozen=True, slots=True)
class Window:
    """So many times within so many days; the day that lies this far back no longer counts."""

    least: int
    days: int

    def recent(self, days: list[date], as_of: date) -> list[date]:
        """The days of the window, oldest first."""
        begin = as_of - timedelta(days=self.days)
        return sorted(day for day in days if begin < day <= as_of)


@dataclass(frozen=True, slots=True)
class Parameters:
    """The settings of the rules; conventions of the house, changeable per creditor and class."""

    reminders: Window = field(default_factory=lambda: Window(3, 90))
    offers: Window = field(default_factory=lambda: Window(3, 90))
    promises: Window = field(default_factory=lambda: Window(2, 180))
    cancellations: Window = field(default_factory=lambda: Window(3, 90))
    cancelled_share_percent: Decimal = field(default_factory=lambda: Decimal(100) / 3)
    complaints: Window = field(default_factory=lambda: Window(3, 90))
    rise_percent: Decimal = Decimal(50)
    news: Window = field(default_factory=lambda: Window(2, 90))
    discounts: int = 3  # So many in a row without the discount that was usual before.
    event_days: int = 365  # How long new bank details, a lost partner or a notice count.
    paid_invoices: int = 8  # From so many on his own baseline counts, before it his class.
    new_invoices: int = 3
    class_margin_days: int = 20
    watch_from: Decimal = Decimal("0.15")
    warn_from: Decimal = Decimal("0.35")
