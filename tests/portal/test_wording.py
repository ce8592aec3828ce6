"""Words stand beside what they word, and none is forgotten."""

from datetime import date
from importlib import import_module
from pathlib import Path

import pytest
from flask_babel import force_locale

from cases.core.clock import clock_at
from cases.worklist.models import WorkItem
from portal.wording import VOCABULARY, ahead_words, reason_words

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


@pytest.mark.parametrize(
    ("today", "words"),
    [
        (date(2025, 12, 31), ("Verjährung naht", "verjährt mit Ablauf des 31.12.2025")),
        (date(2026, 1, 1), ("Forderung ist verjährt", "31.12.2025")),
    ],
)
def test_what_was_near_is_over_the_day_after(app, today, words):
    item = WorkItem(reason="limitation_near", params={"last_day_on": "2025-12-31"})
    with app.test_request_context(), force_locale("de"), clock_at(today):
        title, detail = reason_words(item)
    assert title == words[0]
    assert words[1] in detail


def test_a_payment_day_that_is_still_to_come_has_not_passed(app):
    item = WorkItem(reason="deadline_passed", params={"pay_by_on": "2026-12-17"})
    with app.test_request_context(), force_locale("de"):
        assert ahead_words(item) == ("Zahlung bis 17.12.2026 abwarten", "")
        assert reason_words(item)[0] == "Zahlungstag ist verstrichen"
