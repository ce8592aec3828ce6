"""The words for roles."""

from cases.people.policy import Role
from legal.findings import N_, Words

ROLES: Words = {
    Role.CREDITOR: N_("Creditor"),
    Role.CASE_WORKER: N_("Case worker"),
    Role.ACCOUNTS: N_("Accounts"),
    Role.LEGAL: N_("Legal"),
    Role.ADMIN: N_("Administration"),
}

TABLES = (ROLES,)
