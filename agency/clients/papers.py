"""The papers of a client: signed, typed and dated; and what the house makes of the contract."""

from typing import Any

from flask import Blueprint, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext
from marshmallow import Schema, fields, post_load, validate

from agency.clients.views import wanted
from agency.letters.views import pdf_answer
from agency.refusals import at_field
from cases.claims.queries import get_case_by_id
from cases.core import clock
from cases.core.database import transaction
from cases.core.errors import Invalid, NotFound, Refusal
from cases.documents.client_papers import services
from cases.documents.client_papers.models import PaperKind
from cases.parties.models import Creditor, CreditorContract
from cases.parties.queries import ContractMissing, get_contract
from cases.remittances import making_papers as making
from cases.remittances.making_papers import Explained
from portal.access import may
from portal.pages.documents import file_response
from portal.shell.forms import Day, Errors, load_form
from portal.shell.pages import done, page, see_other
from portal.wording import choices

blueprint = Blueprint("client_papers", __name__)
AT: dict[type[Refusal], str] = {
    services.PaperDatedAhead: "dated_on",
    services.PaperEndsBefore: "valid_until",
}
LONGEST = 2000


class PaperSchema(Schema):
    """What a paper is, its day and how long it holds."""

    kind = fields.Enum(PaperKind, by_value=True, required=True)
    dated_on = Day(required=True)
    valid_until = Day(load_default=None)
    note = fields.String(load_default=None)


class ExplainedSchema(Schema):
    """What a success fee needs to be explained with."""

    reasons = fields.String(load_default="", validate=validate.Length(max=LONGEST))
    other_costs = fields.String(load_default="", validate=validate.Length(max=LONGEST))
    early_end = fields.String(load_default="", validate=validate.Length(max=LONGEST))

    @post_load
    def build(self, data: dict[str, Any], **_: Any) -> Explained:
        return Explained(**data)


@blueprint.get("/clients/<creditor_public_id>/papers")
@may("client.view")
def show(creditor_public_id: str) -> ResponseReturnValue:
    """What is on file, what holds today, and what is missing."""
    return _page(wanted(creditor_public_id))


@blueprint.post("/clients/<creditor_public_id>/papers")
@may("client.edit")
def add(creditor_public_id: str) -> ResponseReturnValue:
    """Keep a paper that was signed; answers 422 with everything typed while it is not right."""
    creditor = wanted(creditor_public_id)
    labels = {"kind": gettext("What is it?"), "dated_on": gettext("Dated")}
    told, errors = load_form(PaperSchema(), request.form, labels)
    file = request.files.get("paper")
    if file is None or not file.filename:
        errors = {**errors, "paper": [gettext("Please choose a file first.")]}
    if told is None or errors or file is None:
        return _page(creditor, errors)
    try:
        with transaction():
            services.keep_paper(
                creditor.id, told["kind"], file.read(), file.filename or "", told["dated_on"],
                told["valid_until"], told["note"],
            )  # fmt: skip
    except Invalid as refusal:
        found = at_field(refusal, AT)
        return _page(creditor, {("paper" if k == "_form" else k): v for k, v in found.items()})
    done(gettext("Kept. It counts from its day on."))
    return see_other("client_papers.show", creditor_public_id=creditor_public_id)


@blueprint.post("/clients/<creditor_public_id>/papers/<paper_public_id>/end")
@may("client.edit")
def end(creditor_public_id: str, paper_public_id: str) -> ResponseReturnValue:
    """A paper was revoked or replaced: from today on it holds no more."""
    creditor = wanted(creditor_public_id)
    try:
        with transaction():
            services.end_paper(creditor.id, paper_public_id)
    except NotFound:
        raise
    except Refusal as refusal:
        return _page(creditor, at_field(refusal, AT))
    done(gettext("Ended. Applications to the court no longer rely on it."))
    return see_other("client_papers.show", creditor_public_id=creditor_public_id)


@blueprint.get("/clients/<creditor_public_id>/papers/power-of-attorney.pdf")
@may("client.view")
def power(creditor_public_id: str) -> ResponseReturnValue:
    """A power of attorney to be signed."""
    creditor = wanted(creditor_public_id)
    return pdf_answer(making.power_pdf(creditor.id, clock.today()), "vollmacht.pdf")


@blueprint.post("/clients/<creditor_public_id>/papers/agreement")
@may("contract.edit")
def make_agreement(creditor_public_id: str) -> ResponseReturnValue:
    """Make and keep the fee agreement of today's version; answers 422 what it lacks."""
    creditor = wanted(creditor_public_id)
    explained, errors = load_form(ExplainedSchema(), request.form)
    contract = _contract(creditor)
    if contract is None:
        return _page(
            creditor, {"_form": [gettext("Put a version of the contract into force first.")]}
        )
    if explained is None:
        return _page(creditor, errors)
    try:
        with transaction():
            making.keep_agreement(contract, explained)
    except making.SuccessFeeUnexplained as refusal:
        said = at_field(refusal, {})["_form"]
        return _page(creditor, dict.fromkeys(explained.missing, said))
    done(gettext("Made and kept. Send it to the client in text form; a PDF by mail is enough."))
    return see_other("client_papers.show", creditor_public_id=creditor_public_id)


@blueprint.get("/client-papers/<paper_public_id>")
@may("client.view")
def paper(paper_public_id: str) -> ResponseReturnValue:
    """One paper as it was kept."""
    _, file = services.get_paper(paper_public_id)
    return file_response(file, verified="download" not in request.args)


def _contract(creditor: Creditor) -> CreditorContract | None:
    try:
        return get_contract(creditor.id, clock.today())
    except ContractMissing:
        return None


def _page(creditor: Creditor, errors: Errors | None = None) -> ResponseReturnValue:
    today, contract = clock.today(), _contract(creditor)
    papers = services.list_papers(creditor.id)
    powers = services.powers_of([creditor.id], today)
    return page(
        "agency/clients/papers.html",
        status=422 if errors else 200,
        creditor=creditor,
        contract=contract,
        papers=[(paper, file, services.holds_on(paper, today)) for paper, file in papers],
        numbers={
            paper.case_id: get_case_by_id(paper.case_id).number
            for paper, _ in papers
            if paper.case_id is not None
        },
        power_since=powers.get(creditor.id)
        if creditor.id in powers
        else contract.power_of_attorney_on
        if contract
        else None,
        agreed=any(paper.kind is PaperKind.FEE_AGREEMENT for paper, _ in papers),
        explains=contract is not None and making.has_success_fee(contract),
        kinds=choices(PaperKind),
        values=request.form,
        errors=errors or {},
    )
