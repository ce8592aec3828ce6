"""A row of a handed-in file once it is understood: a claim, or nearly one, with findings."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from legal.findings import Finding, Severity

#: One for all rows: a list has many, and most need none of their own.
_NOTHING: Mapping[str, str] = {}


@dataclass(frozen=True, slots=True)
class Party:
    """A debtor or creditor as the file names it."""

    name: str | None = None
    street: str | None = None
    postcode: str | None = None
    city: str | None = None
    country: str | None = None  # ISO 3166-1, two letters.
    email: str | None = None
    phone: str | None = None
    kind: str | None = None  # natural_person, sole_trader, company, public_body; None: ask.
    account: str | None = None  # The number under which the creditor keeps the debtor.
    address_extra: str | None = None  # "c/o", floor, department.
    vat_id: str | None = None
    register_number: str | None = None
    leitweg_id: str | None = None


@dataclass(frozen=True, slots=True)
class ClaimRow:
    """One row of a list, or one e-invoice; `open_cents` is what a claim is made of."""

    line: int
    invoice_number: str | None = None
    invoiced_on: date | None = None
    due_on: date | None = None
    currency: str | None = None
    total_cents: int | None = None  # None: the file does not say.
    paid_cents: int | None = None
    open_cents: int | None = None
    debtor: Party = Party()
    creditor: Party = Party()
    iban: str | None = None  # In lists the debtor's; in e-invoices the payee's.
    text: str | None = None
    reminded_on: date | None = None  # The first reminder that the row names.
    document_type: str | None = None
    last_reminded_on: date | None = None
    contract_on: date | None = None
    status: str | None = None  # As the list words it.
    second_reminded_on: date | None = None
    joint: tuple[Party, ...] = ()  # Who owes the same claim as well.
    findings: tuple[Finding, ...] = ()
    #: Field -> cell as it was written, for rows with findings: what a person corrects.
    raw: Mapping[str, str] = field(default_factory=lambda: _NOTHING)

    @property
    def reminders(self) -> tuple[date, ...]:
        """The days of all reminders that the row names, in their order."""
        days = (self.reminded_on, self.second_reminded_on, self.last_reminded_on)
        return tuple(sorted({day for day in days if day}))

    @property
    def is_usable(self) -> bool:
        """Whether a claim can be made of it: no finding is an error."""
        return all(finding.severity is not Severity.ERROR for finding in self.findings)
