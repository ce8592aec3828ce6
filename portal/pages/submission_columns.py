"""Which column of a list holds what: proposed by us, said by the creditor, remembered."""

import re
from datetime import date
from decimal import Decimal
from typing import Any

from babel.numbers import format_decimal
from flask import Blueprint, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from cases.core import files
from cases.core.database import transaction
from cases.formats.claims.lists.fields import FIELDS
from cases.formats.claims.lists.headers import missing_fields
from cases.formats.claims.reading import preview
from cases.formats.content import WORKBOOKS, recognise
from cases.formats.gate import Refused
from cases.intake.models import Submission
from cases.intake.queries import get_submission, get_upload
from cases.intake.services import map_columns
from portal.access import may
from portal.pages.intake_words import field_name, sentence_of
from portal.shell.formatting import day, language
from portal.shell.pages import invalid, page, see_other

blueprint = Blueprint("submission_columns", __name__, template_folder="../templates")
_NUMBER = re.compile(r"-?[0-9]{1,15}\.[0-9]{1,10}")
_DAY = re.compile(r"([0-9]{4}-[0-9]{2}-[0-9]{2})(?:[T ]00:00:00)?")


@blueprint.get("/submissions/<submission_id>/columns")
@may("submission.edit")
def show(submission_id: str) -> ResponseReturnValue:
    """The first rows of the list under its columns, with our proposal for each."""
    submission = get_submission(submission_id)
    return page("portal/submissions/columns.html", **_context(submission, None))


@blueprint.post("/submissions/<submission_id>/columns")
@may("submission.edit")
def assign(submission_id: str) -> ResponseReturnValue:
    """Read the list anew with these columns; answers 422 while one that is needed is missing."""
    submission = get_submission(submission_id)
    columns = submission.columns or []
    chosen = {
        column: field
        for place, column in enumerate(columns)
        if (field := request.form.get(f"column-{place}", "")) in FIELDS
    }
    errors = _errors(chosen)
    if errors:
        return invalid(
            "portal/submissions/columns.html", errors=errors, **_context(submission, chosen)
        )
    with transaction():
        map_columns(submission.id, chosen)
    return see_other("submissions.show", submission_id=submission_id)


def _errors(chosen: dict[str, str]) -> dict[str, list[str]]:
    missing = missing_fields(chosen)
    taken = list(chosen.values())
    twice = sorted({field for field in taken if taken.count(field) > 1})
    errors = {}
    if missing:
        names = ", ".join(map(field_name, missing))
        errors["_missing"] = [gettext("Please say which column holds: %(names)s.", names=names)]
    if twice:
        names = ", ".join(map(field_name, twice))
        errors["_twice"] = [gettext("Two columns cannot both hold: %(names)s.", names=names)]
    return errors


def _context(submission: Submission, chosen: dict[str, str] | None) -> dict[str, Any]:
    upload = get_upload(submission)
    data = files.read_bytes(upload)
    shown = preview(data, upload.filename)
    worded = shown_cell if is_sheet(data) else str
    given = chosen if chosen is not None else (submission.mapping or {})
    columns = [
        {
            "name": proposal.column,
            "field": given.get(proposal.column) if given else proposal.field,
            "cells": [worded(row[place]) if place < len(row) else "" for row in shown.rows[:4]],
        }
        for place, proposal in enumerate(shown.columns)
    ]
    return {
        "submission": submission,
        "upload": upload,
        "columns": columns,
        "row_count": shown.row_count,
        "fields": [(field, field_name(field)) for field in FIELDS],
        "file_findings": [sentence_of(each) for each in submission.findings],
    }


def is_sheet(data: bytes) -> bool:
    """Whether a file is a spreadsheet, which shows its cells in another form than it keeps them."""
    try:
        return recognise(data) in WORKBOOKS
    except Refused:
        return False


def shown_cell(cell: str) -> str:
    """A number with decimals and a day in the language of the page; everything else as it is."""
    if _NUMBER.fullmatch(cell):
        return str(format_decimal(Decimal(cell), "#,##0.00########", locale=language()))
    found = _DAY.fullmatch(cell)
    try:
        return day(date.fromisoformat(found[1])) if found else cell
    except ValueError:
        return cell
