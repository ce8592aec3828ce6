"""Reads about the agency, creditors and debtors."""

from collections.abc import Collection
from datetime import date

from sqlalchemy import select

from cases.core.database import db
from cases.core.errors import NotFound
from cases.core.many import one_of
from cases.parties.models import (
    AgencyProfile,
    Creditor,
    CreditorContract,
    Debtor,
    DebtorAddress,
    DebtorSpokesperson,
)
from legal.jurisdiction import find_jurisdiction


class ProfileMissing(NotFound):
    """The agency's own profile is missing. An administrator enters it under settings."""


class ContractMissing(NotFound):
    """There is no contract with this creditor that is in force on that day."""


def find_agency() -> AgencyProfile | None:
    """The house's own profile, once it was entered."""
    return db.session.get(AgencyProfile, 1)


def get_agency() -> AgencyProfile:
    """The house's own profile; raises ProfileMissing."""
    profile = find_agency()
    if profile is None:
        raise ProfileMissing
    return profile


def get_creditor(creditor_id: int) -> Creditor:
    """The creditor of that id; raises NotFound."""
    creditor = db.session.get(Creditor, creditor_id)
    if creditor is None:
        raise NotFound
    return creditor


def list_creditors(limit: int = 1000) -> list[Creditor]:
    """The creditors in the order of their names."""
    return list(db.session.scalars(select(Creditor).order_by(Creditor.sort_name).limit(limit)))


def list_creditors_by_id(creditor_ids: Collection[int]) -> dict[int, Creditor]:
    """Some creditors by their ids."""
    query = select(Creditor).where(Creditor.id.in_(creditor_ids))
    return {one.id: one for one in db.session.scalars(query)}


def find_creditor(public_id: str) -> Creditor | None:
    """The creditor of that public id, if there is one."""
    return db.session.scalar(select(Creditor).where(Creditor.public_id == public_id))


def find_debtor(public_id: str) -> Debtor | None:
    """The debtor of that public id, if there is one. Staff only."""
    return db.session.scalar(select(Debtor).where(Debtor.public_id == public_id))


def get_debtor(debtor_id: int) -> Debtor:
    """The debtor of that id; raises NotFound. Staff only."""
    found = db.session.get(Debtor, debtor_id)
    if found is None:
        raise NotFound
    return found


def list_debtors_by_id(debtor_ids: Collection[int]) -> dict[int, Debtor]:
    """The debtors of these ids. Staff only."""
    query = select(Debtor).where(one_of(Debtor.id, debtor_ids))
    return {debtor.id: debtor for debtor in db.session.scalars(query)}


def get_contract(creditor_id: int, on: date) -> CreditorContract:
    """The version of the contract in force on a day; raises ContractMissing."""
    contract = db.session.scalar(
        select(CreditorContract)
        .where(CreditorContract.creditor_id == creditor_id, CreditorContract.valid_from <= on)
        .order_by(CreditorContract.valid_from.desc())
        .limit(1)
    )
    if contract is None:
        raise ContractMissing
    return contract


def place_of(postcode: str, country: str) -> str | None:
    """Whose holidays count at an address, such as DE-HH or CH-ZH; None where that is not certain.

    A postcode that lies in several states is not decided here: the country's common holidays
    count then.
    """
    law = find_jurisdiction(country)
    suggestion = law.suggest_place(postcode) if law else None
    return suggestion.certain if suggestion else None


def find_spokesperson(debtor_id: int) -> DebtorSpokesperson | None:
    """Who speaks for a debtor today."""
    return db.session.scalar(
        select(DebtorSpokesperson).where(
            DebtorSpokesperson.debtor_id == debtor_id, DebtorSpokesperson.valid_until.is_(None)
        )
    )


def find_address(debtor_id: int) -> DebtorAddress | None:
    """The address a debtor is known to live or trade at now."""
    return db.session.scalar(
        select(DebtorAddress).where(
            DebtorAddress.debtor_id == debtor_id, DebtorAddress.valid_until.is_(None)
        )
    )
