"""Releasing transfers: a second person's word books them and makes the order file available."""

from collections.abc import Mapping

from sqlalchemy import select

from cases.core import audit, clock, files
from cases.core.database import db
from cases.core.errors import NotFound
from cases.core.locks import lock_row
from cases.ledger.bank.comparison import require_reconciled
from cases.ledger.models import Account, Journal
from cases.ledger.posting import Line, post
from cases.ledger.trust_bookings import sum_shares, total_of, withdraw_share
from cases.parties.queries import get_agency
from cases.payments.entries import stand
from cases.payments.models import BankEntry, EntryState
from cases.payments.own_accounts import HouseAccount
from cases.payments.standing import Standing
from cases.people.approvals import Kind, ask, close_open
from cases.people.models import Approval
from cases.people.policy import Permission
from cases.remittances.models import RunState
from cases.remittances.releasing import MEDIA_TYPE, check_schema
from cases.remittances.sepa import Order, OrderFile, write_orders
from cases.remittances.transfers import bills, errors
from cases.remittances.transfers.models import (
    Transfer,
    TransferKind,
    TransferRun,
    TransferState,
)
from cases.remittances.transfers.refunds_due import is_still_due
from legal.findings import N_

TRANSFER_RELEASE = "transfer.release"


def ask_release(public_id: str) -> Approval:
    """Ask a second person to release transfers; both see the sum and the file's digest.

    Raises:
        NotFound, TransferRunNotPrepared, AlreadyAsked, TrustDiffers, FileBreaksSchema.
    """
    run = lock_run(public_id)
    transfers = list_transfers(run.id)
    _require_reconciled(run)
    _write_file(run, transfers)
    after = {
        "sum_cents": sum(each.amount_cents for each in transfers),
        "transfers": len(transfers),
        "other_accounts": sum(each.other_account for each in transfers),
        "sha256": run.sepa_sha256,
    }
    return ask(TRANSFER_RELEASE, run.id, f"{run.made_on:%d.%m.%Y}, {run.currency}", after)


def _require_reconciled(run: TransferRun) -> None:
    """Nothing leaves trust while bank and books differ."""
    if run.account is HouseAccount.TRUST:
        require_reconciled(run.currency)


def _write_file(run: TransferRun, transfers: list[Transfer]) -> None:
    house = get_agency()
    trust = run.account is HouseAccount.TRUST
    orders = [
        Order(str(each.number), each.name, each.iban, each.amount_cents,
              f"{each.purpose} {each.number}")
        for each in transfers
    ]  # fmt: skip
    data = write_orders(
        OrderFile(
            f"UEB-{run.id}", run.prepared_at, max(run.made_on, clock.today()), house.name,
            house.trust_iban if trust else str(house.operating_iban),
            house.trust_bic if trust else None, orders,
        )
    )  # fmt: skip
    check_schema(data)
    stored = files.store_file(data, f"ueberweisungen-{run.made_on}-{run.id}.xml", MEDIA_TYPE, None)
    run.sepa_file_id, run.sepa_sha256 = stored.id, stored.sha256
    db.session.flush()


def release_run(approval: Approval) -> None:
    """Book the transfers as they were confirmed.

    Raises:
        TransferRunNotPrepared, TransferStale, TrustDiffers, NotEnoughThere, AdvanceTooSmall.
    """
    run = lock_row(TransferRun, approval.subject_id)
    if run.state is not RunState.PREPARED:
        raise errors.TransferRunNotPrepared
    _require_reconciled(run)
    for transfer in list_transfers(run.id):
        transfer.journal_ids = [journal.id for journal in _BOOK[transfer.kind](transfer)]
        transfer.state = TransferState.ORDERED
        audit.record("transfer.ordered", "transfer", transfer.id)
    run.state, run.released_at = RunState.RELEASED, clock.now()
    audit.record("transfer_run.released", "transfer_run", run.id)


def reference_of(transfer: Transfer) -> str:
    """How the bookings of a transfer name it."""
    return f"transfer:{transfer.public_id}"


def _book_refund(transfer: Transfer) -> list[Journal]:
    cents = transfer.amount_cents
    enough = total_of(Account.REFUNDS_DUE, transfer.currency) >= cents
    if not enough or not is_still_due(transfer):
        raise errors.TransferStale(name=transfer.name)
    if transfer.case_id is None:
        entry = db.session.get_one(BankEntry, transfer.entry_id)
        stand(entry, EntryState.REFUNDED, Standing.REFUND_ORDERED)
    lines = [Line(Account.REFUNDS_DUE, cents), Line(Account.TRUST_IN_TRANSIT, -cents)]
    return [
        post(
            "refund_ordered", value_on=clock.today(), currency=transfer.currency,
            reference=reference_of(transfer), lines=lines,
        )
    ]  # fmt: skip


def _book_share(transfer: Transfer) -> list[Journal]:
    """Every client's settled share, as far as it is the sum that was confirmed."""
    shares = [(creditor, cents) for creditor, cents in sum_shares(transfer.currency) if cents > 0]
    if sum(cents for _, cents in shares) != transfer.amount_cents:
        raise errors.TransferStale(name=transfer.name)
    reference, day = reference_of(transfer), clock.today()
    return [
        withdraw_share(creditor_id, cents, day, transfer.currency, reference)
        for creditor_id, cents in shares
    ]


def _book_bill(transfer: Transfer) -> list[Journal]:
    return bills.book_payment(transfer, reference_of(transfer))


_BOOK = {
    TransferKind.REFUND: _book_refund,
    TransferKind.SHARE: _book_share,
    TransferKind.BILL: _book_bill,
}


def drop_run(public_id: str) -> None:
    """Give prepared transfers up; nothing was booked. Raises NotFound, TransferRunNotPrepared."""
    run = lock_run(public_id)
    run.state = RunState.DROPPED
    for transfer in list_transfers(run.id):
        transfer.state = TransferState.DROPPED
    close_open(TRANSFER_RELEASE, run.id)
    audit.record("transfer_run.dropped", "transfer_run", run.id)


def lock_run(public_id: str) -> TransferRun:
    """The prepared run of that public id, locked; raises NotFound, TransferRunNotPrepared."""
    query = select(TransferRun).where(TransferRun.public_id == public_id)
    run = db.session.scalar(
        query.with_for_update(key_share=True).execution_options(populate_existing=True)
    )
    if run is None:
        raise NotFound
    if run.state is not RunState.PREPARED:
        raise errors.TransferRunNotPrepared
    return run


def list_transfers(run_id: int) -> list[Transfer]:
    """The transfers of a run, the largest first."""
    query = select(Transfer).where(Transfer.run_id == run_id)
    return list(db.session.scalars(query.order_by(Transfer.amount_cents.desc(), Transfer.id)))


TRANSFER_KINDS: Mapping[str, Kind] = {
    TRANSFER_RELEASE: Kind(
        N_("Release of transfers"),
        N_(
            "Compare the payees and the sum with the list, above all accounts that are not the "
            "ones that paid. Releasing books the transfers and makes the order file available."
        ),
        Permission.PAYOUT_RELEASE,
        {
            "sum_cents": N_("Sum"),
            "transfers": N_("Transfers"),
            "other_accounts": N_("Refunds to another account than the one that paid"),
            "sha256": N_("Digest of the order file (SHA-256)"),
        },
        lambda approval: {},  # All of it is compared anew when it is carried out.
        release_run,
    ),
}
