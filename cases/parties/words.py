"""The words for kinds of debtors."""

from cases.parties.models import DebtorKind
from legal.findings import N_, Words

DEBTORS: Words = {
    DebtorKind.NATURAL_PERSON: N_("Private person"),
    DebtorKind.SOLE_TRADER: N_("Sole trader"),
    DebtorKind.COMPANY: N_("Company"),
    DebtorKind.PUBLIC_BODY: N_("Public body"),
}

TABLES = (DEBTORS,)
