"""The first demand letter: complete what is missing, look at the real page, release it."""

from typing import Any

from flask import Blueprint, Response, abort, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext, ngettext

from agency.cases.file import load_file
from agency.letters.schemas import DescriptionSchema, WishSchema
from cases.claims.models import Claim
from cases.claims.queries import get_case, list_claims, lock_case
from cases.core.database import transaction
from cases.core.errors import Conflict, NotFound
from cases.core.locks import relock
from cases.core.positions import position
from cases.letters.drafting import DemandWish, draft_first_demand
from cases.letters.errors import LetterLacksDuties
from cases.letters.pdf import render_preview
from cases.letters.queries import read_sent_letter
from cases.letters.services import describe, release_first_demand
from legal.demand import is_sendable
from legal.findings import Finding, Severity
from portal.access import may
from portal.limits import costly
from portal.login import require_user
from portal.shell.errors import say
from portal.shell.forms import Errors, load_form
from portal.shell.headers import may_be_framed
from portal.shell.opened import ChangedByOther, require_unchanged
from portal.shell.pages import done, page, see_other

blueprint = Blueprint("letters", __name__)


@blueprint.get("/cases/<case_public_id>/letter")
@may("letter.send")
def prepare(case_public_id: str) -> ResponseReturnValue:
    """The letter as it would be sent, with what is still missing; the wish is in the address."""
    wish, errors = load_form(WishSchema(), request.args)
    return _prepare(case_public_id, wish or DemandWish(WishSchema().load({}).dispatched_on), errors)


@blueprint.post("/cases/<case_public_id>/letter")
@may("letter.send")
def release(case_public_id: str) -> ResponseReturnValue:
    """Release the letter to every joint debtor; answers 422 while a duty is missing."""
    wish, errors = load_form(WishSchema(), request.form)
    if wish is None:
        return _prepare(case_public_id, DemandWish(WishSchema().load({}).dispatched_on), errors)
    try:
        with transaction():
            letters = release_first_demand(
                get_case(case_public_id).id, wish, require_user().user_id
            )
            count = len(letters)
    except LetterLacksDuties as refusal:
        return _prepare(case_public_id, wish, {"_letter": [say(refusal)]})
    done(ngettext("Letter released. It is being printed.", "%(num)d letters released.", count))
    return see_other("cases.show", case_public_id=case_public_id)


@blueprint.get("/cases/<case_public_id>/letter.pdf")
@costly
@may("letter.send")
def preview(case_public_id: str) -> ResponseReturnValue:
    """The page as it will be printed, for one of the joint debtors; kept nowhere."""
    wish, errors = load_form(WishSchema(), request.args)
    if wish is None or errors:
        abort(404)
    case_id, user_id = get_case(case_public_id).id, require_user().user_id
    drafts = draft_first_demand(case_id, wish, user_id)
    number = request.args.get("debtor", 1, type=position)
    if not 1 <= number <= len(drafts):
        raise NotFound
    return pdf_answer(render_preview(drafts[number - 1][1].html), "preview.pdf")


@blueprint.post("/claims/<claim_public_id>/description")
@may("letter.send")
def complete(claim_public_id: str) -> ResponseReturnValue:
    """Complete subject and day of a claim's contract; answers 422 when one is missing."""
    case_public_id = request.form.get("case", "")
    case = get_case(case_public_id)
    claim = _claim(case.id, claim_public_id)
    labels = {
        "description": gettext("Subject of the contract"),
        "contract_on": gettext("Day of the contract"),
        "tort_on": gettext("Day of the tort"),
    }
    told, errors = load_form(DescriptionSchema(), request.form, labels)
    if told is None:
        wish = DemandWish(WishSchema().load({}).dispatched_on)
        return _prepare(case_public_id, wish, errors, completing=claim.id)
    try:
        with transaction():
            lock_case(case.id)
            relock(claim)
            form = f"description.{claim.id}"
            require_unchanged(form, _described(claim), ("claim", claim.id), "claim.described")
            describe(case.id, claim.id, *told)
    except ChangedByOther as changed:
        wish = DemandWish(WishSchema().load({}).dispatched_on)
        return _prepare(case_public_id, wish, changed.errors, completing=claim.id)
    done(gettext("Claim %(number)s completed.", number=claim.invoice_number))
    return see_other("letters.prepare", case_public_id=case_public_id)


@blueprint.get("/letters/<letter_public_id>.pdf")
@may("document.view")
def show(letter_public_id: str) -> ResponseReturnValue:
    """The bytes that left the house."""
    with transaction():  # That somebody read it is noted.
        letter, data = read_sent_letter(letter_public_id)
        name = f"{letter.number}.pdf"
    return pdf_answer(data, name)


may_be_framed(preview)
may_be_framed(show)


def _described(claim: Claim) -> dict[str, Any]:
    names = ("description", "contract_on", "tort_on")
    return {name: getattr(claim, name) for name in names}


def _prepare(
    case_public_id: str, wish: DemandWish, errors: Errors, completing: int | None = None
) -> ResponseReturnValue:
    file = load_file(case_public_id)
    context: dict[str, Any] = {"drafts": [], "findings": [], "obstacle": None, "sendable": False}
    try:
        drafts = draft_first_demand(file.case.id, wish, require_user().user_id)
        findings = once([finding for _, draft in drafts for finding in draft.findings])
        context |= {
            "drafts": drafts,
            "findings": findings,
            "sendable": is_sendable(findings) and not _typed_wrong(errors),
        }
    except (Conflict, NotFound) as refusal:
        context["obstacle"] = say(refusal)
    sent = any(letter.kind.value == "first_demand" for letter, _ in file.letters)
    return page(
        "agency/letters/prepare.html",
        status=422 if errors else 200,
        file=file,
        wish=wish,
        values=_values(wish, request.form if completing else {}) | _typed_wrong(errors),
        errors=errors,
        incomplete=[c.claim for c in file.claims if _lacks_facts(c.claim)],
        completing=completing,
        sent=sent,
        time_barred=any(f.code.startswith("time_bar") for f in context["findings"]),
        **context,
    )


def _values(wish: DemandWish, form: Any) -> dict[str, Any]:
    told = {name: form.get(name) for name in ("description", "contract_on", "tort_on")}
    return {name: getattr(wish, name) for name in DemandWish.__dataclass_fields__} | told


def _typed_wrong(errors: Errors) -> dict[str, Any]:
    """What was typed into fields that are wrong: it is shown again, and nothing is released."""
    return {
        name: request.values.get(name, "")
        for name in DemandWish.__dataclass_fields__
        if errors.get(name)
    }


def _lacks_facts(claim: Claim) -> bool:
    return not claim.description or (claim.contract_on is None and claim.tort_on is None)


def once(findings: list[Finding]) -> list[Finding]:
    """Joint debtors get the same letter: each finding once, errors first."""
    unique = [finding for i, finding in enumerate(findings) if finding not in findings[:i]]
    return sorted(unique, key=lambda finding: finding.severity is not Severity.ERROR)


def _claim(case_id: int, claim_public_id: str) -> Claim:
    claim = next((c for c in list_claims(case_id) if c.public_id == claim_public_id), None)
    if claim is None:
        raise NotFound
    return claim


def pdf_answer(data: bytes, name: str) -> Response:
    """A PDF that the browser shows."""
    response = Response(data, mimetype="application/pdf")
    response.headers["Content-Disposition"] = f'inline; filename="{name}"'
    return response
