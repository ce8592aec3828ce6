"""A Swiss case from the upload to its letter: its own law decides, not that of the house."""

from datetime import date
from html import unescape

import pypdfium2
import pytest
import zxingcpp
from sqlalchemy import select

from cases.claims.law import HOME, CourtNotBuiltIn, choose_jurisdiction, law_of
from cases.claims.limitation import EventDays, EventWithoutRule, explain_limitation, note_event
from cases.claims.models import Case, Purpose
from cases.claims.queries import list_claims, lock_case
from cases.claims.services import DefaultTooOld, accept_case, send_to_court
from cases.core.clock import clock_at
from cases.core.database import db, transaction
from cases.costs.booking import plan_first_costs
from cases.costs.by_hand import NoLumpSum, plan_lump_sum
from cases.dunning.fee_watch import review_case
from cases.intake.services import hand_over
from cases.ledger.allocation import allocate_by_law
from cases.ledger.queries import statement
from cases.letters.drafting import DemandWish, draft_first_demand
from cases.letters.pdf import render_pdf
from cases.letters.statement_document import statement_pdf
from cases.parties.models import Creditor
from cases.payments.booking import book_payment
from cases.payments.case_book import Money
from cases.people.policy import Role
from legal.errors import InputInvalid
from legal.fee_step import FeeStep
from legal.limitation_events import LimitationEventKind
from tests.factories.records import (
    claim_details,
    debtor_details,
    make_agency,
    make_case,
    make_creditor,
    make_user,
)  # fmt: skip
from tests.factories.uploads import DECLARED, HEADER, list_of, make_upload, open_upload
from tests.factories.visits import visit

#: A hundred days of interest: the check value of the facts is 136.99 francs on 10,000.
TODAY = date(2026, 11, 11)
TRUST = "CH9300762011623852957"


def swiss_creditor() -> Creditor:
    creditor = make_creditor("Werke Zürich AG")
    creditor.country, creditor.postcode, creditor.city = "CH", "8004", "Zürich"
    return creditor


@pytest.fixture
def case(app):
    """Handed in as a list, opened in sets, accepted."""
    with app.app_context(), clock_at(TODAY):
        with transaction():
            make_agency(trust_iban=TRUST)
            worker = make_user(name="Nora Petersen", phone="040 5550123")
            creditor = swiss_creditor()
        data = list_of(
            # The agreed day is the national holiday, a Saturday: Monday 3 August is in time.
            [["R-1", "01.07.2026", "01.08.2026", "10.000,00", "Beat Muster", "Langstrasse 4",
              "8001", "Zürich", "CH", "CHF"]],
            (*HEADER, "Land", "Währung"),
        )  # fmt: skip
        submission = make_upload(creditor, data)
        with transaction():
            hand_over(submission.id, DECLARED)
        open_upload(submission)
        with transaction():
            found = db.session.scalars(select(Case)).one()
            accept_case(found.id, worker.id)
        yield found


def draft_of(case: Case):
    claim = list_claims(case.id)[0]
    claim.description, claim.contract_on = "Lieferung von Strom", date(2026, 1, 5)
    [(_, draft)] = draft_first_demand(case.id, DemandWish(TODAY), case.owner_id)
    return draft


def text_of(pdf: bytes) -> str:
    pages = [page.get_textpage().get_text_range() for page in pypdfium2.PdfDocument(pdf)]
    return " ".join(" ".join(pages).replace("\xa0", " ").replace("\x02", "").split())


def test_it_is_worked_under_swiss_law_in_francs(case):
    assert (case.jurisdiction, case.currency) == ("ch", "CHF")
    [claim] = list_claims(case.id)
    assert claim.default_on == date(2026, 8, 4)


def test_interest_is_five_percent_by_swiss_days(case):
    owed = statement(case.id)
    assert owed.interest_open_cents == 136_99
    assert [period.rate_percent for period in owed.claims[0].periods] == [5]
    assert owed.notes == ()


def test_no_costs_of_collection_and_no_step_of_a_fee(case):
    plan = plan_first_costs(case, TODAY)
    assert plan.entries == ()
    assert [found.code for _, found in plan.reasons] == ["no_flat_costs"]
    assert review_case(case.id) is FeeStep.KEEP
    [claim] = list_claims(case.id)
    claim.purpose = Purpose.BUSINESS
    with pytest.raises(NoLumpSum):
        plan_lump_sum(case, claim)


def test_a_payment_goes_to_interest_before_principal(case):
    spread = allocate_by_law(statement(case.id), 200_00, TODAY)
    assert [(share.component.value, share.cents) for share in spread.shares] == [
        ("interest", 136_99), ("principal", 63_01)
    ]  # fmt: skip


def test_limitation_is_the_shortest_of_swiss_law(case):
    found = explain_limitation(case, list_claims(case.id)[0])
    # Five years to the day from 1 August 2026; in 2031 that is the national holiday, a Friday.
    assert found.computed.last_day == date(2031, 8, 4)
    [claim] = list_claims(case.id)
    with pytest.raises(EventWithoutRule):
        note_event(case, claim, LimitationEventKind.NEGOTIATIONS, EventDays(TODAY))


def test_it_does_not_go_to_a_german_court(case):
    with pytest.raises(CourtNotBuiltIn), transaction():
        send_to_court(case.id, "Zahlt nicht")


def test_the_letter_asks_for_francs_with_a_qr_bill(case):
    draft = draft_of(case)
    assert draft.findings == ()
    # 11 November + 3 + 14 days is Saturday the 28th: Monday the 30th.
    assert draft.pay_by == date(2026, 11, 30)
    pdf = render_pdf(draft.html)
    text = text_of(pdf)
    for words in ("Langstrasse 4", "8001 Zürich", "SCHWEIZ", "10.000,00 CHF", "136,99 CHF",
                  "fünf Prozent im Jahr (Art. 104 Abs. 1 OR)", "Zahlteil", "Empfangsschein",
                  "10 136.99", "CH93 0076 2011 6238 5295 7", case.number):  # fmt: skip
        assert words in text, words
    for foreign in ("€", "EUR", "BGB", "RVG", "Inkassokosten", "Basiszinssatz"):
        assert foreign not in text, foreign
    codes = [
        code.text.split("\n")
        for page in pypdfium2.PdfDocument(pdf)
        for code in zxingcpp.read_barcodes(page.render(scale=4).to_pil())
    ]
    [bill] = codes
    assert (bill[0], bill[3], bill[18], bill[19], bill[27]) == (
        "SPC", TRUST, "10136.99", "CHF", "SCOR"
    )  # fmt: skip
    assert bill[20:27] == ["S", "Beat Muster", "Langstrasse 4", "", "8001", "Zürich", "CH"]


def test_its_page_says_swiss_law_and_nothing_of_german_costs(case, app):
    with transaction():
        person = make_user(Role.ACCOUNTS)
    page, accounts = f"/cases/{case.public_id}", visit(app, person.email, "en")
    text = unescape(accounts.get(page).text)
    for words in ("Swiss law", "5.00%: five percent a year (art. 104(1) CO)",
                  "no flat collection costs", "10,136.99"):  # fmt: skip
        assert words in text, words
    with transaction():
        book_payment(lock_case(case.id), Money(50_00, "CHF", TODAY, TODAY, None, "test"))
    text = unescape(accounts.get(page).text)
    assert "counted to costs and interest first, then principal (art. 85(1) CO)" in text
    for foreign in ("BGB", "RVG", "€", "base rate"):
        assert foreign not in text, foreign
    costs = accounts.get(f"{page}/costs").text
    assert "288" not in costs
    assert "Reminder costs" in costs


def test_the_statement_is_in_francs(case):
    text = text_of(statement_pdf(case.id, TODAY))
    assert "10.136,99 CHF" in text
    assert "€" not in text


def test_a_house_without_a_swiss_account_sends_no_bill(case):
    make_agency()
    content = draft_of(case).content
    assert content["qr_bill"] is None
    assert content["girocode"] is None


@pytest.mark.parametrize(
    ("creditor", "debtor", "declared", "law"),
    [
        pytest.param("CH", "CH", None, "ch", id="both in Switzerland"),
        pytest.param("DE", "CH", None, HOME, id="a debtor abroad"),
        pytest.param("CH", "DE", None, HOME, id="a creditor abroad"),
        pytest.param("AT", "AT", None, HOME, id="a country that is not built in"),
        pytest.param("DE", "CH", "ch", "ch", id="as the creditor says"),
        pytest.param("CH", "CH", "de", "de", id="as the creditor says, the other way"),
    ],
)
def test_the_law_is_chosen_by_seat_unless_the_creditor_names_it(creditor, debtor, declared, law):
    assert choose_jurisdiction(creditor, debtor, declared) == law


def test_an_unknown_law_is_refused():
    with pytest.raises(InputInvalid):
        choose_jurisdiction("DE", "DE", "at")


def test_the_single_form_chooses_the_same_law(app):
    with app.app_context(), clock_at(TODAY), transaction():
        zurich = debtor_details(country="CH", postcode="8001", city="Zürich")
        case, _ = make_case(
            swiss_creditor(), debtors=[zurich], claims=[claim_details(currency="CHF")]
        )
        assert law_of(case).code == "ch"


def test_german_interest_from_before_the_first_base_rate_is_refused(app):
    old = {"invoiced_on": date(2001, 10, 1), "due_on": date(2001, 11, 30)}
    with app.app_context(), clock_at(TODAY):
        with pytest.raises(DefaultTooOld) as refused, transaction():
            make_case(claims=[claim_details(**old)])
        assert refused.value.params["known_from"] == date(2002, 1, 1)
