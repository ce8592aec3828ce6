"""The slice of filings knows no country: a case goes to another one's office and comes back."""

import json

import pytest

from cases.claims.law import CourtNotBuiltIn
from cases.claims.queries import get_case_by_id, list_debtors
from cases.core import clock
from cases.filings import dossier
from cases.filings.applications import batches, drafts, forms, handing_over, releasing
from cases.filings.court_mail import applying, inbox
from cases.filings.errors import EntryUnknown, FilingNotReady
from cases.filings.proceedings.costs import list_of_case as list_payables
from cases.filings.proceedings.services import list_of_case
from legal.ch.doors import Switzerland
from legal.proceeding import State
from tests.factories.court_cases import KENNZIFFER, import_bank_days, make_sent_demand
from tests.factories.imagined_court import OFFICE, ImaginedOffice, file_of_office
from tests.factories.records import (
    claim_details,
    debtor_details,
    make_agency,
    make_case,
    make_creditor,
)

TRUST = "CH9300762011623852957"


@pytest.fixture
def case(house, monkeypatch):
    """A case between two Swiss, in a house that has an office there."""
    monkeypatch.setattr(Switzerland, "court", ImaginedOffice())
    monkeypatch.setattr(forms, "FORMS", {**forms.FORMS, "ch": "tests.factories.imagined_court"})
    make_agency(trust_iban=TRUST, kennziffer=KENNZIFFER)
    import_bank_days(TRUST, clock.today())
    creditor = make_creditor("Werke Zürich AG")
    creditor.country, creditor.postcode, creditor.city = "CH", "8004", "Zürich"
    zurich = debtor_details("Muster", country="CH", postcode="8001", city="Zürich")
    found, _ = make_case(
        creditor, debtors=[zurich], claims=[claim_details(currency="CHF")], accepted_by=house.first
    )
    make_sent_demand(found, list_debtors(found.id)[0].debtor.id, clock.today())
    yield found
    forms._load.cache_clear()


def test_a_case_walks_to_the_office_of_another_country_and_back(case, house):
    filing = drafts.recommend(case.id, "payment refused")
    assert [found["code"] for found in filing.findings] == ["missing"]
    with pytest.raises(EntryUnknown):
        drafts.enter(filing, {"claims[0].no": "11"})  # A German place.
    drafts.enter(filing, {"ground": "Rechnung"})
    assert (filing.errors, filing.court, filing.costs_cents) == (0, OFFICE, 90_00)

    [batch] = releasing.release([filing.public_id], house.first.id)
    batches.confirm(batch, house.second.id)
    sent = json.loads(batches.fetch(batch, house.first.id))
    assert sent["asks"][0] | {"cents": 0} == {
        "ref": case.number, "debtor": "Jonas Muster", "cents": 0, "ground": "Rechnung",
    }  # fmt: skip
    assert "Jonas Muster" in batches.rendering(batch)
    handing_over.hand_over(batch, house.first.id, "eSchKG")
    [proceeding] = list_of_case(case.id)
    assert (proceeding.court, proceeding.place) == (OFFICE, "CH-ZH")

    answer = file_of_office({"ref": case.number, "number": "B-77", "fee": 90_00})
    assert inbox.import_file(answer, "office.json", house.first.id).messages == 1
    [message] = inbox.list_messages([inbox.MessageState.PROPOSED])
    assert applying.apply_message(message) == 1
    assert (proceeding.court_number, proceeding.state) == ("B-77", State.ORDER_ISSUED)
    assert [payable.amount_cents for payable in list_payables(case.id)] == [90_00]
    assert get_case_by_id(case.id).currency == "CHF"
    assert dossier.court_file_pdf(case, Words()).startswith(b"%PDF")


class Words:
    """The words of the edge."""

    def code(self, code):
        return str(code)

    def log_line(self, entry):
        return [entry.subject]


def test_a_country_without_a_form_is_refused_with_a_sentence(case, monkeypatch):
    monkeypatch.setattr(forms, "FORMS", {"de": forms.FORMS["de"]})
    with pytest.raises(CourtNotBuiltIn):
        drafts.recommend(case.id, "payment refused")


def test_what_no_court_knows_is_read_and_found_wrong(house):
    found = inbox.import_file(b"Guten Tag", "brief.txt", house.first.id)
    assert found.messages == 0
    assert {"no_messages"} <= {finding["code"] for finding in found.findings}


def test_a_file_with_an_error_goes_nowhere(case, house):
    filing = drafts.recommend(case.id, "payment refused")
    with pytest.raises(FilingNotReady):
        releasing.release([filing.public_id], house.first.id)
