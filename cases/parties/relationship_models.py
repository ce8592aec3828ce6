"""The relationship policy of a client as it is kept."""

from datetime import date

from sqlalchemy import CheckConstraint, ForeignKey, Index, text
from sqlalchemy.orm import Mapped, mapped_column

from cases.core.database import Base, new_public_id, stored_enum
from cases.core.retention import Retention
from cases.parties.models import DebtorKind
from cases.parties.relationship import Policy, Tone


class RelationshipRule(Base):
    """How a client's customers are treated: all, those of a kind, or one (Umgangsregel)."""

    __tablename__ = "relationship_rules"
    __retention__ = Retention.MASTER
    __table_args__ = (
        CheckConstraint("debtor_kind IS NULL OR debtor_id IS NULL", name="one_scope"),
        Index(
            "uq_relationship_rules_scope", "creditor_id", "debtor_kind", "debtor_id", unique=True,
            postgresql_where=text("ended_on IS NULL"), postgresql_nulls_not_distinct=True,
        ),
    )  # fmt: skip

    id: Mapped[int] = mapped_column(primary_key=True)
    public_id: Mapped[str] = mapped_column(unique=True, default=new_public_id)
    creditor_id: Mapped[int] = mapped_column(ForeignKey("creditors.id"), index=True)
    # For whom: neither means every debtor of the client.
    debtor_kind: Mapped[DebtorKind | None] = mapped_column(stored_enum(DebtorKind, "rule_kind"))
    debtor_id: Mapped[int | None] = mapped_column(ForeignKey("debtors.id"), index=True)
    tone: Mapped[Tone]
    without: Mapped[list[str]] = mapped_column(default=list, server_default="{}")
    asks_court: Mapped[bool]
    asks_visit: Mapped[bool]
    reason: Mapped[str | None]
    set_on: Mapped[date]
    ended_on: Mapped[date | None]

    @property
    def policy(self) -> Policy:
        """What it asks for."""
        return Policy(self.tone, frozenset(self.without), self.asks_court, self.asks_visit)
