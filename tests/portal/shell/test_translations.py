"""The German catalogue: complete, and safe to add to."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from agency import messages
from agency.refusal_texts import refusal_sentences


def test_every_sentence_has_its_german() -> None:
    found = messages.problems(messages.read_german())
    assert found == [], "add them with: python -m agency.messages add texts.json"


@pytest.fixture
def catalogue(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    path = tmp_path / "de" / "LC_MESSAGES" / "messages.po"
    monkeypatch.setattr(messages, "GERMAN", path)
    monkeypatch.setattr(messages, "TRANSLATIONS", tmp_path)
    used = {
        "One entry": ("%(num)d entries", "a.html:1"),
        "Hello": (None, "b.py:2"),
        "In {place}": (None, "c.py:3"),
    }
    monkeypatch.setattr(messages, "used_messages", lambda: used)
    return path


def add(tmp_path: Path, texts: object) -> None:
    path = tmp_path / "texts.json"
    path.write_text(json.dumps(texts), encoding="utf-8")
    result = CliRunner().invoke(messages.command, ["add", str(path)])
    assert result.exit_code == 0, result.output


def test_texts_are_merged_and_nothing_known_is_lost(catalogue: Path, tmp_path: Path) -> None:
    add(tmp_path, {"Hello": "Guten Tag"})
    add(tmp_path, {"One entry": ["Ein Eintrag", "%(num)d Einträge"], "In {place}": "In {place}"})
    assert messages.problems(messages.read_german()) == []
    again = catalogue.read_bytes()
    add(tmp_path, {"Hello": "Guten Tag"})
    assert catalogue.read_bytes() == again


def test_what_is_missing_or_broken_is_named(catalogue: Path, tmp_path: Path) -> None:
    add(tmp_path, {"One entry": "Ein Eintrag", "In {place}": "In {ort}"})
    found = messages.problems(messages.read_german())
    assert found == [
        "a.html:1: no German plural: 'One entry'",
        "b.py:2: no German: 'Hello'",
        "c.py:3: placeholders differ: 'In {place}'",
    ]
    assert CliRunner().invoke(messages.command, ["check"]).exit_code == 1


def test_compiling_writes_a_file_that_gettext_reads(catalogue: Path, tmp_path: Path) -> None:
    import gettext

    add(tmp_path, {"One entry": ["Ein Eintrag", "%(num)d Einträge"]})
    messages.compile_catalogues()
    with catalogue.with_suffix(".mo").open("rb") as file:
        german = gettext.GNUTranslations(file)
    assert german.ngettext("One entry", "%(num)d entries", 3) == "%(num)d Einträge"


def test_refusals_and_errors_of_the_law_are_texts_too(tmp_path: Path) -> None:
    source = tmp_path / "errors.py"
    source.write_text(
        'class NotFound(Refusal):\n    """There is no such\n    record."""\n'
        'class CaseUnknown(errors.NotFound):\n    """No case."""\n'
        'class Other(Exception):\n    """Not for people."""\n',
        encoding="utf-8",
    )
    found = [sentence for sentence, _, _ in refusal_sentences([source])]
    assert found == ["There is no such record.", "No case."]
