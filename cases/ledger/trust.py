"""The proof of the trust account (Fremdgeldkonto): every cent on it has an owner."""

from dataclasses import dataclass

from sqlalchemy import func, select

from cases.core.database import db
from cases.ledger.models import Account, JournalLine

#: Whom the money on the trust account belongs to. Law: § 13g RDG.
OWNERS = (
    Account.CREDITOR_PAYABLES,
    Account.CREDITOR_ADVANCES,
    Account.SUSPENSE,
    Account.REFUNDS_DUE,
    Account.SHARE_IN_TRUST,
)


@dataclass(frozen=True, slots=True)
class TrustProof:
    """What lies on the trust account in one currency, and whom it belongs to."""

    currency: str
    trust_bank_cents: int
    owned_cents: dict[str, int]  # By account, in the order of OWNERS.

    @property
    def difference_cents(self) -> int:
        """Money without an owner, or an owner without money; zero when all is right."""
        return self.trust_bank_cents - sum(self.owned_cents.values())

    def to_json(self) -> dict[str, int]:
        """As it is kept with the statement that it was made after."""
        return {Account.TRUST_BANK.value: self.trust_bank_cents, **self.owned_cents}


def prove_trust() -> list[TrustProof]:
    """Trust bank = payables + advances + suspense + refunds due + our share, by currency."""
    query = (
        select(JournalLine.currency, JournalLine.account, func.sum(JournalLine.amount_cents))
        .where(JournalLine.account.in_([Account.TRUST_BANK, *OWNERS]))
        .group_by(JournalLine.currency, JournalLine.account)
    )
    balances: dict[str, dict[Account, int]] = {}
    for currency, account, cents in db.session.execute(query):
        balances.setdefault(currency, {})[account] = int(cents)
    return [_proof(currency, found) for currency, found in sorted(balances.items())]


def _proof(currency: str, balances: dict[Account, int]) -> TrustProof:
    """Debts to owners are credit balances, so their sign is turned."""
    owned = {account.value: -balances.get(account, 0) for account in OWNERS}
    return TrustProof(currency, balances.get(Account.TRUST_BANK, 0), owned)
