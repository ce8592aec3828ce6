"""Every code a reader can raise has its sentence, and every sentence gets its parameters."""

import re
from pathlib import Path

from cases.formats.claims import messages

PACKAGE = Path(messages.__file__).parent
FORMATS = PACKAGE.parent
RAISED = re.compile(
    r"\b(?:Refused|CellUnreadable|_invalid|_warning|_error)\(\s*\"([a-z0-9_]+)\""
    r"|\bFinding\(\s*\"([a-z0-9_]+)\""
)
#: The modules of the catalogue; other findings of the slice have their own.
MODULES = [
    path for path in (*FORMATS.glob("*.py"), *PACKAGE.rglob("*.py"))
    if f"    **{path.stem}.MESSAGES," in (PACKAGE / "messages.py").read_text(encoding="utf-8")
]  # fmt: skip


def test_every_code_has_a_sentence():
    codes = {
        code
        for path in MODULES
        for found in RAISED.findall(path.read_text(encoding="utf-8"))
        for code in found
        if code
    }
    assert len(codes) > 60
    assert codes - messages.MESSAGES.keys() == set()
