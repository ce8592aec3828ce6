"""The form by which documents are handed in, and their kinds in words."""

import re
from collections.abc import Sequence
from datetime import date

from flask import request
from flask_babel import gettext

from cases.core import clock
from cases.documents.models import DocumentKind
from cases.intake.documents import Handed
from portal.shell.forms import Errors
from portal.shell.typed import NotUnderstood, parse_date
from portal.wording import word

#: A day within the name of a file, as people and programs write it.
DAY_IN_NAME = re.compile(r"(?<!\d)(\d{4}-\d\d-\d\d|\d{1,2}\.\d{1,2}\.(?:\d{4}|\d\d))(?!\d)")


def group_word(group: Sequence[DocumentKind]) -> str:
    """Kinds of which any one will do: "Contract or Order"."""
    return str(gettext(" or ")).join(map(word, group))


def handed_documents(
    kind: DocumentKind | None = None, name: str = "document", day: str = "dated_on"
) -> tuple[list[Handed], Errors]:
    """What the form of this request hands in, all of the kind chosen there or given here.

    A day of the form counts for all of them; else a reminder's day is that in its file's name.
    """
    uploads = [each for each in request.files.getlist(name) if each.filename]
    errors: Errors = {}
    if not uploads and kind is None:
        errors["document"] = [gettext("Please choose a file first.")]
    chosen = kind
    if chosen is None:
        wanted = request.form.get("kind", "")
        chosen = DocumentKind(wanted) if wanted in set(DocumentKind) else None
        if chosen is None:
            errors["kind"] = [gettext("Please say what kind of document this is.")]
    typed, wrong = _day(request.form.get(day, ""), day)
    errors |= wrong
    handed_on, wrong = _day(request.form.get("handed_on", ""), "handed_on")
    errors |= wrong
    if errors or chosen is None:
        return [], errors
    return [
        Handed(each.stream.read(), name, chosen, typed or _day_of(name, chosen), handed_on)
        for each in uploads
        for name in [each.filename or ""]
    ], {}


def _day(text: str, field: str) -> tuple[date | None, Errors]:
    try:
        return (parse_date(text, clock.today()) if text.strip() else None), {}
    except NotUnderstood as wrong:
        return None, {field: [gettext(wrong.sentence, **wrong.params)]}


def _day_of(filename: str, kind: DocumentKind) -> date | None:
    found = DAY_IN_NAME.search(filename) if kind is DocumentKind.REMINDER else None
    return _day(found[1], "")[0] if found else None
