"""Relationship policies and questions to clients for tests."""

from cases.claims.asking.models import AskedFor, ClientApproval
from cases.claims.asking.services import ask_client
from cases.claims.models import Case
from cases.claims.queries import lock_case
from cases.parties.models import Creditor, DebtorKind
from cases.parties.relationship import Policy, Tone
from cases.parties.relationship_models import RelationshipRule
from cases.parties.relationship_rules import Scope, set_rule


def make_question_of(case: Case, asked_for: AskedFor = AskedFor.COURT) -> ClientApproval:
    """A question to the client that waits for his answer."""
    return ask_client(lock_case(case.id), asked_for, reason="Zwei Briefe blieben ohne Antwort.")


def make_rule_of(creditor: Creditor) -> RelationshipRule:
    """A soft tone for companies."""
    return set_rule(creditor.id, Scope(DebtorKind.COMPANY), Policy(Tone.SOFT), "Stammkunden")
