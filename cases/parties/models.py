"""The agency's own profile, creditors with their contracts, debtors with their addresses."""

from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum
from typing import Any

from sqlalchemy import (
    CheckConstraint,
    ColumnElement,
    ForeignKey,
    Index,
    String,
    UniqueConstraint,
    func,
    literal_column,
    text,
)
from sqlalchemy.orm import Mapped, mapped_column

from cases.core.database import Base, new_public_id
from cases.core.retention import Retention
from cases.core.sort_name import sort_name_sql


class AgencyProfile(Base):
    """The house itself, as letters, filings and payment codes name it. There is one row."""

    __tablename__ = "agency_profile"
    __retention__ = Retention.SETTINGS
    __table_args__ = (CheckConstraint("id = 1", name="one_row"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str]
    street: Mapped[str]
    postcode: Mapped[str]
    city: Mapped[str]
    country: Mapped[str] = mapped_column(String(2), default="DE")
    phone: Mapped[str]
    email: Mapped[str]
    website: Mapped[str | None]
    register_entry: Mapped[str]  # Registration under § 10 RDG.
    # § 13a(1) no. 8 RDG: name, address and electronic contact of the supervisory authority.
    authority_name: Mapped[str]
    authority_address: Mapped[str]
    authority_contact: Mapped[str]
    privacy_contact: Mapped[str | None]  # Data protection officer, if there is one.
    privacy_authority: Mapped[str | None]  # Where people may complain about data protection.
    vat_id: Mapped[str | None]
    tax_number: Mapped[str | None]  # One of the two stands on every invoice (UStG § 14(4) no. 2).
    # What a company states on its business letters: § 35a GmbHG, § 80 AktG, §§ 37a, 125, 177a HGB.
    legal_form: Mapped[str | None]
    seat: Mapped[str | None]  # Where it differs from the city of the address.
    register_court: Mapped[str | None]
    register_number: Mapped[str | None]
    managing_directors: Mapped[str | None]  # All of them, separated by commas.
    supervisory_chair: Mapped[str | None]  # Vorsitz des Aufsichtsrats
    liable_partner: Mapped[str | None]  # Of a GmbH & Co. KG, with its own register and directors.
    trust_iban: Mapped[str]  # Fremdgeldkonto
    trust_bic: Mapped[str | None]
    operating_iban: Mapped[str]
    place: Mapped[str]  # Whose holidays count for our working days, such as DE-HH.
    postal_days: Mapped[int] = mapped_column(default=3)  # Assumed, shown on every letter.
    # What one letter costs to post, as the house pays it: for the dry run of strategies only.
    postage_cents: Mapped[int] = mapped_column(default=0, server_default="0")
    # How the tax adviser's program knows us; accounts by the names of ours.
    datev_consultant: Mapped[int] = mapped_column(default=1001, server_default="1001")
    datev_client: Mapped[int] = mapped_column(default=1, server_default="1")
    datev_chart: Mapped[str] = mapped_column(String(2), default="04", server_default="04")
    datev_accounts: Mapped[dict[str, Any]] = mapped_column(default=dict, server_default="{}")
    # What the adviser said of the income account: "plain", or "automatic" with the key that stops
    # his program from computing VAT out of an amount booked net. None: nobody has asked him yet.
    datev_income: Mapped[str | None] = mapped_column(String(16))
    datev_stop_key: Mapped[str | None] = mapped_column(String(4))
    # Up to this the house lets go of costs that are its own by the contract.
    costs_waiver_cents: Mapped[int] = mapped_column(default=0, server_default="0")
    #: More than this is waived or settled at the end of a case by two people only.
    let_go_alone_cents: Mapped[int] = mapped_column(default=0, server_default="0")
    # How instalment plans are watched: so late, so little short; letters before and after a day
    # (0: none). Agreements with consumers are open once legal has confirmed that they may be.
    plan_tolerance_days: Mapped[int] = mapped_column(default=10, server_default="10")
    plan_tolerance_cents: Mapped[int] = mapped_column(default=0, server_default="0")
    plan_remind_before_days: Mapped[int] = mapped_column(default=0, server_default="0")
    plan_remind_after_days: Mapped[int] = mapped_column(default=4, server_default="4")
    plan_consumer_agreements: Mapped[bool] = mapped_column(default=False, server_default="false")
    # What the bank agreed for direct debits; without all three nothing is collected. The text of
    # the mandate and the days of notice are the bank's and the house's: no fact of ours gives them.
    sepa_creditor_id: Mapped[str | None]
    sepa_mandate_text: Mapped[str | None]
    sepa_notice_days: Mapped[int | None]
    # Since when the works council agrees that results are told of each person..
    people_results_agreed_on: Mapped[date | None]
    kennziffer: Mapped[str | None]  # Of the court dunning procedure.
    # Conventions where practice knows two ways; see docs/ledger.md.
    payment_day_bears_interest: Mapped[bool] = mapped_column(default=True, server_default="true")
    all_interest_first: Mapped[bool] = mapped_column(default=False, server_default="false")


class Creditor(Base):
    """A client who hands in claims (Gläubiger, Mandant)."""

    __tablename__ = "creditors"
    __retention__ = Retention.MASTER

    id: Mapped[int] = mapped_column(primary_key=True)
    public_id: Mapped[str] = mapped_column(unique=True, default=new_public_id)
    name: Mapped[str]
    sort_name: Mapped[str] = mapped_column(String(collation="C"), index=True)
    legal_form: Mapped[str | None]
    representative: Mapped[str | None]
    street: Mapped[str]
    postcode: Mapped[str]
    city: Mapped[str]
    country: Mapped[str] = mapped_column(String(2), default="DE")
    email: Mapped[str | None]
    phone: Mapped[str | None]
    iban: Mapped[str | None]
    # Why letters do not name the address: overriding interests. Law: RDG § 13a(1) no. 1.
    address_withheld_reason: Mapped[str | None]
    # A new account is paid to from this day on; until then nothing is.
    iban_paid_from: Mapped[date | None]
    register_court: Mapped[str | None]
    register_number: Mapped[str | None]
    vat_id: Mapped[str | None]
    sector: Mapped[str | None]
    language: Mapped[str] = mapped_column(String(2), default="de", server_default="de")
    # Who in our house looks after this client, as the client shall reach them.
    house_contact: Mapped[str | None]
    house_contact_phone: Mapped[str | None]
    house_contact_email: Mapped[str | None]
    archived_at: Mapped[datetime | None]  # No new claims; what runs goes on.
    created_at: Mapped[datetime] = mapped_column(server_default=func.now())


class ContactRole(StrEnum):
    """What a person at a creditor is asked about."""

    DECIDES = "decides"
    BOOKKEEPING = "bookkeeping"
    SALES = "sales"
    IT = "it"


class CreditorContact(Base):
    """A person to talk to at a creditor (Ansprechpartner)."""

    __tablename__ = "creditor_contacts"
    __retention__ = Retention.MASTER

    id: Mapped[int] = mapped_column(primary_key=True)
    public_id: Mapped[str] = mapped_column(unique=True, default=new_public_id)
    creditor_id: Mapped[int] = mapped_column(ForeignKey("creditors.id"), index=True)
    role: Mapped[ContactRole]
    name: Mapped[str]
    phone: Mapped[str | None]
    email: Mapped[str | None]
    since: Mapped[date]
    ended_on: Mapped[date | None]


class CreditorRepresentative(Base):
    """Who represents a creditor by law (gesetzlicher Vertreter); the court asks for it."""

    __tablename__ = "creditor_representatives"
    __retention__ = Retention.MASTER
    __table_args__ = (
        CheckConstraint("valid_until IS NULL OR valid_until >= valid_from", name="span"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    public_id: Mapped[str] = mapped_column(unique=True, default=new_public_id)
    creditor_id: Mapped[int] = mapped_column(ForeignKey("creditors.id"), index=True)
    name: Mapped[str]
    function: Mapped[str | None]  # Geschäftsführer, Vorstand ...
    valid_from: Mapped[date]
    valid_until: Mapped[date | None]


class MandateType(StrEnum):
    """For what the creditor engages the agency (Auftragsart)."""

    ONE_OFF = "one_off"
    CAMPAIGN = "campaign"
    CONTINUOUS = "continuous"


class PayoutRhythm(StrEnum):
    """How often the creditor gets his money."""

    WEEKLY = "weekly"
    MONTHLY = "monthly"
    EACH = "each"  # With every receipt.


class ReportRhythm(StrEnum):
    """How often the creditor gets his report by mail."""

    NONE = "none"
    DAILY = "daily"
    WEEKLY = "weekly"
    MONTHLY = "monthly"


class DirectPaymentOrder(StrEnum):
    """What a payment made to the creditor himself pays first in the settlement with him."""

    LAW = "law"  # As towards the debtor.
    PRINCIPAL_FIRST = "principal_first"


class CreditorContract(Base):
    """The terms between a creditor and the agency (Inkassovertrag), by version."""

    __tablename__ = "creditor_contracts"
    __retention__ = Retention.BOOKS
    __table_args__ = (UniqueConstraint("creditor_id", "valid_from"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    creditor_id: Mapped[int] = mapped_column(ForeignKey("creditors.id"), index=True)
    valid_from: Mapped[date]
    deducts_input_tax: Mapped[bool]  # Then the debtor owes no VAT on collection costs.
    owes_collection_fee: Mapped[bool]  # Only what the creditor owes us can be his damage.
    #: The money terms as `cases.remittances.terms` reads them: fee, VAT, hold-back, threshold.
    fee_terms: Mapped[dict[str, Any]]
    mandate_type: Mapped[MandateType] = mapped_column(
        default=MandateType.CONTINUOUS, server_default="continuous"
    )
    payout_rhythm: Mapped[PayoutRhythm] = mapped_column(
        default=PayoutRhythm.MONTHLY, server_default="monthly"
    )
    report_rhythm: Mapped[ReportRhythm] = mapped_column(
        default=ReportRhythm.NONE, server_default="none"
    )
    # Within these limits we settle and grant instalments without asking the creditor.
    instalment_months: Mapped[int] = mapped_column(default=0, server_default="0")
    discount_percent: Mapped[Decimal] = mapped_column(default=Decimal(0), server_default="0")
    discount_cents: Mapped[int] = mapped_column(default=0, server_default="0")
    # Principal and interest are his: up to this we let go of interest that ran between our letter
    # and a payment in time, and of a trivial rest (by one click). 0: nothing without asking him.
    interest_waiver_cents: Mapped[int] = mapped_column(default=0, server_default="0")
    trivial_rest_cents: Mapped[int] = mapped_column(default=0, server_default="0")
    power_of_attorney_on: Mapped[date | None]  # Vollmacht
    court_needs_approval: Mapped[bool] = mapped_column(default=False)
    # Nobody of ours goes to his customer before he has agreed.
    visits_need_approval: Mapped[bool] = mapped_column(default=False, server_default="false")
    direct_payment_order: Mapped[DirectPaymentOrder] = mapped_column(
        default=DirectPaymentOrder.LAW, server_default="law"
    )


class DebtorKind(StrEnum):
    """What a debtor is in law."""

    NATURAL_PERSON = "natural_person"
    SOLE_TRADER = "sole_trader"
    COMPANY = "company"
    PUBLIC_BODY = "public_body"


#: A phone number is known by its last digits: zeros and country codes before them vary.
PHONE_DIGITS = 6
_PHONE_ENDING = f"right(regexp_replace(phone, '[^0-9]', '', 'g'), {PHONE_DIGITS})"
_STREET_WORDS = f"to_tsvector('simple'::regconfig, {sort_name_sql('street')})"
PHONE_ENDING: ColumnElement[str] = literal_column(_PHONE_ENDING)
STREET_WORDS: ColumnElement[str] = literal_column(_STREET_WORDS)


class Debtor(Base):
    """A person or company that owes (Schuldner). Staff only."""

    __tablename__ = "debtors"
    __table_args__ = (
        # People look for any word of a name: "Sommer" finds "Bäckerei Sommer GmbH".
        Index(
            "ix_debtors_words",
            text("to_tsvector('simple'::regconfig, sort_name)"),
            postgresql_using="gin",
        ),
        Index(
            "ix_debtors_phone",
            text(_PHONE_ENDING),
            postgresql_where=text("phone IS NOT NULL"),
        ),
    )
    __retention__ = Retention.MASTER

    id: Mapped[int] = mapped_column(primary_key=True)
    public_id: Mapped[str] = mapped_column(unique=True, default=new_public_id)
    kind: Mapped[DebtorKind]
    name: Mapped[str]  # Surname, or the full company name.
    given_name: Mapped[str | None]
    salutation: Mapped[str | None]  # "Frau", "Herr", or none.
    legal_form: Mapped[str | None]
    representative: Mapped[str | None]  # Statutory representative, needed in court.
    contact: Mapped[str | None]  # Who reads the post in a company; never part of its name.
    sort_name: Mapped[str] = mapped_column(String(collation="C"), index=True)
    email: Mapped[str | None]
    email_refused_on: Mapped[date | None]  # Mail to it came back for good, or was not taken.
    phone: Mapped[str | None]
    language: Mapped[str] = mapped_column(default="de", server_default="de")
    # This record was the same debtor under another spelling; the cases went over to that one.
    merged_into_id: Mapped[int | None] = mapped_column(ForeignKey("debtors.id"), index=True)
    created_at: Mapped[datetime] = mapped_column(server_default=func.now())

    @property
    def full_name(self) -> str:
        """The name as it stands on an envelope."""
        return full_name(self.kind, self.given_name, self.name)


def full_name(kind: DebtorKind, given_name: str | None, name: str) -> str:
    """A person's given name and surname; a company's name is never glued to a person's."""
    natural = kind in {DebtorKind.NATURAL_PERSON, DebtorKind.SOLE_TRADER}
    return f"{given_name} {name}" if natural and given_name else name


class AddressSource(StrEnum):
    """How we know an address: a letter says so. Law: RDG § 13a(1) no. 7; GDPR Art. 14(2)(f)."""

    CREDITOR = "creditor"  # The creditor gave it to us.
    DEBTOR = "debtor"  # The debtor told us himself.
    TRACED = "traced"  # We found it: registration office, address service.


class DebtorAddress(Base):
    """Where a debtor can be reached by post; old addresses stay."""

    __tablename__ = "debtor_addresses"
    __retention__ = Retention.MASTER
    __table_args__ = (
        # At most one address is the current one.
        Index(
            "uq_debtor_addresses_current",
            "debtor_id",
            unique=True,
            postgresql_where=text("valid_until IS NULL"),
        ),
        Index(
            "ix_debtor_addresses_postcode",
            "postcode",
            postgresql_where=text("valid_until IS NULL"),
        ),
        Index(
            "ix_debtor_addresses_street",
            text(_STREET_WORDS),
            postgresql_using="gin",
            postgresql_where=text("valid_until IS NULL"),
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    debtor_id: Mapped[int] = mapped_column(ForeignKey("debtors.id"), index=True)
    street: Mapped[str]
    postcode: Mapped[str]
    city: Mapped[str]
    country: Mapped[str] = mapped_column(String(2), default="DE")
    care_of: Mapped[str | None]  # Who passes the post on (c/o).
    source: Mapped[AddressSource] = mapped_column(
        default=AddressSource.CREDITOR, server_default="creditor"
    )
    traced_at: Mapped[str | None]  # Where a traced one was found.
    valid_from: Mapped[date]
    valid_until: Mapped[date | None]
    undeliverable_on: Mapped[date | None]  # Post came back.


class SpokespersonKind(StrEnum):
    """As what somebody speaks for a debtor."""

    LAWYER = "lawyer"
    COUNSELLOR = "counsellor"  # Schuldnerberatung
    GUARDIAN = "guardian"  # Betreuer


class DebtorSpokesperson(Base):
    """Somebody who speaks for a debtor (Bevollmächtigte, Betreuer); earlier ones stay."""

    __tablename__ = "debtor_spokespersons"
    __retention__ = Retention.MASTER
    __table_args__ = (
        Index(
            "uq_debtor_spokespersons_current",
            "debtor_id",
            unique=True,
            postgresql_where=text("valid_until IS NULL"),
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    debtor_id: Mapped[int] = mapped_column(ForeignKey("debtors.id"), index=True)
    kind: Mapped[SpokespersonKind]
    name: Mapped[str]
    street: Mapped[str]
    postcode: Mapped[str]
    city: Mapped[str]
    country: Mapped[str] = mapped_column(String(2), default="DE")
    phone: Mapped[str | None]
    email: Mapped[str | None]
    reference: Mapped[str | None]
    papers_seen_on: Mapped[date | None]  # The power of attorney, or the certificate of office.
    how_known: Mapped[str]
    valid_from: Mapped[date]
    valid_until: Mapped[date | None]
    named_by: Mapped[int | None]


class DebtorChange(Base):
    """What stood in one field of a debtor before, and how we know better. Never changed."""

    __tablename__ = "debtor_changes"
    __retention__ = Retention.MASTER

    id: Mapped[int] = mapped_column(primary_key=True)
    debtor_id: Mapped[int] = mapped_column(ForeignKey("debtors.id"), index=True)
    field: Mapped[str]
    before: Mapped[str | None]
    after: Mapped[str | None]
    how_known: Mapped[str]
    changed_at: Mapped[datetime]
    changed_by: Mapped[int | None]
