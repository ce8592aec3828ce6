"""Debtors of one postcode are looked up, to find one under another spelling."""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_index(
        "ix_debtor_addresses_postcode",
        "debtor_addresses",
        ["postcode"],
        postgresql_where=sa.text("valid_until IS NULL"),
    )


def downgrade() -> None:
    op.drop_index("ix_debtor_addresses_postcode", "debtor_addresses")
