"""The words for direct debits."""

from cases.remittances.debits.models import DebitState
from legal.findings import N_, Words

STATES: Words = {
    DebitState.PREPARED: N_("prepared"),
    DebitState.ORDERED: N_("ordered"),
    DebitState.PAID: N_("collected"),
    DebitState.RETURNED: N_("returned"),
    DebitState.DROPPED: N_("given up"),
}
TABLES = (STATES,)
