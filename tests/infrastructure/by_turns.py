"""What a quick form takes of many equal things: the same part each time, by the name alone."""

from __future__ import annotations

from zlib import crc32


def turn(name: str, of: int) -> int:
    """Whose turn a name is, from 0 to of - 1: the same in each run and each process."""
    return crc32(name.encode()) % of


def dealt(names: list[str], values: list[object], first: str) -> dict[str, object]:
    """Each name with one of the values, dealt in turn from the one whose turn the first name is."""
    begin = turn(first, len(values))
    return {name: values[(begin + at) % len(values)] for at, name in enumerate(names)}
