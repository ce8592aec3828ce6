"""From which day a genuine counterclaim takes its amount off: when both first faced each other.

Ours can be paid from its invoice on (§ 271(2) BGB), the counterclaim has to be due. What counts is
the later of the two days, however late the set-off is declared. Law: BGB §§ 387, 389.
"""

from datetime import date

from cases.claims.models import Case, Claim
from cases.core import clock
from cases.objections.errors import CounterclaimNotDue, CounterclaimUndated
from cases.objections.facts import known_facts, note_fact
from cases.objections.models import Objection, ObjectionKind
from cases.objections.queries import list_disputed

FACT = "counterclaim_due_on"


def counterclaim_due_on(objection: Objection) -> date | None:
    """Since when the counterclaim is due, as the file says."""
    if objection.kind is not ObjectionKind.SET_OFF:
        return None
    claim_ids = [one.claim.id for one in list_disputed(objection.id)]
    days = [facts[FACT] for facts in known_facts(claim_ids).values() if FACT in facts]
    return max(days, default=None)


def require_dated(objection: Objection, said_on: date | None) -> None:
    """A day said with the verdict goes before the file's. Raises CounterclaimUndated, -NotDue."""
    if objection.kind is not ObjectionKind.SET_OFF or not list_disputed(objection.id):
        return
    due_on = said_on or counterclaim_due_on(objection)
    if due_on is None:
        raise CounterclaimUndated
    if due_on > clock.today():
        raise CounterclaimNotDue


def note_due_day(objection: Objection, said_on: date | None) -> None:
    """Keep in the file what was said with the verdict."""
    if objection.kind is ObjectionKind.SET_OFF and said_on is not None:
        for one in list_disputed(objection.id):
            note_fact(one.claim, FACT, said_on)


def credited_from(claim: Claim, due_on: date | None) -> date:
    """The day from which a genuine part is off the claim account."""
    return claim.invoiced_on if due_on is None else max(claim.invoiced_on, due_on)


def costs_were_owed(case: Case, due_on: date | None) -> bool:
    """Whether the claim still stood when the order to collect it was given: its costs stay."""
    return due_on is not None and due_on > case.ordered_on
