"""What was typed on the check page, in however many rows: all of it is saved, whatever was pressed.

Fields of one form stand in many rows; each is called after its row and field, and beside it stands
what it showed, so that only what somebody changed is a correction.
"""

import re
from collections.abc import Mapping

from flask_babel import gettext, ngettext

from cases.core.database import db
from cases.formats.claims.lists.fields import FIELDS
from cases.intake.corrections import RowGone, correct_row
from cases.intake.models import RowState
from portal.shell.formatting import language
from portal.shell.pages import done

_NAME = re.compile(r"([0-9]{1,9})-([a-z_]{1,40})")
Typed = dict[int, dict[str, str]]


def typed_rows(form: Mapping[str, str]) -> Typed:
    """Row -> field -> text, for every field that differs from what it showed."""
    typed: Typed = {}
    for name, text in form.items():
        found = _NAME.fullmatch(name)
        if found is None or found[2] not in FIELDS:
            continue
        shown = form.get(f"{found[1]}-was_{found[2]}", "")
        if text.strip() != shown.strip():
            typed.setdefault(int(found[1]), {})[found[2]] = text
    return typed


def save_typed(submission_id: int, form: Mapping[str, str]) -> tuple[int, int]:
    """Correct every row that was typed in; how many are in order now, and how many are not.

    A row that went into a case meanwhile cannot be changed, and keeps no other from being saved.
    """
    right = wrong = 0
    sign = "." if language() == "en" else ","
    for line, cells in typed_rows(form).items():
        try:
            row = correct_row(submission_id, line, cells, sign)
        except RowGone:
            continue
        if row.state is RowState.ERROR:
            wrong += 1
        else:
            right += 1
    db.session.flush()
    return right, wrong


def say_saved(saved: tuple[int, int]) -> None:
    """Say what became of the rows that were typed in."""
    right, wrong = saved
    if right:
        done(ngettext("%(num)d row is in order now.", "%(num)d rows are in order now.", right))
    if wrong:
        done(
            ngettext(
                "%(num)d row is saved and still needs a correction.",
                "%(num)d rows are saved and still need a correction.",
                wrong,
            )
        )


def saved_sentence() -> str:
    """What the page says when all that was typed has been saved by itself."""
    return str(gettext("Everything is saved."))
