"""Releasing a pay-out run: a second person's word books it and makes the file for the bank.

What was prepared is computed again first: a payment, a return or a new account in between refuses
the release by the creditor's name, and the run is prepared anew.
"""

from collections.abc import Mapping
from datetime import date

from lxml import etree
from sqlalchemy import select

from cases.core import audit, clock, files
from cases.core.database import db
from cases.core.errors import Conflict, Invalid, NotFound
from cases.core.locks import lock_row
from cases.core.outbox import register_effect
from cases.formats.bank import camt
from cases.ledger.bank.comparison import require_reconciled
from cases.ledger.settlement_bookings import cover_debts, invoice_fee, pass_on_outlays
from cases.ledger.trust_bookings import pay_out
from cases.parties.queries import get_agency, get_creditor
from cases.people.approvals import Kind, ask, close_open
from cases.people.models import Approval
from cases.people.policy import Permission
from cases.remittances.invoice import is_invoiced
from cases.remittances.models import PayoutRun, Remittance, RemittanceState, RunState
from cases.remittances.preparing import prepare
from cases.remittances.sepa import Order, OrderFile, write_orders
from legal.findings import N_

PAYOUT_RELEASE = "payout.release"
MEDIA_TYPE = "application/xml"
#: One currency can be ordered by SEPA.
SEPA_CURRENCY = "EUR"


class NothingToRelease(Invalid):
    """There is nothing to settle in this run."""


class RunNotPrepared(Conflict):
    """This run was released or dropped already."""


class RunStale(Conflict):
    """Something changed for {name} since the run was prepared. Drop it and prepare it anew."""


class TaxNumberMissing(Conflict):
    """The house has neither VAT number nor tax number. Enter one: an invoice needs it."""


class FileBreaksSchema(Conflict):
    """The order file breaks the bank's schema and was not kept: {reason}."""


def ask_release(public_id: str) -> Approval:
    """Ask a second person to release a run; both see the sum and the file's digest.

    Raises:
        NotFound, RunNotPrepared, NothingToRelease, AlreadyAsked, TrustDiffers, FileBreaksSchema,
        TaxNumberMissing.
    """
    run = lock_run(public_id)
    remittances = list_remittances(run.id)
    if not remittances:
        raise NothingToRelease
    require_reconciled(run.currency)
    house = get_agency()
    if not (house.vat_id or house.tax_number) and any(is_invoiced(each) for each in remittances):
        raise TaxNumberMissing
    paid = [each for each in remittances if each.payout_cents]
    _number(remittances)
    if paid:
        _write_file(run, paid)
    after = {
        "sum_cents": sum(each.payout_cents for each in paid),
        "transfers": len(paid),
        "sha256": run.sepa_sha256,
    }
    return ask(PAYOUT_RELEASE, run.id, f"{run.as_of:%d.%m.%Y}, {run.currency}", after)


def _number(remittances: list[Remittance]) -> None:
    for each in remittances:
        if each.number is None:
            each.number = f"A-{each.as_of:%Y}-{each.id:06}"
    db.session.flush()


def _write_file(run: PayoutRun, paid: list[Remittance]) -> None:
    house = get_agency()
    orders = [
        Order(
            str(each.number), get_creditor(each.creditor_id).name, str(each.iban),
            each.payout_cents, f"Auszahlung {each.number}",
        )
        for each in paid
    ]  # fmt: skip
    data = write_orders(
        OrderFile(
            message_id(run), run.prepared_at, max(run.as_of, clock.today()), house.name,
            house.trust_iban, house.trust_bic, orders,
        )
    )  # fmt: skip
    check_schema(data)
    stored = files.store_file(data, f"auszahlung-{run.as_of}.xml", MEDIA_TYPE, None)
    run.sepa_file_id, run.sepa_sha256 = stored.id, stored.sha256
    db.session.flush()


def message_id(run: PayoutRun) -> str:
    """What the order file is called at the bank."""
    return f"RUN-{run.id}"


def check_schema(data: bytes) -> None:
    """Refuse a file that the bank would; raises FileBreaksSchema."""
    path = camt.SCHEMAS / "pain.001.001.09.xsd"
    schema = etree.XMLSchema(etree.parse(str(path)))
    if not schema.validate(etree.fromstring(data)):
        raise FileBreaksSchema(reason=str(schema.error_log)[:200])


def release_run(approval: Approval) -> None:
    """Book the run as it was confirmed.

    Raises:
        RunNotPrepared, RunStale, TrustDiffers, NotEnoughThere.
    """
    run = lock_row(PayoutRun, approval.subject_id)
    if run.state is not RunState.PREPARED:
        raise RunNotPrepared
    day = clock.today()
    run.share_cents = 0
    for remittance in list_remittances(run.id):
        _require_unchanged(run, remittance)
        run.share_cents += _book(remittance, day)
    run.state, run.released_at = RunState.RELEASED, clock.now()
    audit.record("payout_run.released", "payout_run", run.id)


def _require_unchanged(run: PayoutRun, kept: Remittance) -> None:
    prepared = prepare(kept.creditor_id, run.as_of, run.currency)
    settled = prepared.settlement if prepared else None
    creditor = get_creditor(kept.creditor_id)
    if (
        settled is None
        or settled.payout_cents != kept.payout_cents
        or settled.carry_forward_cents != kept.carry_forward_cents
        or settled.fee_net_cents != kept.fee_net_cents
        or (kept.payout_cents and creditor.iban != kept.iban)
    ):
        raise RunStale(name=creditor.name)


def _book(remittance: Remittance, day: date) -> int:
    """Settle with one creditor; answers our share that lies in trust from now on."""
    creditor_id, currency = remittance.creditor_id, remittance.currency
    reference = f"remittance:{remittance.public_id}"
    kept_net = remittance.costs_kept_cents - remittance.vat_paid_by_debtors_cents
    invoice_fee(
        creditor_id, remittance.fee_net_cents + kept_net, remittance.vat_cents, day, currency,
        reference,
    )  # fmt: skip
    pass_on_outlays(creditor_id, remittance.outlays_cents, day, currency, reference)
    share = max(cover_debts(creditor_id, day, currency, reference), 0)
    if remittance.payout_cents:
        pay_out(creditor_id, remittance.payout_cents, day, currency, reference)
    if is_invoiced(remittance):
        remittance.invoice_number = f"R-{day:%Y}-{remittance.id:06}"
    paid = bool(remittance.payout_cents)
    remittance.state = RemittanceState.ORDERED if paid else RemittanceState.CARRIED
    audit.record(
        "remittance.settled", "remittance", remittance.id, creditor_id=creditor_id,
        payout_cents=remittance.payout_cents,
    )  # fmt: skip
    register_effect(
        "remittance.statement", f"remittance:{remittance.id}:statement",
        remittance_id=remittance.id,
    )  # fmt: skip
    return share


def drop_run(public_id: str) -> None:
    """Give a prepared run up; nothing was booked. Raises NotFound, RunNotPrepared."""
    run = lock_run(public_id)
    run.state = RunState.DROPPED
    for remittance in list_remittances(run.id):
        remittance.state = RemittanceState.DROPPED
    close_open(PAYOUT_RELEASE, run.id)
    audit.record("payout_run.dropped", "payout_run", run.id)


def lock_run(public_id: str) -> PayoutRun:
    """The prepared run of that public id, locked; raises NotFound, RunNotPrepared."""
    query = (
        select(PayoutRun).where(PayoutRun.public_id == public_id).with_for_update(key_share=True)
    )
    run = db.session.scalar(query.execution_options(populate_existing=True))
    if run is None:
        raise NotFound
    if run.state is not RunState.PREPARED:
        raise RunNotPrepared
    return run


def list_remittances(run_id: int) -> list[Remittance]:
    """The remittances of a run, the largest pay-out first."""
    query = select(Remittance).where(Remittance.run_id == run_id)
    ordered = query.order_by(Remittance.payout_cents.desc(), Remittance.id)
    return list(db.session.scalars(ordered))


PAYOUT_KINDS: Mapping[str, Kind] = {
    PAYOUT_RELEASE: Kind(
        N_("Release of a pay-out run"),
        N_(
            "Compare the sum with the list of the run. Releasing books every settlement and makes "
            "the order file for the bank available."
        ),
        Permission.PAYOUT_RELEASE,
        {
            "sum_cents": N_("Sum"),
            "transfers": N_("Transfers"),
            "sha256": N_("Digest of the order file (SHA-256)"),
        },
        lambda approval: {},  # All of it is compared anew when it is carried out.
        release_run,
    ),
}
