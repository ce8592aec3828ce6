"""Documentation that lags behind the code fails."""

import re
from pathlib import Path

import pytest

from cases.claims.models import HoldReason, Outcome, Phase
from cases.core.retention import Retention
from tests.data_model import DOCUMENT, updated

ROOT = Path(__file__).parents[1]
DOCS = [ROOT / "README.md", *sorted((ROOT / "docs").glob("*.md"))]


def test_the_table_list_is_that_of_the_models():
    text = DOCUMENT.read_text(encoding="utf-8")
    assert updated(text) == text, "run: .venv/bin/python -m tests.data_model"


def test_every_retention_class_is_explained():
    text = DOCUMENT.read_text(encoding="utf-8")
    assert [kind for kind in Retention if f"| {kind.value} |" not in text] == []


def test_the_life_of_a_case_names_every_state():
    text = (ROOT / "docs" / "case_life.md").read_text(encoding="utf-8")
    states = [*Phase, *Outcome, *HoldReason]
    assert [state for state in states if state.value not in text] == []


@pytest.mark.parametrize("document", DOCS, ids=lambda path: path.name)
def test_links_between_documents_lead_somewhere(document):
    text = document.read_text(encoding="utf-8")
    for target in re.findall(r"\]\(([^)#]+?)(?:#[^)]*)?\)", text):
        if "://" not in target:
            assert (document.parent / target).exists(), target
