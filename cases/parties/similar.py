"""Debtors who may be the same under another spelling. Staff only: a person decides.

Compared are the names of those who live or trade at the same postcode now.
"""

from collections.abc import Collection
from dataclasses import dataclass
from difflib import SequenceMatcher

from sqlalchemy import Select, select

from cases.core.database import db
from cases.core.sort_name import sort_name
from cases.parties.models import Debtor, DebtorAddress

#: From here on two names count as alike: one letter of seven may differ.
ALIKE = 0.84
#: In a large town more than enough; a page never waits for more.
_LIMIT = 1_000


@dataclass(frozen=True, slots=True)
class SimilarDebtor:
    """Another debtor at the same postcode with a name that is spelled alike."""

    debtor: Debtor
    address: DebtorAddress


def list_similar(debtor_ids: Collection[int]) -> list[SimilarDebtor]:
    """Other debtors who may be one of these."""
    own = list(db.session.execute(_at_address().where(Debtor.id.in_(debtor_ids))))
    names = {(address.postcode, _key(debtor)) for debtor, address in own}
    postcodes = {postcode for postcode, _ in names}
    others = _at_address().where(
        DebtorAddress.postcode.in_(postcodes),
        Debtor.id.not_in(debtor_ids),
        Debtor.merged_into_id.is_(None),
    )
    return [
        SimilarDebtor(debtor, address)
        for debtor, address in db.session.execute(others.limit(_LIMIT))
        if any(
            address.postcode == postcode and is_alike(name, _key(debtor))
            for postcode, name in names
        )
    ]


def is_alike(one: str, other: str) -> bool:
    """Whether two names, as they are compared, differ only in their spelling."""
    matcher = SequenceMatcher(None, one, other, autojunk=False)
    return matcher.quick_ratio() >= ALIKE and matcher.ratio() >= ALIKE


def _key(debtor: Debtor) -> str:
    """The words of the name in one order: "Weber, Jonas" is "Jonas Weber"."""
    return " ".join(sorted(sort_name(debtor.full_name).split()))


def _at_address() -> Select[Debtor, DebtorAddress]:
    return select(Debtor, DebtorAddress).join(
        DebtorAddress,
        (DebtorAddress.debtor_id == Debtor.id) & DebtorAddress.valid_until.is_(None),
    )
