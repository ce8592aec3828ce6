"""The small language of written letters: paragraphs, headings, placeholders, blocks, conditions.

    # Heading
    Text with {placeholder}; {{ is a brace.
    [block]              alone on a line: a part of the page that the program fills in
    [if held] ... [end]  alone on lines: only where the condition holds
    [each claim] ... [end]  alone on lines: once for each claim, with its own placeholders

Pure. It cannot compute or reach anything, and its one loop goes over the claims of the case and
has a short body: a text of any length ends in linear time.
"""

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import groupby

from legal.findings import N_, Finding, Severity

MOST_CHARACTERS = 20_000
#: What is repeated for each claim is a line or two, never a page.
MOST_IN_LOOP = 1_000
MESSAGES = {
    "text_too_long": N_("The text is too long: at most {most} characters."),
    "text_empty": N_("The letter has no text yet."),
    "placeholder_unknown": N_("There is no placeholder {name}."),
    "placeholder_empty": N_("Nothing is known yet for {name}: complete it or take it out."),
    "brace_alone": N_("A single brace: double it where you mean the character."),
    "block_unknown": N_("There is no block [{name}] in this kind of letter."),
    "condition_unknown": N_("There is no condition [if {name}]."),
    "end_missing": N_("[if {name}] has no [end]."),
    "end_alone": N_("This [end] closes nothing."),
    "if_inside_if": N_("An [if] may not stand inside another one."),
    "loop_unknown": N_("Only the claims can be gone through: [each claim]."),
    "loop_too_long": N_("What is repeated for each claim is too long: at most {most} characters."),
    "only_in_loop": N_("The placeholder {name} stands only between [each claim] and [end]."),
}
#: What can be gone through.
LOOP = "claim"
_COMMAND = re.compile(r"\[(?:(if|each) +)?([a-z_]+)\]")
_PIECE = re.compile(r"\{\{|\}\}|\{([a-z_]+)\}|[{}]")


class Kind(StrEnum):
    """What a part of a letter is."""

    HEADING = "heading"
    PARAGRAPH = "paragraph"
    BLOCK = "block"


@dataclass(frozen=True, slots=True)
class Part:
    """One part of a letter: its lines, or the name of its block."""

    kind: Kind
    text: str
    line: int
    condition: str | None = None
    looped: bool = False  # Once for each claim, together with those beside it.


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """What a kind of letter may use."""

    placeholders: Collection[str]
    blocks: Collection[str]
    conditions: Collection[str]
    of_claim: Collection[str] = ()  # Placeholders within the loop.


def parse(source: str, known: Vocabulary) -> tuple[list[Part], list[Finding]]:
    """The parts of a text, and everything that is wrong with it, with its line."""
    if len(source) > MOST_CHARACTERS:
        return [], [_wrong("text_too_long", 1, most=MOST_CHARACTERS)]
    reader = _Reader(known)
    for number, line in enumerate(source.splitlines(), start=1):
        reader.take(number, line.strip())
    reader.close()
    if not reader.parts and not reader.findings:
        reader.findings.append(_wrong("text_empty", 1))
    return reader.parts, reader.findings


def placeholders_of(parts: Sequence[Part]) -> set[str]:
    """The placeholders that a text uses."""
    return {m[1] for part in parts if part.kind is not Kind.BLOCK
            for m in _PIECE.finditer(part.text) if m[1]}  # fmt: skip


def fill(
    parts: Sequence[Part],
    values: Mapping[str, str],
    holding: Collection[str],
    claims: Sequence[Mapping[str, str]] = (),
) -> tuple[list[dict[str, str]], list[Finding]]:
    """The parts whose condition holds, with their placeholders filled in."""
    made: list[dict[str, str]] = []
    findings: list[Finding] = []
    for looped, run in groupby(parts, key=lambda part: part.looped):
        body = [part for part in run if part.condition is None or part.condition in holding]
        for row in claims if looped else ({},):
            _fill_once(body, {**values, **row}, made, findings)
    return made, findings


def _fill_once(
    parts: Sequence[Part],
    values: Mapping[str, str],
    made: list[dict[str, str]],
    findings: list[Finding],
) -> None:
    for part in parts:
        text = part.text
        if part.kind is not Kind.BLOCK:
            for name in sorted(placeholders_of([part])):
                if not values.get(name):
                    findings.append(_wrong("placeholder_empty", part.line, name=f"{{{name}}}"))
            text = _PIECE.sub(lambda found: _filled(found, values), text)
        made.append({"kind": part.kind.value, "text": text})


def _filled(found: re.Match[str], values: Mapping[str, str]) -> str:
    if found[1]:
        return values.get(found[1], "")
    return found[0][0]


class _Reader:
    """Reads a text line by line."""

    def __init__(self, known: Vocabulary) -> None:
        self.known = known
        self.parts: list[Part] = []
        self.findings: list[Finding] = []
        self._lines: list[str] = []
        self._first = 0
        self._condition: tuple[str, int] | None = None
        self._looped = False

    def take(self, number: int, line: str) -> None:
        command = _COMMAND.fullmatch(line)
        if command:
            self._paragraph()
            self._command(number, command[1], command[2])
        elif not line:
            self._paragraph()
        elif line.startswith("# "):
            self._paragraph()
            self._add(Kind.HEADING, line[2:].strip(), number)
        else:
            self._first = self._first or number
            self._lines.append(line)

    def close(self) -> None:
        self._paragraph()
        if self._condition is not None:
            name, line = self._condition
            self.findings.append(_wrong("end_missing", line, name=name))

    def _command(self, number: int, opens: str | None, name: str) -> None:
        if opens:
            if self._condition is not None:
                self.findings.append(_wrong("if_inside_if", number))
            elif opens == "each" and name != LOOP:
                self.findings.append(_wrong("loop_unknown", number))
            elif opens == "if" and name not in self.known.conditions:
                self.findings.append(_wrong("condition_unknown", number, name=name))
            self._looped = self._looped or (opens == "each" and self._condition is None)
            self._condition = self._condition or (name, number)
        elif name == "end":
            if self._condition is None:
                self.findings.append(_wrong("end_alone", number))
            self._condition, self._looped = None, False
        elif name in self.known.blocks:
            self._add(Kind.BLOCK, name, number)
        else:
            self.findings.append(_wrong("block_unknown", number, name=name))

    def _paragraph(self) -> None:
        if self._lines:
            self._add(Kind.PARAGRAPH, "\n".join(self._lines), self._first)
        self._lines, self._first = [], 0

    def _add(self, kind: Kind, text: str, line: int) -> None:
        condition = self._condition[0] if self._condition and not self._looped else None
        self.parts.append(Part(kind, text, line, condition, self._looped))
        if self._looped and len(text) > MOST_IN_LOOP:
            self.findings.append(_wrong("loop_too_long", line, most=MOST_IN_LOOP))
        if kind is not Kind.BLOCK:
            self.findings += _wrong_pieces(text, line, self.known, looped=self._looped)


def _wrong_pieces(text: str, line: int, known: Vocabulary, *, looped: bool) -> Iterator[Finding]:
    for found in _PIECE.finditer(text):
        at = line + text.count("\n", 0, found.start())
        if found[1] in known.of_claim:
            if not looped:
                yield _wrong("only_in_loop", at, name=found[0])
        elif found[1] and found[1] not in known.placeholders:
            yield _wrong("placeholder_unknown", at, name=found[0])
        elif found[0] in {"{", "}"}:
            yield _wrong("brace_alone", at)


def _wrong(code: str, line: int, **params: str | int) -> Finding:
    return Finding(code, Severity.ERROR, "text", line, params)
