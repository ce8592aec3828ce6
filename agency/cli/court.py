"""`recoup court`: encode applications and read any court file (EDA). Pure, without a database."""

import json
import sys
from pathlib import Path
from typing import Any

import click

from agency.cli.answers import Unreadable, emit
from legal.de.court.eda.application import ApplicationFile, encode_file, from_notation
from legal.de.court.eda.layouts import find_unconfirmed
from legal.de.court.eda.render import render_file
from legal.de.court.eda.replies import ReadFile, read_file
from legal.de.court.readiness.check import check_file_form, reason, remedy
from legal.findings import Finding

REFUSED = 3


@click.group()
def command() -> None:
    """Court files (EDA) of the German dunning courts."""


@command.command()
@click.option(
    "--out", type=click.Path(dir_okay=False, path_type=Path), help="Write here instead of stdout."
)
@click.option(
    "--confirmed",
    multiple=True,
    metavar="FIELD",
    help="A field of low confidence that your court has confirmed, such as C10.IKUBET; repeatable.",
)
def encode(out: Path | None, confirmed: tuple[str, ...]) -> None:
    """Encode the application file in the JSON on standard input; a list makes several."""
    confirmed_fields = _confirmed(confirmed)
    files, problems, warnings = _understand(_read_json(), confirmed_fields)
    if problems or warnings:
        told = {"problems": problems} if problems else {"warnings": warnings}
        click.echo(json.dumps(told, ensure_ascii=False, indent=2), err=True)
    if problems:
        sys.exit(REFUSED)
    data = b"".join(encode_file(file, confirmed_fields=confirmed_fields) for file in files)
    if out is None:
        sys.stdout.buffer.write(data)
        return
    try:
        out.write_bytes(data)
    except OSError as error:
        raise Unreadable(f"{out} cannot be written: {error.strerror}") from error


def _read_json() -> Any:
    try:
        # Amounts keep their digits: nothing passes through binary fractions.
        data = json.loads(sys.stdin.buffer.read(), parse_float=str)
    except (ValueError, RecursionError) as error:
        raise Unreadable(f"Standard input is not JSON: {error}") from error
    listed = data if isinstance(data, list) else [data]
    if not listed or not all(isinstance(each, dict) for each in listed):
        raise Unreadable("Standard input must be one JSON object or a list of objects.")
    return data


def _confirmed(names: tuple[str, ...]) -> frozenset[str]:
    known = set(find_unconfirmed())
    records = {name.partition(".")[0] for name in known}
    if unknown := sorted(set(names) - known - records):
        raise Unreadable(f"Not a field that needs confirmation: {', '.join(unknown)}")
    return frozenset(names)


def _understand(
    data: Any, confirmed: frozenset[str]
) -> tuple[list[ApplicationFile], list[dict[str, Any]], list[dict[str, Any]]]:
    """The application files, what keeps them from being encoded, and what deserves a look."""
    files: list[ApplicationFile] = []
    problems: list[dict[str, Any]] = []
    warnings: list[dict[str, Any]] = []
    for index, each in enumerate(data if isinstance(data, list) else [data]):
        file, unreadable = from_notation(each)
        prefix = f"[{index}]." if isinstance(data, list) else ""
        files.append(file)
        if unreadable:
            problems += [_problem(finding, prefix) for finding in unreadable]
            continue
        form = check_file_form(file, confirmed_fields=confirmed)
        problems += [_problem(finding, prefix) for finding in form.errors]
        warnings += [_problem(finding, prefix) for finding in form.warnings]
    return files, problems, warnings


def _problem(finding: Finding, prefix: str) -> dict[str, Any]:
    return {
        "field": f"{prefix}{finding.field}",
        "code": finding.code,
        "message": reason(finding),
        "remedy": remedy(finding),
    }


@command.command()
@click.argument(
    "paths", nargs=-1, required=True, metavar="FILE...", type=click.Path(path_type=Path)
)
@click.option("--json", "as_json", is_flag=True, help="Answer JSON instead of German text.")
def read(paths: tuple[Path, ...], as_json: bool) -> None:
    """Read court files, ours or the court's."""
    files = [(path, read_file(_bytes(path))) for path in paths]
    if as_json:
        emit(_as_json(files))
        return
    for path, logical in files:
        if len(files) > 1:
            click.echo(f"===== {path.name} =====")
        click.echo("\n\n".join(render_file(each) for each in logical))


def _bytes(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise Unreadable(f"{path} cannot be read: {error.strerror}") from error


def _as_json(files: list[tuple[Path, tuple[ReadFile, ...]]]) -> Any:
    """One object for one logical file; a list for several, each with the name of its file."""
    objects = [
        {"file_name": path.name, **each.in_notation()}
        for path, logical in files
        for each in logical
    ]
    if len(objects) > 1 or len(files) > 1:
        return objects
    return {key: value for key, value in objects[0].items() if key != "file_name"}
