"""The first schema: one file of SQL per slice of `cases`, then what the database itself refuses.

Written before anybody had installed the program; every later change is a migration of its own.
"""

from pathlib import Path

from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

FOLDER = Path(__file__).resolve().parents[1] / "first_schema"
#: In the order in which tables refer to each other; `references` holds what points forward.
SLICES = (
    "core", "people", "parties", "claims", "documents", "worklist", "ledger", "payments",
    "letters", "contacts", "objections", "remittances", "intake", "dunning", "filings",
    "references",
)  # fmt: skip
#: Functions before the triggers that call them, grants and row-level security last.
RULES = ("functions", "triggers", "protection")


def upgrade() -> None:
    for name in SLICES + RULES:
        run(name)


def run(name: str) -> None:
    """Run one file as it stands; a colon in it is never a parameter."""
    statements = (FOLDER / f"{name}.sql").read_text(encoding="utf-8")
    op.execute(statements.replace(":", "\\:"))
