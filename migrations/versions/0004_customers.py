"""Customers of clients and their watch, and what else the third schema had not.

One file of SQL per slice, in the order in which tables refer to each other; at last what the
database itself refuses.
"""

from pathlib import Path

from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

FOLDER = Path(__file__).resolve().parents[1] / "fourth_schema"
FILES = (
    "functions", "documents", "care", "references", "rows", "protection",
)  # fmt: skip


def upgrade() -> None:
    for name in FILES:
        run(name)


def run(name: str) -> None:
    """Run one file as it stands; a colon in it is never a parameter."""
    statements = (FOLDER / f"{name}.sql").read_text(encoding="utf-8")
    op.execute(statements.replace(":", "\\:"))
