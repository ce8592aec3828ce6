"""Every value that a page or letter prints unescaped is listed here, with the reason."""

import re
from pathlib import Path

ROOT = Path(__file__).parents[1]
#: Place -> what it prints, and why it holds nothing that somebody typed.
UNESCAPED = {
    "cases/letters/templates/de/payment.html: girocode": "an SVG of squares, drawn by segno",
    "cases/letters/templates/en/payment.html: girocode": "an SVG of squares, drawn by segno",
    "cases/letters/templates/qr_bill.html: qr_bill.code": "an SVG of squares, drawn by segno",
    "cases/letters/rendering.py: Markup": "fixed attributes, and a mark drawn of a number of ours",
    "portal/reporting/view.py: Markup": "a chart of our template, which escaped its words itself",
}
SAFE = re.compile(r"\{\{-?\s*([\w.]+)\s*\|\s*safe\b")
OTHERS = re.compile(r"autoescape\s+false|\|\s*safe\b|Markup\(|render_template_string|from_string\(")


def unescaped():
    for room in ("agency", "portal", "cases"):
        for path in sorted((ROOT / room).rglob("*")):
            if path.suffix not in (".html", ".py"):
                continue
            text, place = path.read_text("utf-8"), path.relative_to(ROOT).as_posix()
            named = SAFE.findall(text)
            yield from (f"{place}: {name}" for name in named)
            others = OTHERS.findall(SAFE.sub("", text))
            yield from (f"{place}: {other.strip('( ')}" for other in others)


def test_nothing_else_is_printed_unescaped():
    assert set(unescaped()) == set(UNESCAPED)
