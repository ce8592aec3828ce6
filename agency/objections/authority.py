"""By what right we collect: the papers of a creditor or a case, and the letter that shows one."""

from typing import Any

from flask import Blueprint, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext, ngettext
from marshmallow import Schema, fields, validate

from agency.cases.file import load_file
from agency.refusals import at_field
from cases.claims.queries import get_case
from cases.core.database import transaction
from cases.core.errors import NotFound, Refusal
from cases.core.files import FileTooLarge
from cases.documents.client_papers import authority, services
from cases.documents.client_papers.models import PaperKind
from cases.documents.content import DocumentEmpty, DocumentRefused
from cases.letters.errors import LetterLacksDuties
from cases.letters.written.attachments import AttachmentNoPdf
from cases.letters.written.services import release_written
from cases.objections.replies.authority import begin_authority_letter
from portal.access import may
from portal.login import require_user
from portal.shell.errors import say
from portal.shell.forms import Day, Errors, load_form
from portal.shell.pages import done, page, see_other
from portal.wording import choices

blueprint = Blueprint("authority_papers", __name__)
ALL_ORDERS, THIS_CASE = "all", "case"
FIELDS: dict[type[Refusal], str] = {
    authority.PaperNoPdf: "file",
    services.PaperDatedAhead: "dated_on",
    DocumentEmpty: "file",
    DocumentRefused: "file",
    FileTooLarge: "file",
    AttachmentNoPdf: "_form",
}


class PaperSchema(Schema):
    """A paper as it is handed in; its file comes beside it."""

    kind = fields.Enum(PaperKind, by_value=True, required=True,
                       validate=validate.OneOf(authority.AUTHORITY))  # fmt: skip
    dated_on = Day(required=True)
    reach = fields.String(load_default=THIS_CASE)


@blueprint.get("/cases/<case_public_id>/authority")
@may("letter.send")
def show(case_public_id: str) -> ResponseReturnValue:
    """What shows our right to collect in this case."""
    return _page(case_public_id, {}, {})


@blueprint.post("/cases/<case_public_id>/authority")
@may("letter.send")
def add(case_public_id: str) -> ResponseReturnValue:
    """Keep a paper for this case or for all orders of its creditor; 422 if something is missing."""
    labels = {"kind": gettext("What it is"), "dated_on": gettext("Day on the paper")}
    typed, errors = load_form(PaperSchema(), request.form, labels)
    sent = request.files.get("file")
    if sent is None or not sent.filename:
        errors["file"] = [gettext("Please choose a file first.")]
    elif typed is not None:
        case = get_case(case_public_id)
        try:
            with transaction():
                authority.add_authority(
                    case.creditor_id, typed["kind"], typed["dated_on"], sent.read(), sent.filename,
                    None if typed["reach"] == ALL_ORDERS else case.id,
                )  # fmt: skip
        except Refusal as refusal:
            errors = at_field(refusal, FIELDS)
        else:
            done(gettext("The paper is kept."))
            return see_other("authority_papers.show", case_public_id=case_public_id)
    return _page(case_public_id, request.form, errors)


@blueprint.post("/cases/<case_public_id>/authority/<paper_public_id>/end")
@may("letter.send")
def end(case_public_id: str, paper_public_id: str) -> ResponseReturnValue:
    """It was revoked; what counts for all orders ends with the client's papers alone."""
    case = get_case(case_public_id)
    paper, _ = authority.get_authority(case.creditor_id, case.id, paper_public_id)
    if paper.case_id is None:
        raise NotFound
    with transaction():
        services.end_paper(case.creditor_id, paper_public_id)
    done(gettext("The paper is sent to nobody any more."))
    return see_other("authority_papers.show", case_public_id=case_public_id)


@blueprint.post("/cases/<case_public_id>/authority/<paper_public_id>/send")
@may("letter.send")
def send(case_public_id: str, paper_public_id: str) -> ResponseReturnValue:
    """Send the paper with a letter, by one click; a letter that lacks something is shown."""
    case_id, user_id = get_case(case_public_id).id, require_user().user_id
    language = "en" if request.form.get("language") == "en" else "de"
    try:
        with transaction():
            draft = begin_authority_letter(case_id, paper_public_id, language, user_id)
            count = len(release_written(draft.id, user_id))
    except LetterLacksDuties:
        with transaction():
            draft = begin_authority_letter(case_id, paper_public_id, language, user_id)
            public_id = draft.public_id
        done(gettext("The letter lacks something; it is shown below."))
        return see_other("written_letters.show", draft_public_id=public_id)
    except AttachmentNoPdf as refusal:
        return _page(case_public_id, {}, {"_form": [say(refusal)]})
    done(ngettext("Letter released. It is being printed.", "%(num)d letters released.", count))
    return see_other("cases.show", case_public_id=case_public_id)


def _page(case_public_id: str, values: Any, errors: Errors) -> ResponseReturnValue:
    file = load_file(case_public_id)
    papers = authority.list_authority(file.case.creditor_id, file.case.id)
    return page(
        "agency/objections/authority.html",
        status=422 if errors else 200,
        file=file,
        papers=papers,
        sendable=authority.sendable(papers),
        kinds=[each for each in choices(PaperKind) if each[0] in authority.AUTHORITY],
        reaches=[
            (THIS_CASE, gettext("For this case")),
            (ALL_ORDERS, gettext("For all orders of this creditor")),
        ],
        values=values or {"reach": THIS_CASE},
        errors=errors,
    )
