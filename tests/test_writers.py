"""Nothing is kept that nobody writes or nobody reads: columns, and the values of closed lists.

A column without a writer is a promise of the screen that reads it; a state that nothing brings
about is one that no user will ever see. What has a reason stands in the lists below.
"""

import ast
import re
from enum import Enum
from functools import cache
from pathlib import Path

import pytest

from cases import tables
from cases.core.database import Base
from tests.test_architecture import modules

ROOT = Path(__file__).parents[1]
#: Column -> why nothing in the program writes it.
UNWRITTEN: dict[str, str] = {}
#: Column -> why nothing in the program reads it.
UNREAD: dict[str, str] = {
    "agency_profile.website": "The house enters it; no letter prints it so far.",
    "claim_facts.piece_id": "Evidence of the answer that stated a fact.",
    "court_payables.paid_from": "Evidence of whose money paid a court; the journal says it too.",
    "court_payables.payment_journal_id": "Evidence of the booking that paid a court.",
    "letters.template_version": "Evidence of the wording under which a letter was made.",
    "liability_log.deadline_id": "Evidence of the deadline that a line is about.",
    "remittances.direct_cents": "Part of the sums that a settlement was made of.",
    "trial_courts_known.typed_on": "Evidence beside the case in which a court was typed.",
}
#: Who did something, when and why: kept as evidence whether a screen shows it or not.
EVIDENCE = ("_by", "_at", "_reason")
#: Value of a closed list -> why nothing names it.
UNNAMED: dict[str, str] = {}


class Names(ast.NodeVisitor):
    """What a module writes, reads and names, by the bare names of attributes."""

    def __init__(self):
        self.written: set[str] = set()
        self.read: set[str] = set()
        self.members: set[tuple[str, str]] = set()
        self.opened: set[str] = set()  # Lists whose values come from outside or are all gone over.

    def visit_Attribute(self, node):
        kept = self.read if isinstance(node.ctx, ast.Load) else self.written
        kept.add(node.attr)
        if isinstance(node.value, ast.Name):
            self.members.add((node.value.id, node.attr))
        elif isinstance(node.value, ast.Attribute):
            self.members.add((node.value.attr, node.attr))
        self.generic_visit(node)

    def visit_Call(self, node):
        self.written |= {keyword.arg for keyword in node.keywords if keyword.arg}
        called = ast.unparse(node.func).rpartition(".")[2]
        self.opened.add(called)
        if called in {"Enum", "choices", "list", "set", "tuple", "frozenset"} and node.args:
            self.opened.add(ast.unparse(node.args[0]).rpartition(".")[2])
        self.generic_visit(node)

    def visit_comprehension(self, node):
        self.opened.add(ast.unparse(node.iter).rpartition(".")[2])
        self.generic_visit(node)

    def visit_For(self, node):
        self.opened.add(ast.unparse(node.iter).rpartition(".")[2])
        self.generic_visit(node)

    def visit_Constant(self, node):
        if isinstance(node.value, str) and node.value.isidentifier():
            self.written.add(node.value)
            self.read.add(node.value)


@cache
def program():
    """The names of the whole program, its models left out; words only word and bring nothing."""
    found = Names()
    for path, tree in modules().items():
        if path.endswith(("models.py", "/words.py", "wording.py", "tables.py")):
            continue
        found.visit(tree)
    for room in ("agency", "portal", "cases"):
        for page in (ROOT / room).rglob("*.html"):
            found.read |= set(re.findall(r"\.(\w+)", page.read_text(encoding="utf-8")))
    return found


def columns():
    """Every column that somebody has to write: keys and those the database fills are left out."""
    assert tables.METADATA
    for mapper in Base.registry.mappers:
        for prop in mapper.column_attrs:
            column = prop.columns[0]
            if not column.primary_key:
                yield f"{mapper.local_table.name}.{prop.key}", prop.key, column


def members():
    """Every value of every closed list that a column keeps."""
    seen = set()
    for _, _, column in columns():
        kept = column.type.python_type if hasattr(column.type, "enum_class") else None
        kept = getattr(column.type, "enum_class", kept)
        if isinstance(kept, type) and issubclass(kept, Enum) and kept not in seen:
            seen.add(kept)
            yield from ((kept, member) for member in kept)


def test_every_column_has_a_writer():
    names = program()
    found = {
        full
        for full, key, column in columns()
        if key not in names.written and column.default is None and column.server_default is None
        and column.computed is None
    }  # fmt: skip
    assert found == set(UNWRITTEN)


def test_every_column_has_a_reader():
    read = program().read
    found = {full for full, key, _ in columns() if key not in read and not key.endswith(EVIDENCE)}
    assert found == set(UNREAD)


def test_every_value_of_a_closed_list_is_brought_about_somewhere():
    names = program()
    first = {column.default.arg for _, _, column in columns() if column.default is not None
             and column.default.is_scalar}  # fmt: skip
    found = {
        f"{kept.__name__}.{member.name}"
        for kept, member in members()
        if member not in first
        and kept.__name__ not in names.opened
        and (kept.__name__, member.name) not in names.members
    }
    assert found == set(UNNAMED)


@pytest.mark.parametrize("listed", [UNWRITTEN, UNREAD, UNNAMED])
def test_each_exception_has_a_reason(listed):
    assert all(len(reason.split()) >= 4 for reason in listed.values())
