"""Documents that creditors add to rows, uploads, claims and cases."""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None

KINDS = ("contract", "order", "delivery_note", "invoice", "terms", "correspondence")
OWN = "creditor_id = nullif(current_setting('recoup.creditor_id', true), '')::bigint"


def upgrade() -> None:
    create_table()
    op.execute("GRANT SELECT, INSERT, UPDATE, DELETE ON claim_documents TO recoup_app")
    op.execute("GRANT SELECT, INSERT ON claim_documents TO recoup_portal")
    op.execute("GRANT USAGE ON SEQUENCE claim_documents_id_seq TO recoup_app, recoup_portal")
    op.execute("ALTER TABLE claim_documents ENABLE ROW LEVEL SECURITY")
    op.execute(
        "CREATE POLICY staff ON claim_documents TO recoup_app USING (true) WITH CHECK (true)"
    )
    op.execute(
        f"CREATE POLICY own_rows ON claim_documents TO recoup_portal USING ({OWN})"
        f" WITH CHECK ({OWN})"
    )


def downgrade() -> None:
    op.drop_table("claim_documents")


def create_table() -> None:
    op.create_table(
        "claim_documents",
        sa.Column("id", sa.BigInteger(), nullable=False),
        sa.Column("public_id", sa.Text(), nullable=False),
        sa.Column("creditor_id", sa.BigInteger(), nullable=False),
        sa.Column("submission_id", sa.BigInteger(), nullable=True),
        sa.Column("line", sa.BigInteger(), nullable=True),
        sa.Column("case_id", sa.BigInteger(), nullable=True),
        sa.Column("claim_id", sa.BigInteger(), nullable=True),
        sa.Column("file_id", sa.BigInteger(), nullable=False),
        sa.Column(
            "kind",
            sa.Enum(
                *KINDS,
                name="ck_claim_documents_documentkind",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("uploaded_by", sa.BigInteger(), nullable=False),
        sa.Column("uploaded_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "submission_id IS NOT NULL OR case_id IS NOT NULL",
            name=op.f("ck_claim_documents_belongs"),
        ),
        sa.CheckConstraint(
            "line IS NULL OR submission_id IS NOT NULL",
            name=op.f("ck_claim_documents_line_of_submission"),
        ),
        sa.CheckConstraint(
            "claim_id IS NULL OR case_id IS NOT NULL",
            name=op.f("ck_claim_documents_claim_of_case"),
        ),
        *_references(),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_claim_documents")),
        sa.UniqueConstraint("public_id", name=op.f("uq_claim_documents_public_id")),
    )
    for columns in (["submission_id", "line"], ["case_id"], ["claim_id"], ["file_id"]):
        name = f"ix_claim_documents_{'_'.join(columns)}"
        op.create_index(name, "claim_documents", columns)


def _references() -> list[sa.ForeignKeyConstraint]:
    """Foreign keys: (columns, table and columns they name)."""
    named = (
        (["creditor_id"], ["creditors.id"]),
        (["submission_id", "creditor_id"], ["submissions.id", "submissions.creditor_id"]),
        (["case_id", "creditor_id"], ["cases.id", "cases.creditor_id"]),
        (["claim_id"], ["claims.id"]),
        (["file_id"], ["stored_files.id"]),
    )
    return [
        sa.ForeignKeyConstraint(
            columns, there, name=op.f(f"fk_claim_documents_{'_'.join(columns)}")
        )
        for columns, there in named
    ]
