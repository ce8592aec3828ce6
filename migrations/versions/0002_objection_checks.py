"""The checklist of an objection: questions with what the file says about them."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "objection_checks",
        sa.Column("id", sa.BigInteger(), nullable=False),
        sa.Column("objection_id", sa.BigInteger(), nullable=False),
        sa.Column("creditor_id", sa.BigInteger(), nullable=False),
        sa.Column("question", sa.Text(), nullable=False),
        sa.Column("finding", sa.Text(), nullable=False),
        sa.Column(
            "speaks_for",
            sa.Enum(
                "pretext",
                "genuine",
                "open",
                name="ck_objection_checks_speaksfor",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("answered_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("answered_by", sa.BigInteger(), nullable=True),
        sa.ForeignKeyConstraint(
            ["answered_by"], ["users.id"], name=op.f("fk_objection_checks_answered_by")
        ),
        sa.ForeignKeyConstraint(
            ["objection_id"], ["objections.id"], name=op.f("fk_objection_checks_objection_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_objection_checks")),
        sa.UniqueConstraint(
            "objection_id", "question", name=op.f("uq_objection_checks_objection_id_question")
        ),
    )
    op.execute("GRANT SELECT, INSERT, UPDATE, DELETE ON objection_checks TO recoup_app")
    op.execute("GRANT USAGE ON SEQUENCE objection_checks_id_seq TO recoup_app")


def downgrade() -> None:
    op.drop_table("objection_checks")
