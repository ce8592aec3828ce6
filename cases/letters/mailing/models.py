"""Where a letter went by e-mail, and what became of it."""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import ForeignKey, ForeignKeyConstraint, Index
from sqlalchemy.orm import Mapped, mapped_column

from cases.core.database import Base
from cases.core.retention import Retention


class MailedState(StrEnum):
    """Where a letter by e-mail is."""

    QUEUED = "queued"
    SENT = "sent"  # Handed to the mail server of the house.
    REFUSED = "refused"  # The server refuses it for good.
    BOUNCED = "bounced"  # It came back.
    GIVEN_UP = "given_up"  # Its time had passed before a server took it.


class LetterMail(Base):
    """One letter to one mailbox."""

    __tablename__ = "letter_mails"
    __retention__ = Retention.LETTERS
    __table_args__ = (
        ForeignKeyConstraint(["case_id", "creditor_id"], ["cases.id", "cases.creditor_id"]),
        Index("ix_letter_mails_case_id", "case_id"),
        Index("ix_letter_mails_debtor_id", "debtor_id", "asked_at"),
    )

    letter_id: Mapped[int] = mapped_column(ForeignKey("letters.id"), primary_key=True)
    case_id: Mapped[int]
    creditor_id: Mapped[int]
    debtor_id: Mapped[int] = mapped_column(ForeignKey("debtors.id"))
    to_address: Mapped[str]
    message_id: Mapped[str] = mapped_column(unique=True)
    state: Mapped[MailedState] = mapped_column(default=MailedState.QUEUED)
    asked_by: Mapped[int | None] = mapped_column(ForeignKey("users.id"))
    asked_at: Mapped[datetime]
    finished_at: Mapped[datetime | None]
    answer: Mapped[str | None]  # What the other server said.
