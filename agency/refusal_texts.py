"""The sentences of refusals and of errors of the law, which are the docstrings of their classes.

People read them, so they belong into the catalogue like every other text.
"""

import ast
from collections.abc import Iterator
from pathlib import Path

ROOTS = frozenset({"Refusal", "LawError"})


def refusal_sentences(paths: list[Path]) -> Iterator[tuple[str, Path, int]]:
    """Every sentence with its place, of all classes that descend from the two families."""
    classes = [(path, node) for path in paths for node in classes_in(path)]
    family = descendants([node for _, node in classes])
    for path, node in classes:
        docstring = ast.get_docstring(node)
        if node.name in family and docstring:
            yield sentence(docstring), path, node.lineno


def sentence(docstring: str) -> str:
    """A docstring as the error shows it: in one line."""
    return " ".join(docstring.split())


def classes_in(path: Path) -> list[ast.ClassDef]:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    return [node for node in ast.walk(tree) if isinstance(node, ast.ClassDef)]


def descendants(classes: list[ast.ClassDef]) -> set[str]:
    """The names of all classes that descend from the roots, which have sentences too."""
    family = set(ROOTS)
    while True:
        more = {node.name for node in classes if family & set(base_names(node))} | family
        if more == family:
            return family
        family = more


def base_names(node: ast.ClassDef) -> Iterator[str]:
    for base in node.bases:
        yield base.id if isinstance(base, ast.Name) else getattr(base, "attr", "")
