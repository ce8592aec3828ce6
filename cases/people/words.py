"""The words for roles, and for where an approval is."""

from cases.people.models import ApprovalState
from cases.people.policy import Role
from legal.findings import N_, Words

ROLES: Words = {
    Role.CREDITOR: N_("Creditor"),
    Role.CASE_WORKER: N_("Case worker"),
    Role.ACCOUNTS: N_("Accounts"),
    Role.LEGAL: N_("Legal"),
    Role.ADMIN: N_("Administration"),
}

APPROVAL_STATES: Words = {
    ApprovalState.OPEN: N_("waits"),
    ApprovalState.CONFIRMED: N_("confirmed"),
    ApprovalState.REFUSED: N_("refused"),
    ApprovalState.WITHDRAWN: N_("withdrawn"),
}

TABLES = (ROLES, APPROVAL_STATES)
