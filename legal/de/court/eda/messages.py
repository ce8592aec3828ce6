"""What the court's messages say: one class per kind, in the published notation.

A message is a proposal until somebody applies it; a `damaged` one must not be applied unseen.
"""

# ruff: noqa: RUF009 - these functions are spellings of dataclasses.field.

import datetime
from dataclasses import dataclass
from typing import Any

from legal.de.court.eda.follow_ups import QueryItem
from legal.de.court.eda.notation import cents, day, flag, many, one, text


@dataclass(frozen=True, slots=True)
class CourtPayment:
    """Where and how much to pay the court (ZAW)."""

    payee: str = text()
    iban: str = text()
    bic: str = text()
    amount: int | None = cents()
    reference: str = text()


@dataclass(frozen=True, slots=True)
class Remedy:
    """The remedy the court points out (Rechtsmittelbelehrung)."""

    kind: str = text()
    period: str = text()
    norm: str = text()
    court: str = text()
    second_court: str = text()


@dataclass(frozen=True, slots=True)
class MessageCourt:
    """A court as messages name it."""

    pgm: str = text()
    plz: str = text()
    place: str = text()


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody on the defendant's side: himself, his representative or his lawyer."""

    anrede: str = text()
    function: str = text()
    name: str = text()
    street: str = text()
    plz: str = text()
    place: str = text()
    country: str = text()


@dataclass(frozen=True, slots=True)
class PaymentOrderIssued:
    """Cost note: the payment order was issued (Kosten- und Erlassnachricht, 03)."""

    event: str = text(default="mb_issued")
    gnr: str = text()
    gnrs: tuple[str, ...] = many(str)
    own_ref: str = text()
    date: datetime.date | None = day()
    main: int | None = cents()
    court_fee: int | None = cents()
    delivery_costs: int | None = cents()
    lawyer_fee: int | None = cents()
    lawyer_expenses: int | None = cents()
    lawyer_vat: int | None = cents()
    applicant_outlays: int | None = cents()
    computed_interest: int | None = cents()
    ancillary: int | None = cents()
    payment: CourtPayment | None = one(CourtPayment)
    remedy: Remedy | None = one(Remedy)


@dataclass(frozen=True, slots=True)
class EnforcementOrderIssued:
    """Cost note: the enforcement order was issued (22)."""

    event: str = text(default="vb_issued")
    gnr: str = text()
    own_ref: str = text()
    issued: datetime.date | None = day()
    main: int | None = cents()
    court_fee: int | None = cents()
    delivery_costs: int | None = cents()
    lawyer_fee: int | None = cents()
    lawyer_expenses: int | None = cents()
    lawyer_vat: int | None = cents()
    applicant_outlays: int | None = cents()
    computed_interest: int | None = cents()
    ancillary: int | None = cents()


@dataclass(frozen=True, slots=True)
class ServiceNote:
    """Served or not served (Zustellungs- und Nichtzustellungsnachricht, 05)."""

    event: str = text()
    gnr: str = text()
    own_ref: str = text()
    nam: str = text()
    date: datetime.date | None = day()
    defendant: str = text()
    address: Person | None = one(Person)
    representative: Person | None = one(Person)
    reason_key: str = text()
    reason_text: str = text()
    postcode_faulty: str = text()


@dataclass(frozen=True, slots=True)
class Referral:
    """Transfer to the court for litigation (Abgabenachricht, 16)."""

    event: str = text(default="referred")
    gnr: str = text()
    own_ref: str = text()
    date: datetime.date | None = day()
    court: MessageCourt | None = one(MessageCourt)
    defendant: Person | None = one(Person)
    representative: Person | None = one(Person)
    defendant_representative: Person | None = one(Person)
    unconfirmed: str = text()  # Kind of remedy and its date, in an order nobody confirmed.


@dataclass(frozen=True, slots=True)
class Opposition:
    """Opposition against the payment order (Widerspruchsnachricht, 18)."""

    event: str = text(default="opposed")
    gnr: str = text()
    own_ref: str = text()
    opponent_ref: str = text()
    partial: bool | None = flag()
    contested_main: int | None = cents()
    contested_ancillary: int | None = cents()
    value_in_dispute: int | None = cents()
    further_costs: int | None = cents()
    delivery_costs: int | None = cents()
    opposition_received: datetime.date | None = day()
    referral_requested: bool = flag()
    court: MessageCourt | None = one(MessageCourt)
    defendant: Person | None = one(Person)
    representative: Person | None = one(Person)
    defendant_representative: Person | None = one(Person)
    remedy: Remedy | None = one(Remedy)


@dataclass(frozen=True, slots=True)
class Query:
    """The court asks for a correction (Monierung, 20)."""

    event: str = text(default="query")
    gnr: str = text()
    gnrs: tuple[str, ...] = many(str)
    own_ref: str = text()
    monition_date: datetime.date | None = day()
    application_date: datetime.date | None = day()
    application_kind: str = text()
    items: tuple[QueryItem, ...] = many(QueryItem)


@dataclass(frozen=True, slots=True)
class Receipt:
    """The court has our file (Quittung, 90); it names no case, so it cannot be matched to one."""

    text: str = text()


Message = Any  # One of the classes above.
