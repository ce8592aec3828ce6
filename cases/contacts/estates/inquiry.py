"""The inquiry at the probate court (Nachlassgericht): a letter of the house, kept as it was set.

It asks who the heirs are, and for a copy of what was opened. Law: FamFG §§ 13(2), 343, 357.
"""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from cases.claims import timeline
from cases.claims.law import law_of
from cases.claims.queries import lock_case
from cases.contacts.estates.errors import CourtIncomplete, DeathAhead, LastHomeMissing
from cases.contacts.estates.heirs import dying_in, estate_of
from cases.contacts.estates.models import Estate
from cases.core import clock
from cases.core.files import store_file
from cases.letters.demand_content import company_words
from cases.letters.demand_facts import Sender
from cases.letters.drafting import handler_of
from cases.letters.pdf import render_pdf
from cases.letters.rendering import render_html
from cases.parties.queries import get_agency, get_creditor

TEMPLATE = "inquiry"
_AGENCY = (
    "name", "street", "postcode", "city", "email", "register_entry", "vat_id", "trust_iban",
)  # fmt: skip
#: After so many days somebody looks whether the court has answered (our choice).
WAIT = timedelta(days=42)


@dataclass(frozen=True, slots=True)
class Inquiry:
    """Which court is asked, about whom."""

    court: str
    street: str
    postcode: str
    city: str
    last_home: str
    died_on: date | None = None
    court_number: str = ""  # The court's file number, where one is known.


def ask_court(case_id: int, debtor_public_id: str, inquiry: Inquiry, user_id: int) -> Estate:
    """Set the inquiry and keep it; the case comes up when an answer should be there.

    Raises:
        CourtIncomplete, DeathAhead, LastHomeMissing, HandlerIncomplete; what `dying_in` refuses.
    """
    case = lock_case(case_id)
    party = dying_in(case, debtor_public_id)
    needed = (inquiry.court, inquiry.street, inquiry.postcode, inquiry.city)
    if not all(part.strip() for part in needed):
        raise CourtIncomplete
    if not inquiry.last_home.strip():
        raise LastHomeMissing
    if inquiry.died_on is not None and inquiry.died_on > clock.today():
        raise DeathAhead
    agency, handler = get_agency(), handler_of(user_id)
    sender = Sender(**{name: getattr(agency, name) for name in Sender.__dataclass_fields__})
    content: dict[str, Any] = {
        "language": "de",
        "currency": case.currency,
        "agency": {name: getattr(agency, name) for name in _AGENCY},
        "agency_address": f"{agency.street}, {agency.postcode} {agency.city}",
        "company": company_words(sender, law_of(case)),
        "handler": {"name": handler.name, "phone": handler.phone},
        "address": [
            inquiry.court.strip(),
            "Nachlassgericht",
            inquiry.street.strip(),
            f"{inquiry.postcode.strip()} {inquiry.city.strip()}",
        ],
        "letter_number": "–",
        "case_number": case.number,
        "dispatched_on": clock.today().isoformat(),
        "creditor": get_creditor(case.creditor_id).name,
        "deceased": party.debtor.full_name,
        "last_home": inquiry.last_home.strip(),
        "died_on": inquiry.died_on.isoformat() if inquiry.died_on else None,
        "court_number": inquiry.court_number.strip(),
    }
    pdf = render_pdf(render_html(TEMPLATE, content))
    name = f"{case.number}-nachlassgericht.pdf"
    estate = estate_of(case, party.debtor.id)
    estate.file_id = store_file(pdf, name, "application/pdf", None).id
    estate.court, estate.asked_on = inquiry.court.strip(), clock.today()
    estate.died_on = inquiry.died_on or estate.died_on
    timeline.record(
        case,
        "estate.asked",
        estate_id=estate.id,
        court=estate.court,
        due_on=clock.today() + WAIT,
    )
    return estate
