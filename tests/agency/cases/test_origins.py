"""The original creditor of an assigned claim: entered on its page, named in letter and court."""

from datetime import date

import pytest

from cases.claims.queries import list_claims
from cases.core.clock import clock_at
from cases.core.database import db, transaction
from cases.filings.applications.readiness import check_filing
from cases.letters.drafting import principal_of
from tests.factories.court_cases import make_court_case, make_house, make_ready_filing
from tests.factories.records import claim_details, make_case, make_user

TYPED = {
    "original_creditor": "Alt Energie AG", "assigned_on": "1.10.2026",
    "original_postcode": "50667", "original_city": "Köln",
}  # fmt: skip


@pytest.fixture
def case(worker):
    with transaction():
        found, _ = make_case(claims=[claim_details(), claim_details()], accepted_by=make_user())
    return found


def test_it_is_entered_for_all_claims_and_taken_away_again(worker, case):
    first, second = list_claims(case.id)
    path = f"/claims/{first.public_id}/origin"
    assert worker.post(path, TYPED).status_code == 303
    assert second.original_creditor is None
    assert "arose with Alt Energie AG" in worker.get(f"/cases/{case.public_id}").text
    assert principal_of(case).original_creditor == "Alt Energie AG"
    assert worker.post(path, {**TYPED, "all": "1"}).status_code == 303
    db.session.refresh(second)
    assert (second.original_city, second.assigned_on) == ("Köln", date(2026, 10, 1))
    assert worker.post(path, {"all": "1"}).status_code == 303
    assert principal_of(case).original_creditor is None


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        ({"original_creditor": ""}, "name the original creditor too"),
        ({"assigned_on": "24.12.2026"}, "lies in the future"),
        ({"original_creditor": "stadtwerke musterstadt gmbh"}, "the present creditor himself"),
    ],
)
def test_what_cannot_be_is_refused_with_what_was_typed(worker, case, wrong, sentence):
    claim = list_claims(case.id)[0]
    answer = worker.post(f"/claims/{claim.public_id}/origin", {**TYPED, **wrong})
    assert answer.status_code == 422
    assert sentence in answer.text
    assert "Köln" in answer.text
    assert claim.original_creditor is None


def test_the_court_reads_from_whom_and_when_the_claim_came(database):
    with clock_at(date(2026, 11, 23)):
        house = make_house()
        case = make_court_case(house)
        claim = list_claims(case.id)[0]
        claim.original_creditor, claim.assigned_on = "Alt Energie AG", date(2026, 10, 1)
        filing = make_ready_filing(house, case)
        found = {finding["field"] for finding in filing.findings}
        assert {"claims[0].assignment.plz", "claims[0].assignment.place"} <= {
            field.removeprefix("applications[0].") for field in found if field
        }
        claim.original_postcode, claim.original_city = "50667", "Köln"
        checked = check_filing(filing)
        assert filing.errors == 0, filing.findings
        assert checked.notation["claims"][0]["assignment"] == {
            "date": "2026-10-01", "name": "Alt Energie AG", "plz": "50667", "place": "Köln",
        }  # fmt: skip
