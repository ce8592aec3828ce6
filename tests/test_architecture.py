"""Guards of the house: imports only go down, law is pure, money is never a float, time is aware.

An exception needs its reason written beside it, and one that is no longer needed fails too.
"""

import ast
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import NamedTuple

import pytest

ROOT = Path(__file__).parents[1]
ROOMS = ("legal", "cases", "portal", "agency")  # Each may use the ones before it.
#: The slices of `cases`; a later one may use an earlier one.
SLICES = (
    "formats",
    "core",
    "people",
    "parties",
    "claims",
    "documents",
    "worklist",
    "ledger",
    "payments",
    "costs",
    "letters",
    "contacts",
    "objections",
    "plans",
    "strategies",
    "remittances",
    "intake",
    "dunning",
    "filings",
    "recoveries",
    "care",
    "watch",
)
#: The laws of countries; none knows another.
LAWS = ("at", "ch", "de", "eu", "fr")
#: The one module that chooses a country, and what has the form of one country by nature.
KNOWS_COUNTRIES: dict[str, str] = {
    "cases/filings/de/": "The form in which German courts are applied to; others stand beside it.",
    "agency/calculators/": "The calculators compute by German tables, and say so.",
    "agency/cli/": "The commands answer questions about a law that the caller names.",
    "agency/filings/": "The screens of the German court proceedings.",
    "agency/wording.py": "The sentences of German findings; those of other laws join here.",
    "agency/house/": "The house itself has its seat in a German state.",
    "agency/running/diagnoses.py": "The doctor checks the German base rates that ship.",
}
MOST_FILES = 25  # In one folder: more are several concepts.
#: What law may not know: the web, the database, the network, the machine, the time.
IMPURE = {
    "alembic",
    "asyncio",
    "click",
    "ctypes",
    "flask",
    "flask_babel",
    "flask_login",
    "ftplib",
    "getpass",
    "glob",
    "http",
    "jinja2",
    "logging",
    "marshmallow",
    "multiprocessing",
    "os",
    "polars",
    "psycopg",
    "random",
    "redis",
    "requests",
    "rq",
    "secrets",
    "select",
    "shutil",
    "smtplib",
    "socket",
    "sqlalchemy",
    "ssl",
    "structlog",
    "subprocess",
    "tempfile",
    "threading",
    "time",
    "urllib",
    "urllib3",
    "weasyprint",
    "werkzeug",
    "wtforms",
}
#: What readers of files work with although law may not.
READING = {"marshmallow", "polars"}
#: Where amounts and rates are computed: all of the law, and these slices.
MONEY = ("legal", "cases/ledger", "cases/payments", "cases/claims", "cases/core/money.py")
CLOCK = "cases/core/clock.py"
ASKS_THE_TIME = {
    "date.today",
    "datetime.now",
    "datetime.today",
    "datetime.utcnow",
    "datetime.fromtimestamp",
    "datetime.utcfromtimestamp",
    "date.fromtimestamp",
    "time.time",
    "time.localtime",
}
NAIVE = {"datetime.utcnow", "datetime.utcfromtimestamp", "datetime.today", "date.today"}

#: (rule, file, how the breach begins) -> why it may.
EXCEPTIONS: dict[tuple[str, str, str], str] = {
    (
        "one clock",
        "agency/cli/claims.py",
        "datetime.now",
    ): "The command runs without settings, so without the agency's zone; --as-of replaces it.",
    (
        "one clock",
        "agency/cli/doctor.py",
        "datetime.now",
    ): "The doctor answers before anything is configured and honours RECOUP_NOW itself.",
    (
        "formats are pure",
        "cases/formats/claims/law_outlook.py",
        "legal.",
    ): "A row says when it would be time-barred and whether interest is known, and asks the law.",
}


class Breach(NamedTuple):
    """One place where a rule does not hold."""

    rule: str
    file: str
    line: int
    what: str


@cache
def modules() -> dict[str, ast.Module]:
    """Every module of the four rooms by its path."""
    return {
        path.relative_to(ROOT).as_posix(): ast.parse(path.read_text(encoding="utf-8"))
        for room in ROOMS
        for path in sorted((ROOT / room).rglob("*.py"))
    }


def imports(path: str, tree: ast.Module) -> Iterator[tuple[int, str]]:
    """The full name of everything a module imports, wherever in it; `from a import b` is a.b."""
    package = path.removesuffix(".py").split("/")[:-1]
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from ((node.lineno, alias.name) for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            above = package[: len(package) - node.level + 1] if node.level else []
            origin = ".".join([*above, *([node.module] if node.module else [])])
            yield from ((node.lineno, f"{origin}.{alias.name}") for alias in node.names)


def dotted(node: ast.expr) -> str:
    """The last two names of an attribute chain, as in datetime.now."""
    if isinstance(node, ast.Attribute):
        owner = node.value
        name = owner.attr if isinstance(owner, ast.Attribute) else getattr(owner, "id", "")
        return f"{name}.{node.attr}"
    return node.id if isinstance(node, ast.Name) else ""


def upward_imports(path: str, tree: ast.Module) -> Iterator[Breach]:
    room = path.split("/", 1)[0]
    for line, name in imports(path, tree):
        target = name.split(".", 1)[0]
        if target in ROOMS and ROOMS.index(target) > ROOMS.index(room):
            yield Breach("imports go down", path, line, name)


def slices_out_of_order(path: str, tree: ast.Module) -> Iterator[Breach]:
    """Modules beside the slices see all of them, but no slice sees those."""
    parts = path.split("/")
    if parts[0] != "cases" or parts[1] not in SLICES:
        return
    for line, name in imports(path, tree):
        target = name.split(".")
        if target[0] != "cases" or len(target) < 2:
            continue
        if target[1] not in SLICES or SLICES.index(target[1]) > SLICES.index(parts[1]):
            yield Breach("slices in order", path, line, name)


def foreign_laws(path: str, tree: ast.Module) -> Iterator[Breach]:
    """What all countries share knows no country, and no country knows another."""
    parts = path.split("/")
    if parts[0] != "legal":
        return
    for line, name in imports(path, tree):
        target = name.split(".")
        foreign = target[0] == "legal" and target[1] in LAWS and target[1] != parts[1]
        if foreign:
            yield Breach("countries stay apart", path, line, name)


def countries_by_name(path: str, tree: ast.Module) -> Iterator[Breach]:
    """Whoever has a case asks cases.claims.law; only what has a country's form names it."""
    if path.startswith("legal/") or path.startswith(tuple(KNOWS_COUNTRIES)):
        return
    for line, name in imports(path, tree):
        target = name.split(".")
        named = target[1:2] if target[0] == "legal" else target[2:3]
        if name.startswith(("legal.", "cases.filings.")) and named and named[0] in LAWS:
            yield Breach("law by its door", path, line, name)


def impure_law(path: str, tree: ast.Module) -> Iterator[Breach]:
    if not path.startswith("legal/"):
        return
    for line, name in imports(path, tree):
        if name.split(".", 1)[0] in IMPURE:
            yield Breach("law is pure", path, line, name)
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and dotted(node.func) in {"open", "input", "print", "exec"}:
            yield Breach("law is pure", path, node.lineno, dotted(node.func))


def impure_formats(path: str, tree: ast.Module) -> Iterator[Breach]:
    """Readers of files know no slice, no web, no database, and of the law only what all share."""
    if not path.startswith("cases/formats/"):
        return
    allowed = (
        "cases.formats", "legal.errors", "legal.findings", "legal.rounding", "legal.calendar",
    )  # fmt: skip
    for line, name in imports(path, tree):
        own = name.startswith(("cases.", "legal.")) and not name.startswith(allowed)
        if own or name.split(".", 1)[0] in IMPURE - READING:
            yield Breach("formats are pure", path, line, name)


def floats_for_money(path: str, tree: ast.Module) -> Iterator[Breach]:
    if not path.startswith(MONEY):
        return
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, float):
            yield Breach("no float for money", path, node.lineno, str(node.value))
        elif isinstance(node, ast.Name) and node.id == "float":
            yield Breach("no float for money", path, node.lineno, "float")


def own_clocks(path: str, tree: ast.Module) -> Iterator[Breach]:
    """Only the clock knows today: elsewhere even an aware now() escapes the tests' clock."""
    if path == CLOCK:
        return
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and dotted(node.func) in ASKS_THE_TIME:
            yield Breach("one clock", path, node.lineno, dotted(node.func))


def naive_moments(path: str, tree: ast.Module) -> Iterator[Breach]:
    """A moment without its zone; the clock itself is not excepted."""
    for node in ast.walk(tree):
        if not isinstance(node, ast.Call):
            continue
        name, zone = dotted(node.func), node.args or node.keywords
        if name in NAIVE or (name == "datetime.now" and not zone):
            yield Breach("aware moments", path, node.lineno, name)


def asserts_in_the_program(path: str, tree: ast.Module) -> Iterator[Breach]:
    """`python -O` removes them: what must hold raises an error of its own (InvariantBroken)."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Assert):
            yield Breach("no assert in the program", path, node.lineno, ast.unparse(node.test))


RULES = (
    upward_imports,
    slices_out_of_order,
    foreign_laws,
    countries_by_name,
    impure_law,
    impure_formats,
    floats_for_money,
    own_clocks,
    naive_moments,
    asserts_in_the_program,
)


def breaches(rule) -> list[Breach]:
    return [found for path, tree in modules().items() for found in rule(path, tree)]


def excepts(exception: tuple[str, str, str], breach: Breach) -> bool:
    rule, file, beginning = exception
    return (rule, file) == (breach.rule, breach.file) and breach.what.startswith(beginning)


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.__name__)
def test_rule_holds_everywhere(rule):
    found = [b for b in breaches(rule) if not any(excepts(e, b) for e in EXCEPTIONS)]
    assert not found, "\n".join(f"{b.file}:{b.line} breaks '{b.rule}': {b.what}" for b in found)


def test_every_exception_has_a_reason_and_is_needed():
    broken = [found for rule in RULES for found in breaches(rule)]
    for exception, reason in EXCEPTIONS.items():
        assert len(reason.split()) >= 4
        assert any(excepts(exception, breach) for breach in broken), exception


@pytest.mark.parametrize(
    ("rule", "path", "code"),
    [
        (upward_imports, "legal/de/x.py", "from cases.core import clock"),
        (upward_imports, "cases/ledger/x.py", "def f():\n    import portal.access"),
        (upward_imports, "portal/x.py", "from agency.settings import Settings"),
        (slices_out_of_order, "cases/core/x.py", "from cases.claims import models"),
        (slices_out_of_order, "cases/claims/x.py", "from cases import ledger"),
        (slices_out_of_order, "cases/claims/x.py", "from ..payments.models import Payment"),
        (slices_out_of_order, "cases/claims/x.py", "from cases.tables import metadata"),
        (foreign_laws, "legal/ch/x.py", "from legal.de.interest import default_interest"),
        (foreign_laws, "legal/x.py", "import legal.de.interest"),
        (countries_by_name, "cases/ledger/x.py", "from legal.de.interest import default_interest"),
        (countries_by_name, "portal/x.py", "import legal.ch"),
        (countries_by_name, "agency/x.py", "from legal import de"),
        (countries_by_name, "cases/filings/x.py", "from legal.de.court.courts import seat"),
        (countries_by_name, "cases/filings/x.py", "from cases.filings.de.form import FORM"),
        (countries_by_name, "cases/filings/x.py", "from cases.filings import de"),
        (impure_law, "legal/x.py", "import os"),
        (impure_law, "legal/de/x.py", "from sqlalchemy import select"),
        (impure_law, "legal/de/x.py", "from urllib.request import urlopen"),
        (impure_law, "legal/de/x.py", "text = open('rates.csv').read()"),
        (floats_for_money, "legal/x.py", "RATE = 0.05"),
        (floats_for_money, "cases/ledger/x.py", "x = float('1')"),
        (impure_formats, "cases/formats/x.py", "from cases.core import clock"),
        (impure_formats, "cases/formats/x.py", "import sqlalchemy"),
        (impure_formats, "cases/formats/x.py", "from legal.de.costs import plan"),
        (floats_for_money, "cases/core/money.py", "def f(x: float) -> int: ..."),
        (own_clocks, "portal/x.py", "today = date.today()"),
        (own_clocks, "cases/x.py", "now = dt.datetime.now(UTC)"),
        (own_clocks, "agency/x.py", "import time\nstart = time.time()"),
        (naive_moments, "cases/core/clock.py", "now = datetime.now()"),
        (naive_moments, "agency/x.py", "now = datetime.utcnow()"),
        (asserts_in_the_program, "legal/x.py", "def f(x):\n    assert x is not None"),
    ],
)
def test_each_rule_sees_its_breach(rule, path, code):
    assert list(rule(path, ast.parse(code)))


@pytest.mark.parametrize(
    ("rule", "path", "code"),
    [
        (upward_imports, "agency/x.py", "from legal.errors import LawError"),
        (slices_out_of_order, "cases/ledger/x.py", "from cases.claims.models import Claim"),
        (slices_out_of_order, "cases/tables.py", "from cases.watch import models"),
        (foreign_laws, "legal/de/x.py", "from legal.de.tables import read_rows"),
        (countries_by_name, "cases/x.py", "from legal.jurisdiction import get_jurisdiction"),
        (
            countries_by_name,
            "cases/filings/de/x.py",
            "from legal.de.court.courts import dunning_courts",
        ),
        (impure_law, "cases/x.py", "import os"),
        (own_clocks, "cases/x.py", "now = clock.now()"),
        (naive_moments, "cases/core/clock.py", "now = datetime.now(UTC)"),
        (floats_for_money, "cases/letters/x.py", "WIDTH = 8.5"),
    ],
)
def test_no_rule_cries_wolf(rule, path, code):
    assert not list(rule(path, ast.parse(code)))


def test_the_order_of_slices_is_the_one_that_the_package_states():
    stated = ast.get_docstring(modules()["cases/__init__.py"]) or ""
    named = [name for name in re.findall(r"`(\w+)`", stated) if name in SLICES]
    assert tuple(named) == SLICES


def test_every_folder_of_cases_is_a_known_slice():
    folders = {
        path.split("/")[1]
        for path in modules()
        if path.count("/") > 1 and path.startswith("cases/")
    }
    assert folders <= set(SLICES)


def test_who_names_a_country_has_a_reason_and_still_does():
    for place, reason in KNOWS_COUNTRIES.items():
        assert len(reason.split()) >= 4
        inside = [(path, tree) for path, tree in modules().items() if path.startswith(place)]
        named = {name.split(".")[1] for path, tree in inside for _, name in imports(path, tree)
                 if name.startswith("legal.")}  # fmt: skip
        assert named & set(LAWS), place


def test_no_folder_is_a_drawer_of_everything():
    folders: dict[str, int] = {}
    for path in modules():
        folder = path.rpartition("/")[0]
        folders[folder] = folders.get(folder, 0) + 1
    full = {folder: files for folder, files in folders.items() if files > MOST_FILES}
    assert not full


def module_name(path: str) -> str:
    return path.removesuffix(".py").removesuffix("/__init__").replace("/", ".")


def needs(path: str, tree: ast.Module, known: set[str]) -> set[str]:
    """The modules of ours that a module imports; `from a import b` needs a.b if that is one."""
    found = set()
    for _, name in imports(path, tree):
        target = name if name in known else name.rpartition(".")[0]
        if target in known and target != module_name(path):
            found.add(target)
    return found


def circles(graph: dict[str, set[str]]) -> list[list[str]]:
    """Groups of modules that need one another, by the algorithm of Tarjan."""
    index: dict[str, int] = {}
    low: dict[str, int] = {}
    stack: list[str] = []
    found: list[list[str]] = []

    def visit(node: str) -> None:
        index[node] = low[node] = len(index)
        stack.append(node)
        for other in sorted(graph[node]):
            if other not in index:
                visit(other)
                low[node] = min(low[node], low[other])
            elif other in stack:
                low[node] = min(low[node], index[other])
        if low[node] == index[node]:
            group = stack[stack.index(node) :]
            del stack[stack.index(node) :]
            if len(group) > 1:
                found.append(sorted(group))

    for node in sorted(graph):
        if node not in index:
            visit(node)
    return found


def test_no_two_modules_need_each_other():
    """Imports inside functions count too: a circle that is hidden is still one."""
    known = {module_name(path) for path in modules()}
    graph = {module_name(path): needs(path, tree, known) for path, tree in modules().items()}
    assert not circles(graph)


def test_a_circle_is_seen():
    assert circles({"a": {"b"}, "b": {"c"}, "c": {"a"}, "d": {"a"}}) == [["a", "b", "c"]]
