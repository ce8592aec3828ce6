"""A walk through all pages that a person can reach by links, and what on them is not German.

The strange words are generated: whatever word our English sentences use and no German sentence
does. Codes, placeholders and days as programs write them are found by their shape.
"""

import re
from collections import Counter
from collections.abc import Callable, Iterator
from html.parser import HTMLParser
from urllib.parse import parse_qsl, urljoin, urlsplit

from agency.messages import read_german

#: Parts of an address that name one record: letters and digits mixed, or long.
RECORD = re.compile(r"(?<=/)(?=[^/]*\d)[\w-]{6,}")
#: What a program writes and nobody says.
CODE = re.compile(
    r"\b[a-z]+(?:_[a-z]+)+\b|\{\w+\}|%\(\w+\)|\bNone\b|\bR\d\d\b|\b\d+\.\d+ %"
    r"|(?<![\w.-])\d{4}-\d\d-\d\d(?![\w.-])"
)
WORD = re.compile(r"[^\W\d_]{2,}")
#: Where somebody is written to; what stands in it is no word of ours.
MAIL = re.compile(r"\S+@\S+")
SPOKEN = ("alt", "aria-label", "placeholder", "title")
SILENT = ("code", "kbd", "script", "style", "svg", "textarea")
#: Words that are the same in both languages, or names that the demo has invented.
ALIKE = frozenset({"pdf", "csv", "xlsx", "english", "mailbox", "mr", "main", "protest"})
#: Columns of a file that people hand in, and the measure of an example, as they must stand there.
NAMES = frozenset({"gericht_plz", "gericht_ort", "gericht_name", "days_after_due"})
#: What is compared by programs, and stands there for people to copy.
FOR_PROGRAMS = ("hash",)


def pages(get: Callable[[str], str | None], start: str, most: int = 6) -> Iterator[tuple[str, str]]:
    """Address and text of each page behind the links of the first; so many of each kind."""
    waiting, seen, kinds = [start], {start}, Counter[str]()
    while waiting:
        address = waiting.pop(0)
        kind = _kind(address)
        if kinds[kind] >= most:
            continue
        html = get(address)
        if html is None:
            continue
        kinds[kind] += 1
        yield address, html
        for link in re.findall(r'<a[^>]* href="([^"#]+)', html):
            found = urljoin(address, link.replace("&amp;", "&"))
            if found.startswith("/") and found not in seen:
                seen.add(found)
                waiting.append(found)


def strange(html: str, english: frozenset[str]) -> list[str]:
    """What a reader of German would stumble over."""
    found: dict[str, None] = {}
    for text in _texts(html):
        found.update((code, None) for code in CODE.findall(text) if code not in NAMES)
        words = WORD.findall(MAIL.sub(" ", text))
        found.update((word, None) for word in words if word.lower() in english)
    return list(found)


def english_words() -> frozenset[str]:
    """Words of our English sentences that no German one uses."""
    spoken: dict[bool, set[str]] = {True: set(), False: set()}
    for message in read_german():
        for german, sentence in ((False, message.id), (True, message.string)):
            for text in sentence if isinstance(sentence, (list, tuple)) else [sentence]:
                bare = re.sub(r"%\(\w+\)[sd]|\{\w*\}", " ", text)
                spoken[german].update(word.lower() for word in WORD.findall(bare))
    return frozenset(spoken[False] - spoken[True] - ALIKE)


def _kind(address: str) -> str:
    parts = urlsplit(address)
    names = sorted({name for name, _ in parse_qsl(parts.query)})
    return RECORD.sub("*", parts.path) + "?" + "&".join(names)


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.texts: list[str] = []
        self._silent: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        told = dict(attrs)
        self.texts += [told[name] or "" for name in SPOKEN if told.get(name)]
        foreign = told.get("lang", "de") not in ("de", "") or tag in SILENT
        foreign = foreign or told.get("class") in FOR_PROGRAMS
        if (foreign and tag != "html") or (self._silent and self._silent[0] == tag):
            self._silent.append(tag)

    def handle_endtag(self, tag: str) -> None:
        if self._silent and self._silent[-1] == tag:
            self._silent.pop()

    def handle_data(self, data: str) -> None:
        if not self._silent and data.strip():
            self.texts.append(data)


def _texts(html: str) -> list[str]:
    reader = _Reader()
    reader.feed(html)
    return reader.texts
