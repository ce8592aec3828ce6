"""The post inbox: taken in by upload, assigned with its reason, split, joined, set aside."""

from typing import Any

from flask import Blueprint, Response, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext, ngettext
from werkzeug.datastructures import FileStorage

from agency.post.words import fault_words, how_words
from cases.claims.queries import find_case_by_number, get_case, list_cases_by_id, list_debtors
from cases.core import clock
from cases.core.database import transaction
from cases.core.errors import NotFound, Refusal
from cases.letters.inbox.models import PostItem, PostState
from cases.letters.inbox.services import (
    assign,
    get_post,
    guesses_of,
    join,
    list_waiting_post,
    open_post_file,
    set_aside,
    split,
    take_in,
)
from portal.access import may
from portal.limits import costly
from portal.login import require_user
from portal.pages.documents import file_response
from portal.shell.errors import say
from portal.shell.forms import Errors
from portal.shell.headers import may_be_framed
from portal.shell.pages import done, page, see_other

blueprint = Blueprint("post_inbox", __name__)

BY_HAND = "hand"
ACCEPTED = ".pdf,.png,.jpg,.jpeg,.eml"


@blueprint.get("/post")
@may("post.read")
def index() -> ResponseReturnValue:
    """What waits, the oldest first."""
    return _index({})


@blueprint.post("/post")
@may("post.read")
def upload() -> ResponseReturnValue:
    """Take scans and mails in; one that cannot be kept never keeps the others out."""
    files = [each for each in request.files.getlist("files") if each.filename]
    if not files:
        return _index({"files": [gettext("Choose a file first.")]})
    refused: list[str] = []
    for file in files:
        try:
            _take(file)
        except Refusal as refusal:
            refused.append(say(refusal))
    taken = len(files) - len(refused)
    if taken:
        done(ngettext("One item taken in.", "%(num)d items taken in.", taken))
    return _index({"files": refused}) if refused else see_other("post_inbox.index")


@blueprint.post("/post/join")
@may("post.read")
def put_together() -> ResponseReturnValue:
    """Put the chosen scans together into one."""
    chosen = [get_post(public_id) for public_id in request.form.getlist("item")]
    try:
        with transaction():
            join(chosen, require_user().user_id)
    except Refusal as refusal:
        return _index({"_form": [say(refusal)]})
    done(gettext("Put together into one."))
    return see_other("post_inbox.index")


@blueprint.get("/post/<post_public_id>")
@costly
@may("post.read")
def show(post_public_id: str) -> ResponseReturnValue:
    """One item beside the cases that it may belong to."""
    return _show(get_post(post_public_id), {})


@blueprint.post("/post/<post_public_id>/assign")
@may("post.read")
def put_on_case(post_public_id: str) -> ResponseReturnValue:
    """Put it on a case, by its number or one of the guesses."""
    item = get_post(post_public_id)
    number, public_id = request.form.get("number", "").strip(), request.form.get("case", "")
    try:
        case = get_case(public_id) if public_id else find_case_by_number(number)
        if case is None:
            raise NotFound
    except NotFound:
        return _show(item, {"number": [gettext("There is no case of this number.")]})
    with transaction():
        how = request.form.get("how", BY_HAND) if public_id else BY_HAND
        assign(item, case, how, request.form.get("detail", ""), require_user().user_id)
    done(gettext("Put on case %(number)s.", number=case.number))
    if request.form.get("then") == "objection":
        return see_other(
            "objections.new", case_public_id=case.public_id, source=f"post:{post_public_id}"
        )
    return see_other("post_inbox.index")


@blueprint.post("/post/<post_public_id>/aside")
@may("post.read")
def aside(post_public_id: str) -> ResponseReturnValue:
    """It belongs to no case; answers 422 without a reason."""
    item = get_post(post_public_id)
    try:
        with transaction():
            set_aside(item, request.form.get("why", ""), require_user().user_id)
    except Refusal as refusal:
        return _show(item, {"why": [say(refusal)]})
    done(gettext("Set aside."))
    return see_other("post_inbox.index")


@blueprint.post("/post/<post_public_id>/split")
@may("post.read")
def take_apart(post_public_id: str) -> ResponseReturnValue:
    """Take a scan of several letters apart by its pages."""
    item = get_post(post_public_id)
    try:
        with transaction():
            made = split(item, request.form.get("ranges", ""), require_user().user_id)
            count = len(made)
    except Refusal as refusal:
        return _show(item, {"ranges": [say(refusal)]})
    done(ngettext("One item taken in.", "%(num)d items taken in.", count))
    return see_other("post_inbox.index")


@blueprint.get("/post/<post_public_id>/file")
@may("post.read")
def file(post_public_id: str) -> Response:
    """The bytes as they came in."""
    with transaction():  # That somebody read it is noted.
        kept = open_post_file(get_post(post_public_id))
    return file_response(kept, verified=True)


may_be_framed(file)


def _take(file: FileStorage) -> None:
    with transaction():
        take_in(file.read(), file.filename or "", require_user().user_id, clock.today())


def _index(errors: Errors) -> ResponseReturnValue:
    items = list_waiting_post()
    return page(
        "agency/post/inbox.html",
        status=422 if errors else 200,
        errors=errors,
        items=items,
        accepted=ACCEPTED,
        fault_words=fault_words,
        today_=clock.today(),
    )


def _show(item: PostItem, errors: Errors) -> ResponseReturnValue:
    found = guesses_of(item) if item.state is PostState.WAITING else []
    cases = list_cases_by_id([guess.case_id for guess in found])
    named: dict[int, Any] = {case_id: list_debtors(case_id) for case_id in cases}
    own = list_cases_by_id([item.case_id])[item.case_id] if item.case_id else None
    return page(
        "agency/post/item.html",
        status=422 if errors else 200,
        item=item,
        own=own,
        guesses=found,
        cases=cases,
        debtors=named,
        values=request.form,
        errors=errors,
        how_words=how_words,
        fault_words=fault_words,
        waiting=item.state is PostState.WAITING,
    )
