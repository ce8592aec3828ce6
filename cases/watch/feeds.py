"""What a source writes: RSS and Atom from strangers, read through the one gate for hostile files.

Only `parse_xml` sees the bytes; feedparser gets what it let through, so that no entity, document
type or endless file reaches it, and nothing in a feed is ever fetched.
"""

import html
import io
import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from hashlib import sha256
from typing import Any
from urllib.parse import urlsplit

import feedparser
from lxml import etree

from cases.formats.gate import Refused
from cases.formats.xml import local_name, parse_xml
from legal.findings import N_

#: The largest feeds of newspapers have some hundred entries and less than a megabyte.
MAX_BYTES = 5 * 1024 * 1024
MAX_ENTRIES = 1000
#: Whoever writes more in a headline or summary is not telling news.
MAX_TEXT = 4000
#: So much of a text is looked at, with its tags; longer ones take seconds and say nothing more.
MAX_RAW = 4 * MAX_TEXT
#: The largest genuine feeds have some thousand elements; a million take a minute.
MAX_ELEMENTS = 40_000
ROOTS = {"rss", "feed", "RDF"}
ENTRIES = {"item", "entry"}

MESSAGES = {
    "feed_too_large": N_("The feed has more than {limit} MB; no genuine one has."),
    "feed_web_page": N_("This is a web page, not a feed (RSS or Atom)."),
    "feed_other_xml": N_("This is XML, but no feed (RSS or Atom)."),
    "feed_too_many": N_("The feed holds more than {limit} entries; no genuine one does."),
}
_WEB_PAGE = re.compile(rb"^\W{0,99}(?:!doctype\s{1,9}html|html)\b", re.IGNORECASE)
_TAG = re.compile(r"<[^<>]*>")


@dataclass(frozen=True, slots=True)
class Entry:
    """One report: what it says, where it stands, of which day; the key is its own for good."""

    key: str
    title: str
    summary: str
    link: str  # http or https, else empty.
    on: date | None  # None: the feed does not say.


def read_feed(data: bytes) -> tuple[str, list[Entry]]:
    """The name of a feed and its entries in its own order, each key once.

    Raises:
        Refused: it is no feed, or one that was made to do harm.
    """
    if len(data) > MAX_BYTES:
        raise Refused("feed_too_large", limit=MAX_BYTES // 1024**2)
    if _WEB_PAGE.match(data[:512].removeprefix(b"\xef\xbb\xbf").lstrip()):
        raise Refused("feed_web_page")
    root, _ = parse_xml(data)
    if local_name(root) not in ROOTS:
        raise Refused("feed_web_page" if local_name(root) == "html" else "feed_other_xml")
    _limit(root)
    told = feedparser.parse(
        io.BytesIO(etree.tostring(root, encoding="utf-8", xml_declaration=True)),
        sanitize_html=False,  # Everything becomes plain text below.
        resolve_relative_uris=False,
    )
    entries = {entry.key: entry for entry in map(_entry, reversed(told.entries))}
    return _plain(told.feed.get("title")), list(reversed(entries.values()))


def _limit(root: etree._Element) -> None:
    """Refuse what has too many parts, and cut what is too long."""
    entries = 0
    for count, each in enumerate(root.iter(), start=1):
        if count > MAX_ELEMENTS:
            raise Refused("xml_too_many_elements")
        entries += local_name(each) in ENTRIES
        each.text, each.tail = (each.text or "")[:MAX_RAW], (each.tail or "")[:MAX_RAW]
    if entries > MAX_ENTRIES:
        raise Refused("feed_too_many", limit=MAX_ENTRIES)


def _entry(told: Any) -> Entry:
    title, summary = _plain(told.get("title")), _plain(told.get("summary"))
    link = told.get("link") or ""
    # Asked for by its own method, a missing day would be guessed from another one.
    day = dict.get(told, "published_parsed") or dict.get(told, "updated_parsed")
    key = told.get("id") or link or f"{title}\n{summary}"
    return Entry(
        sha256(key.encode()).hexdigest(),
        title,
        summary,
        link if _leads_somewhere(link) else "",
        date(day.tm_year, day.tm_mon, day.tm_mday) if day else None,
    )


def _leads_somewhere(link: str) -> bool:
    try:
        parts = urlsplit(link)
    except ValueError:
        return False
    return parts.scheme in {"http", "https"} and bool(parts.hostname)


def _plain(text: str | None) -> str:
    """Text without tags: what is shown is never somebody's markup."""
    words = html.unescape(_TAG.sub(" ", (text or "")[:MAX_RAW])).split()
    return " ".join(words)[:MAX_TEXT]


@dataclass(frozen=True, slots=True)
class Match:
    """An entry that speaks of somebody who is watched, and by which of his terms."""

    entry: Entry
    term: str


def match(entries: Iterable[Entry], terms: Iterable[str], known: Iterable[str] = ()) -> list[Match]:
    """The entries with one of the terms as whole words; what is known already is left out."""
    patterns = [(term, _pattern(term)) for term in terms if term.strip()]
    old = set(known)
    return [
        Match(entry, term)
        for entry in entries
        if entry.key not in old
        for term in _first(patterns, f"{entry.title}\n{entry.summary}")
    ]


def _first(patterns: list[tuple[str, re.Pattern[str]]], text: str) -> list[str]:
    return [term for term, pattern in patterns if pattern.search(text)][:1]


def _pattern(term: str) -> re.Pattern[str]:
    words = r"\s+".join(re.escape(word) for word in term.split())
    return re.compile(rf"(?<!\w){words}(?!\w)", re.IGNORECASE)
