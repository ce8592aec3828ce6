"""The end of the work on a case, with its consequences before the click, and its reopening."""

from collections.abc import Iterator
from dataclasses import dataclass

from flask import Blueprint, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext, ngettext

from agency.cases.file import CaseFile, load_file
from agency.cases.schemas import CloseSchema
from agency.refusals import at_field
from cases.claims.ending import (
    Ending,
    Remainder,
    StillOpen,
    reopen_case,
)
from cases.claims.models import Outcome, Phase
from cases.claims.queries import get_case
from cases.claims.services import ReasonMissing
from cases.core.database import transaction
from cases.dunning.trivial_rest import NotTrivial, waive_trivial_rest
from cases.filings.applications.drafts import list_drafts
from cases.ledger.remainder import LET_GO, end_or_ask, needs_second_person
from cases.letters.models import LetterState
from cases.people.approvals import AlreadyAsked, find_open
from legal.findings import N_
from portal.access import may
from portal.shell.errors import say
from portal.shell.formatting import euro
from portal.shell.forms import Errors, load_form
from portal.shell.pages import done, page, see_other
from portal.wording import word

blueprint = Blueprint("case_end", __name__)


@dataclass(frozen=True, slots=True)
class Choice:
    """One way to end a case by hand, and what it does to the money."""

    outcome: Outcome
    remainder: Remainder
    label: str | None = None  # None: the words of the outcome.


#: How an accepted case can be ended by hand; unfounded follows from a verdict.
CHOICES = {
    "paid": Choice(Outcome.PAID, Remainder.NOTHING),
    "paid_waived": Choice(Outcome.PAID, Remainder.WAIVED, N_("paid, the remainder is waived")),
    "settled": Choice(Outcome.SETTLED, Remainder.SETTLED),
    "withdrawn": Choice(Outcome.WITHDRAWN, Remainder.LEFT),
    "uncollectible": Choice(Outcome.UNCOLLECTIBLE, Remainder.LEFT),
    "insolvent": Choice(Outcome.INSOLVENT, Remainder.LEFT),
    "time_barred": Choice(Outcome.TIME_BARRED, Remainder.LEFT),
}
EFFECTS = {
    Remainder.NOTHING: N_("Nothing is open; nothing is booked."),
    Remainder.WAIVED: N_("A waiver of %(amount)s is booked; the debtor owes nothing more."),
    Remainder.SETTLED: N_("A settlement of %(amount)s is booked; the debtor owes nothing more."),
    Remainder.LEFT: N_("%(amount)s stay owed to the creditor; we no longer collect them."),
}


@blueprint.get("/cases/<case_public_id>/close")
@may("case.accept")
def close(case_public_id: str) -> ResponseReturnValue:
    """How the case ended, and what follows from it."""
    return _closing(case_public_id, {})


@blueprint.post("/cases/<case_public_id>/close")
@may("case.accept")
def save_close(case_public_id: str) -> ResponseReturnValue:
    """End the work on a case; answers 422 without an outcome, or without a needed reason."""
    wish, _errors = load_form(CloseSchema(), request.form)
    choice = CHOICES.get(wish["ending"]) if wish is not None else None
    if wish is None or choice is None:
        return _closing(case_public_id, {"ending": [gettext("Please choose one of the options.")]})
    try:
        with transaction():
            ending = Ending(choice.outcome, choice.remainder, wish["reason"])
            asked = end_or_ask(get_case(case_public_id).id, ending)
    except (StillOpen, ReasonMissing, AlreadyAsked) as refusal:
        fields = {StillOpen: "ending", ReasonMissing: "reason", AlreadyAsked: "ending"}
        return _closing(case_public_id, at_field(refusal, fields))
    if asked is not None:
        done(gettext("Asked. The case ends when a second person has confirmed it."))
        return see_other("cases.show", case_public_id=case_public_id)
    done(gettext("Case closed. The creditor sees how it ended."))
    return see_other("cases.show", case_public_id=case_public_id)


@blueprint.post("/cases/<case_public_id>/waive-rest")
@may("rest.waive")
def waive_rest(case_public_id: str) -> ResponseReturnValue:
    """Waive a trivial rest within the client's limit; the page has shown what follows."""
    why = gettext("Trivial rest, within the limit of your contract")
    try:
        with transaction():
            waive_trivial_rest(get_case(case_public_id).id, why)
    except NotTrivial as refusal:
        return _closing(case_public_id, {"ending": [say(refusal)]})
    done(gettext("Waived; the case ended as paid. The creditor sees it."))
    return see_other("cases.show", case_public_id=case_public_id)


@blueprint.get("/cases/<case_public_id>/reopen")
@may("case.accept")
def reopen(case_public_id: str) -> ResponseReturnValue:
    """Why a closed case is worked again."""
    return _reopening(case_public_id, {})


@blueprint.post("/cases/<case_public_id>/reopen")
@may("case.accept")
def save_reopen(case_public_id: str) -> ResponseReturnValue:
    """Open a closed case again; answers 422 without a reason."""
    try:
        with transaction():
            reopen_case(get_case(case_public_id).id, request.form.get("reason", ""))
    except ReasonMissing as refusal:
        return _reopening(case_public_id, at_field(refusal, {ReasonMissing: "reason"}))
    done(gettext("Case opened again. Decide what comes next."))
    return see_other("cases.show", case_public_id=case_public_id)


def _closing(case_public_id: str, errors: Errors) -> ResponseReturnValue:
    file = load_file(case_public_id)
    return page(
        "agency/cases/close.html",
        status=422 if errors else 200,
        file=file,
        endings=_choices(file),
        consequences=list(_consequences(file)),
        waiting=find_open(LET_GO, file.case.id),
        values=request.form,
        errors=errors,
    )


def _reopening(case_public_id: str, errors: Errors) -> ResponseReturnValue:
    return page(
        "agency/cases/reopen.html",
        status=422 if errors else 200,
        file=load_file(case_public_id),
        values=request.form,
        errors=errors,
    )


def _choices(file: CaseFile) -> list[tuple[str, str, str]]:
    """The ways that fit what is open today, each with what it does to the money."""
    open_cents = file.owed.open_cents
    amount = euro(open_cents, file.case.currency)
    found = []
    for name, choice in CHOICES.items():
        unfit = {Remainder.NOTHING: open_cents > 0, Remainder.WAIVED: open_cents <= 0}
        if not unfit.get(choice.remainder, False):
            label = gettext(choice.label) if choice.label else word(choice.outcome)
            rule = choice.remainder if open_cents > 0 else Remainder.NOTHING
            effect = gettext(EFFECTS[rule], amount=amount)
            if needs_second_person(Ending(choice.outcome, choice.remainder), open_cents):
                effect = f"{effect} {gettext('A second person has to confirm it.')}"
            found.append((name, label, effect))
    return found


def _consequences(file: CaseFile) -> Iterator[str]:
    """What else ends with the case."""
    waiting = [letter for letter, _ in file.letters if letter.state is LetterState.QUEUED]
    drafts = list_drafts(file.case.id)
    if num := len(file.items):
        yield ngettext(
            "%(num)d item leaves the worklist.", "%(num)d items leave the worklist.", num
        )
    if num := len(file.holds):
        yield ngettext("%(num)d hold is lifted.", "%(num)d holds are lifted.", num)
    if num := len(file.promises):
        yield ngettext(
            "%(num)d promise of the debtor is no longer waited for.",
            "%(num)d promises of the debtor are no longer waited for.",
            num,
        )
    if num := len(file.commitments):
        yield ngettext(
            "%(num)d promise of ours is not kept any more.",
            "%(num)d promises of ours are not kept any more.",
            num,
        )
    if num := len(waiting):
        yield ngettext(
            "%(num)d released letter does not leave the house.",
            "%(num)d released letters do not leave the house.",
            num,
        )
    if num := len(drafts):
        yield ngettext(
            "%(num)d draft for the court is dropped.",
            "%(num)d drafts for the court are dropped.",
            num,
        )
    if file.case.phase in {Phase.COURT, Phase.ENFORCEMENT}:
        yield gettext("What runs in court does not end by itself: legal gets a task for it.")
    yield gettext("The creditor sees the outcome and the reason.")
