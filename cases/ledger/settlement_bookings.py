"""The bookings of a settlement with a creditor: fee invoiced, outlays passed on, covered, paid.

What he owes us is covered from his own money only; what is not covered waits for his next money.
"""

from datetime import date

from cases.ledger.models import Account, Journal
from cases.ledger.posting import Line, post
from cases.ledger.trust_bookings import balance_of, lock_creditor


def invoice_fee(
    creditor_id: int, net_cents: int, vat_cents: int, day: date, currency: str, reference: str
) -> Journal | None:
    """The fee of a settlement becomes a debt of the creditor; a negative one is given back."""
    gross = net_cents + vat_cents
    lines = [
        Line(Account.CREDITOR_RECEIVABLES, gross, creditor_id),
        Line(Account.AGENCY_INCOME, -net_cents, creditor_id),
        Line(Account.VAT_PAYABLE, -vat_cents, creditor_id),
    ]
    return _post("fee_invoiced", day, currency, reference, lines)


def pass_on_outlays(
    creditor_id: int, cents: int, day: date, currency: str, reference: str
) -> Journal | None:
    """Court fees that we laid out become a debt of the creditor."""
    lines = [
        Line(Account.CREDITOR_RECEIVABLES, cents, creditor_id),
        Line(Account.COURT_COSTS_ADVANCED, -cents, creditor_id),
    ]
    return _post("outlays_passed_on", day, currency, reference, lines)


def cover_debts(creditor_id: int, day: date, currency: str, reference: str) -> int:
    """Cover what the creditor owes us from his money in trust; answers how much was covered.

    Where we owe him instead (a fee given back that was withdrawn already), operating pays it in.
    """
    lock_creditor(creditor_id)
    owed = uncovered_debt(creditor_id, currency)
    if owed < 0:
        _post("fee_given_back", day, currency, reference, [
            Line(Account.TRUST_IN_TRANSIT, -owed),
            Line(Account.CREDITOR_PAYABLES, owed, creditor_id),
            Line(Account.CREDITOR_RECEIVABLES, -owed, creditor_id),
            Line(Account.OPERATING_BANK, owed),
        ])  # fmt: skip
        return owed
    cents = min(owed, max(balance_of(Account.CREDITOR_PAYABLES, creditor_id, currency), 0))
    _post("share_settled", day, currency, reference, [
        Line(Account.CREDITOR_PAYABLES, cents, creditor_id),
        Line(Account.SHARE_IN_TRUST, -cents, creditor_id),
    ])  # fmt: skip
    return cents


def uncovered_debt(creditor_id: int, currency: str) -> int:
    """What the creditor owes us beyond our share that lies in trust already."""
    owed = -balance_of(Account.CREDITOR_RECEIVABLES, creditor_id, currency)
    return owed - balance_of(Account.SHARE_IN_TRUST, creditor_id, currency)


def open_outlays(creditor_id: int, currency: str) -> int:
    """Court fees that we laid out for the creditor and have not passed on."""
    return -balance_of(Account.COURT_COSTS_ADVANCED, creditor_id, currency)


def put_back(creditor_id: int, cents: int, day: date, currency: str, reference: str) -> None:
    """A transfer that the bank rejected: the money is the creditor's again."""
    _post("pay_out_rejected", day, currency, reference, [
        Line(Account.TRUST_IN_TRANSIT, cents),
        Line(Account.CREDITOR_PAYABLES, -cents, creditor_id),
    ])  # fmt: skip


def _post(kind: str, day: date, currency: str, reference: str, lines: list[Line]) -> Journal | None:
    kept = [line for line in lines if line.amount_cents]
    if not kept:
        return None
    creditor_id = next(line.creditor_id for line in kept if line.creditor_id)
    return post(
        kind, value_on=day, currency=currency, reference=reference, creditor_id=creditor_id,
        lines=kept,
    )  # fmt: skip
