"""What a line of the trust account's statement was, once somebody has said so: out of suspense.

A charge of the bank is never paid with other people's money: the house makes it good from its
operating account at once, and the transfer is in transit until a statement shows it.
"""

from datetime import date

from cases.ledger.errors import NotEnoughThere
from cases.ledger.models import Account, Journal
from cases.ledger.posting import Line, post
from cases.ledger.trust_bookings import lock_creditor, require_balance, total_of


def book_bank_fee(cents: int, day: date, currency: str, reference: str) -> Journal:
    """The bank took a charge from the trust account: it is ours to bear, and to make good."""
    return _post("bank_fee", day, currency, reference, fee_lines(cents))


def fee_lines(cents: int) -> list[Line]:
    """Both sides of a charge of the bank, and of what the house makes good."""
    return [
        Line(Account.BANK_CHARGES, cents),
        Line(Account.SUSPENSE, -cents),
        Line(Account.TRUST_IN_TRANSIT, cents),
        Line(Account.OPERATING_BANK, -cents),
    ]


def book_refund_paid(cents: int, day: date, currency: str, reference: str) -> Journal:
    """A refund that was due has been paid.

    Raises:
        NotEnoughThere: less is due to be refunded.
    """
    if total_of(Account.REFUNDS_DUE, currency) < cents:
        raise NotEnoughThere
    return _post("refund_paid", day, currency, reference, [
        Line(Account.REFUNDS_DUE, cents), Line(Account.SUSPENSE, -cents),
    ])  # fmt: skip


def book_transfer_seen(cents: int, day: date, currency: str, reference: str) -> Journal:
    """A transfer that was ordered is on the statement; negative for money that came in."""
    return _post("transfer_seen", day, currency, reference, transfer_lines(cents))


def transfer_lines(cents: int) -> list[Line]:
    """Both sides of a transfer of ours that a statement shows."""
    return [Line(Account.TRUST_IN_TRANSIT, cents), Line(Account.SUSPENSE, -cents)]


def book_paid_to_creditor(
    creditor_id: int, cents: int, day: date, currency: str, reference: str
) -> Journal:
    """Money was paid to a creditor outside of this program.

    Raises:
        NotEnoughThere: he had less with us.
    """
    lock_creditor(creditor_id)
    require_balance(Account.CREDITOR_PAYABLES, creditor_id, currency, cents)
    return _post("paid_out", day, currency, reference, [
        Line(Account.CREDITOR_PAYABLES, cents, creditor_id), Line(Account.SUSPENSE, -cents),
    ], creditor_id)  # fmt: skip


def _post(
    kind: str,
    day: date,
    currency: str,
    reference: str,
    lines: list[Line],
    creditor_id: int | None = None,
) -> Journal:
    return post(
        kind, value_on=day, booked_on=day, currency=currency, reference=reference,
        creditor_id=creditor_id, lines=lines,
    )  # fmt: skip
