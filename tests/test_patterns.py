"""No regular expression of the program takes long over a hostile text, whichever it is.

Every compiled pattern is run against texts of one unit repeated, as files made to do harm have
them; a pattern that looks at every rest of the text again would take minutes over an upload.
"""

import importlib
import pkgutil
import re
import time
from collections.abc import Iterator
from functools import cache
from itertools import product
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
#: What a pattern may take over a text of each length: the same for each character. One that looks
#: at every rest of the text again takes sixteen times as long over the long one, and fails in both.
SHORT, LONG = 5_000, 20_000
SECONDS_BY_LENGTH = {SHORT: 0.025, LONG: 0.1}
UNITS = (
    " ", "\t", "\n", "a", "A", "0", "1", "ä", ".", ",", ":", "-", "/", "|", "<", "@", '"', "+",
    "a ", "1 ", "1.", "1,", "a-", "A1", "a: ", "20-", "?20", "EUR ", ":61:", "<a>", "a=b ",
)  # fmt: skip
#: What often comes before the part of a pattern that goes wrong.
BEFORE = ("", "a", "1", "<")
#: At the end something that fits into many patterns, and something that fits into none.
AFTER = ("", "\x01")


@cache
def patterns() -> dict[str, re.Pattern]:
    """Every compiled pattern by the module and the name it stands under."""
    found: dict[str, re.Pattern] = {}
    for room in ("legal", "cases", "portal", "agency"):
        for info in pkgutil.walk_packages([str(ROOT / room)], f"{room}."):
            if info.name.endswith(("__main__", ".wsgi")):
                continue
            module = importlib.import_module(info.name)
            for name, value in vars(module).items():
                for place, pattern in enumerate(_patterns_in(value)):
                    if not any(pattern is known for known in found.values()):
                        found[f"{info.name}.{name}-{place}"] = pattern
    return found


def _patterns_in(value: object) -> Iterator[re.Pattern]:
    if isinstance(value, re.Pattern):
        yield value
    elif isinstance(value, tuple | list | frozenset | set):
        for each in value:
            yield from _patterns_in(each)
    elif isinstance(value, dict):
        for each in value.values():
            yield from _patterns_in(each)


def slowest(pattern: re.Pattern, length: int) -> tuple[float, str]:
    """The longest time over all texts of a length, and the text that took it."""
    worst = (0.0, "")
    for unit in UNITS:
        for before, after in product(BEFORE, AFTER):
            text = (before + unit * length)[:length] + after
            subject = text if isinstance(pattern.pattern, str) else text.encode()
            began = time.process_time()
            pattern.search(subject)
            worst = max(worst, (time.process_time() - began, f"{before!r} {unit!r} {after!r}"))
            if worst[0] > SECONDS_BY_LENGTH[length]:
                return worst
    return worst


def test_there_are_as_many_patterns_as_the_program_has():
    assert len(patterns()) > 120


def check(name: str, length: int) -> None:
    """A pattern stays within the seconds of a length, whichever text it is."""
    pattern, allowed = patterns()[name], SECONDS_BY_LENGTH[length]
    seconds, text = slowest(pattern, length)
    if seconds > allowed:
        seconds = min(seconds, slowest(pattern, length)[0])  # A busy machine is not its fault.
    assert seconds < allowed, f"{pattern.pattern!r} took {seconds:.3f} s over {text}"


@pytest.mark.parametrize("name", patterns())
def test_pattern_stays_quick_over_repeated_units(name):
    check(name, SHORT)


@pytest.mark.deep
@pytest.mark.parametrize("name", patterns())
def test_pattern_stays_quick_over_long_repeated_units(name):
    check(name, LONG)
