"""Start of default (Verzugsbeginn): what is known about a claim, and the day it leads to."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

#: Moves a day for payment off weekends and holidays of the place of performance.
Roll = Callable[[date], date]


class Ground(StrEnum):
    """What puts a debtor in default."""

    AGREED_DAY = "agreed_day"  # A calendar day, or one computable by calendar, in the contract.
    REMINDER = "reminder"  # Reminder, action or payment order after the due date.
    REFUSAL = "refusal"  # The debtor refused finally.
    THIRTY_DAYS = "thirty_days"  # 30 days after due date and receipt of the invoice.


@dataclass(frozen=True, slots=True)
class DueFacts:
    """What is known about a claim that may be in default; `None` is not known or not happened.

    `agreed_in_contract` is whether `due_on` was agreed; a day only printed on the invoice is not.
    `consumer_notice` is the special notice of the 30-day rule in the invoice. `performed_on` is
    the receipt of the performance, which counts where the receipt of the invoice is uncertain.
    """

    due_on: date
    agreed_in_contract: bool
    consumer: bool
    reminder_received_on: date | None = None
    order_served_on: date | None = None
    refused_on: date | None = None
    remuneration: bool = True
    invoice_received_on: date | None = None
    consumer_notice: bool = False
    performed_on: date | None = None


@dataclass(frozen=True, slots=True)
class Default:
    """The first day of default, which is also the first day of interest, and its ground."""

    first_day: date
    ground: Ground
    law: str  # The section that the ground stands in.
