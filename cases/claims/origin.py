"""In whose person a claim arose, where the creditor has it by assignment (Abtretung, Factoring).

Letters name the original creditor beside the present one, who asks is told, and the court wants
to know from whom and when the claim came. Law: RDG § 13a(2) no. 1; BGB § 398.
"""

from collections.abc import Sequence
from dataclasses import dataclass, fields
from datetime import date

from cases.claims import timeline
from cases.claims.models import Case, Claim
from cases.claims.services import require_open
from cases.core import audit, clock
from cases.core.errors import Invalid
from cases.core.locks import relock
from cases.core.sort_name import sort_name
from cases.parties.queries import get_creditor


class OriginNameMissing(Invalid):
    """Please name the original creditor too; without him, leave day and place empty."""


class AssignedInFuture(Invalid):
    """This day lies in the future. A claim that is not assigned yet is not his who hands it in."""


class OriginIsCreditor(Invalid):
    """This is the present creditor himself. Where nothing was assigned, leave it empty."""


@dataclass(frozen=True, slots=True)
class Origin:
    """The original creditor of a claim; nothing at all where it arose with the present one."""

    original_creditor: str | None = None
    original_postcode: str | None = None
    original_city: str | None = None
    assigned_on: date | None = None


#: The columns of a claim that tell its origin.
FIELDS = tuple(field.name for field in fields(Origin))


def check_origin(origin: Origin, creditor_name: str) -> None:
    """Refuse what cannot be true.

    Raises:
        OriginNameMissing, AssignedInFuture, OriginIsCreditor.
    """
    if origin.original_creditor is None:
        if origin != Origin():
            raise OriginNameMissing
        return
    if origin.assigned_on is not None and origin.assigned_on > clock.today():
        raise AssignedInFuture
    if sort_name(origin.original_creditor) == sort_name(creditor_name):
        raise OriginIsCreditor


def origin_of(claim: Claim) -> Origin:
    """What is known of a claim's origin."""
    return Origin(**{name: getattr(claim, name) for name in FIELDS})


def set_origin(case: Case, claims: Sequence[Claim], origin: Origin) -> list[Claim]:
    """Note, change or take away the original creditor of claims; answers which ones changed.

    The case is locked. Letters and applications that are written from now on say so; what left
    the house stays as it was.

    Raises:
        CaseClosed, and what `check_origin` refuses.
    """
    require_open(case)
    check_origin(origin, get_creditor(case.creditor_id).name)
    changed = []
    for claim in claims:
        relock(claim)
        before = origin_of(claim)
        if before == origin:
            continue
        detail = {
            name: [getattr(before, name), getattr(origin, name)]
            for name in FIELDS
            if getattr(before, name) != getattr(origin, name)
        }
        for name in FIELDS:
            setattr(claim, name, getattr(origin, name))
        audit.record("claim.origin_set", "claim", claim.id, creditor_id=case.creditor_id, **detail)
        timeline.record(case, "claim.origin_set", invoice_number=claim.invoice_number)
        changed.append(claim)
    return changed
