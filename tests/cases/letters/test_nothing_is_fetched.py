"""Whatever stands in a letter, setting it fetches nothing but fonts that come with the program."""

import random
from html import unescape
from itertools import product

import pytest

from cases.letters import pdf
from cases.letters.pdf import FOLDER, ForeignAddress, render_pdf
from tests.factories.demand_letters import make_claim, make_draft, make_recipient

QUICK, DEEP = 100, 5_000
TARGETS = (
    "http://127.0.0.1:9/x", "https://evil.example/x.css", "//evil.example/x", "ftp://evil.example/x",
    "file:///etc/passwd", "file:///etc/passwd%00.ttf", "file://evil.example/share/x",
    f"{FOLDER.as_uri()}/pdf.py", f"{FOLDER.as_uri()}/fonts/../pdf.py", "../pdf.py", "/etc/hostname",
    f"{FOLDER.as_uri()}/fonts/%2e%2e/services.py", "data:text/css,@import 'http://evil.example'",
    "gopher://evil.example", "jar:file:///x!/y", "FILE:///etc/passwd", "\\\\evil.example\\x",
)  # fmt: skip
FRAMES = (
    '<img src="{0}">', '<link rel="stylesheet" href="{0}">', '<style>@import url("{0}");</style>',
    '<p style="background: url({0})">x</p>', '<link rel="attachment" href="{0}">',
    '<a rel="attachment" href="{0}">x</a>', '<object data="{0}"></object>', '<embed src="{0}">',
    '<style>@font-face {{ font-family: X; src: url("{0}") }}</style><b style="font: 9px X">x</b>',
    '<svg xmlns="http://www.w3.org/2000/svg"><image href="{0}" width="9" height="9"/></svg>',
    '<svg xmlns="http://www.w3.org/2000/svg"><use href="{0}#a"/></svg>',
    '<li style="list-style-image: url({0})">x</li>', '<iframe src="{0}"></iframe>',
    '<p style="content: url({0})">x</p>', '<base href="{0}"><img src="x.png">',
)  # fmt: skip
TEMPLATES = (
    "{{{{ 7 * 7 }}}}",
    "{{{{ config }}}}",
    "{{% include '{0}' %}}",
    "{{%import '{0}' as x%}}",
)


@pytest.fixture
def fetched(monkeypatch):
    """The addresses that were really read while documents were set."""
    read = []

    class Watching(type(pdf._fetcher())):
        def fetch(self, url, headers=None):
            answer = super().fetch(url, headers)
            read.append(url)
            return answer

    watching = Watching(fail_on_errors=True)
    monkeypatch.setattr(pdf, "_fetcher", lambda: watching)
    return read


def payloads(number, seed):
    every = [frame.format(target) for frame, target in product(FRAMES, TARGETS)]
    every += [template.format(target) for template, target in product(TEMPLATES, TARGETS)]
    chance = random.Random(seed)
    while len(every) < number:
        outer, inner = chance.sample(FRAMES, 2)
        every.append(outer.format(chance.choice(TARGETS)) + inner.format(chance.choice(TARGETS)))
    chance.shuffle(every)
    return every[:number]


def check(fetched, many):
    for payload in many:
        try:
            render_pdf(f"<html><body>{payload}</body></html>")
        except ForeignAddress:
            continue
    allowed = f"{FOLDER.as_uri()}/fonts/"
    foreign = [url for url in fetched if not url.startswith(allowed) or ".." in url]
    assert [url for url in foreign if not url.startswith("data:")] == []


def test_raw_payloads_fetch_nothing(fetched):
    check(fetched, payloads(QUICK, seed=random.randrange(10**6)))


@pytest.mark.deep
def test_five_thousand_payloads_fetch_nothing(fetched):
    check(fetched, payloads(DEEP, seed=random.randrange(10**6)))


def test_what_people_typed_stands_in_the_letter_as_text(fetched):
    """Name, street, purpose: every one of the payloads is printed, none is carried out."""
    for payload in payloads(200, seed=1)[:40]:
        recipient = make_recipient(name=payload, street=payload)
        draft = make_draft(recipient=recipient, claims=[make_claim(description=payload)])
        assert payload.split("<")[0] in unescape(draft.html)
        assert "<img src=" not in draft.html.replace("&lt;img", "")
        assert ">49<" not in draft.html
    assert fetched == []
