"""The class of a debtor and its organisation card: read with safe answers, written as a whole."""

from dataclasses import dataclass, fields
from datetime import date, timedelta
from enum import Enum
from typing import Any

from sqlalchemy import or_, select

from cases.core import audit, clock
from cases.core.database import db
from cases.core.errors import Invalid
from cases.core.locks import lock_row
from cases.parties.changes import note_change
from cases.parties.debtor_models import (
    DebtorProfile,
    DebtorRisk,
    DebtorSize,
    Organisation,
    PayerType,
    PaymentOrder,
)
from cases.parties.models import Debtor, DebtorKind

#: Kind of debtor -> organisation, until somebody says otherwise.
USUAL = {
    DebtorKind.NATURAL_PERSON: Organisation.PERSON,
    DebtorKind.SOLE_TRADER: Organisation.SMALL,
    DebtorKind.COMPANY: Organisation.SMALL,
    DebtorKind.PUBLIC_BODY: Organisation.PUBLIC,
}
LONGEST_MONTH = 31


class RunDayWrong(Invalid):
    """Days of the payment run are days of the month, 1 to 31."""


class PayerTypeReasonMissing(Invalid):
    """Say why this debtor pays otherwise than computed."""


class HeadOfficeWrong(Invalid):
    """An organisation cannot be its own head office."""


@dataclass(frozen=True, slots=True)
class Card:
    """What somebody says of a debtor; what is empty is unknown."""

    size: DebtorSize | None = None
    sector: str | None = None
    is_public: bool | None = None
    risk: DebtorRisk | None = None
    organisation: Organisation | None = None
    departments: str | None = None
    invoice_way: str | None = None
    portal_used: str | None = None
    payment_run_days: tuple[int, ...] = ()
    order_number: str | None = None
    approver: str | None = None
    routing_id: str | None = None
    payment_order: PaymentOrder | None = None
    payment_order_reason: str | None = None
    head_office_id: int | None = None
    head_office_pays: bool = False
    opted_out: tuple[str, ...] = ()
    minor: bool = False
    consent_reserved: bool = False


def find_profile(debtor_id: int) -> DebtorProfile | None:
    """What is known of a debtor's class, if anything."""
    return db.session.get(DebtorProfile, debtor_id)


def organisation_of(debtor: Debtor, profile: DebtorProfile | None) -> Organisation:
    """Who pays there: as somebody said, else as the kind of debtor says."""
    said = profile.organisation if profile else None
    return said or USUAL[debtor.kind]


def group_of(debtor_id: int, profile: DebtorProfile | None) -> list[Debtor]:
    """The other sites of an organisation, its head office first."""
    head_id = profile.head_office_id if profile and profile.head_office_id else debtor_id
    sites = select(DebtorProfile.debtor_id).where(DebtorProfile.head_office_id == head_id)
    query = select(Debtor).where(
        or_(Debtor.id == head_id, Debtor.id.in_(sites)), Debtor.id != debtor_id
    )
    return sorted(db.session.scalars(query), key=lambda one: (one.id != head_id, one.sort_name))


def set_card(debtor_id: int, card: Card) -> list[str]:
    """Take over a whole card; answers the fields that changed. The debtor's cases are locked.

    Raises:
        RunDayWrong, HeadOfficeWrong: nothing was changed.
    """
    if any(not 1 <= day <= LONGEST_MONTH for day in card.payment_run_days):
        raise RunDayWrong
    if card.head_office_id == debtor_id:
        raise HeadOfficeWrong
    profile = _locked(debtor_id)
    changed = []
    for field in fields(Card):
        new, old = _stored(getattr(card, field.name)), getattr(profile, field.name)
        if new != old:
            setattr(profile, field.name, new)
            changed.append(field.name)
            _note(debtor_id, field.name, old, new)
    db.session.flush()
    if changed:
        audit.record("debtor.profile_changed", "debtor", debtor_id, fields=changed)
    return changed


def refuse_channel(debtor_id: int, channel: str, why: str) -> bool:
    """Note that a debtor does not want to be reached by a way; False: that stood there already."""
    profile = _locked(debtor_id)
    if channel in profile.opted_out:
        return False
    before = list(profile.opted_out)
    profile.opted_out = sorted({*before, channel})
    _note(debtor_id, "opted_out", before, profile.opted_out, why)
    audit.record("debtor.profile_changed", "debtor", debtor_id, fields=["opted_out"])
    return True


def override_payer_type(debtor_id: int, payer_type: PayerType | None, why: str) -> None:
    """Say how a debtor pays against the rules; None lets the rules speak again.

    Raises:
        PayerTypeReasonMissing.
    """
    if payer_type is not None and not why.strip():
        raise PayerTypeReasonMissing
    profile = _locked(debtor_id)
    _note(debtor_id, "payer_type", profile.payer_type, payer_type, why)
    profile.payer_type = payer_type
    profile.payer_type_reason = why.strip() if payer_type is not None else None
    profile.payer_type_at, profile.payer_type_by = clock.now(), audit.actor_id()
    audit.record("debtor.payer_type_set", "debtor", debtor_id)


def next_run(profile: DebtorProfile | None, today: date) -> date | None:
    """The next day on which this organisation pays, today included; None where it is unknown."""
    days = set(profile.payment_run_days) if profile else set()
    if not days:
        return None
    at = today
    while True:
        last = (at.replace(day=28) + timedelta(days=4)).replace(day=1) - timedelta(days=1)
        # The 31st of a short month is its last day.
        if at.day in days or (at == last and any(day > last.day for day in days)):
            return at
        at += timedelta(days=1)


def _locked(debtor_id: int) -> DebtorProfile:
    lock_row(Debtor, debtor_id)
    found = db.session.get(DebtorProfile, debtor_id, populate_existing=True)
    if found is None:
        found = DebtorProfile(debtor_id=debtor_id)
        db.session.add(found)
        db.session.flush()
        db.session.refresh(found)
    return found


def _stored(value: Any) -> Any:
    if isinstance(value, tuple):
        return sorted(set(value))
    if isinstance(value, str) and not isinstance(value, Enum):
        return value.strip() or None
    return value


def _note(debtor_id: int, field: str, before: Any, after: Any, how_known: str = "") -> None:
    note_change(debtor_id, field, _text(before), _text(after), how_known)


def _text(value: Any) -> str | None:
    if isinstance(value, Enum):
        return str(value.value)
    if isinstance(value, list):
        return ", ".join(str(each) for each in value) or None
    if isinstance(value, bool):
        return "yes" if value else "no"
    return None if value is None else str(value)
