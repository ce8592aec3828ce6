"""The service of a client: ordered by a contract of its own, switched on and off."""

from datetime import date

from sqlalchemy.dialects.postgresql import insert

from cases.care.models import CareService
from cases.core import audit
from cases.core.database import db
from cases.core.errors import Conflict, Invalid
from cases.core.locks import lock_row
from cases.parties.clients import refuse_archived
from cases.parties.models import Creditor


class CareAgreementMissing(Invalid):
    """Name the day of the processing contract: without it we may not see his customers."""


class CareNotOrdered(Conflict):
    """Your contract does not include the care of customers. Nothing was saved."""


def service_of(creditor_id: int) -> CareService:
    """What a client ordered, locked; a new row where he ordered nothing yet."""
    db.session.execute(insert(CareService).values(creditor_id=creditor_id).on_conflict_do_nothing())
    return lock_row(CareService, creditor_id)


def find_service(creditor_id: int) -> CareService | None:
    """The same for reading."""
    return db.session.get(CareService, creditor_id)


def is_ordered(creditor_id: int) -> bool:
    """Whether a client has the service now."""
    service = find_service(creditor_id)
    return service is not None and service.active


def require_ordered(creditor_id: int) -> CareService:
    """The service of a client who has it; raises CareNotOrdered."""
    service = find_service(creditor_id)
    if service is None or not service.active:
        raise CareNotOrdered
    return service


def switch(creditor: Creditor, agreed_on: date | None, *, active: bool) -> None:
    """Say whether a client has the service. Raises CareAgreementMissing, ClientArchived."""
    if active:
        refuse_archived(creditor)
        if agreed_on is None:
            raise CareAgreementMissing
    service = service_of(creditor.id)
    service.agreed_on, service.active = agreed_on, active
    audit.record("care.set", "creditor", creditor.id, creditor_id=creditor.id, active=active)
