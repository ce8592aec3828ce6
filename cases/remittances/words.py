"""The words for runs and remittances."""

from cases.remittances.models import PayeeCheck, RemittanceState, RunState
from legal.findings import N_, Words

RUNS: Words = {
    RunState.PREPARED: N_("prepared"),
    RunState.RELEASED: N_("released"),
    RunState.DROPPED: N_("given up"),
}
REMITTANCES: Words = {
    RemittanceState.PREPARED: N_("prepared"),
    RemittanceState.ORDERED: N_("ordered"),
    RemittanceState.CARRIED: N_("carried forward"),
    RemittanceState.PAID: N_("paid"),
    RemittanceState.REJECTED: N_("rejected by the bank"),
    RemittanceState.DROPPED: N_("given up"),
}
PAYEE_CHECKS: Words = {
    PayeeCheck.FITS: N_("the name fits the account"),
    PayeeCheck.NEARLY: N_("the name nearly fits the account"),
    PayeeCheck.DIFFERS: N_("the name does not fit the account"),
    PayeeCheck.UNKNOWN: N_("the bank could not check the name"),
}

TABLES = (RUNS, REMITTANCES, PAYEE_CHECKS)
