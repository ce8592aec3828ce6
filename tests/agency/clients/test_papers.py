"""A client's papers: kept with their days, made from the contract, asked for by the court."""

import io
import re
from datetime import date, timedelta

import pytest
from pypdf import PdfReader

from cases.core import clock
from cases.core.database import transaction
from cases.documents.client_papers import services
from cases.documents.client_papers.models import PaperKind
from cases.filings.applications.readiness import check_filing
from cases.parties.queries import get_contract, get_creditor
from cases.people.policy import Role
from cases.remittances import making_papers as making
from tests.factories.court_cases import make_court_case, make_house, make_ready_filing
from tests.factories.documents import PDF
from tests.factories.papers import make_client_paper
from tests.factories.records import make_creditor, make_user
from tests.factories.visits import visit

SAID = {
    "reasons": "Offene Erfolgsaussicht bei Altforderungen.",
    "other_costs": "Gerichtskosten trägt der Mandant.",
    "early_end": "Nur für bis dahin eingegangene Beträge.",
}


@pytest.fixture
def admin(at_work):
    with transaction():
        email = make_user(Role.ADMIN).email
    return visit(at_work, email, "en")


@pytest.fixture
def client(admin):
    with transaction():
        return make_creditor()


def text_of(pdf):
    pages = PdfReader(io.BytesIO(pdf)).pages
    return re.sub(r"\s+", " ", " ".join(page.extract_text() for page in pages))


def test_a_signed_power_is_kept_with_its_days_and_can_be_revoked(admin, client):
    path = f"/clients/{client.public_id}/papers"
    assert "Vollmacht" in text_of(admin.get(f"{path}/power-of-attorney.pdf").data)
    typed = {"kind": "power_of_attorney", "dated_on": "1.11.2026"}
    for wrong, sentence in (
        ({}, "choose a file"),
        ({"dated_on": "24.12.2026"}, "cannot lie in the future"),
        ({"valid_until": "1.10.2026"}, "lies before the day"),
        ({"kind": ""}, "What is it?"),
    ):
        file = {} if not wrong else {"paper": (io.BytesIO(PDF), "v.pdf")}
        answer = admin.post(path, {**typed, **wrong, **file})
        assert (answer.status_code, sentence in answer.text) == (422, True), sentence
    empty = admin.post(path, {**typed, "paper": (io.BytesIO(b""), "v.pdf")})
    assert (empty.status_code, "is empty" in empty.text) == (422, True)
    assert admin.post(path, {**typed, "paper": (io.BytesIO(PDF), "v.pdf")}).status_code == 303
    today = clock.today()
    assert services.powers_of([client.id], today)[client.id] == date(2026, 11, 1)
    paper = next(p for p, file in services.list_papers(client.id) if file.filename == "v.pdf")
    assert admin.get(f"/client-papers/{paper.public_id}").status_code == 200
    assert admin.post(f"{path}/{paper.public_id}/end").status_code == 303
    assert admin.post(f"{path}/{paper.public_id}/end").status_code == 422
    assert "No power of attorney holds today" in admin.get(path).text


def test_the_fee_agreement_says_what_the_law_asks_for(admin, client):
    path = f"/clients/{client.public_id}/papers/agreement"
    refused = admin.post(path, {"reasons": "Aufwand"})
    assert refused.status_code == 422
    assert refused.text.count("the agreement has to say this") >= 2
    assert "Aufwand" in refused.text
    assert admin.post(path, SAID).status_code == 303
    [(paper, _)] = services.list_papers(client.id)
    assert paper.kind is PaperKind.FEE_AGREEMENT
    words = text_of(admin.get(f"/client-papers/{paper.public_id}").data)
    for said in ("Vergütungsvereinbarung", "15 %", "§ 13e Abs. 1 RDG", "§ 13c Abs. 4 RDG",
                 "eigenen Urkunde", *SAID.values()):  # fmt: skip
        assert said in words, said
    assert admin.post(path, SAID).status_code == 303
    assert len(services.list_papers(client.id)) == 2  # Versions are kept.


def test_the_court_is_told_that_the_power_is_missing_once_it_was_revoked(database):
    with clock.clock_at(date(2026, 11, 23)):
        house = make_house()
        case = make_court_case(house)
        filing = make_ready_filing(house, case)
        assert "power_of_attorney_missing" not in codes(filing)
        client_id = case.creditor_id
        with transaction():
            paper = make_client_paper(get_creditor(client_id))
            services.end_paper(client_id, paper.public_id)
        check_filing(filing)
        assert "power_of_attorney_missing" in codes(filing)
        assert not services.holds_on(paper, clock.today() + timedelta(days=1))


def codes(filing):
    return {finding["code"] for finding in filing.findings}


def test_a_fixed_fee_needs_no_explanation(admin):
    with transaction():
        client = make_creditor("Fest GmbH", fee_terms={"fixed_cents": 25_00})
    assert not making.has_success_fee(get_contract(client.id, clock.today()))
    path = f"/clients/{client.public_id}/papers/agreement"
    assert admin.post(path, {}).status_code == 303
