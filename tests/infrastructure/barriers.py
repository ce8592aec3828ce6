"""What shuts somebody out of a page: axe looks in both themes, and a narrow screen must do.

axe is put into a page once, and gives back only what is wrong: its whole answer is a megabyte.
"""

from __future__ import annotations

import os
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from playwright.sync_api import Page

RULES = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]}
#: Everything but colours, which take most of the time.
SHAPES = {**RULES, "rules": {"color-contrast": {"enabled": False}}}
#: A theme changes nothing but colours.
COLOURS = {"runOnly": {"type": "rule", "values": ["color-contrast"]}}
NARROW, WIDE, HEIGHT = 320, 1440, 900
#: Where pictures of the pages go that browser tests look at, if anybody wants them.
PICTURES = os.environ.get("RECOUP_PICTURES")

LOOK = """async (looks) => {
    const found = [];
    for (const [theme, options] of looks) {
        document.documentElement.dataset.theme = theme;
        const answer = await axe.run(document, {...options, resultTypes: ['violations']});
        for (const each of answer.violations) {
            const nodes = each.nodes.map((node) => node.html.slice(0, 160));
            found.push(`${theme}: ${each.id} ${JSON.stringify(nodes)}`);
        }
    }
    return found;
}"""


def barriers(page: Page, colours: bool = True) -> list[str]:
    """What axe finds on the page as it stands: every rule in light, the colours in dark."""
    if not page.evaluate("typeof axe !== 'undefined'"):
        page.evaluate(_axe())
    looks = [["light", RULES], ["dark", COLOURS]] if colours else [["light", SHAPES]]
    found: list[str] = page.evaluate(LOOK, looks)
    return found


def too_wide(page: Page, width: int = NARROW) -> int:
    """By how many pixels the page goes beyond a screen of this width."""
    page.set_viewport_size({"width": width, "height": HEIGHT})
    pixels: int = page.evaluate("document.documentElement.scrollWidth - innerWidth")
    return max(0, pixels)


def look(page: Page, name: str) -> None:
    """No barrier but of colours, nothing cut off on a telephone; pictures where wanted."""
    page.wait_for_load_state()
    if PICTURES:
        take_pictures(page, name)
    assert too_wide(page, 400) == 0, name
    assert barriers(page, colours=False) == [], name
    page.set_viewport_size({"width": WIDE, "height": HEIGHT})


def take_pictures(page: Page, name: str) -> None:
    """The page in both themes, and on a telephone."""
    for shape, theme, width in (
        ("narrow", "light", 400), ("dark", "dark", WIDE), ("light", "light", WIDE),
    ):  # fmt: skip
        page.set_viewport_size({"width": width, "height": HEIGHT})
        page.evaluate(f"document.documentElement.dataset.theme = '{theme}'")
        path = Path(PICTURES or ".") / f"{name}-{shape}.png"
        page.screenshot(path=str(path), full_page=width < HEIGHT)


@cache
def _axe() -> Any:
    from axe_playwright_python.base import AXE_SCRIPT

    return AXE_SCRIPT
