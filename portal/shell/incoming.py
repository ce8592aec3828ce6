"""What a request brings, cleaned in one place before any view reads it.

PostgreSQL keeps no NUL, and nothing can write half of a surrogate pair. Both are taken out of
every query parameter and form field; a request with a NUL is refused in plain words, since no
browser sends one by itself.
"""

import re
from typing import Any

from flask import Flask, Request, current_app, request
from werkzeug.datastructures import ImmutableMultiDict, MultiDict
from werkzeug.exceptions import BadRequest

NUL = "\0"
#: Asked by load balancers and the house's own watch, by the address of the machine.
WATCHED = frozenset({"/healthz", "/readyz", "/metrics"})
UNWRITABLE = re.compile("[\0\ud800-\udfff]")
REPLACEMENT = "\ufffd"


class SignRefused(BadRequest):
    """A NUL in an address, a field or the name of a file."""


def cleaned(value: Any) -> Any:
    """A text without what nobody can store; anything else (a file) as it is."""
    return UNWRITABLE.sub(REPLACEMENT, value) if isinstance(value, str) else value


class HostRefused(BadRequest):
    """A request for a host that is not the house's."""


class CleanValues(ImmutableMultiDict[str, Any]):
    """Parameters or fields without unwritable signs; `had_nul` remembers that there was one."""

    def __init__(self, mapping: Any = None) -> None:
        raw = MultiDict(mapping)
        pairs = list(raw.items(multi=True))
        self.had_nul = any(NUL in part for pair in pairs for part in pair if isinstance(part, str))
        super().__init__([(cleaned(name), cleaned(value)) for name, value in pairs])


class CleanRequest(Request):
    """A request whose parameters, fields and files are read through `CleanValues`."""

    parameter_storage_class = CleanValues


def register(app: Flask) -> None:
    """Refuse hostile requests before anything else looks at them."""
    app.before_request(_refuse_foreign_host)
    app.before_request(_refuse_nul)


def _refuse_foreign_host() -> None:
    """Pages and addresses are made for the house's own names only."""
    hosts = current_app.config.get("HOSTS") or ()
    name = request.host.rsplit(":", 1)[0] if not request.host.endswith("]") else request.host
    if hosts and name.lower() not in hosts and request.path not in WATCHED:
        raise HostRefused


def _refuse_nul() -> None:
    sources = (request.args, request.form, request.files)
    names = (file.filename or "" for file in request.files.values())
    if (
        NUL in request.path
        or any(isinstance(source, CleanValues) and source.had_nul for source in sources)
        or any(NUL in name for name in names)
    ):
        raise SignRefused
