"""Versions of a creditor's contract: a new one begins after the last and in an open period."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from sqlalchemy import select

from cases.core import clock
from cases.core.database import db
from cases.core.errors import Conflict, Invalid
from cases.ledger.queries import find_last_closed_day
from cases.parties.clients import refuse_archived
from cases.parties.models import (
    CreditorContract,
    DirectPaymentOrder,
    MandateType,
    PayoutRhythm,
    ReportRhythm,
)
from cases.parties.queries import get_creditor
from cases.parties.services import sign_contract
from cases.remittances.contract import Terms
from cases.remittances.terms import write_terms


class VersionOverlaps(Conflict):
    """There is a version from {valid_from} on. A new one must begin later."""


class PeriodClosed(Conflict):
    """The books are closed until {closed_until}. A new version must begin later."""


class NoFeeAtAll(Invalid):
    """Please give a success fee, a fixed fee, or assign the debtor's costs to the house."""


@dataclass(frozen=True, slots=True)
class NewVersion:
    """What is agreed from a day on."""

    valid_from: date
    terms: Terms
    deducts_input_tax: bool
    owes_collection_fee: bool
    court_needs_approval: bool
    visits_need_approval: bool = False
    mandate_type: MandateType = MandateType.CONTINUOUS
    payout_rhythm: PayoutRhythm = PayoutRhythm.MONTHLY
    report_rhythm: ReportRhythm = ReportRhythm.NONE
    instalment_months: int = 0
    discount_percent: Decimal = Decimal(0)
    discount_cents: int = 0
    interest_waiver_cents: int = 0
    trivial_rest_cents: int = 0
    power_of_attorney_on: date | None = None
    direct_payment_order: DirectPaymentOrder = DirectPaymentOrder.LAW


def sign_version(creditor_id: int, version: NewVersion) -> CreditorContract:
    """Put a new version into force; earlier ones stay for what they settled.

    Raises:
        NotFound, ClientArchived, VersionOverlaps, PeriodClosed, NoFeeAtAll.
    """
    refuse_archived(get_creditor(creditor_id))
    newest = next(iter(list_versions(creditor_id)), None)
    if newest is not None and version.valid_from <= newest.valid_from:
        raise VersionOverlaps(valid_from=newest.valid_from)
    closed = find_last_closed_day()
    if closed is not None and version.valid_from <= closed:
        raise PeriodClosed(closed_until=closed)
    if not _earns(version.terms):
        raise NoFeeAtAll
    return sign_contract(
        creditor_id,
        version.valid_from,
        deducts_input_tax=version.deducts_input_tax,
        owes_collection_fee=version.owes_collection_fee,
        fee_terms=write_terms(version.terms),
        mandate_type=version.mandate_type,
        payout_rhythm=version.payout_rhythm,
        report_rhythm=version.report_rhythm,
        instalment_months=version.instalment_months,
        discount_percent=version.discount_percent,
        discount_cents=version.discount_cents,
        interest_waiver_cents=version.interest_waiver_cents,
        trivial_rest_cents=version.trivial_rest_cents,
        power_of_attorney_on=version.power_of_attorney_on,
        court_needs_approval=version.court_needs_approval,
        visits_need_approval=version.visits_need_approval,
        direct_payment_order=version.direct_payment_order,
    )


def _earns(terms: Terms) -> bool:
    fee = terms.fee
    return bool(
        fee.fixed_cents or any(step.percent for step in fee.steps) or terms.costs_owner == "agency"
    )


def list_versions(creditor_id: int) -> list[CreditorContract]:
    """All versions of a contract, the newest first."""
    query = select(CreditorContract).where(CreditorContract.creditor_id == creditor_id)
    return list(db.session.scalars(query.order_by(CreditorContract.valid_from.desc())))


def is_in_force(version: CreditorContract, versions: list[CreditorContract]) -> bool:
    """Whether this is the version of today."""
    begun = [each for each in versions if each.valid_from <= clock.today()]
    return bool(begun) and max(begun, key=lambda each: each.valid_from) is version
