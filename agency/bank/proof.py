"""The proof of the trust account as the screens show it, kept with the file it was made after."""

from dataclasses import dataclass
from datetime import datetime

from cases.ledger.models import Account
from cases.ledger.trust import OWNERS, TrustProof
from cases.payments.models import BankFile


@dataclass(frozen=True, slots=True)
class ShownProof:
    """When it was made, and the figures by currency."""

    made_at: datetime
    currencies: tuple[TrustProof, ...]

    @property
    def holds(self) -> bool:
        """Whether every cent on the trust account has an owner."""
        return all(each.difference_cents == 0 for each in self.currencies)


def proof_of(bank_file: BankFile) -> ShownProof | None:
    """The proof that was made after a file was booked, once it was."""
    if bank_file.finished_at is None or bank_file.trust_proof is None:
        return None
    found = []
    for currency, figures in sorted(bank_file.trust_proof.items()):
        owned = {name.value: int(figures.get(name, 0)) for name in OWNERS}
        transit = int(figures.get(Account.TRUST_IN_TRANSIT, 0))
        cash = int(figures.get(Account.CASH_ON_HAND, 0))
        bank = int(figures[Account.TRUST_BANK])
        found.append(TrustProof(currency, bank, owned, transit, cash))
    return ShownProof(bank_file.finished_at, tuple(found))
