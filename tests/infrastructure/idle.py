"""A warning at the end of a run: what is defined in the program or its tests and never called.

By name, so that it costs a second: a definition whose name stands nowhere else. What a framework
calls is recognised by its decorator.
"""

import ast
import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
PROGRAM, TESTS = ("legal", "cases", "portal", "agency"), ("tests",)
NAME = re.compile(r"[A-Za-z_]\w*")
#: pytest's hooks, and where a script begins.
CALLED_FROM_OUTSIDE = re.compile(r"pytest_\w+|test_\w+|main")


def pytest_terminal_summary(
    terminalreporter: pytest.TerminalReporter, config: pytest.Config
) -> None:
    """Say it once, after everything has run."""
    if config.option.file_or_dir or hasattr(config, "workerinput"):
        return  # Somebody runs a part, and wants to read about that.
    for name in (*idle_definitions(PROGRAM), *idle_definitions(TESTS)):
        terminalreporter.write_line(f"never called: {name}", yellow=True)


def idle_definitions(folders: tuple[str, ...]) -> list[str]:
    """Functions and classes at the top of a module that these folders name only once."""
    said: Counter[str] = Counter()
    for path in _files(folders, "py", "html"):
        said.update(NAME.findall(path.read_text(encoding="utf-8")))
    return [
        f"{path.relative_to(ROOT)}: {name}"
        for path in _files(folders, "py")
        for name in _defined(ast.parse(path.read_text(encoding="utf-8")))
        if said[name] == 1 and not CALLED_FROM_OUTSIDE.fullmatch(name)
    ]


def _files(folders: tuple[str, ...], *kinds: str) -> list[Path]:
    return [
        path for folder in folders for kind in kinds for path in (ROOT / folder).rglob(f"*.{kind}")
    ]


def _defined(tree: ast.Module) -> Iterator[str]:
    """Definitions that wait for a caller; a decorator with arguments gives them one."""
    for node in tree.body:
        if isinstance(node, ast.FunctionDef | ast.ClassDef) and not any(
            isinstance(mark, ast.Call) and "dataclass" not in ast.unparse(mark)
            for mark in node.decorator_list
        ):
            yield node.name
