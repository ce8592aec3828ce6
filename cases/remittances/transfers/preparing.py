"""Preparing transfers: what was chosen becomes orders from one account; nothing is booked yet."""

from collections.abc import Mapping
from dataclasses import dataclass

from sqlalchemy import select

from cases.core import audit, clock, locks
from cases.core.database import db
from cases.formats.identifiers import clean_iban, find_iban
from cases.ledger.models import Account
from cases.ledger.trust_bookings import total_of
from cases.parties.queries import get_agency
from cases.payments.own_accounts import HouseAccount
from cases.remittances.models import RunState
from cases.remittances.transfers import errors
from cases.remittances.transfers.models import (
    Transfer,
    TransferKind,
    TransferRun,
    TransferState,
)
from cases.remittances.transfers.refunds_due import (
    RefundDue,
    list_refunds_due,
    paid_elsewhere_cents,
)

#: One currency can be ordered by SEPA.
CURRENCY = "EUR"
LETTERS = {TransferKind.REFUND: "E", TransferKind.BILL: "B", TransferKind.SHARE: "V"}


@dataclass(frozen=True, slots=True)
class Payee:
    """Whom a refund goes to, as a person typed it."""

    name: str
    iban: str


def prepare_refunds(payees: Mapping[str, Payee]) -> TransferRun:
    """Prepare the chosen refunds; each goes to the account that paid, or where a person says.

    Raises:
        NothingChosen, RefundGone, PayeeMissing, PayeeIbanWrong, TransferRunOpen,
        RefundsPaidElsewhere.
    """
    if not payees:
        raise errors.NothingChosen
    run = open_run(HouseAccount.TRUST)
    due = {each.key: each for each in list_refunds_due(CURRENCY)}
    missing = paid_elsewhere_cents(list(due.values()), CURRENCY)
    if missing:
        raise errors.RefundsPaidElsewhere(amount_cents=missing)
    for key, payee in payees.items():
        found = due.get(key)
        if found is None:
            raise errors.RefundGone
        _add_refund(run, found, payee)
    return run


def _add_refund(run: TransferRun, due: RefundDue, payee: Payee) -> None:
    name, typed = payee.name.strip(), payee.iban.strip()
    if not name or not typed:
        raise errors.PayeeMissing(amount_cents=due.cents)
    iban = find_iban(typed)
    if iban is None:
        raise errors.PayeeIbanWrong(iban=typed)
    paid_from = clean_iban(due.entry.counterparty_iban or "")
    what = f"Akte {due.case.number}" if due.case else f"vom {due.entry.value_on:%d.%m.%Y}"
    add_transfer(
        run,
        TransferKind.REFUND,
        due.cents,
        name,
        iban,
        f"Erstattung {what}",
        entry_id=due.entry.id,
        case_id=due.case.id if due.case else None,
        other_account=clean_iban(iban) != paid_from,
    )


def note_paid_elsewhere(key: str, why: str) -> Transfer:
    """A refund was paid outside of this program and its debit booked: it is not due any more.

    Raises:
        RefundGone, RejectionReasonMissing.
    """
    if not why.strip():
        raise errors.RejectionReasonMissing
    locks.take_name("transfers")
    listed = list_refunds_due(CURRENCY)
    due = next((each for each in listed if each.key == key), None)
    if due is None or paid_elsewhere_cents(listed, CURRENCY) < due.cents:
        raise errors.RefundGone
    transfer = Transfer(
        kind=TransferKind.REFUND, state=TransferState.PAID, amount_cents=due.cents,
        currency=CURRENCY, name=due.entry.counterparty_name or "", decided_at=clock.now(),
        iban=due.entry.counterparty_iban or "", purpose=why.strip(), entry_id=due.entry.id,
        case_id=due.case.id if due.case else None,
    )  # fmt: skip
    db.session.add(transfer)
    db.session.flush()
    audit.record("transfer.paid_elsewhere", "transfer", transfer.id, why=why.strip())
    return transfer


def prepare_share() -> TransferRun:
    """Prepare the transfer of our settled share from trust to our own account.

    Raises:
        NoShareToWithdraw, OperatingIbanMissing, TransferRunOpen.
    """
    cents, house = total_of(Account.SHARE_IN_TRUST, CURRENCY), get_agency()
    if cents <= 0:
        raise errors.NoShareToWithdraw
    iban = find_iban(house.operating_iban or "")
    if iban is None:
        raise errors.OperatingIbanMissing
    run = open_run(HouseAccount.TRUST)
    add_transfer(run, TransferKind.SHARE, cents, house.name, iban, "Entnahme Vergütung")
    return run


def open_run(account: HouseAccount) -> TransferRun:
    """A new run of an account; raises TransferRunOpen."""
    locks.take_name("transfers")
    if find_prepared(account) is not None:
        raise errors.TransferRunOpen
    run = TransferRun(
        account=account, currency=CURRENCY, made_on=clock.today(),
        prepared_by=audit.actor_id(), prepared_at=clock.now(),
    )  # fmt: skip
    db.session.add(run)
    db.session.flush()
    audit.record("transfer_run.prepared", "transfer_run", run.id, account=account.value)
    return run


def find_prepared(account: HouseAccount) -> TransferRun | None:
    """The run of an account that waits for its release."""
    query = select(TransferRun).where(
        TransferRun.state == RunState.PREPARED, TransferRun.account == account
    )
    return db.session.scalar(query.limit(1))


def add_transfer(
    run: TransferRun,
    kind: TransferKind,
    cents: int,
    name: str,
    iban: str,
    purpose: str,
    *,
    entry_id: int | None = None,
    case_id: int | None = None,
    bill_id: int | None = None,
    other_account: bool = False,
) -> Transfer:
    """One more order of a run, with its number."""
    transfer = Transfer(
        run_id=run.id, kind=kind, amount_cents=cents, currency=run.currency, name=name, iban=iban,
        purpose=purpose, entry_id=entry_id, case_id=case_id, bill_id=bill_id,
        other_account=other_account,
    )  # fmt: skip
    db.session.add(transfer)
    db.session.flush()
    transfer.number = f"{LETTERS[kind]}-{run.made_on:%Y}-{transfer.id:06}"
    db.session.flush()
    return transfer
