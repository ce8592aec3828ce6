"""Who may be sent, what stood against a visit, and where a refusal belongs on a form."""

from agency.wording import finding_words
from cases.claims.queries import list_debtors
from cases.contacts import errors as contact_refusals
from cases.contacts.visits import errors as refused
from cases.core.errors import Refusal
from cases.core.files import FileTooLarge
from cases.documents.content import DocumentEmpty, DocumentRefused
from cases.parties.models import Debtor
from cases.payments.cash.errors import CashAmountMissing
from cases.people.models import User
from cases.people.policy import Permission, allows
from cases.people.services import list_staff
from portal.login import require_user
from portal.shell.errors import say
from portal.shell.forms import Errors

PLAN_FIELDS: dict[type[Refusal], str] = {
    refused.VisitWindowWrong: "last",
    refused.VisitInPast: "on",
    refused.VisitorMissing: "visitor",
    refused.VisitReasonMissing: "why",
    contact_refusals.OverrideNotAllowed: "override_because",
}
REPORT_FIELDS: dict[type[Refusal], str] = {
    contact_refusals.OutcomeMissing: "outcome",
    contact_refusals.NonPaymentReasonMissing: "reason",
    contact_refusals.IdentityNotConfirmed: "identity",
    contact_refusals.PromiseIncomplete: "promise_amount",
    contact_refusals.PromiseTooHigh: "promise_amount",
    contact_refusals.PromiseInPast: "promise_on",
    contact_refusals.CallBackIncomplete: "call_back_on",
    contact_refusals.DueInPast: "call_back_on",
    contact_refusals.ApproachNotAllowed: "happened_on",
    contact_refusals.HappenedLater: "happened_on",
    contact_refusals.AddressUnfinished: "new_street",
    refused.PaperKindMissing: "paper_kind",
    refused.CostWordsMissing: "cost_words",
    CashAmountMissing: "cash_amount",
    DocumentEmpty: "paper",
    DocumentRefused: "paper",
    FileTooLarge: "paper",
}


def field_workers() -> list[User]:
    """Who may be sent: whoever may record a contact."""
    return [user for user in list_staff() if allows(user.role, Permission.CONTACT_LOG)]


def visitor_of(public_id: str) -> User:
    """The person of that public id, if it may be sent; raises VisitorMissing."""
    found = (user for user in field_workers() if user.public_id == public_id)
    user = next(found, None)
    if user is None:
        raise refused.VisitorMissing
    return user


def debtor_of(case_id: int, public_id: str) -> Debtor:
    """Who of the joint debtors is meant; the first one where nobody is named."""
    parties = list_debtors(case_id)
    named = (one.debtor for one in parties if one.debtor.public_id == public_id)
    return next(named, parties[0].debtor)


def require_may_override(because: str) -> None:
    """A soft rule is set aside by those who may, and by nobody else."""
    if because.strip() and not require_user().may(Permission.CONTACT_OVERRIDE):
        raise contact_refusals.OverrideNotAllowed


def in_words(refusal: Refusal, fields: dict[type[Refusal], str]) -> Errors:
    """The refusal at its field; a rule of contact says itself why not."""
    if isinstance(refusal, refused.VisitNotAllowed):
        return {"on": [finding_words(refusal.finding)]}
    return {fields.get(type(refusal), "_form"): [say(refusal)]}
