"""`recoup law garnishment`: the attachable part of a monthly net income."""

from agency.cli.law.fields import Question, check_names, day, require_jurisdiction, whole
from legal.de.garnishment import attachable_cents

FIELDS = {"jurisdiction", "law_date", "net_monthly_cents", "dependants"}
MOST_PEOPLE = 1000


def calculate(question: Question) -> Question:
    """Answer one question; the shape is published in docs/commands.md."""
    check_names(question, FIELDS)
    require_jurisdiction(question)
    cents = attachable_cents(
        whole(question, "net_monthly_cents"),
        whole(question, "dependants", most=MOST_PEOPLE, default=0),
        day(question, "law_date"),
    )
    return {"attachable_cents": cents}
