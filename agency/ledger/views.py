"""Statements as documents, the trial balance, the journal, closing a period, DATEV."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from flask import Blueprint, Response, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext
from marshmallow import Schema

from agency.bank.words import mismatch_words
from agency.cases.file import key_date
from agency.ledger import words
from agency.refusals import at_field
from cases.claims.queries import get_case
from cases.core.database import transaction
from cases.core.errors import Refusal
from cases.ledger.books.closing import next_closing_day, preview_closing
from cases.ledger.books.closing_approval import ask_closing, find_asked
from cases.ledger.books.datev_settings import get_datev
from cases.ledger.books.exports import export_datev
from cases.ledger.books.trial_balance import list_journals, trial_balance
from cases.ledger.errors import PeriodClosed, PeriodNotOver, PeriodSpansYears, TrustDiffers
from cases.ledger.models import Account
from cases.ledger.queries import find_last_closed_day, statement
from cases.ledger.trust import TrustProof, prove_trust
from cases.ledger.trust_bookings import list_uncovered
from cases.letters.statement_document import (
    invoices_of,
    spoken_words,
    statement_csv,
    statement_pdf,
)
from cases.payments.comparing import list_reconciliations
from cases.payments.queries import count_suspense
from cases.people.approvals import AlreadyAsked
from portal.access import may
from portal.limits import costly
from portal.login import require_user
from portal.shell.formatting import euro, language
from portal.shell.forms import Day, Errors, load_form
from portal.shell.pages import done, invalid, page, see_other

blueprint = Blueprint("ledger", __name__)
words.register(blueprint)
DAY = "%Y-%m-%d"


class PeriodSchema(Schema):
    """The last day of a period."""

    last_day = Day(required=True)


class SpanSchema(Schema):
    """A span of days."""

    first_day = Day(required=True)
    until = Day(required=True)


@blueprint.get("/cases/<case_public_id>/statement.csv")
@costly
@may("case.view")
def statement_as_csv(case_public_id: str) -> ResponseReturnValue:
    """The statement for a spreadsheet, in the columns that courts accept."""
    case, day = get_case(case_public_id), key_date()
    body = statement_csv(
        statement(case.id, day),
        invoices_of(case.id),
        language(),
        case.currency,
        spoken_words(case.id, language()),
    )
    return _file(body, "text/csv; charset=utf-8", f"{case.number}-{day:{DAY}}.csv")


@blueprint.get("/cases/<case_public_id>/statement.pdf")
@costly
@may("case.view")
def statement_as_pdf(case_public_id: str) -> ResponseReturnValue:
    """The statement as a document."""
    case, day = get_case(case_public_id), key_date()
    with transaction():
        body = statement_pdf(case.id, day, language())
    return _file(body, "application/pdf", f"{case.number}-{day:{DAY}}.pdf")


@blueprint.get("/ledger", endpoint="trial_balance")
@may("ledger.view")
def show_trial_balance() -> ResponseReturnValue:
    """The trial balance up to a day, with the proof of the trust account."""
    return page("agency/ledger/trial_balance.html", **_balance_context({}, {}))


@blueprint.get("/ledger/journal")
@may("ledger.view")
def journal() -> ResponseReturnValue:
    """The journal, newest first."""
    name = request.args.get("account", "")
    account = Account(name) if name in set(Account) else None
    return page(
        "agency/ledger/journal.html",
        journals=list_journals(request.args.get("after"), account),
        accounts=[(one.value, words.account_word(one)) for one in Account],
    )


@blueprint.get("/ledger/close")
@may("period.close")
def confirm_close() -> ResponseReturnValue:
    """What closing up to a day means, and whether bank and books agree, before it is done."""
    wish, errors = load_form(PeriodSchema(), request.args, {"last_day": gettext("Last day")})
    if wish is None:
        return invalid("agency/ledger/trial_balance.html", **_balance_context(request.args, errors))
    return _closing_page(wish["last_day"], {})


@blueprint.post("/ledger/close")
@may("period.close")
def close() -> ResponseReturnValue:
    """Ask a second person to close a period; answers 422 when the day cannot be closed."""
    wish, errors = load_form(PeriodSchema(), request.form, {"last_day": gettext("Last day")})
    if wish is not None:
        try:
            with transaction():
                ask_closing(wish["last_day"])
        except Refusal as refusal:
            return _closing_page(wish["last_day"], at_field(refusal, {
                PeriodNotOver: "last_day", PeriodClosed: "last_day", TrustDiffers: "last_day",
                AlreadyAsked: "last_day",
            }))  # fmt: skip
        else:
            done(gettext("Asked. The period closes as soon as a second person has confirmed it."))
            return see_other("ledger.trial_balance")
    return invalid("agency/ledger/trial_balance.html", **_balance_context(request.form, errors))


@blueprint.get("/ledger/datev.csv")
@costly
@may("ledger.book")
def datev() -> ResponseReturnValue:
    """The bookings of a period for the tax adviser; answers 422 without usable days."""
    span, errors = load_form(SpanSchema(), request.args)
    if span is not None:
        try:
            with transaction():
                body = export_datev(span["first_day"], span["until"], require_user().name)
        except Refusal as refusal:
            errors = at_field(refusal, {PeriodSpansYears: "first_day"})
        else:
            name = f"EXTF_Buchungsstapel_{span['first_day']:%Y%m%d}.csv"
            return _file(body, "text/csv; charset=windows-1252", name)
    return invalid("agency/ledger/trial_balance.html", **_balance_context(request.args, errors))


def _closing_page(last_day: date, errors: Errors) -> ResponseReturnValue:
    reconciliations = list_reconciliations()
    answer = invalid if errors else page
    return answer(
        "agency/ledger/close.html",
        preview=preview_closing(last_day),
        asked=find_asked(),
        reconciliations=reconciliations,
        differs=not all(each.holds for each in reconciliations),
        waiting=count_suspense(),
        imported=max((each.last_day for each in reconciliations if each.last_day), default=None),
        errors=errors,
        mismatch_words=mismatch_words,
    )


def _balance_context(values: Mapping[str, Any], errors: Errors) -> dict[str, Any]:
    day = key_date()
    first = date(day.year, day.month, 1)
    return {
        "datev_unasked": get_datev().income is None,
        "rows": trial_balance(day),
        "day": day,
        "month": first,
        "proofs": prove_trust(),
        "proof_rows": _proof_rows,
        "uncovered": list_uncovered(),
        "closed_until": find_last_closed_day(),
        "closing_day": next_closing_day(),
        "values": values,
        "errors": errors,
    }


def _proof_rows(proof: TrustProof) -> list[tuple[str, ...]]:
    """Whom the money on the trust account belongs to, for the list of facts."""
    owned = [
        (words.account_word(Account(name)), euro(cents, proof.currency))
        for name, cents in proof.owned_cents.items()
    ]
    bank = (words.account_word(Account.TRUST_BANK), euro(proof.trust_bank_cents, proof.currency))
    if proof.in_transit_cents:
        transit = words.account_word(Account.TRUST_IN_TRANSIT)
        owned.insert(0, (transit, euro(proof.in_transit_cents, proof.currency)))
    if proof.cash_cents:
        cash = words.account_word(Account.CASH_ON_HAND)
        owned.insert(0, (cash, euro(proof.cash_cents, proof.currency)))
    rest = (gettext("Difference"), euro(proof.difference_cents, proof.currency), "sum")
    return [bank, *owned, rest]


def _file(body: bytes, mimetype: str, name: str) -> Response:
    response = Response(body, content_type=mimetype)
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return response
