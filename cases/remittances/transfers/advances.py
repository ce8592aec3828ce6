"""Advances on costs: asked of a client, seen on the trust account under the request's number."""

import re
from datetime import date

from sqlalchemy import ColumnElement, select

from cases.core import audit, clock
from cases.core.database import db
from cases.core.errors import Conflict, Invalid, NotFound
from cases.parties.queries import get_creditor
from cases.payments.entries import OPEN
from cases.payments.models import BankEntry
from cases.payments.settling import settle_entry
from cases.payments.standing import Standing
from cases.remittances.transfers.bill_models import AdvanceRequest, AdvanceState
from cases.remittances.transfers.preparing import CURRENCY

#: Banks leave hyphens out or make blanks of them.
NUMBER = re.compile(r"\bK[- ]?\d{4}[- ]?\d{6}\b", re.IGNORECASE)


class AdvanceIncomplete(Invalid):
    """Please enter the amount and what the advance is for."""


class AdvanceDayPast(Invalid):
    """The day by which the advance is asked for lies in the past."""


class AdvanceNotOpen(Conflict):
    """This request was answered or taken back already."""


def ask_advance(creditor_id: int, cents: int, reason: str, due_on: date) -> AdvanceRequest:
    """Ask a client for an advance; he sees it in the portal with account and number.

    Raises:
        AdvanceIncomplete, AdvanceDayPast.
    """
    if cents <= 0 or not reason.strip():
        raise AdvanceIncomplete
    today = clock.today()
    if due_on < today:
        raise AdvanceDayPast
    request = AdvanceRequest(
        creditor_id=creditor_id, amount_cents=cents, currency=CURRENCY, reason=reason.strip(),
        asked_on=today, due_on=due_on, asked_by=audit.actor_id(),
    )  # fmt: skip
    db.session.add(request)
    db.session.flush()
    request.number = f"K-{today:%Y}-{request.id:06}"
    audit.record("advance.asked", "advance_request", request.id, creditor_id=creditor_id)
    return request


def withdraw_request(public_id: str) -> AdvanceRequest:
    """The advance is not needed any more; raises NotFound, AdvanceNotOpen."""
    request = _lock(AdvanceRequest.public_id == public_id)
    if request.state is not AdvanceState.OPEN:
        raise AdvanceNotOpen
    request.state, request.decided_at = AdvanceState.WITHDRAWN, clock.now()
    audit.record(
        "advance.withdrawn", "advance_request", request.id, creditor_id=request.creditor_id
    )
    return request


def receive_advances() -> int:
    """Book what came for open requests: their number and exactly the amount; answers how many."""
    requests = {str(each.number): each for each in list_requests(AdvanceState.OPEN)}
    if not requests:
        return 0
    waiting = select(BankEntry).where(
        BankEntry.state.in_(OPEN),
        BankEntry.currency == CURRENCY,
        BankEntry.amount_cents.in_({each.amount_cents for each in requests.values()}),
    )
    done = 0
    for entry in list(db.session.scalars(waiting.order_by(BankEntry.id))):
        request = _named(entry, requests)
        if request is None or request.amount_cents != entry.amount_cents:
            continue
        _receive(request, entry)
        del requests[str(request.number)]
        done += 1
    return done


def _named(entry: BankEntry, requests: dict[str, AdvanceRequest]) -> AdvanceRequest | None:
    """The one request that an entry names; of several a person decides."""
    words = " ".join(filter(None, (entry.purpose, entry.end_to_end, entry.structured_reference)))
    digits = {re.sub(r"\D", "", found) for found in NUMBER.findall(words)}
    named = [each for key, each in requests.items() if re.sub(r"\D", "", key) in digits]
    return named[0] if len(named) == 1 else None


def _receive(request: AdvanceRequest, entry: BankEntry) -> None:
    request = _lock(AdvanceRequest.id == request.id)
    settle_entry(entry.public_id, Standing.ADVANCE, get_creditor(request.creditor_id).public_id)
    request.state, request.decided_at = AdvanceState.RECEIVED, clock.now()
    request.bank_entry_id = entry.id
    audit.record("advance.received", "advance_request", request.id,
                 creditor_id=request.creditor_id)  # fmt: skip


def list_requests(*states: AdvanceState, creditor_id: int | None = None) -> list[AdvanceRequest]:
    """Requests, newest first; for a creditor only its own."""
    query = select(AdvanceRequest).order_by(AdvanceRequest.id.desc()).limit(200)
    if states:
        query = query.where(AdvanceRequest.state.in_(states))
    if creditor_id is not None:
        query = query.where(AdvanceRequest.creditor_id == creditor_id)
    return list(db.session.scalars(query))


def _lock(condition: ColumnElement[bool]) -> AdvanceRequest:
    query = select(AdvanceRequest).where(condition).with_for_update(key_share=True)
    found = db.session.scalar(query.execution_options(populate_existing=True))
    if found is None:
        raise NotFound
    return found
