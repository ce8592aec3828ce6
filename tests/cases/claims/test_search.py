"""Finding cases: any word of a name, an invoice however it is typed, the case number."""

import pytest

from cases.claims.models import Phase
from cases.claims.queries import (
    list_cases_of_debtors,
    list_claims_by_folded_invoice,
    list_debtors,
)
from cases.claims.search import CaseFilter, find_exact, list_cases
from cases.parties.models import DebtorKind
from cases.payments.matching import invoice_words
from tests.factories.records import claim_details, debtor_details, make_case, make_creditor


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


def test_an_invoice_with_sharp_s_is_found_however_it_is_typed(database):
    case, _ = make_case(claims=[claim_details(invoice_number="Straße-9")])
    for text in ("Straße-9", "STRASSE 9", "strasse/9"):
        assert [found.case.id for found in list_cases(CaseFilter(text))] == [case.id], text
    assert list_claims_by_folded_invoice(invoice_words("Rechnung Straße-9 vom Mai"))


def test_the_newest_cases_of_each_debtor_are_listed_not_of_all_together(database):
    creditor = make_creditor()
    many = [make_case(creditor, debtors=[debtor_details("Viele")])[0] for _ in range(3)]
    one, _ = make_case(creditor, debtors=[debtor_details("Einer")])
    busy, single = (list_debtors(case.id)[0].debtor.id for case in (many[0], one))
    found = list_cases_of_debtors([busy, single], limit=2)
    assert [case.id for case in found[busy]] == [many[2].id, many[1].id]
    assert [case.id for case in found[single]] == [one.id]


def only(case) -> list[int]:
    return [found.case.id for found in list_cases(CaseFilter(case))]


@pytest.fixture
def turk(database):
    creditor = make_creditor("Stadtwerke Elbtal GmbH")
    case, _ = make_case(creditor, debtors=[
        debtor_details("Öztürk", given_name="Ayşe", street="Große Lindenstraße 12 b",
                       postcode="21335", phone="+49 (4131) 55 50-123", customer_number="K-10003"),
    ])  # fmt: skip
    make_case(debtors=[debtor_details("Winter", street="Am Sande 1", postcode="20095")])
    return case


@pytest.mark.parametrize("text", [
    pytest.param("oeztuerk", id="umlauts typed as two letters"),
    pytest.param("OZTURK", id="umlauts left out"),
    pytest.param("ayse öztürk", id="another alphabet's letters"),
    pytest.param("lindenstrasse", id="one word of the street"),
    pytest.param("Große Lindenstr", id="the beginning of the street"),
    pytest.param("grosse lindenstraße 12", id="the street with its number"),
    pytest.param("21335", id="the postcode"),
    pytest.param("04131 5550123", id="the phone with a zero before it"),
    pytest.param("5550-123", id="the end of the phone"),
    pytest.param("k 10003", id="the creditor's own number of his customer"),
    pytest.param("elbtal", id="the creditor"),
])  # fmt: skip
def test_what_people_have_in_hand_finds_the_case(turk, text):
    assert only(text) == [turk.id]


def test_part_of_a_case_number_is_enough(turk):
    year, serial, _ = turk.number.split("-")
    assert only(f"{year}-{serial}") == [turk.id]
    assert turk.id in only(serial.lstrip("0"))
    assert only(f"{int(year) - 1}-{serial}") == []


def test_a_number_in_full_names_one_case_and_a_name_none(turk):
    assert find_exact(turk.number) == turk
    assert find_exact(turk.number.replace("-", " ")) == turk
    assert find_exact("Öztürk") is None
    assert find_exact("") is None


def test_two_letters_are_a_name_of_their_own(database):
    short, _ = make_case(debtors=[debtor_details("Li")])
    make_case(debtors=[debtor_details("Lindner")])
    assert only("li") == [short.id]


def test_the_filters_narrow_what_was_found(turk):
    assert list_cases(CaseFilter("oeztuerk", phase=Phase.CLOSED)) == []
    assert list_cases(CaseFilter("oeztuerk", creditor_id=turk.creditor_id))


@pytest.mark.parametrize("text", ["\0", "\ud800", "9" * 400, "'" * 200, "ä" * 300, "%_\\"])
def test_nothing_typed_breaks_the_search(turk, text):
    list_cases(CaseFilter(text))


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
