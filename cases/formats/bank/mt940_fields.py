"""The fields of an MT940 or MT942 file: tags, their text over several lines, and where they stand.

Source: SWIFT MT940/MT942; Deutsche Kreditwirtschaft, DFÜ-Abkommen Anlage 3. Text of a field may
begin a line with a colon, so only known tags begin a field.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

KNOWN_TAG = re.compile(
    r":(20|21|25P?|28C?|60[FM]|61|86|62[FM]|64|65|34F|13D?|90[CD]|NS|940|942):(.*)"
)
#: A time of day that begins a line, as ":20:15 Uhr": no field, but the text going on.
TIME_OF_DAY = re.compile(r":(13|20|21|25|28):[0-5][0-9](?![0-9/])")
END_OF_MESSAGE = re.compile(r"-(?:[}åÅ].*|\s*)")
ENVELOPE = re.compile(r"(?:-?\}?)?\{[1-5]:.*")


@dataclass(slots=True)
class Field:
    """One field: its tag, its lines, and the line of the file on which it begins."""

    tag: str
    lines: list[str]
    line: int

    @property
    def first(self) -> str:
        """The first line, which is all of most fields."""
        return self.lines[0].strip()


@dataclass(slots=True)
class Message:
    """The fields of one statement."""

    fields: list[Field] = field(default_factory=list)

    def first(self, *tags: str) -> Field | None:
        """The first field of one of these tags, in the order of the tags."""
        return next((each for tag in tags for each in self.fields if each.tag == tag), None)

    def last(self, *tags: str) -> Field | None:
        """The last field of any of these tags."""
        return next((each for each in reversed(self.fields) if each.tag in tags), None)


def split_messages(text: str) -> list[Message]:
    """The statements of a file: each begins with :20:, or where the file begins without one."""
    messages: list[Message] = []
    for each in _fields(text):
        if each.tag in {"940", "942"}:
            continue
        if each.tag == "20" or not messages:
            messages.append(Message())
        messages[-1].fields.append(each)
    return messages


def _fields(text: str) -> Iterator[Field]:
    current: Field | None = None
    for number, line in enumerate(text.split("\n"), start=1):
        written = line.rstrip("\r")
        if ENVELOPE.fullmatch(written):
            # The text block may begin on the line of its envelope.
            written = written.partition("{4:")[2]
            if current is not None:
                yield current
            current = None
        tag = KNOWN_TAG.fullmatch(written)
        if tag and current and current.tag == "86" and TIME_OF_DAY.match(written):
            tag = None
        if tag or END_OF_MESSAGE.fullmatch(written):
            if current is not None:
                yield current
            current = Field(tag[1], [tag[2]], number) if tag else None
        elif current is not None:
            current.lines.append(written)
    if current is not None:
        yield current
