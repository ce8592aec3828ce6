"""The table list of docs/data_model.md, made from the models: `python -m tests.data_model`."""

from pathlib import Path

from cases import tables
from cases.core.database import Base
from cases.database_rules import APPEND_ONLY, PORTAL_GRANTS

DOCUMENT = Path(__file__).parents[1] / "docs" / "data_model.md"
START, END = "<!-- tables: begin -->", "<!-- tables: end -->"


def table_list() -> str:
    """One row per table: its meaning, key, owner, who may see it, how long it is kept."""
    assert tables.METADATA
    lines = [
        "| table | what a row is | key | owner | creditor's portal | changes | kept |",
        "|---|---|---|---|---|---|---|",
    ]
    mappers = sorted(Base.registry.mappers, key=lambda mapper: mapper.local_table.name)
    for mapper in mappers:
        table = mapper.local_table
        meaning = (mapper.class_.__doc__ or "").strip().splitlines()[0].split(". ")[0].rstrip(".")
        owner = "creditor" if "creditor_id" in table.columns else "house"
        portal = ", ".join(grant.lower() for grant in PORTAL_GRANTS.get(table.name, ())) or "–"
        lines.append(
            f"| `{table.name}` | {meaning} | {', '.join(c.name for c in table.primary_key)} "
            f"| {owner} | {portal} | {'append-only' if table.name in APPEND_ONLY else 'yes'} "
            f"| {mapper.class_.__retention__.value} |"
        )
    return "\n".join(lines)


def updated(document: str) -> str:
    """The document with today's table list."""
    before, _, rest = document.partition(START)
    _, _, after = rest.partition(END)
    return f"{before}{START}\n{table_list()}\n{END}{after}"


if __name__ == "__main__":
    DOCUMENT.write_text(updated(DOCUMENT.read_text(encoding="utf-8")), encoding="utf-8")
