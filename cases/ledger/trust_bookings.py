"""Moving other people's money and our own: settlement, pay-out, our share, advances, court fees.

Our share leaves the trust account only after settlement; court fees are paid from operating or
from that creditor's advance, never from another creditor's money. Law: § 13g RDG. What is ordered
is in transit until a statement of the bank shows it (`bank/bookings`).
"""

from datetime import date

from sqlalchemy import select

from cases.claims.models import Case
from cases.core.database import db
from cases.ledger.bank.comparison import require_reconciled
from cases.ledger.books.balances import sum_accounts, sum_by_creditor, sum_of_creditor
from cases.ledger.errors import AdvanceTooSmall, NotEnoughThere
from cases.ledger.models import Account, Journal
from cases.ledger.posting import Line, post
from cases.parties.models import Creditor


def receive_advance(
    creditor_id: int, cents: int, day: date, currency: str = "EUR", reference: str | None = None
) -> Journal:
    """Money in suspense is a creditor's advance on court fees."""
    return _post("advance", creditor_id, day, currency, reference, [
        Line(Account.SUSPENSE, cents),
        Line(Account.CREDITOR_ADVANCES, -cents, creditor_id),
    ])  # fmt: skip


def withdraw_share(
    creditor_id: int, cents: int, day: date, currency: str = "EUR", reference: str | None = None
) -> Journal:
    """Transfer our settled share from trust to operating, once the transfer was released.

    Raises:
        NotEnoughThere: less was settled.
        TrustDiffers: the books and the bank say different things.
    """
    require_reconciled(currency)
    lock_creditor(creditor_id)
    require_balance(Account.SHARE_IN_TRUST, creditor_id, currency, cents)
    return _post("share_withdrawn", creditor_id, day, currency, reference, [
        Line(Account.SHARE_IN_TRUST, cents, creditor_id),
        Line(Account.TRUST_IN_TRANSIT, -cents),
        Line(Account.OPERATING_BANK, cents),
        Line(Account.CREDITOR_RECEIVABLES, -cents, creditor_id),
    ])  # fmt: skip


def pay_out(
    creditor_id: int, cents: int, day: date, currency: str = "EUR", reference: str | None = None
) -> Journal:
    """Pay a creditor what is his (Auskehrung).

    Raises:
        NotEnoughThere: he has less with us.
        TrustDiffers: the books and the bank say different things.
    """
    require_reconciled(currency)
    lock_creditor(creditor_id)
    require_balance(Account.CREDITOR_PAYABLES, creditor_id, currency, cents)
    return _post("paid_out", creditor_id, day, currency, reference, [
        Line(Account.CREDITOR_PAYABLES, cents, creditor_id),
        Line(Account.TRUST_IN_TRANSIT, -cents),
    ])  # fmt: skip


def top_up(creditor_id: int, day: date, currency: str = "EUR") -> Journal | None:
    """After a late return: what is missing on a creditor's account comes from operating.

    He owes it to us from now on; another creditor's money never carries it.
    """
    lock_creditor(creditor_id)
    missing = -balance_of(Account.CREDITOR_PAYABLES, creditor_id, currency)
    if missing <= 0:
        return None
    return _post("topped_up", creditor_id, day, currency, None, [
        Line(Account.TRUST_IN_TRANSIT, missing),
        Line(Account.CREDITOR_PAYABLES, -missing, creditor_id),
        Line(Account.CREDITOR_RECEIVABLES, missing, creditor_id),
        Line(Account.OPERATING_BANK, -missing),
    ])  # fmt: skip


def owe_court_fee(case: Case, cents: int, day: date, reference: str | None = None) -> Journal:
    """The court asks for a fee: we owe it and have laid it out for the creditor."""
    return _post("court_fee_owed", case.creditor_id, day, case.currency, reference, [
        Line(Account.COURT_COSTS_ADVANCED, cents, case.creditor_id, case.id),
        Line(Account.COURT_PAYABLES, -cents, case.creditor_id, case.id),
    ])  # fmt: skip


def pay_court_fee(
    case: Case, cents: int, day: date, *, from_advance: bool, reference: str | None = None
) -> Journal:
    """Pay a court fee that we owe, from operating or from this creditor's own advance.

    Raises:
        AdvanceTooSmall: another creditor's money is never used.
        NotEnoughThere: no such fee is owed.
    """
    creditor_id, currency = case.creditor_id, case.currency
    lock_creditor(creditor_id)
    require_balance(Account.COURT_PAYABLES, creditor_id, currency, cents)
    lines = [Line(Account.COURT_PAYABLES, cents, creditor_id, case.id)]
    if not from_advance:
        lines.append(Line(Account.OPERATING_BANK, -cents))
        return _post("court_fee_paid", creditor_id, day, currency, reference, lines)
    if balance_of(Account.CREDITOR_ADVANCES, creditor_id, currency) < cents:
        raise AdvanceTooSmall
    lines += [
        Line(Account.TRUST_IN_TRANSIT, -cents),
        Line(Account.CREDITOR_ADVANCES, cents, creditor_id),
        Line(Account.COURT_COSTS_ADVANCED, -cents, creditor_id, case.id),
    ]
    return _post("court_fee_paid", creditor_id, day, currency, reference, lines)


def balance_of(account: Account, creditor_id: int, currency: str = "EUR") -> int:
    """What a creditor has on an account of debts, as a positive figure."""
    return -sum_of_creditor(account, creditor_id, currency)


def total_of(account: Account, currency: str = "EUR") -> int:
    """What is on an account of debts in all, as a positive figure."""
    return -sum_accounts([account]).get((currency, account), 0)


def list_uncovered(currency: str = "EUR") -> list[tuple[int, int]]:
    """Creditors whose account with us is overdrawn, and by how much: to be topped up."""
    rows = sum_by_creditor(Account.CREDITOR_PAYABLES, currency)
    return [(creditor_id, cents) for creditor_id, cents in rows if cents > 0]


def sum_shares(currency: str = "EUR") -> list[tuple[int, int]]:
    """Our share that lies in trust by creditor: settled with him and not withdrawn yet."""
    rows = sum_by_creditor(Account.SHARE_IN_TRUST, currency)
    return [(creditor_id, -cents) for creditor_id, cents in rows]


def require_balance(account: Account, creditor_id: int, currency: str, cents: int) -> None:
    """Raise NotEnoughThere if a creditor has less on an account than this."""
    if balance_of(account, creditor_id, currency) < cents:
        raise NotEnoughThere


def lock_creditor(creditor_id: int) -> None:
    """Two pay-outs of one creditor take turns, so that both cannot spend the same money."""
    db.session.execute(
        select(Creditor.id).where(Creditor.id == creditor_id).with_for_update(key_share=True)
    )


def _post(
    kind: str,
    creditor_id: int,
    day: date,
    currency: str,
    reference: str | None,
    lines: list[Line],
) -> Journal:
    return post(
        kind,
        value_on=day,
        currency=currency,
        reference=reference,
        creditor_id=creditor_id,
        lines=[line for line in lines if line.amount_cents],
    )
