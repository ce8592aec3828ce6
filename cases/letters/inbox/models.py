"""What came in by post and mail, and what was found out about addresses."""

from datetime import date, datetime
from enum import StrEnum

from sqlalchemy import CheckConstraint, ForeignKey, ForeignKeyConstraint, Index, text
from sqlalchemy.orm import Mapped, mapped_column

from cases.core.database import Base, new_public_id
from cases.core.retention import Retention


class PostState(StrEnum):
    """What became of something that came in."""

    READING = "reading"  # A worker looks for its case.
    WAITING = "waiting"  # A person has to say where it belongs.
    ASSIGNED = "assigned"
    SET_ASIDE = "set_aside"  # Advertising, a duplicate, the parts of something split.


class PostItem(Base):
    """One scan or mail."""

    __tablename__ = "post_items"
    __retention__ = Retention.LETTERS
    __table_args__ = (
        ForeignKeyConstraint(["case_id", "creditor_id"], ["cases.id", "cases.creditor_id"]),
        CheckConstraint("(state = 'assigned') = (case_id IS NOT NULL)", name="assigned_to"),
        Index("ix_post_items_open", "received_on", "id",
              postgresql_where=text("state IN ('reading', 'waiting')")),
        Index("ix_post_items_case_id", "case_id"),
        Index("ix_post_items_sha256", "sha256"),
    )  # fmt: skip

    id: Mapped[int] = mapped_column(primary_key=True)
    public_id: Mapped[str] = mapped_column(unique=True, default=new_public_id)
    file_id: Mapped[int] = mapped_column(ForeignKey("stored_files.id"))
    sha256: Mapped[str]
    name: Mapped[str]  # Of the file, or the subject of the mail.
    sender: Mapped[str | None]
    received_on: Mapped[date]
    pages: Mapped[int | None]
    excerpt: Mapped[str | None]  # The beginning of what could be read.
    state: Mapped[PostState] = mapped_column(default=PostState.READING)
    case_id: Mapped[int | None]
    creditor_id: Mapped[int | None]
    how: Mapped[str | None]  # Why this case: a code of `matching`.
    how_detail: Mapped[str | None]
    fault: Mapped[str | None]  # What could not be read.
    twin_id: Mapped[int | None] = mapped_column(ForeignKey("post_items.id"))  # The same bytes.
    added_by: Mapped[int | None] = mapped_column(ForeignKey("users.id"))
    done_by: Mapped[int | None] = mapped_column(ForeignKey("users.id"))
    done_at: Mapped[datetime | None]
    set_aside_why: Mapped[str | None]


class PostMailbox(Base):
    """How far a mailbox has been read, and when it was looked at."""

    __tablename__ = "post_mailboxes"
    __retention__ = Retention.SETTINGS

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(unique=True)
    validity: Mapped[int] = mapped_column(default=0, server_default="0")
    last_number: Mapped[int] = mapped_column(default=0, server_default="0")
    recounted: Mapped[bool] = mapped_column(default=False, server_default="false")
    looked_at: Mapped[datetime | None]  # When it answered last.
    fault: Mapped[str | None]  # Why it did not since: the name of an error.


class ReturnedLetter(Base):
    """A letter of ours that post brought back, once, whatever its address is worth now."""

    __tablename__ = "returned_letters"
    __retention__ = Retention.LETTERS
    __table_args__ = (
        ForeignKeyConstraint(["case_id", "creditor_id"], ["cases.id", "cases.creditor_id"]),
        Index("ix_returned_letters_case_id", "case_id"),
    )

    letter_id: Mapped[int] = mapped_column(ForeignKey("letters.id"), primary_key=True)
    case_id: Mapped[int]
    creditor_id: Mapped[int]
    came_back_on: Mapped[date]


class InquiryState(StrEnum):
    """Where an inquiry about an address is."""

    ORDERED = "ordered"
    FOUND = "found"
    NOTHING = "nothing"


class AddressInquiry(Base):
    """What we ordered to find out where a debtor lives, and its cost (Anschriftenermittlung)."""

    __tablename__ = "address_inquiries"
    __retention__ = Retention.CASE
    __table_args__ = (
        ForeignKeyConstraint(["case_id", "creditor_id"], ["cases.id", "cases.creditor_id"]),
        CheckConstraint("cost_cents >= 0", name="cost_not_negative"),
        Index("uq_address_inquiries_open", "debtor_id", unique=True,
              postgresql_where=text("state = 'ordered'")),
        Index("ix_address_inquiries_case_id", "case_id"),
    )  # fmt: skip

    id: Mapped[int] = mapped_column(primary_key=True)
    public_id: Mapped[str] = mapped_column(unique=True, default=new_public_id)
    case_id: Mapped[int]
    creditor_id: Mapped[int]
    debtor_id: Mapped[int] = mapped_column(ForeignKey("debtors.id"))
    provider: Mapped[str]  # Whom we asked; letters name the source (§ 13a(1) no. 7 RDG).
    cost_cents: Mapped[int]
    state: Mapped[InquiryState] = mapped_column(default=InquiryState.ORDERED)
    ordered_on: Mapped[date]
    ordered_by: Mapped[int | None] = mapped_column(ForeignKey("users.id"))
    answered_on: Mapped[date | None]
