"""The form of a relationship policy, for clients and staff alike."""

from collections.abc import Mapping
from typing import Any

from flask_babel import lazy_gettext
from marshmallow import Schema, fields, post_load

from cases.parties.relationship import Policy, Tone, Way

#: How firmly debtors are addressed, and what that means.
TONES = (
    (
        Tone.SOFT.value,
        lazy_gettext("Soft"),
        lazy_gettext(
            "Letters and calls only; court, and the letter before it, after the creditor's yes."
        ),
    ),
    (
        Tone.BALANCED.value,
        lazy_gettext("Balanced"),
        lazy_gettext("All steps up to the letter that announces the court."),
    ),
    (
        Tone.FIRM.value,
        lazy_gettext("Firm"),
        lazy_gettext("All that the strategy provides for."),
    ),
)


class RelationshipSchema(Schema):
    """Tone, ways that are not wanted, and what is asked about before."""

    tone = fields.Enum(Tone, by_value=True, required=True)
    without_phone = fields.Boolean(load_default=False)
    without_visit = fields.Boolean(load_default=False)
    without_email = fields.Boolean(load_default=False)
    without_sms = fields.Boolean(load_default=False)
    asks_court = fields.Boolean(load_default=False)
    asks_visit = fields.Boolean(load_default=False)

    @post_load
    def build(self, data: dict[str, Any], **_: Any) -> Policy:
        return Policy(
            tone=data["tone"],
            without=frozenset(way.value for way in Way if data[f"without_{way}"]),
            asks_court=data["asks_court"],
            asks_visit=data["asks_visit"],
        )


def values_of(policy: Policy) -> Mapping[str, Any]:
    """A policy as its form shows it."""
    return {
        "tone": policy.tone.value,
        **{f"without_{way}": way in policy.without for way in Way},
        "asks_court": policy.asks_court,
        "asks_visit": policy.asks_visit,
    }
