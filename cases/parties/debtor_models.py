"""What we know of a debtor beside name and address: class, organisation, people, merged records."""

from datetime import date, datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import ARRAY, BigInteger, CheckConstraint, ForeignKey, Index, text
from sqlalchemy.orm import Mapped, mapped_column

from cases.core.database import Base, new_public_id
from cases.core.retention import Retention


class DebtorRole(StrEnum):
    """What a person at a debtor has to do with the payment."""

    DECIDES = "decides"  # The debtor himself, the owner, the managing director.
    PAYABLES = "payables"  # Kreditorenbuchhaltung
    PURCHASING = "purchasing"  # Einkauf
    AUTHORISES = "authorises"  # Anordnungsbefugte: signs the payment order of a public body.
    HEAD_OFFICE = "head_office"  # Zentrale
    LAWYER = "lawyer"
    OTHER = "other"


class DebtorSize(StrEnum):
    """How large an organisation is."""

    MICRO = "micro"
    SMALL = "small"
    MEDIUM = "medium"
    LARGE = "large"


class DebtorRisk(StrEnum):
    """How the house judges the risk that nothing comes."""

    LOW = "low"
    NORMAL = "normal"
    HIGH = "high"


class Organisation(StrEnum):
    """Who pays in that organisation (Organisationstyp); people are none and pay themselves."""

    PERSON = "person"
    SMALL = "small"  # The decision-maker answers the phone.
    LARGE = "large"  # Order number, purchasing, somebody who approves.
    PUBLIC = "public"  # Routing id, payment order.
    MULTI_SITE = "multi_site"  # The head office pays all, or each site its own.


class PayerType(StrEnum):
    """How a debtor behaves (Zahlertyp), whatever organisation it is."""

    PROMPT = "prompt"
    FORGETFUL = "forgetful"
    LATE = "late"
    DISPUTING = "disputing"
    CANNOT = "cannot"
    WILL_NOT = "will_not"


class PaymentOrder(StrEnum):
    """How far a public body's order to pay is (Auszahlungsanordnung)."""

    UNKNOWN = "unknown"
    MISSING = "missing"
    ISSUED = "issued"
    REJECTED = "rejected"


class DebtorProfile(Base):
    """Class and organisation of a debtor, and what must be minded when approaching him."""

    __tablename__ = "debtor_profiles"
    __retention__ = Retention.MASTER
    __table_args__ = (
        CheckConstraint("head_office_id <> debtor_id", name="not_its_own_head"),
        Index("ix_debtor_profiles_organisation", "organisation"),
        Index("ix_debtor_profiles_head_office_id", "head_office_id"),
    )

    debtor_id: Mapped[int] = mapped_column(ForeignKey("debtors.id"), primary_key=True)
    size: Mapped[DebtorSize | None]
    sector: Mapped[str | None]
    is_public: Mapped[bool | None]
    risk: Mapped[DebtorRisk | None]
    organisation: Mapped[Organisation | None]  # None: as the kind of debtor says.
    # The organisation card.
    departments: Mapped[str | None]
    invoice_way: Mapped[str | None]  # How an invoice goes until it is paid.
    portal_used: Mapped[str | None]
    payment_run_days: Mapped[list[int]] = mapped_column(
        ARRAY(BigInteger), default=list, server_default="{}"
    )  # Days of the month.
    order_number: Mapped[str | None]  # Large: without it nobody pays.
    approver: Mapped[str | None]
    routing_id: Mapped[str | None]  # Public: Leitweg-ID.
    payment_order: Mapped[PaymentOrder | None]
    payment_order_reason: Mapped[str | None]  # Why it was rejected.
    head_office_id: Mapped[int | None] = mapped_column(ForeignKey("debtors.id"))
    head_office_pays: Mapped[bool] = mapped_column(default=False, server_default="false")
    # What the rules of contact ask.
    opted_out: Mapped[list[str]] = mapped_column(default=list, server_default="{}")
    minor: Mapped[bool] = mapped_column(default=False, server_default="false")
    # A guardian must consent to what the debtor declares. Law: BGB § 1825.
    consent_reserved: Mapped[bool] = mapped_column(default=False, server_default="false")
    # Said by a person, against what the rules compute.
    payer_type: Mapped[PayerType | None]
    payer_type_reason: Mapped[str | None]
    payer_type_at: Mapped[datetime | None]
    payer_type_by: Mapped[int | None] = mapped_column(ForeignKey("users.id"))


class DebtorContact(Base):
    """Somebody at a debtor whom one can reach; earlier ones stay."""

    __tablename__ = "debtor_contacts"
    __retention__ = Retention.MASTER
    __table_args__ = (
        CheckConstraint("valid_until IS NULL OR valid_until >= valid_from", name="span"),
        Index("ix_debtor_contacts_debtor_id", "debtor_id", "valid_until"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    public_id: Mapped[str] = mapped_column(unique=True, default=new_public_id)
    debtor_id: Mapped[int] = mapped_column(ForeignKey("debtors.id"))
    role: Mapped[DebtorRole]
    name: Mapped[str]
    phone: Mapped[str | None]  # As `phones` writes it: +49 40 5550110.
    email: Mapped[str | None]
    language: Mapped[str] = mapped_column(default="de", server_default="de")
    how_known: Mapped[str]
    right_person_on: Mapped[date | None]  # When it was last confirmed that this person decides.
    valid_from: Mapped[date]
    valid_until: Mapped[date | None]
    added_by: Mapped[int | None]


class DebtorMerge(Base):
    """Two records that were one debtor: which was put into which, and what went with it."""

    __tablename__ = "debtor_merges"
    __retention__ = Retention.MASTER
    __table_args__ = (
        CheckConstraint("kept_id <> merged_id", name="two_records"),
        Index(
            "uq_debtor_merges_merged",
            "merged_id",
            unique=True,
            postgresql_where=text("undone_at IS NULL"),
        ),
        Index("ix_debtor_merges_kept_id", "kept_id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    public_id: Mapped[str] = mapped_column(unique=True, default=new_public_id)
    kept_id: Mapped[int] = mapped_column(ForeignKey("debtors.id"))
    merged_id: Mapped[int] = mapped_column(ForeignKey("debtors.id"))
    why: Mapped[str]
    moved: Mapped[dict[str, Any]]  # Table -> ids of the rows that went over.
    merged_at: Mapped[datetime]
    merged_by: Mapped[int | None]
    undone_at: Mapped[datetime | None]
    undone_by: Mapped[int | None]
    undone_reason: Mapped[str | None]
