"""Static files of the shell, addressed by their content so that browsers may keep them for ever."""

import hashlib
from functools import cache
from pathlib import Path

from flask import redirect, url_for
from flask.typing import ResponseReturnValue

from portal.access import public

STATIC = Path(__file__).parent / "static"


@cache
def fingerprint(name: str) -> str:
    """A short digest of a static file's content."""
    return hashlib.sha256((STATIC / name).read_bytes()).hexdigest()[:12]


def asset(name: str) -> str:
    """The address of a static file, with its version."""
    return url_for("shell.static", filename=name, v=fingerprint(name))


@public
def show_icon() -> ResponseReturnValue:
    """Answer GET /favicon.ico, which browsers ask for beside a PDF."""
    return redirect(asset("logo.svg"))
