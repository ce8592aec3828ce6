"""The words for runs and remittances."""

from cases.remittances.models import RemittanceState, RunState
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

TABLES = (RUNS, REMITTANCES)
