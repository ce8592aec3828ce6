"""The words for transfers, bills and advances."""

from cases.payments.own_accounts import HouseAccount
from cases.remittances.transfers.bill_models import AdvanceState, BillKind, BillSource, BillState
from cases.remittances.transfers.models import TransferKind, TransferState
from legal.findings import N_, Words

ACCOUNTS: Words = {
    HouseAccount.TRUST: N_("the trust account"),
    HouseAccount.OPERATING: N_("our own account"),
}
KINDS: Words = {
    TransferKind.REFUND: N_("Refund"),
    TransferKind.BILL: N_("Bill of a third party"),
    TransferKind.SHARE: N_("Our own share"),
}
STATES: Words = {
    TransferState.PREPARED: N_("prepared"),
    TransferState.ORDERED: N_("ordered"),
    TransferState.PAID: N_("paid"),
    TransferState.REJECTED: N_("rejected by the bank"),
    TransferState.DROPPED: N_("given up"),
}
BILL_KINDS: Words = {
    BillKind.COURT: N_("Court cashier"),
    BillKind.BAILIFF: N_("Bailiff"),
    BillKind.REGISTER: N_("Register"),
    BillKind.INQUIRY: N_("Inquiry office"),
}
SOURCES: Words = {
    BillSource.OPERATING: N_("our own account"),
    BillSource.ADVANCE: N_("the client's advance"),
}
BILLS: Words = {
    BillState.OPEN: N_("to be paid"),
    BillState.ORDERED: N_("ordered"),
    BillState.PAID: N_("paid"),
    BillState.WITHDRAWN: N_("taken back"),
}
ADVANCES: Words = {
    AdvanceState.OPEN: N_("asked"),
    AdvanceState.RECEIVED: N_("received"),
    AdvanceState.WITHDRAWN: N_("taken back"),
}
TABLES = (ACCOUNTS, KINDS, STATES, BILL_KINDS, SOURCES, BILLS, ADVANCES)
