"""The German text shows exactly what the bytes say."""

from datetime import date

import pytest

from legal.de.court.eda.layouts import layouts
from legal.de.court.eda.render import euro, render_file
from legal.de.court.eda.render_words import FIELD_NAMES, KINDS, RECORD_NAMES
from legal.de.court.eda.replies import read_file
from tests.factories import court_replies as court
from tests.legal.de.court.eda_samples import GENUINE, eda


def text_of(data):
    return "\n\n".join(render_file(each) for each in read_file(data))


@pytest.mark.parametrize("name", GENUINE)
def test_every_text_of_the_file_is_in_the_rendering(name):
    text = text_of(eda(name))
    (read,) = read_file(eda(name))
    for group in read.logical.groups:
        for entry in group.entries:
            for value in entry.values.values():
                if isinstance(value, str) and value:
                    assert value in text


def test_amounts_days_and_codes_are_readable():
    text = text_of(eda("01-natperson-katalog11"))
    assert "Belegart 01: Antrag auf Mahnbescheid" in text
    assert "5.000,00 €" in text
    assert "15.10.2025" in text
    assert "2 (Frau)" in text
    assert "9 %" in text
    assert "F (fester Zinssatz)" in text


def test_one_changed_byte_changes_the_text():
    data = eda("01-natperson-katalog11")
    position = data.index(b"0000500000")
    changed = data[:position] + b"0000500001" + data[position + 10 :]
    assert "5.000,01 €" in text_of(changed)
    assert "Der Nachsatz nennt 500000, die Datei hat 500001." in text_of(changed)


def test_court_message_is_rendered_with_what_was_set_right():
    text = text_of(eda("court-03-anonymised-test-exchange"))
    assert "Gerichtsgebühr:                      96,50 €" in text
    assert "Satz 3, Stelle 10, Gerichtsgebühr: Der Kostensatz steht ein Byte weiter rechts" in text


def test_unknown_record_is_shown_as_it_came():
    file = court.service_note(date(2026, 10, 20), "26000001111", "R", "05")
    file.messages[0].append(court.record("05NEU  01", [(9, "etwas Neues")]))
    text = text_of(file.encode())
    assert "05NEU  01etwas Neues" in text


def test_everything_has_a_german_name():
    for layout in layouts().values():
        assert layout.record in RECORD_NAMES or layout.record in {"AA", "BB"}
        for field in layout.fields:
            assert not field.attribute or FIELD_NAMES.get(field.name)
    assert set().union(*(la.belarts for la in layouts().values())) - {"*"} == set(KINDS)


@pytest.mark.parametrize(("cents", "text"), [(5, "0,05 €"), (123456789, "1.234.567,89 €")])
def test_euro(cents, text):
    assert euro(cents) == text
