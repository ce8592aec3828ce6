"""Rules by which ordinary lines of the bank are booked."""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import CheckConstraint, ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from cases.core.database import Base, new_public_id
from cases.core.retention import Retention


class RuleKind(StrEnum):
    """What the lines of a rule are."""

    FEE = "fee"  # Kontoführung und Entgelte
    TRANSFER_OUT = "transfer_out"  # Our own transfer, from the trust account.
    TRANSFER_IN = "transfer_in"  # Our own transfer, to it.


class BankRule(Base):
    """One rule of the accounts: which lines of the trust account it books, and as what."""

    __tablename__ = "bank_rules"
    __retention__ = Retention.BOOKS
    __table_args__ = (
        CheckConstraint("most_cents > 0", name="most_positive"),
        CheckConstraint("name <> '' OR iban <> '' OR words <> ''", name="says_which_lines"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    public_id: Mapped[str] = mapped_column(unique=True, default=new_public_id)
    kind: Mapped[RuleKind]
    # Each that is given must hold.
    name: Mapped[str]
    iban: Mapped[str]
    words: Mapped[str]
    most_cents: Mapped[int]
    made_at: Mapped[datetime]
    made_by: Mapped[int | None] = mapped_column(ForeignKey("users.id"))
    withdrawn_at: Mapped[datetime | None]
    withdrawn_by: Mapped[int | None] = mapped_column(ForeignKey("users.id"))
