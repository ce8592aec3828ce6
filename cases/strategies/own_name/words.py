"""The words for states of a client's invoices and stages of reminders."""

from cases.strategies.own_name.models import ItemState
from cases.strategies.own_name.rules import Stage
from legal.findings import N_, Words

ITEMS: Words = {
    ItemState.OPEN: N_("unpaid"),
    ItemState.PAID: N_("no longer on the list"),
    ItemState.ASKED: N_("the customer asks"),
    ItemState.STOPPED: N_("rests"),
    ItemState.WITH_US: N_("handed in as a claim"),
}
STAGES: Words = {
    Stage.BEFORE: N_("before the day"),
    Stage.AFTER: N_("after the day"),
}
TABLES = (ITEMS, STAGES)
