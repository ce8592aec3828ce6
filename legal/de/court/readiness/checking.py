"""The small words that all checks of an application share."""

from collections.abc import Iterator
from typing import Any

from legal.de.court.eda.codec import is_empty
from legal.de.court.eda.notation import keys_of
from legal.findings import Finding, Severity

Findings = Iterator[Finding]


def error(code: str, path: str, **params: str | int) -> Finding:
    """Something for which the court would reject the application or send a query."""
    return Finding(code, Severity.ERROR, field=path, params=params)


def warning(code: str, path: str, **params: str | int) -> Finding:
    """Something a person should look at and may override."""
    return Finding(code, Severity.WARNING, field=path, params=params)


def require(part: Any, path: str, *attributes: str) -> Findings:
    """An error for each of these attributes that is empty."""
    keys = keys_of(type(part))
    for name in attributes:
        value = getattr(part, name)
        if is_empty(value) or value == ():
            yield error("missing", f"{path}{keys[name]}")
