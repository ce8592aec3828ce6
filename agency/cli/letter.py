"""`recoup letter draft`: the letter that given facts would make, checked as on the screen."""

from pathlib import Path
from typing import Any

import click

from agency.cli.answers import Unreadable, answer


@click.group()
def command() -> None:
    """Draft letters from facts, see docs/commands.md."""


@command.command("draft")
@click.option("--pdf", type=click.Path(path_type=Path), help="Write the letter here, as it prints.")
def draft(pdf: Path | None) -> None:
    """Draft and check a demand letter: JSON on standard input."""
    from agency.cli.letter_answer import Drafted, published

    made: list[Drafted] = []

    def calculate(question: dict[str, Any]) -> dict[str, Any]:
        drafted = published(question)
        made.append(drafted)
        return drafted.answer

    answer(calculate)
    if pdf is not None:
        _write(pdf, made)


def _write(path: Path, made: list[Any]) -> None:
    if len(made) != 1:
        raise Unreadable("--pdf writes the letter of one object, not of a list.")
    if made[0].pdf is None:
        raise Unreadable("There is no letter to write: see the findings.")
    try:
        path.write_bytes(made[0].pdf)
    except OSError as error:
        raise Unreadable(f"{path} cannot be written: {error.strerror}") from error
