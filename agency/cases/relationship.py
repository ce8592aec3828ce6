"""How a debtor of a client is to be treated, what the client was asked, and what he said."""

from typing import Any

from flask import Blueprint, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext
from marshmallow import Schema, fields, validate

from agency.cases.file import load_file
from agency.refusals import at_field
from cases.claims.asking import services as asking
from cases.claims.asking.models import AskedFor
from cases.claims.asking.policies import policy_of
from cases.claims.models import Phase
from cases.claims.queries import get_case, get_case_by_id, list_debtors, lock_case
from cases.claims.services import require_open
from cases.core.database import transaction
from cases.core.errors import NotFound, Refusal
from cases.parties import relationship_rules as rules
from cases.parties.relationship import Way
from portal.access import may
from portal.company.relationship_form import TONES, RelationshipSchema, values_of
from portal.shell.forms import Errors, load_form
from portal.shell.pages import done, page, see_other
from portal.wording import word

blueprint = Blueprint("relationship", __name__)
AT: dict[type[Refusal], str] = {
    rules.NothingTightened: "tone",
    asking.WordsMissing: "words",
    asking.NotWhileContested: "asked_for",
}


class DebtorSchema(RelationshipSchema):
    """A stricter policy for one debtor of the case."""

    debtor = fields.String(required=True)
    reason = fields.String(required=True)


class QuestionSchema(Schema):
    """What the client is asked, and why."""

    asked_for = fields.Enum(AskedFor, by_value=True, required=True,
                            validate=validate.NoneOf([AskedFor.PLAN]))  # fmt: skip
    question = fields.String(required=True, validate=validate.Length(max=500))


@blueprint.get("/cases/<case_public_id>/relationship")
@may("case.view")
def show(case_public_id: str) -> ResponseReturnValue:
    """What holds here and from where, and all questions to the client."""
    return _page(case_public_id)


@blueprint.post("/cases/<case_public_id>/relationship")
@may("contact.log")
def tighten(case_public_id: str) -> ResponseReturnValue:
    """Make the policy stricter for one debtor; answers 422 where nothing gets stricter."""
    policy, errors = load_form(DebtorSchema(), request.form, {"reason": gettext("Why")})
    if policy is None:
        return _page(case_public_id, errors)
    case = get_case(case_public_id)
    try:
        with transaction():
            known = {each.debtor.public_id: each.debtor.id for each in list_debtors(case.id)}
            if request.form["debtor"] not in known:
                raise NotFound
            scope = rules.Scope(debtor_id=known[request.form["debtor"]])
            rules.set_rule(case.creditor_id, scope, policy, request.form["reason"])
    except NotFound:
        raise
    except Refusal as refusal:
        return _page(case_public_id, at_field(refusal, AT))
    done(gettext("Saved. What runs is looked at once more under the new rule."))
    return see_other("relationship.show", case_public_id=case_public_id)


@blueprint.post("/cases/<case_public_id>/relationship/question")
@may("contact.log")
def ask(case_public_id: str) -> ResponseReturnValue:
    """Ask the client about court or a visit; he answers in his portal or tells us."""
    labels = {"asked_for": gettext("What"), "question": gettext("Why we ask")}
    wish, errors = load_form(QuestionSchema(), request.form, labels)
    if wish is None:
        return _page(case_public_id, errors)
    try:
        with transaction():
            case = lock_case(get_case(case_public_id).id)
            require_open(case)
            asking.ask_client(case, wish["asked_for"], reason=wish["question"])
    except asking.NotWhileContested as refusal:
        return _page(case_public_id, at_field(refusal, AT))
    done(gettext("The client is asked; it stands in his portal."))
    return see_other("relationship.show", case_public_id=case_public_id)


@blueprint.post("/client-approvals/<approval_public_id>/answer")
@may("contact.log")
def answer(approval_public_id: str) -> ResponseReturnValue:
    """The client has told us; answers 422 without how."""
    asked = asking.get_approval(approval_public_id)
    case_public_id = get_case_by_id(asked.case_id).public_id
    agrees = request.form.get("agrees") == "1"
    try:
        with transaction():
            case = asking.note_answer(asked, agrees=agrees, words=request.form.get("words", ""))
            asking.follow(case, asked)
    except Refusal as refusal:
        return _page(case_public_id, at_field(refusal, AT))
    done(gettext("Noted."))
    return see_other("relationship.show", case_public_id=case_public_id)


def _page(case_public_id: str, errors: Errors | None = None) -> ResponseReturnValue:
    file = load_file(case_public_id)
    case, policy = file.case, policy_of(file.case)
    values: Any = request.form if request.method == "POST" else values_of(policy)
    return page(
        "agency/cases/relationship.html",
        status=422 if errors else 200,
        file=file,
        policy=policy,
        without=[word(way) for way in Way if way.value in policy.without],
        tones=TONES,
        questions=asking.list_of_case(case.id),
        to_ask=[
            (each.value, word(each))
            for each in (AskedFor.COURT, AskedFor.VISIT)
            if asking.find_open(case.id, each) is None
        ],
        court_waits=asking.must_wait(case),
        debtors=[(one.debtor.public_id, one.debtor.full_name) for one in file.debtors],
        may_change=case.phase is not Phase.CLOSED,
        values=values,
        errors=errors or {},
    )
