"""Finding cases: any word of a name, an invoice however it is typed, the case number."""

import pytest

from cases.claims.search import CaseFilter, list_cases
from cases.parties.models import DebtorKind
from tests.factories.records import claim_details, debtor_details, make_case


@pytest.fixture
def bakery(database):
    case, _ = make_case(
        debtors=[debtor_details("Bäckerei Sommer-Łoś GmbH", given_name=None,
                                kind=DebtorKind.COMPANY)],
        claims=[claim_details(invoice_number="RE-2026/0815")],
    )  # fmt: skip
    make_case(debtors=[debtor_details("Winter")])
    return case


@pytest.mark.parametrize("text", [
    pytest.param("bäckerei", id="the first word"),
    pytest.param("Sommer", id="a word inside the name"),
    pytest.param("SOMM", id="the beginning of a word"),
    pytest.param("los gmbh", id="two words, accents left out"),
    pytest.param("gmbh bäckerei", id="words in any order"),
    pytest.param("re-2026/0815", id="the invoice as it is written"),
    pytest.param("RE 2026 0815", id="the invoice with other marks"),
])  # fmt: skip
def test_what_people_type_finds_the_case(bakery, text):
    assert [found.case.id for found in list_cases(CaseFilter(text))] == [bakery.id]


@pytest.mark.parametrize("text", [
    pytest.param("ommer", id="not the middle of a word"),
    pytest.param("Sommer Winter", id="all words must fit"),
    pytest.param("' & | ! :* <-> \\", id="signs that mean something to the database"),
    pytest.param("2026-0000099-9", id="a case that does not exist"),
])  # fmt: skip
def test_what_does_not_fit_finds_nothing(bakery, text):
    assert list_cases(CaseFilter(text)) == []


def test_the_case_number_finds_exactly_its_case(bakery):
    assert [found.case.id for found in list_cases(CaseFilter(bakery.number))] == [bakery.id]
