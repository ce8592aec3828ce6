"""The life of a case: opened, accepted, held, in court. Its end stands in `ending`."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from sqlalchemy import text

from cases.claims import timeline
from cases.claims.default import default_of, interest_rule
from cases.claims.law import choose_jurisdiction, country_place, court_of, law_of
from cases.claims.models import (
    Case,
    CaseDebtor,
    Claim,
    DueBasis,
    Hold,
    HoldReason,
    Phase,
    Purpose,
)
from cases.claims.queries import list_debtors, lock_case
from cases.claims.references import make_case_number
from cases.core import audit, clock
from cases.core.database import db
from cases.core.errors import Conflict, Invalid
from cases.formats.invoice_fold import fold_invoice
from cases.parties.models import Debtor
from cases.parties.queries import get_creditor, place_of
from cases.parties.services import DebtorDetails
from legal.errors import InvariantBroken
from legal.interest import InterestRule
from legal.jurisdiction import Jurisdiction


class CaseClosed(Conflict):
    """The case is closed. Open it again first, with a reason."""


class CaseNotNew(Conflict):
    """The case has been accepted or refused already."""


class CaseNotAmicable(Conflict):
    """Only a case that is worked out of court can be sent to court."""


class CaseNotInCourt(Conflict):
    """The case is not in court."""


class ReasonMissing(Invalid):
    """A reason is needed."""


class DefaultTooOld(Invalid):
    """Default of this claim began before {known_from}, the first day whose base rate is known, so
    its interest cannot be computed. Please leave the claim out.
    """


class TakesNoClaims(Conflict):
    """This case takes no further claims: its application to the court names them for good."""


#: Where a case takes further claims: before court.
TAKES_CLAIMS = frozenset({Phase.NEW, Phase.AMICABLE})


@dataclass(frozen=True, slots=True)
class ClaimDetails:
    """A claim as a creditor hands it in, with the answers that the law needs."""

    invoice_number: str
    invoiced_on: date
    due_on: date | None
    principal_cents: int
    due_basis: DueBasis
    purpose: Purpose
    performed: bool
    currency: str = "EUR"
    reminded_on: date | None = None
    reminders: Sequence[date] = ()
    known_dispute: str | None = None
    description: str | None = None
    contract_on: date | None = None
    tort_on: date | None = None
    original_creditor: str | None = None
    original_postcode: str | None = None
    original_city: str | None = None
    assigned_on: date | None = None
    consumer_notice: bool = False
    is_remuneration: bool = True
    is_consumer_loan: bool = False
    agreed_rate_percent: Decimal | None = None
    kind: str | None = None  # Of cases.claims.limitation.KINDS; decides limitation.


def open_case(
    creditor_id: int,
    debtors: Sequence[tuple[Debtor, DebtorDetails]],
    claims: Sequence[ClaimDetails],
    jurisdiction: str | None = None,
) -> tuple[Case, list[Claim]]:
    """Open a case of one creditor against one debtor or joint debtors. The ledger posts next.

    `jurisdiction` is the law that the creditor names, if he does; see `cases.claims.law`.
    """
    today = clock.today()
    first = debtors[0][1]
    creditor = get_creditor(creditor_id)
    case = Case(
        number=_next_number(today.year),
        creditor_id=creditor_id,
        jurisdiction=choose_jurisdiction(creditor.country, first.country, jurisdiction),
        currency=claims[0].currency,
        opened_on=today,
        ordered_on=today,
        phase=Phase.NEW,
        # What the ledger will say when it has posted; the worklist sorts by it from the start.
        booked_open_cents=sum(claim.principal_cents for claim in claims),
    )
    db.session.add(case)
    db.session.flush()
    for position, (debtor, submitted) in enumerate(debtors, start=1):
        db.session.add(
            CaseDebtor(
                case_id=case.id,
                debtor_id=debtor.id,
                creditor_id=creditor_id,
                position=position,
                submitted_name=submitted.full_name,
                submitted_address=submitted.address_line,
                customer_number=submitted.customer_number,
            )
        )
    place = debtor_place(first.postcode, first.country)
    added = [
        build_claim(case, position, details, place)
        for position, details in enumerate(claims, start=1)
    ]
    db.session.add_all(added)
    db.session.flush()
    timeline.record(
        case,
        "case.opened",
        claims=len(added),
        principal_cents=sum(claim.principal_cents for claim in added),
    )
    _hold_disputed(case, added)
    return case, added


def add_claim(case: Case, details: ClaimDetails) -> Claim:
    """Add a claim to a case that is worked out of court and locked.

    Raises:
        CaseClosed, TakesNoClaims.
    """
    require_open(case)
    if case.phase not in TAKES_CLAIMS:
        raise TakesNoClaims
    position = db.session.scalar(
        text("SELECT coalesce(max(position), 0) + 1 FROM claims WHERE case_id = :id"),
        {"id": case.id},
    )
    address = list_debtors(case.id)[0].address
    place = debtor_place(address.postcode, address.country) if address else law_of(case).place
    claim = build_claim(case, position or 1, details, place)
    case.booked_open_cents += claim.principal_cents  # As the ledger will say when it has posted.
    db.session.add(claim)
    db.session.flush()
    timeline.record(
        case,
        "claim.added",
        invoice_number=claim.invoice_number,
        principal_cents=claim.principal_cents,
    )
    _hold_disputed(case, [claim])
    return claim


def describe_claim(
    case: Case,
    claim: Claim,
    description: str,
    contract_on: date | None,
    tort_on: date | None = None,
) -> None:
    """Complete what a letter must say about a claim: its subject, and the day of contract or tort.

    Law: RDG § 13a(1) no. 2.
    """
    claim.description, claim.contract_on = description.strip() or None, contract_on
    claim.tort_on = tort_on
    audit.record("claim.described", "claim", claim.id, creditor_id=case.creditor_id)


def accept_case(case_id: int, owner_id: int) -> Case:
    """Take the order on: the amicable phase begins. Raises CaseNotNew."""
    case = lock_case(case_id)
    if case.phase is not Phase.NEW:
        raise CaseNotNew
    case.phase, case.accepted_at, case.owner_id = Phase.AMICABLE, clock.now(), owner_id
    timeline.record(case, "case.accepted")
    return case


def send_to_court(case_id: int, why: str) -> Case:
    """Recommend a case to court: the amicable phase ends. A case in court stays there.

    Raises:
        CaseNotAmicable: it is new, closed or has a title already.
        CourtNotBuiltIn: its law has no court proceedings here.
    """
    case = lock_case(case_id)
    court_of(case)
    if case.phase is Phase.COURT:
        return case
    if case.phase is not Phase.AMICABLE:
        raise CaseNotAmicable
    case.phase = Phase.COURT
    timeline.record(case, "court.sent", why=why)
    return case


def return_from_court(case_id: int, why: str) -> Case:
    """Work a case out of court again because nothing was filed. Raises CaseNotInCourt."""
    case = lock_case(case_id)
    if case.phase is not Phase.COURT:
        raise CaseNotInCourt
    case.phase = Phase.AMICABLE
    timeline.record(case, "court.returned", why=why)
    return case


def title_obtained(case_id: int, issued_on: date) -> Case:
    """The first title is there: enforcement begins. Raises CaseNotInCourt."""
    case = lock_case(case_id)
    if case.phase not in {Phase.COURT, Phase.ENFORCEMENT}:
        raise CaseNotInCourt
    case.phase = Phase.ENFORCEMENT
    timeline.record(case, "court.title", issued_on=issued_on)
    return case


def set_hold(
    case: Case,
    reason: HoldReason,
    *,
    claim_id: int | None = None,
    amount_cents: int | None = None,
    objection_id: int | None = None,
    note: str | None = None,
    until_on: date | None = None,
    rest_waits: bool = False,
) -> Hold:
    """Let the case, a claim or an amount stand still. It never stops the law's clock."""
    require_open(case)
    hold = Hold(
        case_id=case.id,
        creditor_id=case.creditor_id,
        claim_id=claim_id,
        amount_cents=amount_cents,
        reason=reason,
        note=note,
        objection_id=objection_id,
        rest_waits=rest_waits,
        until_on=until_on,
        set_at=clock.now(),
        set_by=audit.actor_id(),
    )
    db.session.add(hold)
    db.session.flush()
    timeline.record(case, "hold.set", reason_code=reason.value, hold_id=hold.id, until_on=until_on)
    return hold


def is_unrecorded(hold: Hold) -> bool:
    """Whether it waits for an objection that somebody has heard and nobody has recorded yet."""
    return (
        hold.reason is HoldReason.OBJECTION and hold.objection_id is None and hold.claim_id is None
    )


def _hold_disputed(case: Case, claims: Sequence[Claim]) -> None:
    """What its creditor declares as disputed stands still until the objection is verified."""
    for claim in claims:
        if claim.known_dispute:
            set_hold(
                case, HoldReason.OBJECTION, claim_id=claim.id, note=claim.known_dispute.strip()
            )


def lift_hold(case: Case, hold: Hold, reason: str | None = None) -> None:
    """Let dunning go on."""
    hold.lifted_at, hold.lifted_by, hold.lifted_reason = clock.now(), audit.actor_id(), reason
    timeline.record(case, "hold.lifted", hold_id=hold.id)


def build_claim(case: Case, position: int, details: ClaimDetails, place: str) -> Claim:
    """A claim of a case as it is handed in, with the day its default began; not stored yet."""
    claim = Claim(
        case_id=case.id,
        creditor_id=case.creditor_id,
        position=position,
        invoice_number=details.invoice_number,
        invoice_folded=fold_invoice(details.invoice_number),
        description=details.description,
        contract_on=details.contract_on,
        tort_on=details.tort_on,
        original_creditor=details.original_creditor,
        original_postcode=details.original_postcode,
        original_city=details.original_city,
        assigned_on=details.assigned_on,
        invoiced_on=details.invoiced_on,
        due_on=details.due_on,
        due_basis=details.due_basis,
        reminded_on=details.reminded_on,
        reminders=list(details.reminders),
        consumer_notice=details.consumer_notice,
        purpose=details.purpose,
        is_remuneration=details.is_remuneration,
        is_consumer_loan=details.is_consumer_loan,
        agreed_rate_percent=details.agreed_rate_percent,
        kind=details.kind,
        principal_cents=details.principal_cents,
        currency=details.currency,
        performed=details.performed,
        known_dispute=details.known_dispute,
    )
    law = law_of(case)
    default = default_of(claim, law, place)
    if default is not None:
        require_known_rate(law, interest_rule(claim), default.first_day)
        claim.default_on, claim.default_basis = default.first_day, default.ground.value
    return claim


def require_known_rate(law: Jurisdiction, rule: InterestRule, first_day: date) -> None:
    """Refuse a claim whose interest could never be computed; raises DefaultTooOld."""
    known_from = law.first_day_of_rates(rule)
    if known_from is not None and first_day < known_from:
        raise DefaultTooOld(known_from=known_from)


def debtor_place(postcode: str, country: str) -> str:
    """Whose holidays count where the debtor pays: his state's, else the country's common ones."""
    return place_of(postcode, country) or country_place(country)


def require_open(case: Case) -> None:
    """Nothing is done in a closed case; raises CaseClosed."""
    if case.phase is Phase.CLOSED:
        raise CaseClosed


def _next_number(year: int) -> str:
    serial = db.session.scalar(text("SELECT nextval('case_serial')"))
    if serial is None:
        raise InvariantBroken("serial is missing")
    return make_case_number(serial, year)
