"""What each role may do: the one table. Every route names the permission it needs."""

from enum import StrEnum


class Role(StrEnum):
    """What a user is. Creditor users belong to one creditor; all others are staff."""

    CREDITOR = "creditor"  # Gläubiger: hands in claims, sees its own cases.
    CREDITOR_ADMIN = "creditor_admin"  # The same, and lets colleagues in.
    CREDITOR_APPROVER = "creditor_approver"  # Decides what we ask before it happens.
    CREDITOR_READER = "creditor_reader"  # Sees, and changes nothing.
    CREDITOR_SALES = "creditor_sales"  # Sees whom not to deliver to on account.
    CASE_WORKER = "case_worker"  # Sachbearbeitung
    ACCOUNTS = "accounts"  # Buchhaltung
    LEGAL = "legal"  # Rechtsabteilung
    TEAM_LEAD = "team_lead"  # Case work, and who does it.
    PRIVACY = "privacy"  # Datenschutz: who looked at what, and nothing else.
    ADMIN = "admin"


class Permission(StrEnum):
    """One thing a role may do; named noun.verb."""

    # For everybody who is signed in.
    PROFILE_EDIT = "profile.edit"
    # Creditors.
    SUBMISSION_EDIT = "submission.edit"  # Upload, correct, hand over.
    OWN_CASES_VIEW = "own_cases.view"
    OWN_DOCUMENTS_VIEW = "own_documents.view"
    OWN_PAYOUTS_VIEW = "own_payouts.view"
    COLLEAGUE_EDIT = "colleague.edit"  # Invite and lock people of the own company.
    OWN_APPROVAL_DECIDE = "own_approval.decide"  # Court, visits, plans beyond the contract.
    OWN_CUSTOMERS_VIEW = "own_customers.view"  # Whom to deliver to, and nothing of the cases.
    OWN_CUSTOMER_EDIT = "own_customer.edit"  # Enter and change customers, terms and invoices.
    OWN_COMPANY_EDIT = "own_company.edit"  # Bank details, papers, how debtors are treated.
    # Staff.
    CALCULATOR_USE = "calculator.use"
    WORKLIST_VIEW = "worklist.view"
    CASE_VIEW = "case.view"
    CASE_ACCEPT = "case.accept"
    PLAN_MAKE = "plan.make"  # Instalments and settlements.
    REST_WAIVE = "rest.waive"  # Within the limit of the client's contract.
    REST_CONFIRM = "rest.confirm"  # The second person where more is let go than the house's limit.
    CONTACT_LOG = "contact.log"
    CONTACT_OVERRIDE = "contact.override"  # Set a soft rule of contact aside, with a reason.
    OBJECTION_RECORD = "objection.record"
    OBJECTION_DECIDE = "objection.decide"
    LETTER_SEND = "letter.send"
    STRATEGY_VIEW = "strategy.view"
    STRATEGY_EDIT = "strategy.edit"
    STRATEGY_RELEASE = "strategy.release"  # The second person for a strategy or a template.
    POST_READ = "post.read"  # Scans, returned letters, print runs.
    DOCUMENT_VIEW = "document.view"
    INTAKE_VIEW = "intake.view"
    INTAKE_DECIDE = "intake.decide"
    PAYMENT_VIEW = "payment.view"
    PAYMENT_IMPORT = "payment.import"
    PAYMENT_ASSIGN = "payment.assign"
    LEDGER_VIEW = "ledger.view"
    LEDGER_BOOK = "ledger.book"
    PERIOD_CLOSE = "period.close"
    FILING_VIEW = "filing.view"
    FILING_RECOMMEND = "filing.recommend"  # Hand a case over to legal, for court.
    FILING_PREPARE = "filing.prepare"
    FILING_RELEASE = "filing.release"
    DEADLINE_EDIT = "deadline.edit"
    RATE_EDIT = "rate.edit"
    USER_EDIT = "user.edit"
    USER_CONFIRM = "user.confirm"  # The second person for accounts of those who release.
    SETTINGS_EDIT = "settings.edit"
    SETTINGS_CONFIRM = "settings.confirm"  # The second person for bank details of the house.
    APPROVAL_VIEW = "approval.view"
    CLIENT_VIEW = "client.view"
    CLIENT_EDIT = "client.edit"
    CLIENT_CONFIRM = "client.confirm"  # The second person for a client's bank details.
    CONTRACT_EDIT = "contract.edit"
    PAYOUT_VIEW = "payout.view"
    PAYOUT_PREPARE = "payout.prepare"
    PAYOUT_RELEASE = "payout.release"  # The second person for a pay-out run.
    REPORT_VIEW = "report.view"
    ACCESS_VIEW = "access.view"  # Who signed in, was refused, and looked into which file.
    TEAM_LEAD = "team.lead"  # The board: teams, absences, who has which cases.


#: Those who belong to one client; everybody else works in the house.
CREDITOR_ROLES = frozenset(role for role in Role if role.value.startswith("creditor"))

_P = Permission
_CASE_WORK = {
    _P.PROFILE_EDIT,
    _P.CALCULATOR_USE,
    _P.WORKLIST_VIEW,
    _P.CASE_VIEW,
    _P.CASE_ACCEPT,
    _P.PLAN_MAKE,
    _P.REST_WAIVE,
    _P.CONTACT_LOG,
    _P.OBJECTION_RECORD,
    _P.OBJECTION_DECIDE,
    _P.LETTER_SEND,
    _P.STRATEGY_VIEW,
    _P.POST_READ,
    _P.DOCUMENT_VIEW,
    _P.INTAKE_VIEW,
    _P.INTAKE_DECIDE,
    _P.LEDGER_VIEW,
    _P.FILING_VIEW,
    _P.FILING_RECOMMEND,
    _P.REPORT_VIEW,
    _P.APPROVAL_VIEW,
    _P.CLIENT_VIEW,
}
_ACCOUNTS = {
    _P.PROFILE_EDIT,
    _P.CALCULATOR_USE,
    _P.WORKLIST_VIEW,
    _P.CASE_VIEW,
    _P.DOCUMENT_VIEW,
    _P.PAYMENT_VIEW,
    _P.PAYMENT_IMPORT,
    _P.PAYMENT_ASSIGN,
    _P.LEDGER_VIEW,
    _P.LEDGER_BOOK,
    _P.REST_WAIVE,
    _P.REST_CONFIRM,
    _P.PERIOD_CLOSE,
    _P.REPORT_VIEW,
    _P.APPROVAL_VIEW,
    _P.SETTINGS_CONFIRM,
    _P.CLIENT_VIEW,
    _P.CLIENT_EDIT,
    _P.CLIENT_CONFIRM,
    _P.PAYOUT_VIEW,
    _P.PAYOUT_PREPARE,
    _P.PAYOUT_RELEASE,
}
_LEGAL = _CASE_WORK | {
    _P.CONTACT_OVERRIDE,
    _P.FILING_PREPARE,
    _P.FILING_RELEASE,
    _P.DEADLINE_EDIT,
    _P.PAYMENT_VIEW,
    _P.REST_CONFIRM,
    _P.STRATEGY_RELEASE,
    _P.USER_CONFIRM,
}
_CREDITOR_READER = {
    _P.PROFILE_EDIT,
    _P.OWN_CASES_VIEW,
    _P.OWN_CUSTOMERS_VIEW,
    _P.OWN_DOCUMENTS_VIEW,
    _P.OWN_PAYOUTS_VIEW,
}
_CREDITOR_SALES = {_P.PROFILE_EDIT, _P.OWN_CUSTOMERS_VIEW, _P.OWN_CUSTOMER_EDIT}
_CREDITOR_APPROVER = _CREDITOR_READER | {_P.OWN_APPROVAL_DECIDE}
_CREDITOR = _CREDITOR_READER | {_P.SUBMISSION_EDIT, _P.OWN_CUSTOMER_EDIT}
_CREDITOR_ADMIN = _CREDITOR | _CREDITOR_APPROVER | {_P.COLLEAGUE_EDIT, _P.OWN_COMPANY_EDIT}

#: Permissions whose use sends money, files to court or opens the house to others: an account
#: that has one is made, changed and given a password by two people.
RELEASING = frozenset({
    _P.FILING_RELEASE, _P.PERIOD_CLOSE, _P.USER_EDIT, _P.USER_CONFIRM, _P.SETTINGS_EDIT,
    _P.SETTINGS_CONFIRM, _P.CLIENT_CONFIRM, _P.CONTRACT_EDIT,
    _P.PAYOUT_RELEASE,
})  # fmt: skip

#: Role -> what it may do. An admin keeps the house but releases no filings.
POLICY: dict[Role, frozenset[Permission]] = {
    Role.CREDITOR: frozenset(_CREDITOR),
    Role.CREDITOR_ADMIN: frozenset(_CREDITOR_ADMIN),
    Role.CREDITOR_APPROVER: frozenset(_CREDITOR_APPROVER),
    Role.CREDITOR_READER: frozenset(_CREDITOR_READER),
    Role.CREDITOR_SALES: frozenset(_CREDITOR_SALES),
    Role.CASE_WORKER: frozenset(_CASE_WORK),
    Role.ACCOUNTS: frozenset(_ACCOUNTS),
    Role.LEGAL: frozenset(_LEGAL),
    Role.TEAM_LEAD: frozenset(_CASE_WORK | {_P.TEAM_LEAD}),
    Role.PRIVACY: frozenset({_P.PROFILE_EDIT, _P.ACCESS_VIEW}),
    Role.ADMIN: frozenset(
        set(Permission) - _CREDITOR_ADMIN - {_P.FILING_RELEASE} | {_P.PROFILE_EDIT}
    ),
}


def allows(role: Role, permission: Permission) -> bool:
    """Whether a role may do this."""
    return permission in POLICY[role]


def releases(role: Role) -> bool:
    """Whether a role may do something that needs a second person somewhere."""
    return not RELEASING.isdisjoint(POLICY[role])
