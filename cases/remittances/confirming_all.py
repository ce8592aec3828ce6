"""What new statements show of ours: pay-outs, transfers, advances, lines that rules name."""

from cases.core.database import transaction
from cases.payments.entries import note_open_lines
from cases.payments.importing import import_file
from cases.payments.rules.services import book_by_rules
from cases.remittances.confirming import confirm_by_statements
from cases.remittances.debits.confirming import confirm_debits
from cases.remittances.transfers.advances import receive_advances
from cases.remittances.transfers.confirming import confirm_transfers


def import_and_confirm(key: str, bank_file_id: int) -> None:
    """Carry out the effect `bank.import`, then find what is ours on the new statements."""
    import_file(key, bank_file_id)
    with transaction():
        confirm_debits()  # First: it locks cases.
        confirm_by_statements()
        confirm_transfers()
        receive_advances()
        book_by_rules()  # What is nobody's order.
        note_open_lines()
