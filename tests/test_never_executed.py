"""No test is there and never runs: not collected, overwritten by another, inside one, skipped.

What else is never called is told at the end of each whole run (`tests/infrastructure/idle.py`).
"""

import ast
import re
from collections import Counter
from pathlib import Path

from tests.infrastructure import idle

ROOT = Path(__file__).parent
#: Only root may become somebody else, or mount a small disk; CI runs as root.
NEEDS_ROOT = {"agency/running/test_embedded.py", "crashes/test_disk.py"}


def files():
    found = [path for path in sorted(ROOT.rglob("*.py")) if "samples" not in path.parts]
    return {path: ast.parse(path.read_text(encoding="utf-8")) for path in found}


def functions(tree):
    return [node for node in tree.body if isinstance(node, ast.FunctionDef)]


def test_every_test_is_collected():
    """pytest collects functions of files whose name begins with `test_`, once for each name."""
    strangers = []
    for path, tree in files().items():
        names = [each.name for each in functions(tree) if each.name.startswith("test_")]
        if names and not path.name.startswith("test_"):
            strangers += [f"{path.name}: {name} in a file that is not collected" for name in names]
        twice = [name for name, count in Counter(names).items() if count > 1]
        strangers += [f"{path.name}: {name} stands twice, the first never runs" for name in twice]
        for outer in ast.walk(tree):
            if isinstance(outer, ast.FunctionDef):
                inner = [
                    n for n in ast.walk(outer) if isinstance(n, ast.FunctionDef) and n != outer
                ]
                strangers += [
                    f"{path.name}: {n.name} inside {outer.name}"
                    for n in inner if n.name.startswith("test_")
                ]  # fmt: skip
    assert strangers == []


def test_no_test_is_skipped():
    """A test that needs something missing fails and says so; a skipped one is never missed."""
    skipping = re.compile(r"pytest\.(?:skip|importorskip|mark\.skip\w*|mark\.xfail)\b")
    found = [
        f"{path.relative_to(ROOT)}:{number}"
        for path in files()
        if path.name != Path(__file__).name and str(path.relative_to(ROOT)) not in NEEDS_ROOT
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1)
        if skipping.search(line)
    ]
    assert found == []


def test_what_nobody_calls_is_found(tmp_path, monkeypatch):
    monkeypatch.setattr(idle, "ROOT", tmp_path)
    (tmp_path / "cases").mkdir()
    (tmp_path / "cases" / "some.py").write_text(
        "def called(): ...\ndef idle_one(): return called()\n@get('/')\ndef view(): ...\n"
    )
    (tmp_path / "cases" / "page.html").write_text("{{ named_in_a_page() }}")
    (tmp_path / "cases" / "more.py").write_text("def named_in_a_page(): ...\nclass Idle: ...\n")
    assert sorted(idle.idle_definitions(("cases",))) == [
        "cases/more.py: Idle", "cases/some.py: idle_one",
    ]  # fmt: skip
