"""Words stand beside what they word, and none is forgotten."""

from importlib import import_module
from pathlib import Path

import pytest

from portal.wording import VOCABULARY

ROOT = Path(__file__).parents[2]
MODULES = [
    import_module(".".join(path.relative_to(ROOT).with_suffix("").parts))
    for room in ("cases", "legal")
    for path in sorted((ROOT / room).rglob("*words.py"))
]


def test_every_vocabulary_of_a_slice_is_known_to_the_screens():
    tables = [table for module in MODULES for table in getattr(module, "TABLES", ())]
    assert tables
    assert all(any(table is known for known in VOCABULARY.tables.values()) for table in tables)
    codes = {name for module in MODULES for name in getattr(module, "CODES", {})}
    assert codes == set(VOCABULARY.codes)


@pytest.mark.parametrize("codes", VOCABULARY.tables, ids=lambda codes: codes.__qualname__)
def test_every_code_has_its_word(codes):
    assert set(VOCABULARY.tables[codes]) == set(codes)
