"""What is known from a creditor's earlier applications: an ordinary one needs no hand."""

from datetime import date

from cases.claims.queries import list_debtors
from cases.filings.applications import drafts, memory
from cases.filings.applications.case_facts import gather
from cases.filings.applications.readiness import check_filing
from cases.parties.queries import get_creditor
from tests.factories.casework import make_objection
from tests.factories.court_cases import (
    TRIAL_COURT,
    make_court_case,
    make_ready_filing,
    make_sent_demand,
)
from tests.factories.records import claim_details, debtor_details, make_case

DECLARED = date(2026, 11, 20)
FOUND = {
    "claims[0].no": "11",
    "applicants[0].representatives[0].function": "Geschäftsführerin",
    **TRIAL_COURT,
}


def teach(house):
    """The first application of a creditor, everything entered and declared by hand."""
    case = make_court_case(house)
    filing = drafts.recommend(case.id, "refuses")
    drafts.enter(filing, FOUND)
    drafts.declare(case, "performance", "rendered", DECLARED, for_all=True)
    assert filing.errors == 0, filing.findings
    return case


def next_case(house, first, *, claims=1, **details):
    """Another case of the same creditor, ready for court."""
    case, _ = make_case(
        get_creditor(first.creditor_id),
        claims=[claim_details(**details) for _ in range(claims)],
        debtors=[debtor_details("Petersen", salutation="Frau")],
        accepted_by=house.first,
    )
    make_sent_demand(case, list_debtors(case.id)[0].debtor.id, date(2026, 9, 24))
    return case


def test_the_next_ordinary_application_is_ready_without_a_hand(house):
    first = teach(house)
    filing = drafts.recommend(next_case(house, first, claims=2).id, "refuses")
    assert filing.errors == 0, filing.findings
    notation = check_filing(filing).notation
    assert [claim["no"] for claim in notation["claims"]] == [11, 11]
    function = notation["applicants"][0]["representatives"][0]["function"]
    assert function == "Geschäftsführerin"
    assert set(filing.remembered.values()) == {first.number}
    assert notation["kennsatz"]["vglm1"] is True


def test_a_remembered_declaration_stands_in_the_case_with_its_day_and_origin(house):
    first = teach(house)
    case = next_case(house, first)
    drafts.recommend(case.id, "refuses")
    said = gather(case).declarations["performance"]
    assert (said.answer, said.declared_on, said.remembered_from) == (
        "rendered", DECLARED, first.number,
    )  # fmt: skip


def test_a_declaration_for_one_case_is_not_carried_into_another(house):
    case = make_court_case(house)
    filing = drafts.recommend(case.id, "refuses")
    drafts.enter(filing, FOUND)
    drafts.declare(case, "performance", "rendered", DECLARED)
    other = next_case(house, case)
    again = drafts.recommend(other.id, "refuses")
    assert "declaration_missing" in {finding["code"] for finding in again.findings}


def test_a_contested_case_is_asked_again(house):
    first = teach(house)
    case = next_case(house, first)
    make_objection(case)
    filing = drafts.recommend(case.id, "refuses")
    assert "declaration_missing" in {finding["code"] for finding in filing.findings}


def test_what_is_saved_by_hand_is_no_longer_from_another_case_and_is_known_next(house):
    first = teach(house)
    filing = drafts.recommend(next_case(house, first).id, "refuses")
    drafts.enter(filing, {"claims[0].no": "5"})
    assert "claims[0].no" not in filing.remembered
    third = drafts.recommend(next_case(house, first).id, "refuses")
    assert third.content["claims[0].no"] == 5


def test_several_numbers_in_one_application_are_not_remembered(house):
    first = teach(house)
    filing = drafts.recommend(next_case(house, first, claims=2).id, "refuses")
    drafts.enter(filing, {"claims[0].no": "5"})  # The other one stays 11.
    third = drafts.recommend(next_case(house, first).id, "refuses")
    assert "claims[0].no" not in third.content


def test_after_it_is_forgotten_each_case_is_asked(house):
    first = teach(house)
    memory.forget_declaration(first.creditor_id)
    filing = drafts.recommend(next_case(house, first).id, "refuses")
    assert "declaration_missing" in {finding["code"] for finding in filing.findings}


def test_another_creditor_begins_with_nothing(house):
    teach(house)
    filing = drafts.recommend(make_court_case(house).id, "refuses")
    assert filing.remembered == {}


def test_a_number_is_not_put_on_a_consumer_credit(house):
    first = teach(house)
    case = next_case(house, first, is_consumer_loan=True, contract_on=date(2025, 8, 1))
    assert drafts.recommend(case.id, "refuses").content.get("claims[0].no") is None


def test_ready_filings_of_the_tests_say_nothing_for_all(house):
    filing = make_ready_filing(house)
    assert memory.PERFORMANCE not in memory.list_kept(filing.creditor_id)
