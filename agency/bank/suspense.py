"""Unmatched payments: whose they may be and why; assign, refund, confirm a return, undo."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from flask import Blueprint, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext, ngettext

from agency.bank.views import entry_page
from agency.bank.words import WORDS
from agency.refusals import at_field
from cases.claims.queries import list_claims
from cases.core.database import db, transaction
from cases.core.errors import Conflict, Invalid, Refusal
from cases.core.positions import iso_day, position
from cases.ledger.errors import NotEnoughThere
from cases.parties.queries import list_creditors
from cases.payments import errors as refusals
from cases.payments import queries
from cases.payments.candidates import Candidate, list_candidates, list_originals, search_candidates
from cases.payments.doubts import is_other_booking, is_same_booking
from cases.payments.models import BankEntry, EntryState
from cases.payments.placing import wish_of
from cases.payments.services import (
    ShareWish,
    assign_entry,
    confirm_return,
    note_refund,
    release_entry,
    split_entry,
    withdraw_refund,
)
from cases.payments.settling import IN, OUT, settle_entry, unsettle_entry
from cases.payments.standing import Standing
from cases.people.policy import Permission
from portal.access import may
from portal.login import require_user
from portal.shell.formatting import euro, language
from portal.shell.forms import Errors
from portal.shell.pages import done, invalid, page, see_other
from portal.shell.typed import NotUnderstood, parse_amount_cents

blueprint = Blueprint("suspense", __name__)
UNDONE_AT_ONCE = "undo"
SHARE_ROWS = 4


@blueprint.context_processor
def _words() -> dict[str, Any]:
    return WORDS


@blueprint.get("/suspense")
@may("payment.view")
def index() -> ResponseReturnValue:
    """What waits for a person, with one entry opened at the side."""
    return _page({})


@blueprint.post("/suspense/<entry_id>/assign")
@may("payment.assign")
def assign(entry_id: str) -> ResponseReturnValue:
    """Book an entry on the case that a person chose."""
    number = request.form.get("case_number", "").strip()
    if not number:
        return _page({"case_number": [gettext("Please choose a case.")]}, entry_id)
    wanted, principal_first = _spread(entry_id)
    if wanted is None and queries.get_entry(entry_id).entry.reason == Standing.DESIGNATED:
        return _page({"spread": [gettext("Please say how it counts.")]}, entry_id)
    try:
        with transaction():
            payment = assign_entry(entry_id, number, wanted, principal_first=principal_first)
            amount = euro(payment.amount_cents, payment.currency)
    except (Conflict, Invalid, refusals.CaseUnknown) as refused:
        return _refused(entry_id, refused, {
            refusals.CaseUnknown: "case_number", refusals.InvoiceUnknown: "invoices",
        })  # fmt: skip
    done(
        gettext("%(amount)s booked on case %(number)s", amount=amount, number=number),
        url_for("suspense.release", entry_id=entry_id, undo="1"),
    )
    return see_other("suspense.index")


@blueprint.post("/suspense/<entry_id>/split")
@may("payment.assign")
def split(entry_id: str) -> ResponseReturnValue:
    """Share one payment between several cases."""
    shares = []
    for number in range(1, SHARE_ROWS + 1):
        case_number = request.form.get(f"case_number_{number}", "").strip()
        typed = request.form.get(f"amount_{number}", "").strip()
        if not case_number and not typed:
            continue
        try:
            shares.append(ShareWish(case_number, parse_amount_cents(typed, language())))
        except NotUnderstood:
            sentence = gettext("Row %(number)s: please enter an amount.", number=number)
            return _page({"shares": [sentence]}, entry_id)
    try:
        with transaction():
            split_entry(entry_id, shares)
    except (Conflict, Invalid, refusals.CaseUnknown) as refused:
        return _refused(entry_id, refused, {
            refusals.SharesDiffer: "shares", refusals.CaseUnknown: "shares",
        })  # fmt: skip
    done(
        ngettext("Shared between %(num)d case", "Shared between %(num)d cases", len(shares)),
        url_for("suspense.release", entry_id=entry_id, undo="1"),
    )
    return see_other("suspense.index")


@blueprint.post("/suspense/<entry_id>/release")
@may("payment.assign")
def release(entry_id: str) -> ResponseReturnValue:
    """Take an assignment back."""
    why = UNDONE_AT_ONCE if request.args.get("undo") else request.form.get("why", "")
    try:
        with transaction():
            release_entry(entry_id, why)
    except (Conflict, Invalid) as refused:
        db.session.expire_all()
        return entry_page(entry_id, at_field(refused, {refusals.NoteMissing: "why"}))
    done(gettext("The assignment was taken back; the payment is unmatched again"))
    return see_other("suspense.index", entry=entry_id)


@blueprint.post("/suspense/<entry_id>/refund")
@may("payment.assign")
def refund(entry_id: str) -> ResponseReturnValue:
    """Note that the money goes back to who paid it."""
    try:
        with transaction():
            note_refund(entry_id, request.form.get("why", ""))
    except (Conflict, Invalid) as refused:
        return _refused(entry_id, refused, {refusals.NoteMissing: "why"})
    done(gettext("Noted for refund"), url_for("suspense.keep", entry_id=entry_id))
    return see_other("suspense.index")


@blueprint.post("/suspense/<entry_id>/keep")
@may("payment.assign")
def keep(entry_id: str) -> ResponseReturnValue:
    """Take the note of a refund back."""
    try:
        with transaction():
            withdraw_refund(entry_id)
    except Conflict as refused:
        db.session.expire_all()
        return entry_page(entry_id, at_field(refused, {}))
    return see_other("suspense.index", entry=entry_id)


@blueprint.post("/suspense/<entry_id>/return")
@may("payment.assign")
def confirm(entry_id: str) -> ResponseReturnValue:
    """Confirm which payment a return takes back."""
    original = request.form.get("original", "")
    if not original:
        return _page({"original": [gettext("Please choose a payment.")]}, entry_id)
    try:
        with transaction():
            confirm_return(entry_id, original)
    except (Conflict, Invalid) as refused:
        return _refused(entry_id, refused, {refusals.NotItsReturn: "original"})
    done(gettext("The payment was taken back"))
    return see_other("suspense.index")


@blueprint.post("/suspense/<entry_id>/settle")
@may("payment.assign")
def settle(entry_id: str) -> ResponseReturnValue:
    """Book what a line was that belongs to no case."""
    what = request.form.get("what", "")
    if what not in {each.value for each in (*OUT, *IN)}:
        return _page({"what": [gettext("Please say what it was.")]}, entry_id)
    try:
        with transaction():
            settle_entry(entry_id, Standing(what), request.form.get("creditor", ""))
    except (Conflict, Invalid) as refused:
        return _refused(
            entry_id, refused, {refusals.CreditorMissing: "creditor", NotEnoughThere: "what"}
        )
    done(gettext("Booked"), url_for("suspense.unsettle", entry_id=entry_id))
    return see_other("suspense.index")


@blueprint.post("/suspense/<entry_id>/unsettle")
@may("payment.assign")
def unsettle(entry_id: str) -> ResponseReturnValue:
    """Take such a booking back."""
    try:
        with transaction():
            unsettle_entry(entry_id)
    except Conflict as refused:
        db.session.expire_all()
        return entry_page(entry_id, at_field(refused, {}))
    return see_other("suspense.index", entry=entry_id)


@blueprint.post("/suspense/<entry_id>/twice")
@may("payment.assign")
def twice(entry_id: str) -> ResponseReturnValue:
    """Answer whether a booking came twice, in two formats."""
    answer = request.form.get("answer", "")
    if answer not in {"same", "other"}:
        return _page({"answer": [gettext("Please choose an answer.")]}, entry_id)
    try:
        with transaction():
            (is_same_booking if answer == "same" else is_other_booking)(entry_id)
    except Conflict as refused:
        return _refused(entry_id, refused, {})
    if answer == "same":
        done(gettext("Nothing is booked: it is the booking that came before"))
        return see_other("suspense.index")
    done(gettext("Booked as a payment of its own"))
    return see_other("suspense.index", entry=entry_id)


def _refused(
    entry_id: str, refused: Refusal, fields: Mapping[type[Refusal], str]
) -> ResponseReturnValue:
    db.session.expire_all()
    return _page(at_field(refused, fields), entry_id)


def _page(errors: Errors, entry_id: str | None = None) -> ResponseReturnValue:
    entries = queries.list_suspense(after=_after())
    wanted = entry_id or request.args.get("entry")
    chosen = queries.get_entry(wanted).entry if wanted else (entries[0] if entries else None)
    last = entries[-1] if len(entries) == queries.PAGE else None
    answer = invalid if errors else page
    return answer(
        "agency/suspense/index.html",
        entries=entries,
        count=queries.count_suspense(),
        errors=errors,
        values=request.form,
        after=f"{last.value_on.isoformat()}.{last.id}" if last else None,
        may_assign=require_user().may(Permission.PAYMENT_ASSIGN),
        **_details(chosen),
    )


def _details(chosen: BankEntry | None) -> dict[str, Any]:
    """The opened entry with whatever may belong to it."""
    text = request.args.get("search", "").strip()
    if chosen is None or chosen.state not in queries.OPEN_STATES:
        return {"chosen": None, "text": text}
    proposed = list_candidates(chosen)
    known = {each.case.id for each in proposed}
    searched = search_candidates(chosen, text) if text and chosen.amount_cents > 0 else []
    return {
        "chosen": chosen,
        "text": text,
        "candidates": proposed,
        "wish": _wish_shown(chosen, proposed),
        "share_rows": _share_rows(),
        "found": [each for each in searched if each.case.id not in known],
        "nothing_fits": bool(text) and not searched,
        "originals": list_originals(chosen) if chosen.is_return else [],
        "twin": queries.find_twin(chosen),
        "creditors": [(each.public_id, each.name) for each in list_creditors()],
    }


def _spread(entry_id: str) -> tuple[list[str] | None, bool]:
    """The invoices and the order that a person chose; None leaves it to the payment's words."""
    chosen = request.form.get("spread", "")
    if chosen not in {"law", "named", "principal"}:
        return None, False
    numbers = [] if chosen == "law" else request.form.get("invoices", "").split(",")
    return numbers, chosen == "principal"


@dataclass(frozen=True, slots=True)
class ShownWish:
    """What the payment itself says, as the form is filled with it."""

    spread: str = ""
    invoices: str = ""


def _wish_shown(chosen: BankEntry, candidates: list[Candidate]) -> ShownWish:
    open_ones = [each for each in candidates if not each.refused]
    if not open_ones or chosen.state == EntryState.DOUBTFUL:
        return ShownWish()
    found = wish_of(chosen, open_ones[0].case)
    numbers = {claim.id: claim.invoice_number for claim in list_claims(open_ones[0].case.id)}
    spread = "principal" if found.principal_first else "named" if found else "law"
    return ShownWish(
        spread if found.certain else "", ", ".join(numbers[each] for each in found.claim_ids)
    )


def _share_rows() -> list[dict[str, str]]:
    return [
        {name: request.form.get(name, "") for name in (f"case_number_{n}", f"amount_{n}")}
        for n in range(1, SHARE_ROWS + 1)
    ]


def _after() -> tuple[date, int] | None:
    """The place in the list that an address names; a broken one is the beginning."""
    day, _, number = request.args.get("after", "").partition(".")
    try:
        return iso_day(day), position(number)
    except ValueError:
        return None
