"""The invented house: its profile, its people, its three clients with their contracts."""

from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from agency.demo_logins import LOGINS, PASSWORD
from cases.core import audit, clock
from cases.filings.court_settings import change_court_settings
from cases.parties.clients import add_client, add_contact, set_representative
from cases.parties.models import ContactRole, Creditor, PayoutRhythm
from cases.parties.services import set_agency
from cases.people.policy import Role
from cases.people.services import create_user
from cases.remittances.contract import CostsOwner, FeeTerms, FeeTier, Terms
from cases.remittances.versions import NewVersion, sign_version

TRUST_IBAN = "DE89370400440532013000"
OPERATING_IBAN = "DE02120300000000202051"
HOUSE_CONTACT = {"house_contact": "Nora Petersen", "house_contact_phone": "040 5550123",
                 "house_contact_email": "nora.petersen@hanse-forderung.example"}  # fmt: skip


@dataclass(frozen=True, slots=True)
class House:
    """Who is there: people by the part of the login before the @, clients in their order."""

    people: dict[str, int]
    clients: tuple[int, int, int]

    def person_of(self, client_id: int) -> int:
        """The client's own person, who hands in."""
        number = self.clients.index(client_id) + 1
        return self.people["mandant" if number == 1 else f"mandant{number}"]


def found() -> House:
    """Found the house; its clock stands two years ago."""
    set_agency(
        name="Hanse Forderungsmanagement GmbH",
        street="Speicherstraße 12",
        postcode="20457",
        city="Hamburg",
        phone="040 5550110",
        email="post@hanse-forderung.example",
        website="www.hanse-forderung.example",
        register_entry="Rechtsdienstleistungsregister 3712/1-7.1 (erfunden)",
        authority_name="Bundesamt für Justiz",
        authority_address="Adenauerallee 99-103, 53113 Bonn",
        authority_contact="www.bundesjustizamt.de",
        privacy_contact="datenschutz@hanse-forderung.example",
        trust_iban=TRUST_IBAN,
        trust_bic="COBADEFFXXX",
        operating_iban=OPERATING_IBAN,
        place="DE-HH",
        legal_form="GmbH",
        register_court="Amtsgericht Hamburg",
        register_number="HRB 000000 (erfunden)",
        managing_directors="Miriam Voss",
        kennziffer="07599999",
        people_results_agreed_on=clock.today() - timedelta(days=365),
        tax_number="27/000/00000 (erfunden)",
    )
    change_court_settings(
        file_letters="HFM", confirmed_fields=["C32.INKBET"], query_days=14, payment_days=14
    )
    clients = _utility(), _cooling(), _online()
    people = {}
    for number, (email, (role, name)) in enumerate(LOGINS.items()):
        user = create_user(
            email, name, Role(role), PASSWORD,
            creditor_id=clients[number].id if Role(role) is Role.CREDITOR else None,
            phone=f"040 55501{20 + number}", locale="de", factor_exempt=True,
        )  # fmt: skip
        people[email.partition("@")[0]] = user.id
    audit.set_actor(people["leitung"])
    return House(people, (clients[0].id, clients[1].id, clients[2].id))


def _utility() -> Creditor:
    """A utility with many consumers, whose contract got a new version last year."""
    client = add_client(
        "Stadtwerke Musterstadt GmbH", legal_form="GmbH", street="Marktplatz 1", postcode="20095",
        city="Hamburg", email="forderungen@stadtwerke-musterstadt.example", phone="040 5550210",
        iban="DE75512108001245126199", register_court="Amtsgericht Hamburg",
        register_number="HRB 000001 (erfunden)", sector="Energieversorgung",
        **HOUSE_CONTACT,
    )  # fmt: skip
    _people_of(client, "Dr. Karla Steffens", "Geschäftsführerin", "Sabine Krüger")
    begins = clock.today() - timedelta(days=30)
    steps = (FeeTier(500_00, Decimal(20)), FeeTier(None, Decimal("12.5")))
    _sign(client, begins, FeeTerms(steps), CostsOwner.AGENCY, PayoutRhythm.MONTHLY)
    later = FeeTerms((FeeTier(1_000_00, Decimal(18)), FeeTier(None, Decimal(10))))
    _sign(client, begins + timedelta(days=400), later, CostsOwner.AGENCY, PayoutRhythm.MONTHLY)
    return client


def _cooling() -> Creditor:
    """A craftsman's business whose customers are businesses; it agrees to each filing."""
    client = add_client(
        "Kältetechnik Brandt KG", legal_form="KG", street="Gewerbering 8", postcode="21035",
        city="Hamburg", email="buero@kaelte-brandt.example", phone="040 5550310",
        iban="DE12500105170648489890", register_court="Amtsgericht Hamburg",
        register_number="HRA 000002 (erfunden)", sector="Handwerk",
        **HOUSE_CONTACT,
    )  # fmt: skip
    _people_of(client, "Wilhelm Brandt", "persönlich haftender Gesellschafter", "Tom Albers")
    fee = FeeTerms((FeeTier(None, Decimal(15)),), minimum_cents=25_00)
    begins = clock.today() - timedelta(days=30)
    _sign(client, begins, fee, CostsOwner.CREDITOR, PayoutRhythm.MONTHLY, asks_about_visits=True)
    return client


def _online() -> Creditor:
    """A shop with small sums, a fixed fee per case and customers in three countries."""
    client = add_client(
        "Wohnwerk Versand AG", legal_form="AG", street="Hafenstraße 90", postcode="28217",
        city="Bremen", email="mahnwesen@wohnwerk.example", phone="0421 5550410",
        iban="DE91100000000123456789", register_court="Amtsgericht Bremen",
        register_number="HRB 000003 (erfunden)", sector="Versandhandel",
        **HOUSE_CONTACT,
    )  # fmt: skip
    _people_of(client, "Johanna Reimers", "Vorstand", "Ines Faber")
    fee = FeeTerms((FeeTier(None, Decimal(25)),))
    begins = clock.today() - timedelta(days=30)
    _sign(client, begins, fee, CostsOwner.AGENCY, PayoutRhythm.MONTHLY)
    return client


def _people_of(client: Creditor, representative: str, function: str, bookkeeper: str) -> None:
    set_representative(client.id, representative, function)
    add_contact(client.id, ContactRole.DECIDES, representative, client.phone, client.email)
    add_contact(client.id, ContactRole.BOOKKEEPING, bookkeeper, client.phone, client.email)


def _sign(
    client: Creditor,
    begins: date,
    fee: FeeTerms,
    costs: CostsOwner,
    rhythm: PayoutRhythm,
    *,
    asks_about_visits: bool = False,
) -> None:
    terms = Terms(
        fee, Decimal(19), costs, hold_back_days={"direct_debit": 60, "card": 60},
        threshold_cents=10_00,
    )  # fmt: skip
    version = NewVersion(
        begins, terms, deducts_input_tax=True, owes_collection_fee=True,
        court_needs_approval=False, payout_rhythm=rhythm, power_of_attorney_on=begins,
        interest_waiver_cents=5_00, trivial_rest_cents=2_00,
        visits_need_approval=asks_about_visits,
    )  # fmt: skip
    sign_version(client.id, version)
