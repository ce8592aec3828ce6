"""What the house asks of its people: second factors; and whether figures per person are shown."""

from collections.abc import Iterable
from datetime import date

from cases.core import audit, clock
from cases.core.database import db
from cases.core.errors import Invalid
from cases.core.locks import take_name
from cases.people.access.models import PeopleRules
from cases.people.models import User
from cases.people.policy import CREDITOR_ROLES, Role

ONLY_ROW = 1
#: Until the house decides: whoever works in it, and who lets others in at a client.
DEFAULT_FACTOR_ROLES = frozenset(set(Role) - CREDITOR_ROLES | {Role.CREDITOR_ADMIN})


class AgreementIncomplete(Invalid):
    """Please give both: the day of the agreement with the works council, and what it is called."""


class AgreementAhead(Invalid):
    """This day lies ahead. Figures per person stay off until then."""


def factor_roles() -> frozenset[Role]:
    """The roles that need a second factor."""
    rules = db.session.get(PeopleRules, ONLY_ROW)
    return DEFAULT_FACTOR_ROLES if rules is None else frozenset(map(Role, rules.factor_roles))


def needs_factor(user: User) -> bool:
    """Whether this user's role needs a second factor; logins of a demo are exempt."""
    return not user.factor_exempt and user.role in factor_roles()


def lock_rules() -> None:
    """Let nobody else decide until the transaction ends."""
    take_name("people rules")


def set_factor_roles(roles: Iterable[Role]) -> None:
    """Decide whose sign-in needs a second factor, from the next click on."""
    rules = _locked()
    rules.factor_roles = sorted(role.value for role in roles)
    db.session.flush()
    audit.record("people.rules_set", "people_rules", ONLY_ROW, factor_roles=rules.factor_roles)


def find_agreement() -> tuple[date, str] | None:
    """Since when and by what figures per person may be shown; None: they may not.

    Law: § 87(1) no. 6 BetrVG.
    """
    rules = db.session.get(PeopleRules, ONLY_ROW)
    if rules is None or rules.works_council_on is None or rules.works_council_note is None:
        return None
    return rules.works_council_on, rules.works_council_note


def set_agreement(agreed_on: date | None, note: str | None) -> None:
    """Note that the works council has agreed to figures per person, or that it has not.

    Raises:
        AgreementIncomplete, AgreementAhead.
    """
    said = (note or "").strip() or None
    if (agreed_on is None) != (said is None):
        raise AgreementIncomplete
    if agreed_on is not None and agreed_on > clock.today():
        raise AgreementAhead
    rules = _locked()
    rules.works_council_on, rules.works_council_note = agreed_on, said
    db.session.flush()
    audit.record("people.agreement_set", "people_rules", ONLY_ROW, agreed=agreed_on is not None)


def _locked() -> PeopleRules:
    lock_rules()
    rules = db.session.get(PeopleRules, ONLY_ROW, populate_existing=True)
    if rules is None:
        rules = PeopleRules(id=ONLY_ROW, factor_roles=sorted(DEFAULT_FACTOR_ROLES))
        db.session.add(rules)
    return rules
