"""Claim account: computations, interest on titled costs, house conventions, newer rates, limitation."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

LAST_DAYS = ("limitation_on", "limitation_conservative_on", "limitation_set_on")


def upgrade() -> None:
    extend_ledger()
    extend_claims()
    create_law_rates()
    create_limitation_events()
    protect()


def extend_ledger() -> None:
    jsonb = postgresql.JSONB(astext_type=sa.Text())
    op.add_column("ledger_entries", sa.Column("computation", jsonb, nullable=True))
    # Interest on titled costs belongs to the case, not to one claim.
    op.drop_constraint(op.f("ck_ledger_entries_claim_named"), "ledger_entries", type_="check")
    op.create_check_constraint(
        op.f("ck_ledger_entries_claim_named"),
        "ledger_entries",
        "component <> 'principal' OR claim_id IS NOT NULL",
    )
    for name, default in (("payment_day_bears_interest", "true"), ("all_interest_first", "false")):
        op.add_column(
            "agency_profile",
            sa.Column(name, sa.Boolean(), server_default=default, nullable=False),
        )


def extend_claims() -> None:
    for name in LAST_DAYS:
        op.add_column("claims", sa.Column(name, sa.Date(), nullable=True))
    op.create_index(
        "ix_claims_limitation_conservative_on",
        "claims",
        ["limitation_conservative_on"],
        postgresql_where=sa.text("limitation_conservative_on IS NOT NULL"),
    )


def create_law_rates() -> None:
    op.create_table(
        "law_rates",
        sa.Column("id", sa.BigInteger(), nullable=False),
        sa.Column("jurisdiction", sa.String(length=2), nullable=False),
        sa.Column("valid_from", sa.Date(), nullable=False),
        sa.Column("valid_to", sa.Date(), nullable=False),
        sa.Column("rate_percent", sa.Numeric(), nullable=False),
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("entered_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("entered_by", sa.BigInteger(), nullable=True),
        sa.CheckConstraint("valid_to > valid_from", name=op.f("ck_law_rates_span")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_law_rates")),
    )


def create_limitation_events() -> None:
    kinds = (
        "part_payment", "acknowledgement", "negotiations", "deferral", "payment_order",
        "rejected_application", "action", "insolvency", "enforcement", "force_majeure",
    )  # fmt: skip
    op.create_table(
        "limitation_events",
        sa.Column("id", sa.BigInteger(), nullable=False),
        sa.Column("public_id", sa.Text(), nullable=False),
        sa.Column("case_id", sa.BigInteger(), nullable=False),
        sa.Column("creditor_id", sa.BigInteger(), nullable=False),
        sa.Column("claim_id", sa.BigInteger(), nullable=False),
        sa.Column(
            "kind",
            sa.Enum(
                *kinds,
                name="ck_limitation_events_eventkind",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("first_day", sa.Date(), nullable=True),
        sa.Column("last_day", sa.Date(), nullable=True),
        sa.Column("applied_on", sa.Date(), nullable=True),
        sa.Column("served_on", sa.Date(), nullable=True),
        sa.Column("last_act_on", sa.Date(), nullable=True),
        sa.Column("note", sa.Text(), nullable=True),
        sa.Column("noted_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("noted_by", sa.BigInteger(), nullable=True),
        sa.Column("confirmed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("confirmed_by", sa.BigInteger(), nullable=True),
        sa.ForeignKeyConstraint(
            ["case_id", "creditor_id"],
            ["cases.id", "cases.creditor_id"],
            name=op.f("fk_limitation_events_case_id_creditor_id"),
        ),
        sa.ForeignKeyConstraint(
            ["claim_id"], ["claims.id"], name=op.f("fk_limitation_events_claim_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_limitation_events")),
        sa.UniqueConstraint("public_id", name=op.f("uq_limitation_events_public_id")),
    )
    op.create_index("ix_limitation_events_claim_id", "limitation_events", ["claim_id"])


def protect() -> None:
    for table in ("closed_periods", "law_rates"):
        op.execute(
            f"CREATE TRIGGER {table}_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON {table} "
            "FOR EACH STATEMENT EXECUTE FUNCTION refuse_change()"
        )
    op.execute("REVOKE UPDATE, DELETE ON closed_periods FROM recoup_app")
    op.execute("GRANT SELECT, INSERT ON law_rates TO recoup_app")
    op.execute("GRANT SELECT ON law_rates TO recoup_portal")
    op.execute("GRANT SELECT, INSERT, UPDATE, DELETE ON limitation_events TO recoup_app")
    for table in ("law_rates", "limitation_events"):
        op.execute(f"GRANT USAGE ON SEQUENCE {table}_id_seq TO recoup_app")


def downgrade() -> None:
    op.drop_table("limitation_events")
    op.drop_table("law_rates")
    op.execute("DROP TRIGGER closed_periods_append_only ON closed_periods")
    op.execute("GRANT UPDATE, DELETE ON closed_periods TO recoup_app")
    op.drop_index("ix_claims_limitation_conservative_on", "claims")
    for name in LAST_DAYS:
        op.drop_column("claims", name)
    for name in ("payment_day_bears_interest", "all_interest_first"):
        op.drop_column("agency_profile", name)
    op.drop_constraint(op.f("ck_ledger_entries_claim_named"), "ledger_entries", type_="check")
    op.create_check_constraint(
        op.f("ck_ledger_entries_claim_named"),
        "ledger_entries",
        "component = 'costs' OR claim_id IS NOT NULL",
    )
    op.drop_column("ledger_entries", "computation")
