"""Heirs take a debtor's place in a case: they owe what he owed, as joint debtors.

What he owed, and since when he was in default, goes over as it was. Law: BGB §§ 1922(1), 1967(1);
several heirs owe jointly, § 2058.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import delete, func, select

from cases.claims import timeline
from cases.claims.joint_default import Start, starts_of
from cases.claims.models import Case, CaseDebtor, Hold, HoldReason, JointDefault, Phase
from cases.claims.queries import DebtorInCase, list_debtors, list_open_holds, lock_case
from cases.claims.services import lift_hold, require_open, set_hold
from cases.contacts.estates.errors import (
    CourtKnowsDebtor,
    HeirIncomplete,
    HeirsAddressed,
    HeirSourceMissing,
    NoHeirs,
    NoHeirsNamed,
    NotNaturalPerson,
    SameDebtor,
)
from cases.contacts.estates.models import Estate
from cases.core import audit, clock
from cases.core.database import db
from cases.core.errors import NotFound
from cases.core.locks import relock
from cases.letters.models import Letter
from cases.parties.models import Debtor, DebtorKind
from cases.parties.services import DebtorDetails, find_or_create_debtor

PERSONS = (DebtorKind.NATURAL_PERSON, DebtorKind.SOLE_TRADER)


@dataclass(frozen=True, slots=True)
class Heir:
    """One heir, with where he lives."""

    name: str
    given_name: str
    street: str
    postcode: str
    city: str

    @property
    def details(self) -> DebtorDetails:
        """The same as a debtor; raises HeirIncomplete."""
        needed = (self.name, self.street, self.postcode, self.city)
        if not all(part.strip() for part in needed):
            raise HeirIncomplete
        return DebtorDetails(
            DebtorKind.NATURAL_PERSON,
            self.name.strip(),
            self.street.strip(),
            self.postcode.strip(),
            self.city.strip(),
            given_name=self.given_name.strip() or None,
        )


def name_heirs(
    case_id: int, debtor_public_id: str, heirs: Sequence[Heir], how_known: str
) -> list[Debtor]:
    """Let heirs take a debtor's place; the hold for his death ends.

    Raises:
        NotFound, CaseClosed, NotNaturalPerson, CourtKnowsDebtor, NoHeirs, HeirIncomplete,
        HeirSourceMissing, SameDebtor.
    """
    case = lock_case(case_id)
    party = dying_in(case, debtor_public_id)
    if not heirs:
        raise NoHeirs
    if not how_known.strip():
        raise HeirSourceMissing
    submitted = [heir.details for heir in heirs]
    found = [find_or_create_debtor(details) for details in submitted]
    owing = {one.debtor.id for one in list_debtors(case.id)}
    if owing & {one.id for one in found} or len({one.id for one in found}) < len(found):
        raise SameDebtor
    starts = starts_of(case.id)[party.debtor.id]
    former = _take_out(party)
    _put_in(case, found, submitted, former["position"])
    _go_on_in_default(case, found, starts)
    estate = estate_of(case, party.debtor.id)
    estate.heirs_named_at, estate.how_known = clock.now(), how_known.strip()
    estate.heirs = {"former": former, "ids": [one.id for one in found]}
    db.session.flush()
    for hold in _death_holds(case):
        lift_hold(case, hold, "heirs")
    timeline.record(case, "estate.heirs", count=len(found), estate_id=estate.id)
    return found


def take_back_heirs(estate: Estate) -> None:
    """Those were not the heirs: the one who died stands there again, and the case stands still.

    Raises:
        CaseClosed, NoHeirsNamed, CourtKnowsDebtor, HeirsAddressed.
    """
    case = lock_case(estate.case_id)
    relock(estate)
    require_open(case)
    if estate.heirs is None:
        raise NoHeirsNamed
    if case.phase not in {Phase.NEW, Phase.AMICABLE}:
        raise CourtKnowsDebtor
    ids = list(estate.heirs["ids"])
    mine = (Letter.case_id == case.id, Letter.debtor_id.in_(ids))
    if db.session.scalar(select(func.count()).select_from(Letter).where(*mine)):
        raise HeirsAddressed
    of_heirs = (CaseDebtor.case_id == case.id, CaseDebtor.debtor_id.in_(ids))
    db.session.execute(delete(CaseDebtor).where(*of_heirs))
    started = (JointDefault.case_id == case.id, JointDefault.debtor_id.in_(ids))
    db.session.execute(delete(JointDefault).where(*started))
    db.session.add(CaseDebtor(case_id=case.id, creditor_id=case.creditor_id,
                              debtor_id=estate.debtor_id, **estate.heirs["former"]))  # fmt: skip
    estate.heirs, estate.heirs_named_at = None, None
    db.session.flush()
    set_hold(case, HoldReason.DECEASED)
    timeline.record(case, "estate.heirs_back", estate_id=estate.id)


def dying_in(case: Case, debtor_public_id: str) -> DebtorInCase:
    """The debtor who died, where the case may go on against his heirs.

    Raises:
        NotFound, CaseClosed, NotNaturalPerson, CourtKnowsDebtor.
    """
    require_open(case)
    parties = list_debtors(case.id)
    party = next((one for one in parties if one.debtor.public_id == debtor_public_id), None)
    if party is None:
        raise NotFound
    if party.debtor.kind not in PERSONS:
        raise NotNaturalPerson
    if case.phase not in {Phase.NEW, Phase.AMICABLE}:
        raise CourtKnowsDebtor
    return party


def estate_of(case: Case, debtor_id: int) -> Estate:
    """The estate of a debtor in a case, entered when it is first asked for."""
    query = select(Estate).where(Estate.case_id == case.id, Estate.debtor_id == debtor_id)
    estate = db.session.scalar(query)
    if estate is None:
        estate = Estate(case_id=case.id, creditor_id=case.creditor_id, debtor_id=debtor_id)
        db.session.add(estate)
        db.session.flush()
    return estate


def list_estates(case_id: int) -> list[Estate]:
    """The estates of a case, the first one first."""
    query = select(Estate).where(Estate.case_id == case_id).order_by(Estate.id)
    return list(db.session.scalars(query))


def _take_out(party: DebtorInCase) -> dict[str, Any]:
    link = party.link
    kept = ("position", "submitted_name", "submitted_address", "customer_number")
    former = {name: getattr(link, name) for name in kept}
    db.session.delete(link)
    db.session.flush()
    return former


def _put_in(
    case: Case, heirs: Sequence[Debtor], submitted: Sequence[DebtorDetails], first: int
) -> None:
    """The first heir takes his place in the order, so that the case bears an heir's name."""
    last = db.session.scalar(
        select(func.max(CaseDebtor.position)).where(CaseDebtor.case_id == case.id)
    )
    behind = range(max(last or 0, first) + 1, max(last or 0, first) + len(heirs))
    for heir, details, position in zip(heirs, submitted, (first, *behind), strict=True):
        db.session.add(
            CaseDebtor(
                case_id=case.id,
                creditor_id=case.creditor_id,
                debtor_id=heir.id,
                position=position,
                submitted_name=details.full_name,
                submitted_address=details.address_line,
            )
        )
    db.session.flush()


def _go_on_in_default(case: Case, heirs: Sequence[Debtor], starts: dict[int, Start]) -> None:
    for heir in heirs:
        for claim_id, start in starts.items():
            db.session.add(
                JointDefault(
                    case_id=case.id,
                    creditor_id=case.creditor_id,
                    claim_id=claim_id,
                    debtor_id=heir.id,
                    reminded_on=start.reminded_on,
                    default_on=start.default_on,
                    default_basis=start.basis,
                )
            )
    db.session.flush()
    audit.record("estate.default_taken_over", "case", case.id, creditor_id=case.creditor_id)


def _death_holds(case: Case) -> list[Hold]:
    return [hold for hold in list_open_holds(case.id) if hold.reason is HoldReason.DECEASED]
