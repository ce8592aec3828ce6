"""Every kind of act that needs a second person, in one list."""

from cases.ledger.books.closing_approval import CLOSING_KINDS
from cases.ledger.remainder import LETTING_GO_KINDS
from cases.letters.house_texts.services import TEXT_KINDS
from cases.objections.second_person import VERDICT_KINDS
from cases.parties.clients import CLIENT_KINDS
from cases.parties.house_bank import HOUSE_KINDS
from cases.people.accounts import ACCOUNT_KINDS
from cases.people.approvals import KINDS
from cases.plans.second_person import PLAN_KINDS
from cases.remittances.debits.runs import DEBIT_KINDS
from cases.remittances.releasing import PAYOUT_KINDS
from cases.remittances.transfers.releasing import TRANSFER_KINDS
from cases.strategies.versions import STRATEGY_KINDS


def register_kinds() -> None:
    """Say how each kind is checked and carried out."""
    KINDS.clear()
    for kinds in (
        ACCOUNT_KINDS, CLIENT_KINDS, CLOSING_KINDS, DEBIT_KINDS, HOUSE_KINDS, LETTING_GO_KINDS,
        PAYOUT_KINDS, PLAN_KINDS, STRATEGY_KINDS, TEXT_KINDS, TRANSFER_KINDS, VERDICT_KINDS,
    ):  # fmt: skip
        KINDS.update(kinds)
