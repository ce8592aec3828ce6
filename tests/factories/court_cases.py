"""Cases that are ready for court, made through the services of the program. Invented data."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from sqlalchemy import select

from cases.claims.models import Case
from cases.claims.queries import list_debtors
from cases.core import clock
from cases.core.database import db
from cases.core.files import store_file
from cases.filings.applications import batches, drafts, handing_over, releasing
from cases.filings.applications.models import Filing, FilingBatch
from cases.filings.court_settings import change_court_settings
from cases.filings.proceedings.models import Proceeding
from cases.filings.proceedings.services import list_of_case
from cases.letters.models import Letter, LetterKind, LetterState
from cases.payments.models import BankEntry, BankFile, BankFileState, BankImport, EntryState
from cases.people.models import User
from cases.people.policy import Role
from tests.factories.records import (
    claim_details,
    debtor_details,
    make_agency,
    make_case,
    make_creditor,
    make_user,
)

KENNZIFFER = "07599999"
TRIAL_COURT = {
    "defendants[0].prozessgericht.pgm": "1",
    "defendants[0].prozessgericht.plz": "22765",
    "defendants[0].prozessgericht.place": "Hamburg",
}


@dataclass
class House:
    """The house with two people of legal."""

    first: User
    second: User


def make_house() -> House:
    """An agency that takes part in the exchange of files with the courts."""
    agency = make_agency(kennziffer=KENNZIFFER)
    import_bank_days(agency.trust_iban, clock.today())
    change_court_settings(file_letters="LIN", confirmed_fields=[], query_days=14, payment_days=14)
    return House(make_user(Role.LEGAL), make_user(Role.LEGAL))


def make_sent_demand(case: Case, debtor_id: int, sent_on: date) -> Letter:
    """A first demand letter whose period is over after 17 days."""
    letter = Letter(
        number=f"L-{case.id:06}",
        case_id=case.id,
        creditor_id=case.creditor_id,
        debtor_id=debtor_id,
        kind=LetterKind.FIRST_DEMAND,
        state=LetterState.SENT,
        template_version="1",
        content={"postal_days": 3},
        demanded_cents=case.principal_cents,
        dispatched_on=sent_on,
        pay_by=sent_on + timedelta(days=17),
    )
    db.session.add(letter)
    db.session.flush()
    return letter


DEBTOR = ("given_name", "salutation", "kind", "legal_form", "representative", "postcode", "city")


def make_court_case(
    house: House,
    name: str = "Krohn",
    *,
    joint: bool = False,
    letter_days: int = 60,
    **details: Any,
) -> Case:
    """A case out of court in which all has been done that the law asks for before filing."""
    creditor = make_creditor()
    creditor.representative = "Petra Muster"
    person = {key: details.pop(key) for key in DEBTOR if key in details}
    debtors = [debtor_details(name, **{"salutation": "Herr", **person})]
    if joint:
        debtors.append(debtor_details("Krohn-Meier", given_name="Ines", salutation="Frau"))
    case, _ = make_case(
        creditor, claims=[claim_details(**details)], debtors=debtors, accepted_by=house.first
    )
    make_sent_demand(
        case, list_debtors(case.id)[0].debtor.id, clock.today() - timedelta(days=letter_days)
    )
    return case


def make_ready_filing(house: House, case: Case | None = None, *, joint: bool = False) -> Filing:
    """A draft with everything entered and declared."""
    case = case or make_court_case(house, joint=joint)
    filing = drafts.recommend(case.id, "payment refused")
    drafts.declare(case, "performance", "rendered", clock.today() - timedelta(days=1))
    values = {"claims[0].no": "11", **TRIAL_COURT}
    if joint:
        values |= {key.replace("[0]", "[1]"): value for key, value in TRIAL_COURT.items()}
    drafts.enter(filing, values)
    return filing


def hand_over(house: House, *filings: Filing) -> list[FilingBatch]:
    """Release, confirm and hand over."""
    made = releasing.release([filing.public_id for filing in filings], house.first.id)
    for batch in made:
        batches.confirm(batch, house.second.id)
        handing_over.hand_over(batch, house.first.id, "EGVP")
    return made


def make_proceeding(house: House) -> Proceeding:
    """A proceeding whose application has been handed over today."""
    filing = make_ready_filing(house)
    hand_over(house, filing)
    return list_of_case(filing.case_id)[0]


def import_bank_days(iban: str, last_day: date) -> None:
    """A bank statement without entries up to a day."""
    file = BankFile(
        file_id=store_file(b"empty", "bank.xml", "text/xml", None).id,
        state=BankFileState.DONE,
        findings=[],
        received_at=clock.now(),
    )
    db.session.add(file)
    db.session.flush()
    db.session.add(
        BankImport(
            bank_file_id=file.id, position=1, iban=iban, entries_new=0, entries_known=0,
            currency="EUR", first_day=last_day, last_day=last_day, findings=[],
        )
    )  # fmt: skip
    db.session.flush()


def enter_suspense(amount_cents: int, purpose: str) -> BankEntry:
    """Money on the trust account that nobody could place."""
    known = db.session.scalars(select(BankImport).limit(1)).one()
    entry = BankEntry(
        import_id=known.id, iban=known.iban, fingerprint=purpose, part=1, parts=1,
        booked_on=clock.today(), value_on=clock.today(), amount_cents=amount_cents, currency="EUR",
        purpose=purpose, is_return=False, state=EntryState.SUSPENSE, reason="nothing_fits",
    )  # fmt: skip
    db.session.add(entry)
    db.session.flush()
    return entry
