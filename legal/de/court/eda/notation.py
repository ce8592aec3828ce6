"""The published JSON notation of applications and messages, derived from the classes themselves.

Each attribute of a class says how it is written: amounts are decimal strings in euro as on the
court's forms, dates ISO, rates decimal strings. Reading collects every problem with its path and
never drops a key it does not know.
"""

import datetime
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, fields
from decimal import Decimal
from typing import Any, TypeVar

from legal.de.court.eda.codec import in_capitals, is_empty
from legal.findings import Finding, Severity

T = TypeVar("T")
_AMOUNT = re.compile(r"[0-9]{1,12}(\.[0-9]{1,2})?")
_RATE = re.compile(r"[0-9]{1,2}(\.[0-9]{1,3})?")


@dataclass(frozen=True, slots=True)
class Shape:
    """How one attribute is written; an empty one is written only when `keep` or `null` says so."""

    kind: str
    key: str | None = None
    aliases: tuple[str, ...] = ()
    keep: bool = False
    null: bool = False  # Empty is written as null.
    of: Any = None


def text(
    key: str | None = None,
    *aliases: str,
    keep: bool = False,
    null: bool = False,
    default: str = "",
) -> Any:
    """An attribute of words; empty is the empty string."""
    return field(default=default, metadata={"shape": Shape("text", key, aliases, keep, null)})


def cents(key: str | None = None, *aliases: str) -> Any:
    """An amount in cents, written in euro; None is not stated, zero is zero."""
    return field(default=None, metadata={"shape": Shape("amount", key, aliases)})


def day(key: str | None = None, *aliases: str) -> Any:
    """A date."""
    return field(default=None, metadata={"shape": Shape("date", key, aliases)})


def rate(key: str | None = None, *aliases: str) -> Any:
    """A rate in percent or percentage points."""
    return field(default=None, metadata={"shape": Shape("rate", key, aliases)})


def number(key: str | None = None, *aliases: str) -> Any:
    """A whole number."""
    return field(default=None, metadata={"shape": Shape("number", key, aliases)})


def flag(key: str | None = None, *aliases: str) -> Any:
    """A mark that is set or not."""
    return field(default=False, metadata={"shape": Shape("flag", key, aliases)})


def one(of: type[Any], key: str | None = None, *aliases: str) -> Any:
    """A part that may be missing."""
    return field(default=None, metadata={"shape": Shape("one", key, aliases, of=of)})


def many(of: Any, key: str | None = None, *aliases: str) -> Any:
    """A list of parts, or of words when `of` is str."""
    return field(default=(), metadata={"shape": Shape("many", key, aliases, of=of)})


_SHAPES: dict[type[Any], tuple[tuple[str, str, Shape], ...]] = {}


def shapes(cls: type[Any]) -> tuple[tuple[str, str, Shape], ...]:
    """Attribute, key in the notation, and shape, in order of declaration."""
    if cls not in _SHAPES:
        _SHAPES[cls] = tuple(
            (f.name, f.metadata["shape"].key or f.name, f.metadata["shape"])
            for f in fields(cls)
            if "shape" in f.metadata
        )
    return _SHAPES[cls]


_KEYS: dict[type[Any], dict[str, str]] = {}


def keys_of(cls: type[Any]) -> Mapping[str, str]:
    """Attribute -> key in the notation."""
    if cls not in _KEYS:
        _KEYS[cls] = {name: key for name, key, _ in shapes(cls)}
    return _KEYS[cls]


def build(cls: type[T], values: Mapping[str, Any], **computed: Any) -> T:
    """A part from decoded values; what the record leaves empty keeps its default."""
    given = {
        name: values[name]
        for name, _, _ in shapes(cls)
        if name in values and values[name] is not None and values[name] != ""
    }
    return cls(**{**given, **computed})


def write(value: Any, *, complete: bool = False) -> dict[str, Any]:
    """A part in the notation; empty attributes are left out unless `complete`."""
    result: dict[str, Any] = {}
    for name, key, shape in shapes(type(value)):
        content = getattr(value, name)
        empty = is_empty(content) or content == ()
        if empty and not (complete or shape.keep or shape.null):
            continue
        result[key] = None if empty and shape.null else _write(content, shape, complete)
    return result


def _write(content: Any, shape: Shape, complete: bool) -> Any:
    if content is None:
        return None
    if shape.kind == "one":
        return _write_part(content, complete)
    if shape.kind == "many":
        return [part if shape.of is str else _write_part(part, complete) for part in content]
    writer = _WRITERS.get(shape.kind)
    return writer(content) if writer else content


def write_amount(amount_cents: int) -> str:
    """Cents as a decimal string in euro."""
    return f"{amount_cents // 100}.{amount_cents % 100:02d}"


def _write_rate(percent: Decimal) -> str:
    return f"{percent:.3f}"


def differences(meant: Any, written: Any, path: str = "") -> Iterator[str]:
    """The paths at which a notation and what was written of it differ; empty is missing."""
    if isinstance(meant or {}, dict) and isinstance(written or {}, dict):
        this, that = meant or {}, written or {}
        for key in dict.fromkeys([*this, *that]):
            where = f"{path}.{key}" if path else key
            yield from differences(this.get(key), that.get(key), where)
    elif isinstance(meant, list) and isinstance(written, list) and len(meant) == len(written):
        for index, pair in enumerate(zip(meant, written, strict=True)):
            yield from differences(*pair, f"{path}[{index}]")
    elif (meant or None) != (written or None) and not _same_words(meant or "", written or ""):
        yield path


def _same_words(meant: Any, written: Any) -> bool:
    """A field loses trailing blanks, one of digits gains zeros, one of capitals small letters."""
    if not (isinstance(meant, str) and isinstance(written, str)):
        return False
    if written.isdigit() and (meant.isdigit() or not meant):
        return int(meant or "0") == int(written)
    return written.rstrip() in {meant.rstrip(), in_capitals(meant.rstrip())}


_WRITERS: Mapping[str, Any] = {
    "amount": write_amount,
    "rate": _write_rate,
    "date": datetime.date.isoformat,
}


def _write_part(part: Any, complete: bool) -> Any:
    own = getattr(part, "in_notation", None)
    return own() if own else write(part, complete=complete)


def read(cls: type[T], data: Any, path: str, problems: list[Finding]) -> T:
    """Build a part from the notation; what is wrong is added to `problems`."""
    own = getattr(cls, "from_notation", None)
    if own:
        data = own(data)
    if not isinstance(data, Mapping):
        problems.append(_problem("not_an_object", path or "."))
        return cls()
    values: dict[str, Any] = {}
    rest = set(data)
    for name, key, shape in shapes(cls):
        given = [k for k in (key, *shape.aliases) if data.get(k) is not None and data[k] != ""]
        rest -= {key, *shape.aliases}
        if len(given) > 1:
            problems.append(_problem("given_twice", f"{path}{key}", other=given[1]))
        if given:
            values[name] = _read(shape, data[given[0]], f"{path}{given[0]}", problems)
    problems.extend(_problem("key_unknown", f"{path}{key}") for key in sorted(rest))
    return cls(**values)


def _read(shape: Shape, raw: Any, path: str, problems: list[Finding]) -> Any:
    if shape.kind == "one":
        return read(shape.of, raw, f"{path}.", problems)
    if shape.kind == "many":
        return tuple(_read_many(shape, raw, path, problems))
    value = _READERS[shape.kind](raw)
    if value is None:
        problems.append(_problem("value_unreadable", path, found=str(raw)[:40], kind=shape.kind))
        return False if shape.kind == "flag" else ("" if shape.kind == "text" else None)
    return value


def _read_many(shape: Shape, raw: Any, path: str, problems: list[Finding]) -> Iterator[Any]:
    if not isinstance(raw, list):
        problems.append(_problem("not_a_list", path))
        return
    for index, part in enumerate(raw):
        if shape.of is str:
            yield str(part)
        else:
            yield read(shape.of, part, f"{path}[{index}].", problems)


def _read_amount(raw: Any) -> int | None:
    written = str(raw)
    if isinstance(raw, bool) or not _AMOUNT.fullmatch(written):
        return None
    euro, _, part = written.partition(".")
    return int(euro) * 100 + int(part.ljust(2, "0"))


def _read_rate(raw: Any) -> Decimal | None:
    return Decimal(str(raw)) if _RATE.fullmatch(str(raw)) else None


def _read_date(raw: Any) -> datetime.date | None:
    try:
        return datetime.date.fromisoformat(raw)
    except (ValueError, TypeError):
        return None


def _read_number(raw: Any) -> int | None:
    written = str(raw)
    return int(written) if re.fullmatch(r"[0-9]{1,9}", written) else None


def _read_flag(raw: Any) -> bool | None:
    return raw if isinstance(raw, bool) else None


def _read_text(raw: Any) -> str | None:
    return str(raw).rstrip() if isinstance(raw, str | int) and not isinstance(raw, bool) else None


_READERS: Mapping[str, Any] = {
    "amount": _read_amount,
    "rate": _read_rate,
    "date": _read_date,
    "number": _read_number,
    "flag": _read_flag,
    "text": _read_text,
}


def _problem(code: str, path: str, **params: str | int) -> Finding:
    return Finding(code, Severity.ERROR, field=path.rstrip("."), params=params)
