"""Feeds from strangers: what is read, what is refused, and which entries speak of whom."""

import time
from datetime import date

import pytest

from cases.formats.gate import Refused
from cases.watch.feeds import MAX_BYTES, MAX_ENTRIES, match, read_feed

RSS = """<?xml version="1.0" encoding="UTF-8"?>
<rss version="2.0"><channel><title>Branche &amp; Markt</title>{items}</channel></rss>"""
ITEM = """<item><title>{title}</title><guid>{key}</guid><link>{link}</link>
<description>{summary}</description><pubDate>Mon, 02 Nov 2026 23:30:00 +0100</pubDate></item>"""
ATOM = """<feed xmlns="http://www.w3.org/2005/Atom"><title>Blog</title>
<entry><id>a</id><title type="html">&lt;b&gt;Alt&lt;/b&gt; &amp;amp; Co.</title>
<link href="https://example.org/a"/><updated>2026-11-03T10:00:00Z</updated>
<summary>Text</summary></entry></feed>"""


def rss(*items):
    return RSS.format(items="".join(items)).encode()


def item(title="Neues", key="1", link="https://example.org/1", summary=""):
    return ITEM.format(title=title, key=key, link=link, summary=summary)


def test_rss_and_atom_are_read_as_plain_text():
    name, [entry] = read_feed(rss(item("Müller schließt", summary="&lt;p&gt;Ein&lt;br&gt;Satz")))
    assert (name, entry.title, entry.summary) == ("Branche & Markt", "Müller schließt", "Ein Satz")
    assert (entry.link, entry.on) == ("https://example.org/1", date(2026, 11, 2))
    name, [entry] = read_feed(ATOM.encode())
    assert (name, entry.title, entry.on) == ("Blog", "Alt & Co.", date(2026, 11, 3))


@pytest.mark.parametrize(("data", "code"), [
    pytest.param(b"", "file_empty", id="nothing"),
    pytest.param(b"\n<!doctype html><html><body>Please sign in", "feed_web_page", id="web page"),
    pytest.param(b"<html xmlns='http://www.w3.org/1999/xhtml'/>", "feed_web_page", id="XHTML"),
    pytest.param(b"<Document/>", "feed_other_xml", id="other XML"),
    pytest.param(b"<rss><channel><item>", "xml_malformed", id="broken off"),
    pytest.param(b"Too many requests", "xml_malformed", id="text"),
    pytest.param(
        b'<!DOCTYPE rss [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]><rss>&b;</rss>', "xml_doctype",
        id="entities",
    ),
    pytest.param(
        b'<!DOCTYPE rss SYSTEM "file:///etc/passwd"><rss/>', "xml_doctype", id="foreign entity"
    ),
    pytest.param(b"<rss>" + b"<a>" * 5000, "xml_malformed", id="endless depth"),
    pytest.param(b"<rss>" + b"x" * MAX_BYTES, "feed_too_large", id="endless"),
    pytest.param(rss(40_000 * "<a/>"), "xml_too_many_elements", id="endless elements"),
    pytest.param(rss(*(MAX_ENTRIES + 1) * ["<item/>"]), "feed_too_many", id="endless entries"),
])  # fmt: skip
def test_what_is_no_feed_is_refused(data, code):
    with pytest.raises(Refused) as refused:
        read_feed(data)
    assert refused.value.finding.code == code


def test_a_feed_of_odd_entries_is_read_without_them_doing_harm():
    long = "&lt;" * 100_000 + "<![CDATA[" + "&" * 2_000_000 + "]]>"
    data = rss(
        item("A", "1", "javascript:alert(1)", "&lt;script&gt;x&lt;/script&gt;"),
        item("B", "1"),
        item("C", "2", "http://[", long),
        "<item/>",
        "<item><pubDate>yesterday</pubDate><title>D</title></item>",
    )
    begin = time.monotonic()
    _, entries = read_feed(data)
    assert time.monotonic() - begin < 5
    assert [each.title for each in entries] == ["A", "C", "", "D"]  # One key, the first stays.
    assert [each.link for each in entries] == ["", "", "", ""]
    assert entries[0].summary == "x"
    assert entries[3].on is None


@pytest.mark.parametrize(
    ("term", "text", "found"),
    [
        ("Alt GmbH", "Die ALT  GmbH schließt", True),
        ("Alt", "Altbau wird teurer", False),
        ("Alt", "(Alt)", True),
        ("Müller & Co.", "Bei Müller &amp; Co. wird gestreikt", True),
        ("C++", "C++ gesucht", True),
        ("  ", "irgendetwas", False),
    ],
)
def test_terms_match_as_whole_words(term, text, found):
    _, entries = read_feed(rss(item(text)))
    assert [each.term for each in match(entries, [term])] == ([term] if found else [])


def test_an_entry_is_attached_once_and_by_one_term():
    _, entries = read_feed(rss(item("Alt und Neumann", "1"), item("Neumann", "2")))
    found = match(entries, ["Alt", "Neumann"])
    assert [each.term for each in found] == ["Alt", "Neumann"]
    assert match(entries, ["Alt", "Neumann"], {each.entry.key for each in found}) == []
