"""Reads about cases and claims."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from sqlalchemy import ARRAY, BigInteger, BindParameter, Select, any_, exists, func, literal, select
from sqlalchemy.orm import aliased
from structlog.contextvars import bind_contextvars

from cases.claims.models import Case, CaseDebtor, Claim, Hold, Phase
from cases.core.database import db
from cases.core.errors import NotFound
from cases.core.many import one_of
from cases.formats.invoice_fold import fold_invoice
from cases.parties.models import Debtor, DebtorAddress, DebtorSpokesperson


def get_case(public_id: str) -> Case:
    """The case of that public id. For a creditor only its own cases exist; raises NotFound."""
    case = db.session.scalar(select(Case).where(Case.public_id == public_id))
    return _named_in_logs(case)


def get_case_by_id(case_id: int) -> Case:
    """The case of that id; raises NotFound."""
    return _named_in_logs(db.session.get(Case, case_id))


def find_case_by_number(number: str) -> Case | None:
    """The case of that number, if there is one."""
    return db.session.scalar(select(Case).where(Case.number == number))


def lock_case(case_id: int) -> Case:
    """The case, locked until the end of the transaction: whoever posts to it waits here."""
    case = db.session.scalar(
        select(Case)
        .where(Case.id == case_id)
        .with_for_update(key_share=True)
        .execution_options(populate_existing=True)
    )
    return _named_in_logs(case)


def _named_in_logs(case: Case | None) -> Case:
    """The case, if there is one; from here on the log lines of this request name it."""
    if case is None:
        raise NotFound
    bind_contextvars(case=case.number)
    return case


def lock_cases(case_ids: Collection[int]) -> dict[int, Case]:
    """Several cases, locked in the order of their ids, so that two workers never wait crosswise."""
    query = (
        select(Case)
        .where(one_of(Case.id, case_ids))
        .order_by(Case.id)
        .with_for_update(key_share=True)
        .execution_options(populate_existing=True)
    )
    return {case.id: case for case in db.session.scalars(query)}


def lock_case_rows(case_ids: Collection[int]) -> None:
    """Lock many cases in the order of their ids without reading them: for work in sets."""
    query = select(Case.id).where(one_of(Case.id, case_ids)).order_by(Case.id)
    db.session.execute(query.with_for_update(key_share=True))


def list_cases_by_number(numbers: Collection[str]) -> list[Case]:
    """The cases of these numbers, those that exist."""
    return list(db.session.scalars(select(Case).where(one_of(Case.number, numbers))))


def list_cases_by_public_id(public_ids: Collection[str]) -> list[Case]:
    """The cases of these public ids; one that does not exist is left out."""
    return list(db.session.scalars(select(Case).where(one_of(Case.public_id, public_ids))))


def list_cases_by_id(case_ids: Collection[int]) -> dict[int, Case]:
    """The cases of these ids."""
    query = select(Case).where(one_of(Case.id, case_ids))
    return {case.id: case for case in db.session.scalars(query)}


def list_claims_by_folded_invoice(words: Collection[str]) -> list[tuple[str, Claim]]:
    """Claims whose invoice number, in capitals and without marks, is one of these words."""
    query = select(Claim.invoice_folded, Claim).where(one_of(Claim.invoice_folded, words))
    return [(folded, claim) for folded, claim in db.session.execute(query)]


def list_claims(case_id: int) -> list[Claim]:
    """The claims of a case, as they were handed in."""
    query = select(Claim).where(Claim.case_id == case_id).order_by(Claim.position)
    return list(db.session.scalars(query))


def get_claim(public_id: str) -> Claim:
    """The claim of that public id. For a creditor only its own exist; raises NotFound."""
    claim = db.session.scalar(select(Claim).where(Claim.public_id == public_id))
    if claim is None:
        raise NotFound
    return claim


@dataclass(frozen=True, slots=True)
class DebtorInCase:
    """One of the joint debtors with the address that post goes to. Staff only."""

    link: CaseDebtor
    debtor: Debtor
    address: DebtorAddress | None
    spokesperson: DebtorSpokesperson | None = None  # Post and calls go there instead.

    @property
    def post(self) -> DebtorAddress | DebtorSpokesperson | None:
        """Where letters go; None where no address is good."""
        if self.spokesperson is not None:
            return self.spokesperson
        own = self.address
        return own if own is not None and own.undeliverable_on is None else None


def list_debtors(case_id: int) -> list[DebtorInCase]:
    """The joint debtors of a case, the first one first."""
    rows = db.session.execute(_debtors().where(CaseDebtor.case_id == case_id))
    return [DebtorInCase(*row) for row in rows]


def find_party(case_id: int, debtor_id: int) -> DebtorInCase | None:
    """A debtor of a case by a record that may have been put into another; None: no longer one."""
    into = select(Debtor.merged_into_id).where(Debtor.id == debtor_id).scalar_subquery()
    query = _debtors().where(
        CaseDebtor.case_id == case_id, CaseDebtor.debtor_id.in_([debtor_id, into])
    )
    row = db.session.execute(query.limit(1)).first()
    return DebtorInCase(*row) if row is not None else None


def list_submitted_debtors(case_ids: Sequence[int]) -> dict[int, list[CaseDebtor]]:
    """The debtors as their creditor submitted them, by case; all that the portal shows."""
    found: dict[int, list[CaseDebtor]] = {}
    query = select(CaseDebtor).where(one_of(CaseDebtor.case_id, case_ids))
    for link in db.session.scalars(query.order_by(CaseDebtor.position)):
        found.setdefault(link.case_id, []).append(link)
    return found


def list_open_holds(case_id: int) -> list[Hold]:
    """What stands still in a case, and why."""
    query = select(Hold).where(Hold.case_id == case_id, Hold.lifted_at.is_(None)).order_by(Hold.id)
    return list(db.session.scalars(query))


def list_holds_of_cases(case_ids: Collection[int]) -> list[Hold]:
    """What stands still in several cases, and why."""
    query = select(Hold).where(one_of(Hold.case_id, case_ids), Hold.lifted_at.is_(None))
    return list(db.session.scalars(query.order_by(Hold.case_id, Hold.id)))


def list_cases_of_debtors(debtor_ids: Collection[int], limit: int = 20) -> dict[int, list[Case]]:
    """The newest cases against each of these debtors, so many for each."""
    place = func.row_number().over(
        partition_by=CaseDebtor.debtor_id, order_by=CaseDebtor.case_id.desc()
    )
    ranked = (
        select(CaseDebtor.debtor_id, CaseDebtor.case_id, place.label("place"))
        .where(one_of(CaseDebtor.debtor_id, debtor_ids))
        .subquery()
    )
    query = (
        select(ranked.c.debtor_id, Case)
        .join(Case, Case.id == ranked.c.case_id)
        .where(ranked.c.place <= limit)
        .order_by(Case.id.desc())
    )
    found: dict[int, list[Case]] = {}
    for debtor_id, case in db.session.execute(query):
        found.setdefault(debtor_id, []).append(case)
    return found


def list_case_ids_of_debtor(debtor_id: int) -> list[int]:
    """Every case against a debtor, of whichever creditor. Staff only."""
    query = select(CaseDebtor.case_id).where(CaseDebtor.debtor_id == debtor_id)
    return list(db.session.scalars(query.order_by(CaseDebtor.case_id)))


def held_cents(holds: Sequence[Hold], claim: Claim, open_cents: int) -> int:
    """How much of what is open on a claim stands still."""
    if any(hold.claim_id is None for hold in holds):
        return open_cents
    own = [hold for hold in holds if hold.claim_id == claim.id]
    if any(hold.amount_cents is None for hold in own):
        return open_cents
    return min(open_cents, sum(hold.amount_cents or 0 for hold in own))


def list_principals_by_invoice(
    creditor_id: int, invoice_numbers: Collection[str]
) -> list[tuple[str, int]]:
    """Invoices of this creditor that are written like one of these, with their principal.

    Marks are left out, so the caller compares the numbers once more by `invoice_key`.
    """
    folded = {fold_invoice(number) for number in invoice_numbers}
    query = select(Claim.invoice_number, Claim.principal_cents).where(
        Claim.creditor_id == creditor_id, one_of(Claim.invoice_folded, folded)
    )
    return [(number, cents) for number, cents in db.session.execute(query)]


def find_open_case(creditor_id: int, debtor_id: int, currency: str) -> Case | None:
    """The case of this creditor against this debtor alone that still takes further claims.

    Only before court: an application names its claims once and for all.
    """
    other = aliased(CaseDebtor)
    others = exists().where(other.case_id == Case.id, other.debtor_id != debtor_id)
    return db.session.scalar(
        select(Case)
        .join(CaseDebtor, CaseDebtor.case_id == Case.id)
        .where(
            Case.creditor_id == creditor_id,
            CaseDebtor.debtor_id == debtor_id,
            Case.currency == currency,
            Case.phase.in_([Phase.NEW, Phase.AMICABLE]),
            ~others,
        )
        .order_by(Case.id)
        .limit(1)
    )


def list_claims_of_cases(case_ids: Collection[int]) -> dict[int, list[Claim]]:
    """The claims of many cases, by case."""
    found: dict[int, list[Claim]] = {case_id: [] for case_id in case_ids}
    query = select(Claim).where(Claim.case_id == any_(_ids(case_ids))).order_by(Claim.position)
    for claim in db.session.scalars(query):
        found[claim.case_id].append(claim)
    return found


def list_debtors_of_cases(case_ids: Collection[int]) -> dict[int, list[DebtorInCase]]:
    """The joint debtors of many cases, by case, the first one first."""
    found: dict[int, list[DebtorInCase]] = {case_id: [] for case_id in case_ids}
    query = _debtors().where(CaseDebtor.case_id == any_(_ids(case_ids)))
    for row in db.session.execute(query):
        found[row[0].case_id].append(DebtorInCase(*row))
    return found


def list_open_holds_of_cases(case_ids: Collection[int]) -> dict[int, list[Hold]]:
    """What stands still in many cases, by case."""
    found: dict[int, list[Hold]] = {case_id: [] for case_id in case_ids}
    query = select(Hold).where(Hold.case_id == any_(_ids(case_ids)), Hold.lifted_at.is_(None))
    for hold in db.session.scalars(query.order_by(Hold.id)):
        found[hold.case_id].append(hold)
    return found


def _debtors() -> Select[CaseDebtor, Debtor, DebtorAddress, DebtorSpokesperson]:
    """Joint debtors with their address and whoever speaks for them."""
    return (
        select(CaseDebtor, Debtor, DebtorAddress, DebtorSpokesperson)
        .join(Debtor, Debtor.id == CaseDebtor.debtor_id)
        .outerjoin(
            DebtorAddress,
            (DebtorAddress.debtor_id == Debtor.id) & DebtorAddress.valid_until.is_(None),
        )
        .outerjoin(
            DebtorSpokesperson,
            (DebtorSpokesperson.debtor_id == Debtor.id) & DebtorSpokesperson.valid_until.is_(None),
        )
        .order_by(CaseDebtor.position)
    )


def _ids(ids: Collection[int]) -> BindParameter[Sequence[int]]:
    """Any number of ids as one parameter."""
    return literal(list(ids), ARRAY(BigInteger))
