"""What new statements show of ours: pay-outs, transfers, advances asked of clients."""

from cases.core.database import transaction
from cases.payments.importing import import_file
from cases.remittances.confirming import confirm_by_statements
from cases.remittances.transfers.advances import receive_advances
from cases.remittances.transfers.confirming import confirm_transfers


def import_and_confirm(key: str, bank_file_id: int) -> None:
    """Carry out the effect `bank.import`, then find what is ours on the new statements."""
    import_file(key, bank_file_id)
    with transaction():
        confirm_by_statements()
        confirm_transfers()
        receive_advances()
