"""The bank's answer to an order file: what it will not carry out, and whether the names fit."""

from dataclasses import dataclass

from sqlalchemy import select

from cases.core import audit
from cases.core.database import db
from cases.core.errors import Conflict, Invalid, NotFound
from cases.formats.bank.status_report import REJECTED, OrderStatus, read_status_report
from cases.formats.gate import Refused
from cases.parties.queries import get_creditor
from cases.remittances.confirming import reject
from cases.remittances.models import PayeeCheck, PayoutRun, Remittance, RemittanceState, RunState
from cases.remittances.releasing import list_remittances, message_id


class RunNotReleased(Conflict):
    """This run was not ordered: a bank has nothing to answer."""


class ReportMissing(Invalid):
    """Please choose the bank's status report (pain.002) first."""


class ReportUnreadable(Invalid):
    """This is no status report of the bank (pain.002). Please fetch it again."""


class ReportOfAnotherFile(Invalid):
    """This report answers the order file {message_id}, not that of this run ({expected})."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What a report changed."""

    rejected: int
    names_differ: int


def take_answer(run_public_id: str, data: bytes) -> Answer:
    """Read a status report: rejected orders go back, the payee check is kept.

    A report that comes twice changes nothing the second time.

    Raises:
        NotFound, RunNotReleased, ReportUnreadable, ReportOfAnotherFile.
    """
    run = _lock(run_public_id)
    if run.state is not RunState.RELEASED:
        raise RunNotReleased
    try:
        report = read_status_report(data)
    except Refused as refused:
        raise ReportUnreadable from refused
    if report.message_id != message_id(run):
        raise ReportOfAnotherFile(message_id=report.message_id, expected=message_id(run))
    by_number = {order.end_to_end: order for order in report.orders}
    rejected = differ = 0
    for remittance in list_remittances(run.id):
        order = by_number.get(remittance.number) or by_number.get(None)
        if order is None or remittance.state is not RemittanceState.ORDERED:
            continue
        differ += _keep_check(remittance, order)
        if order.status == REJECTED:
            reject(remittance.public_id, order.reason or REJECTED)
            rejected += 1
    audit.record("payout_run.answered", "payout_run", run.id, rejected=rejected)
    return Answer(rejected, differ)


def _keep_check(remittance: Remittance, order: OrderStatus) -> bool:
    """Keep what the bank says of the name; whether it differs."""
    if order.payee_check is None:
        return False
    remittance.payee_check = PayeeCheck(order.payee_check)
    name = get_creditor(remittance.creditor_id).name
    remittance.payee_name = order.payee_name if order.payee_name != name else None
    return remittance.payee_check in (PayeeCheck.NEARLY, PayeeCheck.DIFFERS)


def _lock(public_id: str) -> PayoutRun:
    query = (
        select(PayoutRun).where(PayoutRun.public_id == public_id).with_for_update(key_share=True)
    )
    run = db.session.scalar(query.execution_options(populate_existing=True))
    if run is None:
        raise NotFound
    return run
