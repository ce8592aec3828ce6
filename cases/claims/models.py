"""Cases with their joint debtors and claims, holds and the timeline."""

from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum
from typing import Any

from sqlalchemy import (
    CheckConstraint,
    ColumnElement,
    ForeignKey,
    ForeignKeyConstraint,
    Identity,
    Index,
    String,
    UniqueConstraint,
    func,
    literal_column,
    text,
)
from sqlalchemy.orm import Mapped, mapped_column

from cases.core.database import Base, new_public_id, stored_enum
from cases.core.retention import Retention
from cases.core.sort_name import sort_name_sql
from legal.limitation_events import LimitationEventKind


class Phase(StrEnum):
    """Where a case is."""

    NEW = "new"  # Handed in, not accepted yet.
    AMICABLE = "amicable"
    COURT = "court"
    ENFORCEMENT = "enforcement"
    CLOSED = "closed"


class Outcome(StrEnum):
    """How a case ended."""

    PAID = "paid"
    SETTLED = "settled"
    WITHDRAWN = "withdrawn"
    UNFOUNDED = "unfounded"
    UNCOLLECTIBLE = "uncollectible"
    INSOLVENT = "insolvent"
    TIME_BARRED = "time_barred"
    REFUSED = "refused"  # Never accepted by the agency.


class Purpose(StrEnum):
    """Consumer or business: the purpose of the claim's contract (§§ 13, 14 BGB)."""

    CONSUMER = "consumer"
    BUSINESS = "business"


class DueBasis(StrEnum):
    """How the due date arose; only an agreed day starts default by itself (§ 286(2) BGB)."""

    CONTRACT = "contract"  # Agreed in the contract, or by the calendar.
    INVOICE = "invoice"  # Merely printed on the invoice.
    STATUTE = "statute"  # Nothing agreed: due at once (§ 271 BGB).


class HoldReason(StrEnum):
    """Why dunning stands still."""

    OBJECTION = "objection"
    DECEASED = "deceased"
    INSOLVENCY = "insolvency"
    ADDRESS_UNKNOWN = "address_unknown"
    CREDITOR = "creditor"  # The creditor asked us to wait.
    REQUEST = "request"  # The debtor asked for something and waits for our answer.
    HOSPITAL = "hospital"  # The debtor is in hospital or a cure.
    PLAN = "plan"  # An instalment plan runs.
    OTHER = "other"  # Said in the note.


_SERIAL = "split_part(number, '-'::text, 2)"
_FOLDED_CUSTOMER = "upper(regexp_replace(customer_number, '[^[:alnum:]]', '', 'g'))"
#: Bracketed as the catalogue prints it, with which a test compares.
_OWN_WORDS = (
    "to_tsvector('simple'::regconfig, (('c' || creditor_id::text) || ' ')"
    f" || {sort_name_sql('submitted_name')})"
)


class Case(Base):
    """All claims of one creditor against one debtor, or joint debtors, worked together (Akte)."""

    __tablename__ = "cases"
    __retention__ = Retention.CASE
    __table_args__ = (
        UniqueConstraint("id", "creditor_id"),  # So that children cannot name another creditor.
        CheckConstraint("(phase = 'closed') = (outcome IS NOT NULL)", name="outcome_when_closed"),
        CheckConstraint("(phase = 'closed') = (closed_from IS NOT NULL)", name="from_when_closed"),
        Index("ix_cases_creditor_id_phase", "creditor_id", "phase", "id"),
        Index("ix_cases_creditor_id", "creditor_id", "id"),
        Index("ix_cases_foreign", "creditor_id", "id", postgresql_where=text("currency <> 'EUR'")),
        Index("ix_cases_serial", text(_SERIAL)),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    public_id: Mapped[str] = mapped_column(unique=True, default=new_public_id)
    number: Mapped[str] = mapped_column(unique=True)  # With check digit.
    creditor_id: Mapped[int] = mapped_column(ForeignKey("creditors.id"))
    jurisdiction: Mapped[str] = mapped_column(String(2), default="de")
    currency: Mapped[str] = mapped_column(String(3), default="EUR")
    phase: Mapped[Phase] = mapped_column(default=Phase.NEW)
    # Where it was when it ended; a reopening goes back there.
    closed_from: Mapped[Phase | None] = mapped_column(stored_enum(Phase, "closed_from"))
    outcome: Mapped[Outcome | None]
    owner_id: Mapped[int | None] = mapped_column(ForeignKey("users.id"), index=True)
    opened_on: Mapped[date]
    ordered_on: Mapped[date]  # When the creditor gave the order: default must have begun before.
    accepted_at: Mapped[datetime | None]
    closed_at: Mapped[datetime | None]
    # Copies of what the ledger says, written with each posting and proven by `ledger verify`.
    principal_cents: Mapped[int] = mapped_column(default=0, server_default="0")
    booked_open_cents: Mapped[int] = mapped_column(default=0, server_default="0")
    received_cents: Mapped[int] = mapped_column(default=0, server_default="0")


class CaseDebtor(Base):
    """One of the joint debtors (Gesamtschuldner) of a case."""

    __tablename__ = "case_debtors"
    __retention__ = Retention.CASE
    __table_args__ = (
        ForeignKeyConstraint(["case_id", "creditor_id"], ["cases.id", "cases.creditor_id"]),
        UniqueConstraint("case_id", "position"),
        # The creditor is a word of the index: whose name it is costs no look at other creditors.
        Index("ix_case_debtors_words", text(_OWN_WORDS), postgresql_using="gin"),
        Index(
            "ix_case_debtors_customer_number",
            text(_FOLDED_CUSTOMER),
            postgresql_where=text("customer_number IS NOT NULL"),
        ),
    )

    case_id: Mapped[int] = mapped_column(primary_key=True)
    debtor_id: Mapped[int] = mapped_column(ForeignKey("debtors.id"), primary_key=True, index=True)
    creditor_id: Mapped[int]
    position: Mapped[int] = mapped_column(default=1)
    # As this creditor submitted the debtor; all that the portal ever shows.
    submitted_name: Mapped[str]
    submitted_address: Mapped[str]
    customer_number: Mapped[str | None]  # By which this creditor keeps him.


#: Written out, because an index of such rows only serves who asks in the same words.
WITHOUT_LIMITATION = text("claims.limitation_conservative_on IS NULL")
WITHOUT_RULE = text("claims.kind = 'other' AND claims.limitation_set_on IS NULL")
#: An event without an end, of a kind that lasts: it moves the last day every night.
GOES_ON = text(
    "limitation_events.last_day IS NULL"
    " AND limitation_events.kind NOT IN ('part_payment', 'acknowledgement')"
)


class Claim(Base):
    """One invoice or other debt item (Forderung)."""

    __tablename__ = "claims"
    __retention__ = Retention.CASE
    __table_args__ = (
        ForeignKeyConstraint(["case_id", "creditor_id"], ["cases.id", "cases.creditor_id"]),
        CheckConstraint("principal_cents > 0", name="principal_positive"),
        CheckConstraint("due_on IS NULL OR due_on >= invoiced_on", name="due_after_invoice"),
        UniqueConstraint("case_id", "position"),
        Index("ix_claims_invoice_folded", "invoice_folded", "creditor_id"),
        Index(
            "ix_claims_limitation_conservative_on",
            "limitation_conservative_on",
            postgresql_where=text("limitation_conservative_on IS NOT NULL"),
        ),
        # What the night looks for: claims without a day, and those that wait for legal's.
        Index(
            "ix_claims_without_limitation",
            "case_id",
            postgresql_where=WITHOUT_LIMITATION,
        ),
        Index(
            "ix_claims_without_rule",
            "case_id",
            postgresql_where=WITHOUT_RULE,
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    public_id: Mapped[str] = mapped_column(unique=True, default=new_public_id)
    case_id: Mapped[int] = mapped_column(index=True)
    creditor_id: Mapped[int]
    position: Mapped[int]
    invoice_number: Mapped[str]
    invoice_folded: Mapped[str]  # As it is searched and matched: cases.formats.invoice_fold.
    description: Mapped[str | None]  # Subject of the contract: what was delivered or done.
    contract_on: Mapped[date | None]  # Day of the contract, § 13a(1) no. 2 RDG.
    # In whose person an assigned claim arose, his place, and since when it is the creditor's.
    original_creditor: Mapped[str | None]
    original_postcode: Mapped[str | None]
    original_city: Mapped[str | None]
    assigned_on: Mapped[date | None]
    tort_on: Mapped[date | None]  # Day of the tort, where no contract is the reason.
    invoiced_on: Mapped[date]
    due_on: Mapped[date | None]
    due_basis: Mapped[DueBasis]
    reminded_on: Mapped[date | None]  # Receipt of the first real reminder (Mahnung).
    # Days of all reminders that the creditor names, in their order.
    reminders: Mapped[list[date]] = mapped_column(default=list, server_default="{}")
    consumer_notice: Mapped[bool] = mapped_column(default=False)  # § 286(3) sentence 1 half 2.
    purpose: Mapped[Purpose]
    is_remuneration: Mapped[bool] = mapped_column(default=True)  # Entgeltforderung, § 288(2).
    is_consumer_loan: Mapped[bool] = mapped_column(default=False)  # § 497(3).
    agreed_rate_percent: Mapped[Decimal | None]  # Fixed rate agreed in the contract, a year.
    principal_cents: Mapped[int]
    currency: Mapped[str] = mapped_column(String(3), default="EUR")
    performed: Mapped[bool]  # The creditor declares that the performance was rendered.
    known_dispute: Mapped[str | None]  # What was disputed when handed in, in his words.
    default_on: Mapped[date | None]  # First day of interest; None: no default, no interest.
    default_basis: Mapped[str | None]  # Why default began that day: a code of legal.default.
    kind: Mapped[str | None]  # Kind of claim, for limitation; asked.
    arose_on: Mapped[date | None]  # Kept apart where it differs from the invoice's day.
    # Last days before the claim is time-barred: computed with every event, conservative with what
    # legal has confirmed only, and set by legal where no rule fits the kind.
    limitation_on: Mapped[date | None]
    limitation_conservative_on: Mapped[date | None]
    limitation_set_on: Mapped[date | None]
    # The last warning: of which last day, and how many months ahead.
    limitation_warned_for: Mapped[date | None]
    limitation_warned_months: Mapped[int | None]
    # Since when every debtor of the claim stands under an enforceable title, and since when that
    # cannot be contested any more: thirty years instead of the period of the claim.
    titled_on: Mapped[date | None]
    title_final_on: Mapped[date | None]
    # Excluded from the present demands with a reason; the claim stays in the case.
    excluded_reason: Mapped[str | None]
    created_at: Mapped[datetime] = mapped_column(server_default=func.now())


#: The serial in the middle of a case number.
SERIAL: ColumnElement[str] = literal_column(_SERIAL)
#: A customer number in capitals, without blanks and marks.
CUSTOMER_NUMBER: ColumnElement[str] = literal_column(_FOLDED_CUSTOMER)


class Hold(Base):
    """A reason why no dunning happens (Mahnsperre), for a claim, an amount or the whole case."""

    __tablename__ = "holds"
    __retention__ = Retention.CASE
    __table_args__ = (
        ForeignKeyConstraint(["case_id", "creditor_id"], ["cases.id", "cases.creditor_id"]),
        CheckConstraint("amount_cents IS NULL OR amount_cents > 0", name="amount_positive"),
        CheckConstraint("amount_cents IS NULL OR claim_id IS NOT NULL", name="amount_of_claim"),
        Index("ix_holds_open", "case_id", postgresql_where=text("lifted_at IS NULL")),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    public_id: Mapped[str] = mapped_column(unique=True, default=new_public_id)
    case_id: Mapped[int]
    creditor_id: Mapped[int]
    claim_id: Mapped[int | None] = mapped_column(ForeignKey("claims.id"))  # None: the whole case.
    amount_cents: Mapped[int | None]  # None: all of the claim.
    reason: Mapped[HoldReason]
    note: Mapped[str | None]
    objection_id: Mapped[int | None] = mapped_column(index=True)
    # Whether the rest of the case gets no demand either while it stands.
    rest_waits: Mapped[bool] = mapped_column(default=False, server_default="false")
    until_on: Mapped[date | None]  # When somebody looks at it again; it never lapses by itself.
    set_at: Mapped[datetime]
    set_by: Mapped[int | None]
    lifted_at: Mapped[datetime | None]
    lifted_by: Mapped[int | None]
    lifted_reason: Mapped[str | None]


class JointDefault(Base):
    """Since when one of several joint debtors is in default with a claim, or that he is not.

    Law: BGB § 425(2): default works only against the joint debtor in whose person it came about.
    """

    __tablename__ = "joint_defaults"
    __retention__ = Retention.CASE
    __table_args__ = (
        ForeignKeyConstraint(["case_id", "creditor_id"], ["cases.id", "cases.creditor_id"]),
        UniqueConstraint("claim_id", "debtor_id"),
        CheckConstraint("(default_on IS NULL) = (default_basis IS NULL)", name="day_has_basis"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    case_id: Mapped[int] = mapped_column(index=True)
    creditor_id: Mapped[int]
    claim_id: Mapped[int] = mapped_column(ForeignKey("claims.id"))
    debtor_id: Mapped[int] = mapped_column(ForeignKey("debtors.id"), index=True)
    reminded_on: Mapped[date | None]  # Receipt of the first reminder that went to him.
    default_on: Mapped[date | None]  # None: he is not in default.
    default_basis: Mapped[str | None]  # A code of legal.default.


class LimitationRow(Base):
    """What suspended or restarted the limitation of a claim; legal confirms it."""

    __tablename__ = "limitation_events"
    __retention__ = Retention.CASE
    __table_args__ = (
        ForeignKeyConstraint(["case_id", "creditor_id"], ["cases.id", "cases.creditor_id"]),
        Index("ix_limitation_events_claim_id", "claim_id"),
        Index("ix_limitation_events_going_on", "claim_id", postgresql_where=GOES_ON),
        Index(
            "uq_limitation_events_source",
            "claim_id",
            "source",
            unique=True,
            postgresql_where=text("source IS NOT NULL"),
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    public_id: Mapped[str] = mapped_column(unique=True, default=new_public_id)
    case_id: Mapped[int]
    creditor_id: Mapped[int]
    claim_id: Mapped[int] = mapped_column(ForeignKey("claims.id"))
    # In whose person it happened: it moves nobody else's limitation. None: with a single debtor,
    # and where it is not known yet whose it was. Law: BGB § 425.
    debtor_id: Mapped[int | None] = mapped_column(ForeignKey("debtors.id"))
    kind: Mapped[LimitationEventKind]
    first_day: Mapped[date | None]
    last_day: Mapped[date | None]
    applied_on: Mapped[date | None]
    served_on: Mapped[date | None]
    last_act_on: Mapped[date | None]
    note: Mapped[str | None]
    source: Mapped[str | None]  # The proceeding that keeps it up to date; None: noted by hand.
    noted_at: Mapped[datetime]
    noted_by: Mapped[int | None]
    confirmed_at: Mapped[datetime | None]
    confirmed_by: Mapped[int | None]


class TimelineEvent(Base):
    """One thing that happened in a case, newest first on the screen."""

    __tablename__ = "timeline_events"
    __retention__ = Retention.CASE
    __table_args__ = (
        ForeignKeyConstraint(["case_id", "creditor_id"], ["cases.id", "cases.creditor_id"]),
        Index("ix_timeline_events_case_id_at", "case_id", "at", "id"),
        # What moved last, for its creditor.
        Index(
            "ix_timeline_events_creditor_id_at",
            "creditor_id",
            text("at DESC"),
            text("id DESC"),
            postgresql_where=text("creditor_visible"),
        ),
    )

    # The day is part of the key so that the table can be partitioned by year.
    occurred_on: Mapped[date] = mapped_column(primary_key=True)
    id: Mapped[int] = mapped_column(Identity(), primary_key=True)
    case_id: Mapped[int]
    creditor_id: Mapped[int]
    at: Mapped[datetime]
    actor_id: Mapped[int | None]
    kind: Mapped[str]  # A code of cases.claims.timeline; the edge words it.
    params: Mapped[dict[str, Any]]
    creditor_visible: Mapped[bool]  # Never for notes about the debtor's person.
