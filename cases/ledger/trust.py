"""The proof of the trust account (Fremdgeldkonto): every cent on it has an owner."""

from dataclasses import dataclass

from cases.ledger.books.balances import sum_accounts
from cases.ledger.models import Account

#: Whom the money on the trust account belongs to. Law: § 13g RDG.
OWNERS = (
    Account.CREDITOR_PAYABLES,
    Account.CREDITOR_ADVANCES,
    Account.SUSPENSE,
    Account.REFUNDS_DUE,
    Account.SHARE_IN_TRUST,
)

#: Where it lies, and what of it is on its way.
HELD = (Account.TRUST_BANK, Account.TRUST_IN_TRANSIT, Account.CASH_ON_HAND)


@dataclass(frozen=True, slots=True)
class TrustProof:
    """What lies on the trust account in one currency, and whom it belongs to."""

    currency: str
    trust_bank_cents: int
    owned_cents: dict[str, int]  # By account, in the order of OWNERS.
    in_transit_cents: int = 0  # Ordered to the account, or from it (negative).
    cash_cents: int = 0  # Taken at doors, not paid in yet.

    @property
    def difference_cents(self) -> int:
        """Money without an owner, or an owner without money; zero when all is right."""
        there = self.trust_bank_cents + self.in_transit_cents + self.cash_cents
        return there - sum(self.owned_cents.values())

    def to_json(self) -> dict[str, int]:
        """As it is kept with the statement that it was made after."""
        return {
            Account.TRUST_BANK.value: self.trust_bank_cents,
            Account.TRUST_IN_TRANSIT.value: self.in_transit_cents,
            Account.CASH_ON_HAND.value: self.cash_cents,
            **self.owned_cents,
        }


def prove_trust() -> list[TrustProof]:
    """Trust bank + transit + cash = payables + advances + suspense + refunds due + our share."""
    balances: dict[str, dict[Account, int]] = {}
    for (currency, account), cents in sum_accounts([*HELD, *OWNERS]).items():
        balances.setdefault(currency, {})[account] = cents
    return [_proof(currency, found) for currency, found in sorted(balances.items())]


def _proof(currency: str, balances: dict[Account, int]) -> TrustProof:
    """Debts to owners are credit balances, so their sign is turned."""
    owned = {account.value: -balances.get(account, 0) for account in OWNERS}
    bank, transit, cash = (balances.get(account, 0) for account in HELD)
    return TrustProof(currency, bank, owned, transit, cash)
