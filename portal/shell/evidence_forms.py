"""The answer about a piece of evidence as a form sends it, for both sides."""

from typing import Any

from marshmallow import Schema, fields

from cases.objections.catalogue import AnswerForm
from cases.objections.evidence import PieceAnswer
from portal.shell.forms import Day, Errors, load_form

YES_NO = {"yes": True, "no": False}
LONGEST = 4000


class AnswerSchema(Schema):
    """What somebody answered about a piece of evidence."""

    has_none = fields.Boolean(load_default=False)
    on = Day(load_default=None)
    yes = fields.String(load_default="")
    words = fields.String(load_default="")


def read_answer(form: Any, wanted: AnswerForm) -> tuple[PieceAnswer | None, Errors]:
    """The answer that a form describes, or what is wrong with it."""
    data, errors = load_form(AnswerSchema(), form)
    if data is None:
        return None, errors
    given = PieceAnswer(
        has_none=data["has_none"],
        on=data["on"] if wanted is AnswerForm.DAY else None,
        yes=YES_NO.get(data["yes"]) if wanted is AnswerForm.YES_NO else None,
        words=data["words"][:LONGEST],
    )
    return given, {}
