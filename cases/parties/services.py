"""Writes about the agency, creditors and debtors."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from sqlalchemy import select

from cases.core import audit, clock
from cases.core.database import db
from cases.core.sort_name import sort_name
from cases.parties.models import (
    AddressSource,
    AgencyProfile,
    Creditor,
    CreditorContract,
    Debtor,
    DebtorAddress,
    DebtorKind,
    DirectPaymentOrder,
    MandateType,
    PayoutRhythm,
    ReportRhythm,
    full_name,
)
from cases.parties.queries import find_address


@dataclass(frozen=True, slots=True)
class DebtorDetails:
    """A debtor as somebody submits it."""

    kind: DebtorKind
    name: str
    street: str
    postcode: str
    city: str
    country: str = "DE"
    given_name: str | None = None
    salutation: str | None = None
    legal_form: str | None = None
    representative: str | None = None
    contact: str | None = None
    care_of: str | None = None
    email: str | None = None
    phone: str | None = None
    customer_number: str | None = None  # By which the creditor keeps him.

    @property
    def full_name(self) -> str:
        """The name as it stands on an envelope."""
        return full_name(self.kind, self.given_name, self.name)

    @property
    def address_line(self) -> str:
        """The address in one line."""
        return f"{self.street}, {self.postcode} {self.city}".strip(" ,")


def set_agency(**fields: Any) -> AgencyProfile:
    """Enter or change the house's own profile."""
    profile = db.session.get(AgencyProfile, 1)
    changed = fields
    if profile is None:
        profile = AgencyProfile(id=1, **fields)
        db.session.add(profile)
    else:
        changed = {name: value for name, value in fields.items() if getattr(profile, name) != value}
        for name, value in changed.items():
            setattr(profile, name, value)
    if changed:
        audit.record("agency.profile_set", "agency", 1, **changed)
    return profile


def create_creditor(name: str, **fields: Any) -> Creditor:
    """Take on a creditor; a contract follows."""
    creditor = Creditor(name=name, sort_name=sort_name(name), **fields)
    db.session.add(creditor)
    db.session.flush()
    audit.record("creditor.created", "creditor", creditor.id, creditor_id=creditor.id, name=name)
    return creditor


def sign_contract(
    creditor_id: int,
    valid_from: date,
    *,
    deducts_input_tax: bool,
    owes_collection_fee: bool,
    fee_terms: Mapping[str, Any],
    mandate_type: MandateType = MandateType.CONTINUOUS,
    payout_rhythm: PayoutRhythm = PayoutRhythm.MONTHLY,
    report_rhythm: ReportRhythm = ReportRhythm.NONE,
    instalment_months: int = 0,
    discount_percent: Decimal = Decimal(0),
    discount_cents: int = 0,
    interest_waiver_cents: int = 0,
    trivial_rest_cents: int = 0,
    power_of_attorney_on: date | None = None,
    court_needs_approval: bool = False,
    visits_need_approval: bool = False,
    direct_payment_order: DirectPaymentOrder = DirectPaymentOrder.LAW,
) -> CreditorContract:
    """Put a version of a creditor's contract into force; earlier versions stay.

    `fee_terms` are the money terms as `cases.remittances.terms` writes them.
    """
    contract = CreditorContract(
        creditor_id=creditor_id,
        valid_from=valid_from,
        deducts_input_tax=deducts_input_tax,
        owes_collection_fee=owes_collection_fee,
        fee_terms=dict(fee_terms),
        mandate_type=mandate_type,
        payout_rhythm=payout_rhythm,
        report_rhythm=report_rhythm,
        instalment_months=instalment_months,
        discount_percent=discount_percent,
        discount_cents=discount_cents,
        interest_waiver_cents=interest_waiver_cents,
        trivial_rest_cents=trivial_rest_cents,
        power_of_attorney_on=power_of_attorney_on,
        court_needs_approval=court_needs_approval,
        visits_need_approval=visits_need_approval,
        direct_payment_order=direct_payment_order,
    )
    db.session.add(contract)
    db.session.flush()
    audit.record("contract.signed", "creditor_contract", contract.id, creditor_id=creditor_id)
    return contract


def find_or_create_debtor(details: DebtorDetails) -> Debtor:
    """The debtor of exactly that name and address, or a new one.

    Only an exact match joins two creditors' debtors; what merely looks alike is for a person to
    decide.
    """
    known = db.session.scalars(
        select(Debtor)
        .join(DebtorAddress, DebtorAddress.debtor_id == Debtor.id)
        .where(
            Debtor.sort_name == sort_name(details.full_name),
            Debtor.kind == details.kind,
            DebtorAddress.postcode == details.postcode,
            DebtorAddress.valid_until.is_(None),
        )
    )
    for debtor in known:
        address = find_address(debtor.id)
        if address and sort_name(address.street) == sort_name(details.street):
            # A record that was put into another one is known by its old spelling all the same.
            into = debtor.merged_into_id
            return debtor if into is None else db.session.get_one(Debtor, into)
    return create_debtor(details)


def create_debtor(details: DebtorDetails) -> Debtor:
    """Enter a debtor with its present address."""
    debtor = Debtor(
        kind=details.kind,
        name=details.name,
        given_name=details.given_name,
        salutation=details.salutation,
        legal_form=details.legal_form,
        representative=details.representative,
        contact=details.contact,
        sort_name=sort_name(details.full_name),
        email=details.email,
        phone=details.phone,
    )
    db.session.add(debtor)
    db.session.flush()
    db.session.add(
        DebtorAddress(
            debtor_id=debtor.id,
            street=details.street,
            postcode=details.postcode,
            city=details.city,
            country=details.country,
            care_of=details.care_of,
            valid_from=clock.today(),
        )
    )
    db.session.flush()
    audit.record("debtor.created", "debtor", debtor.id)
    return debtor


def change_address(
    debtor_id: int,
    street: str,
    postcode: str,
    city: str,
    country: str = "DE",
    *,
    care_of: str | None = None,
    source: AddressSource = AddressSource.CREDITOR,
    traced_at: str | None = None,
) -> DebtorAddress:
    """Note a new address from today on; the old one stays in the history.

    `source` says how we know it: letters tell the debtor when it was traced.
    """
    old = find_address(debtor_id)
    if old is not None:
        old.valid_until = clock.today()
        db.session.flush()
    address = DebtorAddress(
        debtor_id=debtor_id,
        street=street,
        postcode=postcode,
        city=city,
        country=country,
        care_of=care_of,
        source=source,
        traced_at=traced_at,
        valid_from=clock.today(),
    )
    db.session.add(address)
    db.session.flush()
    audit.record("debtor.address_changed", "debtor", debtor_id)
    return address
