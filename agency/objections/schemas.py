"""What people enter about an objection: what was said, what was found, the verdict."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from flask_babel import gettext
from marshmallow import Schema, ValidationError, fields, post_load

from cases.claims.models import Claim
from cases.contacts.models import ContactChannel
from cases.objections.evidence_models import ObjectionPhase
from cases.objections.indicators import SpeaksFor
from cases.objections.mentions import Again
from cases.objections.models import ObjectionKind, Verdict
from cases.objections.queries import DisputedClaim
from cases.objections.services import Answer, Disputed, ObjectionDetails
from cases.objections.verdicts import Decision
from portal.shell.forms import Amount, Day, Errors, load_form

#: Field of the amount that is disputed, or genuine, of one claim.
AMOUNT = "amount_{}"
GENUINE = "genuine_{}"


#: Verdicts that change what the creditor gets: he reads why.
CHANGING = frozenset({Verdict.GENUINE, Verdict.PARTLY_GENUINE})


class ObjectionSchema(Schema):
    """What the debtor says; claims and amounts are read apart, they depend on the case."""

    kind = fields.Enum(ObjectionKind, by_value=True, required=True)
    words = fields.String(required=True)
    contests = fields.Boolean(required=True)
    channel = fields.Enum(ContactChannel, by_value=True, required=True)
    raised_on = Day(required=True)
    phase = fields.Enum(ObjectionPhase, by_value=True, load_default=ObjectionPhase.AGENCY)
    debtor = fields.String(load_default="")
    again = fields.Enum(Again, by_value=True, load_default=None)


class VerdictSchema(Schema):
    """A verdict with its reason."""

    verdict = fields.Enum(Verdict, by_value=True, required=True)
    reason = fields.String(required=True)
    again_on = Day(load_default=None)
    genuine_costs_cents = Amount(load_default=None)
    no_evidence = fields.String(load_default="")
    told_creditor = fields.String(load_default="")
    to_court = fields.Boolean(load_default=False)
    set_off_due_on = Day(load_default=None)


@dataclass(frozen=True, slots=True)
class _OneAmount:
    cents: int


class _AmountSchema(Schema):
    cents = Amount(required=True)

    @post_load
    def build(self, data: dict[str, Any], **_: Any) -> _OneAmount:
        return _OneAmount(**data)


class _GenuineSchema(_AmountSchema):
    cents = Amount(required=True, zero=True)


def read_objection(
    form: Any, claims: Sequence[Claim], debtors: Mapping[str, int]
) -> tuple[ObjectionDetails | None, Errors]:
    """The objection that a form describes, or what is missing."""
    labels = {
        "kind": gettext("What the debtor says"),
        "words": gettext("In the debtor's words"),
        "contests": gettext("Does the debtor dispute the claim?"),
        "channel": gettext("Channel"),
        "raised_on": gettext("Received on"),
    }
    data, errors = load_form(ObjectionSchema(), form, labels)
    ticked = set(form.getlist("claims"))
    disputed = []
    for claim in claims:
        if claim.public_id in ticked:
            field = AMOUNT.format(claim.public_id)
            cents = _amount(_AmountSchema(), form.get(field), field, errors)
            disputed.append(Disputed(claim.id, cents))
    if errors or data is None:
        return None, errors
    data["channel"] = data["channel"].value
    data["debtor_id"] = debtors.get(data.pop("debtor"))
    return ObjectionDetails(disputed=disputed, **data), {}


def read_verdict(form: Any, disputed: Sequence[DisputedClaim]) -> tuple[Decision | None, Errors]:
    """The verdict that a form describes, or what is missing."""
    labels = {"verdict": gettext("Your decision"), "reason": gettext("Reason")}
    data, errors = load_form(VerdictSchema(), form, labels)
    genuine: dict[int, int] = {}
    if data is not None and data["verdict"] is not Verdict.PARTLY_GENUINE:
        data["genuine_costs_cents"] = None
    elif data is not None:
        for one in disputed:
            field = GENUINE.format(one.claim.public_id)
            genuine[one.claim.id] = _amount(_GenuineSchema(), form.get(field) or "0", field, errors)
    told = data is None or data["verdict"] not in CHANGING or data["told_creditor"]
    if not told:
        errors["told_creditor"] = [gettext("Please explain the verdict to the creditor.")]
    if errors or data is None:
        return None, errors
    return Decision(genuine_cents=genuine, **data), {}


def read_answers(
    form: Mapping[str, str], questions: Sequence[str], documents: Mapping[str, int]
) -> dict[str, Answer]:
    """What was found out, by question; a finding may rest on one of these documents."""
    answers = {}
    for question in questions:
        if f"finding_{question}" not in form:
            continue
        points = form.get(f"speaks_{question}", "")
        speaks_for = SpeaksFor(points) if points in set(SpeaksFor) else SpeaksFor.OPEN
        finding = form.get(f"finding_{question}", "")[:2000]
        evidence = documents.get(form.get(f"evidence_{question}", ""))
        answers[question] = Answer(finding, speaks_for, evidence)
    return answers


def _amount(schema: Schema, typed: str | None, field: str, errors: Errors) -> int:
    try:
        found: _OneAmount = schema.load({"cents": typed} if typed else {})
    except ValidationError as error:
        from portal.shell.forms import messages_of, translated

        errors[field] = translated(messages_of(error))["cents"]
        return 0
    return found.cents
