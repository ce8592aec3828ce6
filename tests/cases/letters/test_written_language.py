"""The small language of letters: what it reads, what it refuses, and that nothing can hang it."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cases.letters.models import LetterKind
from cases.letters.written.kinds import KINDS, shipped_text
from cases.letters.written.language import MESSAGES, Vocabulary, fill, parse, placeholders_of

KNOWN = Vocabulary({"name", "open"}, {"claims", "payment"}, {"held"})


def codes(source):
    return [(finding.code, finding.line) for finding in parse(source, KNOWN)[1]]


def filled(source, values=None, holding=()):
    parts, wrong = parse(source, KNOWN)
    assert wrong == []
    return fill(parts, values or {"name": "Ida", "open": "5,00 €"}, holding)


def test_headings_paragraphs_blocks_and_lines():
    made, _ = filled("# Hallo {name}\n\nSie schulden\n{open}.\n\n[claims]\nDanke")
    assert [(part["kind"], part["text"]) for part in made] == [
        ("heading", "Hallo Ida"),
        ("paragraph", "Sie schulden\n5,00 €."),
        ("block", "claims"),
        ("paragraph", "Danke"),
    ]


def test_conditions_leave_out_what_does_not_hold():
    source = "Vorher\n[if held]\nGehalten\n[end]\nNachher"
    assert [p["text"] for p in filled(source)[0]] == ["Vorher", "Nachher"]
    assert [p["text"] for p in filled(source, holding={"held"})[0]][1] == "Gehalten"


def test_doubled_braces_are_braces_and_values_are_never_read_again():
    made, _ = filled("{{name}} heißt {name}", {"name": "{open} [claims]"})
    assert made[0]["text"] == "{name} heißt {open} [claims]"


def test_a_value_that_is_not_known_is_named():
    parts, _ = parse("Guten Tag {name}", KNOWN)
    _, empty = fill(parts, {"name": ""}, ())
    assert [finding.code for finding in empty] == ["placeholder_empty"]


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("{wrong}", [("placeholder_unknown", 1)]),
        ("a\n{ b", [("brace_alone", 2)]),
        ("\n[secrets]", [("block_unknown", 2)]),
        ("[if held]\nx", [("end_missing", 1)]),
        ("x\n[end]", [("end_alone", 2)]),
        ("[if rich]\nx\n[end]", [("condition_unknown", 1)]),
        ("[if held]\n[if held]\nx\n[end]", [("if_inside_if", 2)]),
        ("   \n", [("text_empty", 1)]),
        ("x" * 20_001, [("text_too_long", 1)]),
    ],
)
def test_what_is_wrong_is_named_with_its_line(source, expected):
    assert codes(source) == expected


@pytest.mark.parametrize(
    "source",
    ["{{ 7*7 }}", "{% for x in range(10**9) %}", "{{ name.__class__ }}", "{%raw%}", "<script>"],
)
def test_words_of_other_languages_are_only_words(source):
    parts, _ = parse(source, KNOWN)
    assert "49" not in "".join(part["text"] for part in fill(parts, {}, ())[0])


@given(st.text(alphabet="{}[]#\n abif_ed", max_size=400))
def test_any_text_is_read_or_refused(source):
    parts, findings = parse(source, KNOWN)
    assert all(finding.message(MESSAGES) for finding in findings)
    fill(parts, {}, ())


def test_the_longest_text_is_read_at_once():
    begun = time.perf_counter()
    parse(("{" * 100 + "\n[if held]\n") * 180, KNOWN)
    assert time.perf_counter() - begun < 1


@pytest.mark.parametrize("language", ["de", "en"])
@pytest.mark.parametrize("kind", list(KINDS))
def test_every_shipped_text_speaks_the_language(kind, language):
    parts, wrong = parse(shipped_text(kind, language), KINDS[kind].vocabulary)
    assert wrong == []
    assert "salutation" in placeholders_of(parts)


def test_every_kind_of_letter_is_written_but_those_that_the_program_composes():
    assert set(LetterKind) - set(KINDS) == {
        LetterKind.FIRST_DEMAND, LetterKind.PLAN_OFFER, LetterKind.PLAN_REMINDER,
        LetterKind.SEPA_MANDATE, LetterKind.DEBIT_NOTICE, LetterKind.CLAIMS_STATEMENT,
    }  # fmt: skip
