"""What intake says to people: findings, fields, states and mistakes in words."""

from collections.abc import Mapping
from typing import Any

from flask_babel import gettext

from cases.formats.claims.messages import MESSAGES
from cases.intake import standing, words
from cases.intake.models import RowState, SubmissionState
from cases.intake.words import FIELDS, MISTAKES
from portal.shell.wording import worded

SENTENCES = {**MESSAGES, **standing.MESSAGES}
#: State -> words and colour.
STATES = {
    SubmissionState.UPLOADED: (words.STATES[SubmissionState.UPLOADED], "info"),
    SubmissionState.READING: (words.STATES[SubmissionState.READING], "info"),
    SubmissionState.MAPPING: (words.STATES[SubmissionState.MAPPING], "warn"),
    SubmissionState.CHECKING: (words.STATES[SubmissionState.CHECKING], "warn"),
    SubmissionState.REFUSED: (words.STATES[SubmissionState.REFUSED], "bad"),
    SubmissionState.OPENING: (words.STATES[SubmissionState.OPENING], "info"),
    SubmissionState.DONE: (words.STATES[SubmissionState.DONE], "good"),
    SubmissionState.DISCARDED: (words.STATES[SubmissionState.DISCARDED], ""),
}
ROW_STATES = {
    RowState.ERROR: (words.ROW_STATES[RowState.ERROR], "bad"),
    RowState.READY: (words.ROW_STATES[RowState.READY], "good"),
    RowState.OPENED: (words.ROW_STATES[RowState.OPENED], "good"),
    RowState.DUPLICATE: (words.ROW_STATES[RowState.DUPLICATE], ""),
    RowState.LEFT_OUT: (words.ROW_STATES[RowState.LEFT_OUT], ""),
    RowState.RETURNED: (words.ROW_STATES[RowState.RETURNED], "warn"),
}


def sentence_of(finding: Mapping[str, Any]) -> str:
    """A finding as a sentence in the language of the page."""
    sentence = SENTENCES.get(finding["code"])
    if sentence is None:
        return str(gettext("Please check this entry."))
    return worded(sentence, _named_fields(finding.get("params") or {}))


def field_name(field: str | None) -> str:
    """What people call a field."""
    return str(gettext(FIELDS[field])) if field in FIELDS else (field or "")


def mistake_name(code: str, field: str | None) -> str:
    """A mistake that rows share, in one line."""
    if code in MISTAKES:
        return str(gettext(MISTAKES[code]))
    return str(gettext("%(field)s: please check", field=field_name(field) or gettext("Row")))


def _named_fields(params: Mapping[str, Any]) -> dict[str, Any]:
    """Parameters that list fields by their code name them in words."""
    shown = dict(params)
    for name in ("fields", "parts", "name"):
        if isinstance(shown.get(name), str):
            codes = [part.strip() for part in shown[name].split(",")]
            if all(code in FIELDS for code in codes):
                shown[name] = ", ".join(field_name(code) for code in codes)
    return shown
