"""What keeps a transfer from being ordered."""

from cases.core.errors import Conflict, Invalid


class NothingChosen(Invalid):
    """Please choose what is to be paid."""


class PayeeMissing(Invalid):
    """Please enter name and account of the payee for {amount_cents}."""


class PayeeIbanWrong(Invalid):
    """{iban} is no valid IBAN."""


class RefundGone(Conflict):
    """A chosen refund is not due any more. Please look at the list again."""


class RefundsPaidElsewhere(Conflict):
    """{amount_cents} of what is due here was paid back outside of this program. Say which refunds
    that were before others are ordered.
    """


class TransferRunOpen(Conflict):
    """Transfers from this account are prepared already. Have them released or give them up."""


class TransferRunNotPrepared(Conflict):
    """These transfers were released or given up already."""


class TransferStale(Conflict):
    """What is to be paid to {name} has changed since. Give the transfers up and prepare anew."""


class TransferNotOrdered(Conflict):
    """This transfer is not on its way: it was paid, rejected or given up."""


class RejectionReasonMissing(Invalid):
    """Please write what the bank said."""


class NoShareToWithdraw(Conflict):
    """Nothing of ours lies in trust that was settled."""


class OperatingIbanMissing(Conflict):
    """The house has no account of its own yet. Enter it under Agency first."""
