"""Debtors found or entered in sets; the set-based form of `find_or_create_debtor`."""

from collections.abc import Sequence

from sqlalchemy import func, select

from cases.core import clock
from cases.core.copying import copy_rows, reserve_ids
from cases.core.database import db, new_public_id
from cases.core.many import one_of
from cases.core.sort_name import sort_name
from cases.parties.models import Debtor, DebtorAddress
from cases.parties.services import DebtorDetails

#: Name, kind, postcode and street as they are compared.
Key = tuple[str, str, str, str]


def find_or_create_debtors(submitted: Sequence[DebtorDetails]) -> list[int]:
    """The ids of the debtors of exactly these names and addresses, in their order."""
    keys = [_key_of(details) for details in submitted]
    known = _find_known(keys)
    missing = {key: each for key, each in zip(keys, submitted, strict=True) if key not in known}
    known |= dict(zip(missing, _create(list(missing.values())), strict=True))
    return [known[key] for key in keys]


def _key_of(details: DebtorDetails) -> Key:
    names = sort_name(details.full_name), details.kind.value
    return (*names, details.postcode, sort_name(details.street))


def _find_known(keys: Sequence[Key]) -> dict[Key, int]:
    query = (
        select(
            func.coalesce(Debtor.merged_into_id, Debtor.id),
            Debtor.sort_name,
            Debtor.kind,
            DebtorAddress.postcode,
            DebtorAddress.street,
        )
        .join(DebtorAddress, DebtorAddress.debtor_id == Debtor.id)
        .where(
            one_of(Debtor.sort_name, {key[0] for key in keys}), DebtorAddress.valid_until.is_(None)
        )
        .order_by(Debtor.id.desc())  # Of two alike the older one stays, as singly.
    )
    return {
        (name, kind.value, postcode, sort_name(street)): debtor_id
        for debtor_id, name, kind, postcode, street in db.session.execute(query)
    }


def _create(submitted: Sequence[DebtorDetails]) -> list[int]:
    ids, today = reserve_ids("debtors", len(submitted)), clock.today()
    copy_rows(
        "debtors",
        ("id", "public_id", "kind", "name", "given_name", "salutation", "legal_form",
         "representative", "sort_name", "email", "phone", "language"),
        (
            (debtor_id, new_public_id(), each.kind.value, each.name, each.given_name,
             each.salutation, each.legal_form, each.representative, sort_name(each.full_name),
             each.email, each.phone, "de")
            for debtor_id, each in zip(ids, submitted, strict=True)
        ),
    )  # fmt: skip
    copy_rows(
        "debtor_addresses",
        ("debtor_id", "street", "postcode", "city", "country", "valid_from"),
        (
            (debtor_id, each.street, each.postcode, each.city, each.country, today)
            for debtor_id, each in zip(ids, submitted, strict=True)
        ),
    )
    return ids
