"""Who speaks for a debtor: a lawyer, a debt counsellor, a guardian. The work goes on through them.

Letters go to their address and calls to their number while they speak; nothing stands still. No
law forbids writing to the debtor all the same: it is a rule of the house (BGH VI ZR 311/09).
"""

from dataclasses import dataclass
from datetime import date

from cases.core import audit, clock
from cases.core.database import db
from cases.core.errors import Invalid, NotFound
from cases.parties.models import DebtorSpokesperson, SpokespersonKind
from cases.parties.queries import find_spokesperson


class SpokespersonIncomplete(Invalid):
    """Name the person or office, with street, postcode and town: post goes there."""


class SpokespersonSourceMissing(Invalid):
    """Say how we know it, for instance the letter with the power of attorney."""


@dataclass(frozen=True, slots=True)
class SpokespersonWish:
    """Who speaks for the debtor from now on, and where he is reached."""

    kind: SpokespersonKind
    name: str
    street: str
    postcode: str
    city: str
    country: str = "DE"
    phone: str | None = None
    email: str | None = None
    reference: str | None = None  # Under which number he keeps the matter.
    papers_seen_on: date | None = None  # The power of attorney, or the certificate of office.
    how_known: str = ""


def name_spokesperson(debtor_id: int, wish: SpokespersonWish) -> DebtorSpokesperson:
    """From today on this person speaks for the debtor; whoever did before no longer does.

    Raises:
        SpokespersonIncomplete, SpokespersonSourceMissing: nothing was changed.
    """
    if not all(text.strip() for text in (wish.name, wish.street, wish.postcode, wish.city)):
        raise SpokespersonIncomplete
    if not wish.how_known.strip():
        raise SpokespersonSourceMissing
    _end(debtor_id)
    row = DebtorSpokesperson(
        debtor_id=debtor_id,
        kind=wish.kind,
        name=wish.name.strip(),
        street=wish.street.strip(),
        postcode=wish.postcode.strip(),
        city=wish.city.strip(),
        country=wish.country.strip().upper()[:2] or "DE",
        phone=_text(wish.phone),
        email=_text(wish.email),
        reference=_text(wish.reference),
        papers_seen_on=wish.papers_seen_on,
        how_known=wish.how_known.strip(),
        valid_from=clock.today(),
        named_by=audit.actor_id(),
    )
    db.session.add(row)
    db.session.flush()
    audit.record("debtor.spokesperson_named", "debtor", debtor_id, kind=wish.kind.value)
    return row


def end_spokesperson(debtor_id: int) -> None:
    """The debtor speaks for himself again. Raises NotFound: nobody speaks for him."""
    if not _end(debtor_id):
        raise NotFound
    audit.record("debtor.spokesperson_ended", "debtor", debtor_id)


def _end(debtor_id: int) -> bool:
    present = find_spokesperson(debtor_id)
    if present is None:
        return False
    present.valid_until = clock.today()
    db.session.flush()
    return True


def _text(value: str | None) -> str | None:
    return (value or "").strip() or None
