"""The German catalogue of the whole program: add texts, compile it, find what is missing.

English sentences are the message ids; `portal/shell/translations` holds the one catalogue that
every package shares. Run as `python -m agency.messages add texts.json`, `compile` or `check`.
"""

import fcntl
import io
import json
import os
import re
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import click
from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_file
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

from agency.refusal_texts import refusal_sentences

ROOT = Path(__file__).resolve().parent.parent
PACKAGES = ("agency", "portal", "cases", "legal")
TRANSLATIONS = ROOT / "portal" / "shell" / "translations"
GERMAN = TRANSLATIONS / "de" / "LC_MESSAGES" / "messages.po"
METHODS = {".py": "python", ".html": "jinja2", ".txt": "jinja2"}
PLURAL = (1, 2)
KEYWORDS: dict[str, Any] = {
    "_": None, "N_": None, "gettext": None, "lazy_gettext": None,
    "ngettext": PLURAL, "lazy_ngettext": PLURAL,
}  # fmt: skip
#: `%(name)s` of gettext and `{name}` of findings.
PLACEHOLDER = re.compile(r"%\(\w+\)[sd]|\{\w*[^{}\s]*\}")

Text = str | list[str]


@contextmanager
def locked_catalogue() -> Iterator[Catalog]:
    """The German catalogue, while nobody else may write it; saved when the block ends well."""
    GERMAN.parent.mkdir(parents=True, exist_ok=True)
    folder = os.open(GERMAN.parent, os.O_RDONLY)
    try:
        fcntl.flock(folder, fcntl.LOCK_EX)
        catalogue = read_german()
        yield catalogue
        save(catalogue)
    finally:
        os.close(folder)


def read_german() -> Catalog:
    """The German catalogue as it is on disk, or a new one."""
    if GERMAN.exists():
        with GERMAN.open("rb") as file:
            return read_po(file, locale="de")
    started = datetime(2026, 11, 23, tzinfo=UTC)  # One fixed day keeps the header free of noise.
    return Catalog(
        locale="de", project="recoup", version="1", creation_date=started, revision_date=started,
        last_translator="Recoup", language_team="Recoup", fuzzy=False, header_comment="# Recoup",
    )  # fmt: skip


def save(catalogue: Catalog) -> None:
    """Write the catalogue in the order of its message ids, whole or not at all."""
    content = io.BytesIO()
    write_po(content, catalogue, sort_output=True, no_location=True, width=100)
    draft = GERMAN.with_suffix(".po.new")
    draft.write_bytes(content.getvalue())
    draft.replace(GERMAN)


def used_messages() -> dict[str, tuple[str | None, str]]:
    """Every message id in the code: its plural, and the first place that uses it."""
    found: dict[str, tuple[str | None, str]] = {}
    paths = [
        path
        for package in PACKAGES
        for path in sorted((ROOT / package).rglob("*"))
        if path.suffix in METHODS and path.is_file()
    ]
    for path in paths:
        collect(path, found)
    for single, path, line in refusal_sentences([path for path in paths if path.suffix == ".py"]):
        found.setdefault(single, (None, f"{path.relative_to(ROOT)}:{line}"))
    return found


def collect(path: Path, found: dict[str, tuple[str | None, str]]) -> None:
    """Add the messages of one file; a plural form seen anywhere wins over a single one."""
    options = {"encoding": "utf-8"}
    for line, message, _, _ in extract_from_file(
        METHODS[path.suffix], path, keywords=KEYWORDS, options=options
    ):
        single, plural = message if isinstance(message, tuple) else (message, None)
        if single and (single not in found or (plural and not found[single][0])):
            found[single] = (plural, f"{path.relative_to(ROOT)}:{line}")


def merge(catalogue: Catalog, texts: dict[str, Text]) -> None:
    """Put German texts into the catalogue; a list is a singular and a plural."""
    plurals = used_messages() if any(isinstance(text, list) for text in texts.values()) else {}
    for single, german in texts.items():
        known = catalogue.get(single)
        if isinstance(german, list):
            plural = plurals.get(single, (None, ""))[0] or single
            catalogue.delete(single)
            catalogue.add((single, plural), string=tuple(german))
        elif known is None or not known.pluralizable:  # A plural entry also serves the singular.
            catalogue.delete(single)
            catalogue.add(single, string=german)


def problems(catalogue: Catalog) -> list[str]:
    """What a German reader would see in English, or with a placeholder missing."""
    return [
        f"{place}: {trouble}: {single!r}"
        for single, (plural, place) in used_messages().items()
        if (trouble := trouble_of(catalogue, single, plural))
    ]


def trouble_of(catalogue: Catalog, single: str, plural: str | None) -> str | None:
    """What is wrong with the German of one message, if anything is."""
    message = catalogue.get(single)
    if message is None or not message.string:
        return "no German"
    forms = [message.string] if isinstance(message.string, str) else list(message.string)
    if not all(forms):
        return "no German"
    if plural and not message.pluralizable:
        return "no German plural"
    wanted = set(PLACEHOLDER.findall(plural or single))
    if set(PLACEHOLDER.findall(forms[-1])) != wanted:
        return "placeholders differ"
    return None


def compile_catalogues() -> None:
    """Write the .mo file of every catalogue that has changed since; called at install and start."""
    for source in TRANSLATIONS.glob("*/LC_MESSAGES/*.po"):
        target = source.with_suffix(".mo")
        if target.exists() and target.stat().st_mtime_ns > source.stat().st_mtime_ns:
            continue
        with source.open("rb") as file:
            catalogue = read_po(file, locale=source.parent.parent.name)
        draft = target.with_suffix(f".{os.getpid()}.new")  # Several processes start at once.
        with draft.open("wb") as file:
            write_mo(file, catalogue)
        draft.replace(target)


@click.group()
def command() -> None:
    """Look after the German texts of the screens."""


@command.command("add")
@click.argument("path", type=click.Path(exists=True, dir_okay=False, path_type=Path))
def add(path: Path) -> None:
    """Merge a JSON file: message id to German text, or to [singular, plural]."""
    texts: dict[str, Text] = json.loads(path.read_text(encoding="utf-8"))
    with locked_catalogue() as catalogue:
        merge(catalogue, texts)
    click.echo(f"{len(texts)} texts merged.")


@command.command("compile")
def compile_command() -> None:
    """Write the .mo files."""
    compile_catalogues()


@command.command("check")
def check() -> None:
    """List message ids without German; exit 1 when there are any."""
    found = problems(read_german())
    for line in found:
        click.echo(line)
    raise SystemExit(1 if found else 0)


if __name__ == "__main__":
    command()
