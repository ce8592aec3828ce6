"""The words for roles, and for where an approval is."""

from cases.people.access.models import FactorKind
from cases.people.models import ApprovalState
from cases.people.policy import Role
from legal.findings import N_, Words

ROLES: Words = {
    Role.CREDITOR: N_("Creditor"),
    Role.CREDITOR_ADMIN: N_("Creditor: administration"),
    Role.CREDITOR_APPROVER: N_("Creditor: approves"),
    Role.CREDITOR_READER: N_("Creditor: reads only"),
    Role.CREDITOR_SALES: N_("Creditor: sales"),
    Role.CASE_WORKER: N_("Case worker"),
    Role.ACCOUNTS: N_("Accounts"),
    Role.LEGAL: N_("Legal"),
    Role.TEAM_LEAD: N_("Team lead"),
    Role.PRIVACY: N_("Privacy officer"),
    Role.ADMIN: N_("Administration"),
}

APPROVAL_STATES: Words = {
    ApprovalState.OPEN: N_("waits"),
    ApprovalState.CONFIRMED: N_("confirmed"),
    ApprovalState.REFUSED: N_("refused"),
    ApprovalState.WITHDRAWN: N_("withdrawn"),
}

FACTOR_KINDS: Words = {
    FactorKind.CODE: N_("App with codes"),
    FactorKind.PASSKEY: N_("Passkey"),
}

TABLES = (ROLES, APPROVAL_STATES, FACTOR_KINDS)
