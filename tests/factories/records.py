"""Records for tests, made through the services that make them in the program. Invented data."""

from collections.abc import Sequence
from datetime import date
from itertools import count
from typing import Any

from cases.claims.models import Case, Claim, DueBasis, Purpose
from cases.claims.queries import list_claims
from cases.claims.services import ClaimDetails, accept_case, open_case
from cases.ledger.models import Direction, EntryKind
from cases.ledger.posting import ClaimEntry, post
from cases.ledger.services import post_principal
from cases.parties.clients import add_contact
from cases.parties.models import AgencyProfile, ContactRole, Creditor, DebtorKind
from cases.parties.services import (
    DebtorDetails,
    create_creditor,
    find_or_create_debtor,
    set_agency,
    sign_contract,
)
from cases.people.models import User
from cases.people.policy import Role
from cases.people.services import create_user
from legal.allocation import Component

PASSWORD = "correct horse battery"
_serial = count(1)


def make_agency(**fields: Any) -> AgencyProfile:
    """The house itself."""
    profile = {
        "name": "Hanse Forderungsmanagement GmbH",
        "street": "Speicherstraße 12",
        "postcode": "20457",
        "city": "Hamburg",
        "phone": "040 5550110",
        "email": "post@hanse-forderung.example",
        "register_entry": "Amtsgericht Hamburg, 3712/1-7.1",
        "authority_name": "Bundesamt für Justiz",
        "authority_address": "Adenauerallee 99-103, 53113 Bonn",
        "authority_contact": "www.bundesjustizamt.de",
        "trust_iban": "DE89370400440532013000",
        "operating_iban": "DE02120300000000202051",
        "place": "DE-HH",
        "legal_form": "GmbH",
        "register_court": "Amtsgericht Hamburg",
        "register_number": "HRB 12345",
        "tax_number": "27/123/45678",
        "managing_directors": "Miriam Voss",
    }
    return set_agency(**{**profile, **fields})


def make_creditor(name: str = "Stadtwerke Musterstadt GmbH", **contract: Any) -> Creditor:
    """A creditor with a contract in force since 2020."""
    creditor = create_creditor(
        name,
        street="Marktplatz 1",
        postcode="20095",
        city="Hamburg",
        email="buchhaltung@stadtwerke.example",
        iban="DE75512108001245126199",
    )
    terms = {
        "deducts_input_tax": True,
        "owes_collection_fee": True,
        "fee_terms": {"steps": [{"until_cents": None, "percent": "15"}]},
        "power_of_attorney_on": date(2020, 1, 1),
    }
    sign_contract(creditor.id, date(2020, 1, 1), **{**terms, **contract})
    return creditor


def make_user(
    role: Role = Role.CASE_WORKER, *, creditor: Creditor | None = None, **fields: Any
) -> User:
    """A user who signs in with PASSWORD."""
    number = next(_serial)
    details = {
        "name": f"Erika Beispiel {number}", "phone": "040 5550123", "factor_exempt": True, **fields
    }  # fmt: skip
    email = details.pop("email", f"{role.value}{number}@recoup.example")
    name = details.pop("name")
    return create_user(
        email, name, role, PASSWORD, creditor_id=creditor.id if creditor else None, **details
    )


def debtor_details(name: str = "Weber", **fields: Any) -> DebtorDetails:
    """A consumer in Hamburg."""
    details: dict[str, Any] = {
        "kind": DebtorKind.NATURAL_PERSON,
        "name": name,
        "given_name": "Jonas",
        "street": "Lindenallee 7",
        "postcode": "20259",
        "city": "Hamburg",
    }
    return DebtorDetails(**{**details, **fields})


def claim_details(**fields: Any) -> ClaimDetails:
    """An invoice of 1,000 euro, due by contract on 2026-07-31."""
    details: dict[str, Any] = {
        "invoice_number": f"RE-{next(_serial):05}",
        "invoiced_on": date(2026, 7, 1),
        "due_on": date(2026, 7, 31),
        "principal_cents": 1_000_00,
        "due_basis": DueBasis.CONTRACT,
        "purpose": Purpose.CONSUMER,
        "performed": True,
        "description": "Lieferung von Strom",
        "contract_on": date(2025, 3, 1),
    }
    return ClaimDetails(**{**details, **fields})


def make_case(
    creditor: Creditor | None = None,
    *,
    claims: Sequence[ClaimDetails] | None = None,
    debtors: Sequence[DebtorDetails] | None = None,
    accepted_by: User | None = None,
) -> tuple[Case, list[Claim]]:
    """A case with its principal booked; accepted if a case worker is given."""
    creditor = creditor or make_creditor()
    submitted = debtors or [debtor_details()]
    case, added = open_case(
        creditor.id,
        [(find_or_create_debtor(details), details) for details in submitted],
        claims or [claim_details()],
    )
    post_principal(case, added)
    if accepted_by is not None:
        accept_case(case.id, accepted_by.id)
    return case, added


def make_client_person(creditor: Creditor) -> str:
    """The public id of somebody to talk to at a client."""
    return add_contact(
        creditor.id, ContactRole.BOOKKEEPING, "Bea Beispiel", "040 5550188", None
    ).public_id


def make_uncomputable(case: Case) -> None:
    """Let a case's interest begin in 2001, before the first base rate that anybody knows.

    Intake refuses such a claim by now; one that came in earlier is still there.
    """
    claim = list_claims(case.id)[0]
    claim.default_on = date(2001, 4, 2)
    entry = ClaimEntry(Direction.DEBIT, Component.PRINCIPAL, EntryKind.PRINCIPAL, 1_00, claim.id)
    post("principal", case=case, value_on=date(2001, 3, 1), currency=case.currency, entries=[entry])
