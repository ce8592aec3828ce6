"""What the nightly run remembers of a case."""

from datetime import date

from sqlalchemy import ForeignKeyConstraint
from sqlalchemy.orm import Mapped, mapped_column

from cases.core.database import Base
from cases.core.retention import Retention
from legal.fee_step import FeeStep


class FeeDecision(Base):
    """What was decided of the step of a case's fee; gone as soon as money moves."""

    __tablename__ = "fee_decisions"
    __retention__ = Retention.CASE
    __table_args__ = (
        ForeignKeyConstraint(["case_id", "creditor_id"], ["cases.id", "cases.creditor_id"]),
    )

    case_id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    creditor_id: Mapped[int]
    decision: Mapped[FeeStep]
    decided_on: Mapped[date]
