"""Static files of the shell, addressed by their content so that browsers may keep them for ever."""

import hashlib
from functools import cache
from pathlib import Path

from flask import url_for

STATIC = Path(__file__).parent / "static"


@cache
def fingerprint(name: str) -> str:
    """A short digest of a static file's content."""
    return hashlib.sha256((STATIC / name).read_bytes()).hexdigest()[:12]


def asset(name: str) -> str:
    """The address of a static file, with its version."""
    return url_for("shell.static", filename=name, v=fingerprint(name))
