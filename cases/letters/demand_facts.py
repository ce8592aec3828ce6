"""What a demand letter is made of. Plain values: everything is handed in."""

from dataclasses import dataclass, field
from datetime import date
from typing import Any

from cases.ledger.statement import ClaimBalance
from cases.letters.codes.qr_bill import Party as Payer
from legal.findings import Finding
from legal.jurisdiction import Jurisdiction

#: Days of the term, after the postal days. Law: VV RVG 2300 note (2), two weeks.
TERM_DAYS = 14


@dataclass(frozen=True, slots=True)
class Sender:
    """The house, as letters name it."""

    name: str
    street: str
    postcode: str
    city: str
    email: str
    register_entry: str
    authority_name: str
    authority_address: str
    authority_contact: str
    privacy_contact: str | None
    vat_id: str | None
    trust_iban: str
    # What a company states on its business letters (§ 35a GmbHG, § 80 AktG, §§ 37a, 125 HGB).
    legal_form: str | None = None
    seat: str | None = None
    register_court: str | None = None
    register_number: str | None = None
    managing_directors: str | None = None
    supervisory_chair: str | None = None
    liable_partner: str | None = None
    privacy_authority: str | None = None
    phone: str | None = None
    country: str = "DE"


@dataclass(frozen=True, slots=True)
class Handler:
    """Who handles the case and answers the phone."""

    name: str
    phone: str


@dataclass(frozen=True, slots=True)
class Principal:
    """The creditor, as letters name it."""

    name: str
    street: str
    postcode: str
    city: str
    country: str = "DE"
    deducts_input_tax: bool = True
    original_creditor: str | None = None  # In whose person the claim arose, if not in his.
    #: The overriding interests for which his address stays out. Law: RDG § 13a(1) no. 1.
    address_withheld_reason: str | None = None


@dataclass(frozen=True, slots=True)
class Recipient:
    """The debtor that the letter goes to."""

    name: str
    salutation: str
    address: tuple[str, ...]
    natural_person: bool
    joint_with: tuple[str, ...] = ()  # The other joint debtors.
    #: Whether he owes less than all of them together, because he came into default later.
    own_share: bool = False
    #: How we know where he lives: told by the "creditor", by the "debtor" himself, or "traced".
    address_source: str = "creditor"
    traced_at: str = ""  # Where a traced address was found, such as a registration office.
    doubts: tuple[Finding, ...] = ()
    payer: Payer | None = None  # The same with its parts apart, for a Swiss bill.


@dataclass(frozen=True, slots=True)
class Demanded:
    """A claim that the letter demands: the balance of the part that does not stand still."""

    balance: ClaimBalance
    description: str
    contract_on: date | None
    default_basis: str | None
    consumer: bool
    remuneration: bool
    held_cents: int = 0
    currency: str = "EUR"
    tort_on: date | None = None  # The day of the tort, where no contract is the reason.
    limitation_on: date | None = None  # The last day before it is time-barred.


@dataclass(frozen=True, slots=True)
class Order:
    """What the case worker asks for."""

    letter_number: str
    case_number: str
    dispatched_on: date
    postal_days: int
    place: str  # Whose holidays count for the payment day.
    law: Jurisdiction
    term_days: int = TERM_DAYS
    term_reason: str = ""
    language: str = "de"
    next_step: str = "call"
    time_bar_reason: str = ""  # Why legal lets a letter about a time-barred claim go.
    #: When the creditor had reminded of all of it last; None: not, or nobody knows.
    reminded_on: date | None = None


@dataclass(frozen=True, slots=True)
class Draft:
    """A letter before it is released: content, HTML, and everything that is wrong with it."""

    content: dict[str, Any]
    html: str
    findings: tuple[Finding, ...]
    pay_by: date
    total_cents: int
    text: str = field(default="", repr=False)
    circumstances: frozenset[str] = frozenset()
