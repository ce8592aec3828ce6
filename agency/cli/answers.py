"""JSON in, JSON out: how the commands that other programs call read and answer.

Published shape, see docs/commands.md: one object or a list on standard input; a bad element of a
list answers an error in its place; exit 2 on input that cannot be read at all.
"""

import json
import sys
from collections.abc import Callable
from typing import Any

import click

from legal.errors import LawError

Answer = dict[str, Any]


def answer(calculate: Callable[[Answer], Answer]) -> None:
    """Read questions from standard input, write the answers to standard output."""
    try:
        question = json.load(sys.stdin, parse_float=str)
    except (ValueError, RecursionError) as error:
        raise Unreadable(f"Standard input is not JSON: {error}") from error
    if isinstance(question, list):
        result: Any = [answer_one(calculate, element) for element in question]
    elif isinstance(question, dict):
        result = answer_one(calculate, question)
        if "error" in result:
            emit(result)
            raise Unreadable(result["error"]["message"])
    else:
        raise Unreadable("Standard input must be one JSON object or a list of objects.")
    emit(result)


def answer_one(calculate: Callable[[Answer], Answer], question: Any) -> Answer:
    """Answer one question, or say what is wrong with it."""
    if not isinstance(question, dict):
        return problem(None, "not_an_object", "Each element must be a JSON object.")
    try:
        return calculate(question)
    except LawError as error:
        found = problem(error.field, error.code, str(error))
        found["error"] |= error.figures
        return found


def problem(field: str | None, code: str, message: str) -> Answer:
    """The published shape of an error."""
    return {"error": {"field": field, "code": code, "message": message}}


def emit(result: Any) -> None:
    """Write one JSON value to standard output."""
    click.echo(json.dumps(result, ensure_ascii=False, indent=2, default=str))


class Unreadable(click.ClickException):
    """The input could not be read at all."""

    exit_code = 2
