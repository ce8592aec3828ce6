"""Numbers for the charts that templates draw as SVG.

Every shape has a class and a colour attribute: the class follows the theme on the screen, the
attribute stays in a PDF, which ignores the page's stylesheet.
"""

from collections.abc import Sequence
from decimal import Decimal

#: The series in print, the light theme of `ui.css`.
COLOURS = {
    "0": "#dde3e3", "1": "#0a6270", "2": "#559da7", "3": "#b5872a", "4": "#7a5fb0", "5": "#7d8b8e",
    "g": "#1b6537", "w": "#b5872a", "b": "#a8231c", "text": "#53625f",
}  # fmt: skip
WHOLE = Decimal(100)
GAP = Decimal("0.35")


def chart_colour(series: str | int) -> str:
    """The print colour of a series."""
    return COLOURS[str(series)]


def bar_parts(parts: Sequence[tuple[str | int, int, str]]) -> list[tuple[str, str, str]]:
    """Series, start and width, in hundredths of the bar, of every part that is not empty."""
    total = sum(number for _, number, _ in parts)
    result: list[tuple[str, str, str]] = []
    start = Decimal(0)
    for series, number, _ in parts:
        if number > 0:
            share = WHOLE * number / total
            result.append((str(series), f"{start:.2f}", f"{max(share - GAP, GAP):.2f}"))
            start += share
    return result
