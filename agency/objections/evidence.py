"""What is done about an objection until its verdict: evidence, facts, the rest, letters."""

from typing import Any

from flask import Blueprint, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext, ngettext

from agency.objections.answers import read_facts
from agency.objections.views import refused_at
from cases.core.database import transaction
from cases.core.errors import Conflict, Refusal
from cases.dunning.objection_watch import remind_now
from cases.objections import evidence
from cases.objections.catalogue import labels
from cases.objections.facts import note_fact
from cases.objections.holding import release_rest
from cases.objections.queries import get_objection, get_objection_by_id, list_disputed
from cases.objections.replies.replying import begin_reply, begin_request
from portal.access import may
from portal.login import require_user
from portal.shell.evidence_forms import read_answer
from portal.shell.pages import done, see_other

blueprint = Blueprint("objection_evidence", __name__)


@blueprint.post("/objections/<objection_public_id>/evidence")
@may("objection.record")
def ask(objection_public_id: str) -> ResponseReturnValue:
    """Ask for one piece of evidence, or for all that is missing."""
    objection = get_objection(objection_public_id)
    with transaction():
        asked = evidence.ask(objection.id, request.form.getlist("label"))
    done(ngettext(
        "%(num)d piece of evidence is asked for. The creditor sees it in his portal.",
        "%(num)d pieces of evidence are asked for. The creditor sees them in his portal.",
        len(asked),
    ))  # fmt: skip
    return _back(objection_public_id)


@blueprint.post("/objections/<objection_public_id>/evidence/explain")
@may("objection.record")
def explain(objection_public_id: str) -> ResponseReturnValue:
    """Say why the verdict may go without a piece; answers 422 without a reason."""
    objection = get_objection(objection_public_id)
    code = request.form.get("label", "")
    try:
        with transaction():
            evidence.explain(objection.id, code, request.form.get("why", ""))
    except evidence.ExplanationMissing as refusal:
        return refused_at(objection, refusal, f"need-{code}")
    done(gettext("The explanation is kept."))
    return _back(objection_public_id)


@blueprint.post("/evidence/<piece_public_id>/answer")
@may("objection.record")
def answer(piece_public_id: str) -> ResponseReturnValue:
    """Keep what one of the two sides told us; answers 422 when nothing was said."""
    piece = evidence.get_piece(piece_public_id)
    objection = get_objection_by_id(piece.objection_id)
    given, errors = read_answer(request.form, labels()[piece.label].form)
    if given is None:
        return refused_at(objection, None, f"need-{piece.label}", errors)
    try:
        with transaction():
            evidence.answer(piece.id, given)
    except Conflict:
        raise
    except Refusal as refusal:
        return refused_at(objection, refusal, f"need-{piece.label}")
    done(gettext("The answer is kept."))
    return _back(objection.public_id)


@blueprint.post("/evidence/<piece_public_id>/remind")
@may("objection.record")
def remind(piece_public_id: str) -> ResponseReturnValue:
    """Ask once more, with a new day."""
    piece = evidence.get_piece(piece_public_id)
    with transaction():
        remind_now(piece.id)
    done(gettext("Reminded, with a new day."))
    return _back(get_objection_by_id(piece.objection_id).public_id)


@blueprint.post("/objections/<objection_public_id>/facts")
@may("objection.record")
def facts(objection_public_id: str) -> ResponseReturnValue:
    """Note what the file says beyond what it was handed in with; answers 422 for a wrong value."""
    objection = get_objection(objection_public_id)
    noted, errors = read_facts(request.form)
    if errors:
        return refused_at(objection, None, "facts", errors)
    with transaction():
        for one in list_disputed(objection.id):
            for fact, value in noted.items():
                note_fact(one.claim, fact, value)
    done(gettext("The facts are kept; indicators and burden of proof follow them."))
    return _back(objection_public_id)


@blueprint.post("/objections/<objection_public_id>/rest")
@may("objection.decide")
def rest(objection_public_id: str) -> ResponseReturnValue:
    """Release what is not disputed; answers 422 without a reason."""
    objection = get_objection(objection_public_id)
    try:
        with transaction():
            release_rest(objection.id, request.form.get("rest_reason", ""))
    except Conflict:
        raise
    except Refusal as refusal:
        return refused_at(objection, refusal, "rest_reason")
    done(gettext("Released: what is not disputed may be demanded again."))
    return _back(objection_public_id)


@blueprint.post("/objections/<objection_public_id>/letter")
@may("letter.send")
def letter(objection_public_id: str) -> ResponseReturnValue:
    """Begin the reply, or before the verdict the letter that asks for evidence."""
    objection = get_objection(objection_public_id)
    begin = begin_request if objection.is_open else begin_reply
    language = "en" if request.form.get("language") == "en" else "de"
    with transaction():
        draft = begin(objection, language, require_user().user_id).public_id
    return see_other("written_letters.show", draft_public_id=draft)


def _back(objection_public_id: str, **values: Any) -> ResponseReturnValue:
    return see_other("objections.show", objection_public_id=objection_public_id, **values)
