"""Which query parameters a view reads: found in the source, so that no new one is forgotten.

A name counts for a view when its module reads it, or a module of the same side that it imports.
"""

import inspect
import re
import sys
from functools import cache
from types import ModuleType
from typing import Any

from marshmallow import Schema

_READ = re.compile(
    r"request\.args\.get\(\s*\"(\w+)\"|\"(\w+)\" in request\.args|_number\(\"(\w+)\""
)
_LOADED = re.compile(r"load_form\(\s*(\w+)\(?\)?,\s*request\.args")
SIDES = ("agency.", "portal.pages")


_TYPED = re.compile(r"request\.form(?:\.get|\.getlist)?[(\[]\s*\"(\w+)\"")


@cache
def fields_read_by(module_name: str) -> frozenset[str]:
    """The form fields that a module and what it imports from its side read."""
    module = sys.modules[module_name]
    found: set[str] = set()
    for each in (module, *_imports(module)):
        found |= set(_TYPED.findall(inspect.getsource(each)))
        found |= {name for schema in _schemas(each) for name in _loaded_by(schema)}
    return frozenset(found)


@cache
def names_read_by(module_name: str) -> frozenset[str]:
    """The parameters that a module and what it imports from its side read."""
    module = sys.modules[module_name]
    found = set(_own_names(module))
    for imported in _imports(module):
        found |= _own_names(imported)
    return frozenset(found)


@cache
def _own_names(module: ModuleType) -> frozenset[str]:
    source = inspect.getsource(module)
    names = {name for groups in _READ.findall(source) for name in groups if name}
    for schema in _LOADED.findall(source):
        names |= _fields(module, schema)
    return frozenset(names)


def _fields(module: ModuleType, schema: str) -> set[str]:
    """The fields of a schema; of every schema in reach where the name is only a variable."""
    known: Any = getattr(module, schema, None)
    kinds = [known] if known is not None else _schemas(module)
    return {name for kind in kinds for name in _loaded_by(kind)}


def _loaded_by(schema: type[Schema]) -> set[str]:
    """The fields that a schema takes in; read off the class, which some make with arguments."""
    return {name for name, field in schema._declared_fields.items() if not field.dump_only}


def _schemas(module: ModuleType) -> list[type[Schema]]:
    values = vars(module).values()
    tables = [each for value in values if isinstance(value, dict) for each in value.values()]
    flat = [each for value in tables for each in (value if isinstance(value, tuple) else (value,))]
    return [
        each for each in (*values, *flat)
        if isinstance(each, type) and issubclass(each, Schema) and each is not Schema
    ]  # fmt: skip


def _imports(module: ModuleType) -> list[ModuleType]:
    names = {getattr(value, "__module__", None) for value in vars(module).values()}
    names |= {value.__name__ for value in vars(module).values() if inspect.ismodule(value)}
    return [sys.modules[name] for name in names if name and name.startswith(SIDES)]
