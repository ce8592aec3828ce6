"""What people decide about a demand letter, and what they complete for it."""

from datetime import date
from typing import Any

from flask_babel import gettext
from marshmallow import Schema, ValidationError, fields, post_load, validate

from cases.core import clock
from cases.letters.demand import TERM_DAYS
from cases.letters.demand_words import NEXT_STEP
from cases.letters.drafting import DemandWish
from cases.letters.models import LetterKind
from cases.letters.written.composing import TERM_DAYS as TERM_OF_LATER
from cases.letters.written.kinds import KINDS
from cases.letters.written.language import MOST_CHARACTERS
from portal.shell.forms import Day

LANGUAGES = ("de", "en")
STEPS = (*sorted(NEXT_STEP["de"]), "court")


class WishSchema(Schema):
    """Day of dispatch, term, next step and language; the defaults are the usual ones."""

    dispatched_on = Day(load_default=clock.today)
    term_days = fields.Integer(load_default=TERM_DAYS, validate=validate.Range(min=1, max=60))
    term_reason = fields.String(load_default="")
    next_step = fields.String(load_default="call", validate=validate.OneOf(sorted(NEXT_STEP["de"])))
    language = fields.String(load_default=None, validate=validate.OneOf(LANGUAGES))
    time_bar_reason = fields.String(load_default="")

    @post_load
    def build(self, data: dict[str, Any], **_: Any) -> DemandWish:
        return DemandWish(**data)


class ChoiceSchema(Schema):
    """Which letter is to be written, in which language."""

    kind = fields.Enum(
        LetterKind, by_value=True, required=True, validate=validate.OneOf(list(KINDS))
    )
    language = fields.String(required=True, validate=validate.OneOf(LANGUAGES))

    @post_load
    def build(self, data: dict[str, Any], **_: Any) -> tuple[LetterKind, str]:
        return data["kind"], data["language"]


class TextSchema(Schema):
    """What somebody writes: kept as it is, judged when it is drafted."""

    text = fields.String(required=True, validate=validate.Length(max=MOST_CHARACTERS))
    term_days = fields.Integer(load_default=TERM_OF_LATER, validate=validate.Range(min=1, max=60))
    next_step = fields.String(load_default="call", validate=validate.OneOf(STEPS))
    contract_circumstances = fields.String(load_default="")


class DescriptionSchema(Schema):
    """What the letter must say about a claim: its subject, and the day of contract or tort."""

    description = fields.String(required=True)
    contract_on = Day(load_default=None)
    tort_on = Day(load_default=None)

    @post_load
    def build(self, data: dict[str, Any], **_: Any) -> tuple[str, date | None, date | None]:
        if data["contract_on"] is None and data["tort_on"] is None:
            sentence = gettext("Enter the day of the contract, or the day of the tort.")
            raise ValidationError({"contract_on": [sentence]})
        return data["description"], data["contract_on"], data["tort_on"]
