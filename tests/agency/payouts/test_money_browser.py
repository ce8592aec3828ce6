"""Other people's money, walked through in a browser: in, out, back, and what the bank took."""

import time
from datetime import date, datetime, timedelta

import pytest
from sqlalchemy import select, update

from cases.core.clock import clock_at
from cases.core.database import db, transaction
from cases.ledger.bank.comparison import trust_bank_cents
from cases.ledger.trust import prove_trust
from cases.parties.models import CreditorContract
from cases.payments.importing import ENDED
from cases.payments.models import BankFile
from cases.people.policy import Role
from cases.plans.queries import find_open_plan, list_instalments
from cases.remittances.debits.models import Debit
from cases.remittances.models import Remittance
from cases.remittances.transfers.models import Transfer as Order
from tests.factories.bank_files import Transfer, camt053
from tests.factories.debits import IBAN, set_up_debits
from tests.factories.records import (
    PASSWORD,
    claim_details,
    make_agency,
    make_case,
    make_creditor,
    make_user,
)
from tests.infrastructure.barriers import look

TODAY = date(2026, 11, 23)
#: The house stands before the server's day begins at ten: what is entered later it would not know.
BEFORE = datetime.fromisoformat("2026-11-23T08:00:00+01:00")
TERMS = {"steps": [{"until_cents": None, "percent": "20"}], "hold_back_days": {"direct_debit": 60}}
AT_TEN = pytest.mark.parametrize(
    "live_server", [{"RECOUP_NOW": "2026-11-23T10:00:00+01:00"}], indirect=True
)


class House:
    """The people at their screens, and the bank."""

    def __init__(self, server, browser):
        self.server, self.browser, self.opening, self.files = server, browser, 0, 0
        with server.inside(), clock_at(BEFORE), transaction():
            make_agency()
            set_up_debits()
            creditor = make_creditor("Stadtwerke Musterstadt GmbH", fee_terms=TERMS)
            worker = make_user(Role.CASE_WORKER, name="Erika Beispiel")
            case, _ = make_case(
                creditor, accepted_by=worker, claims=[claim_details(principal_cents=900_00)]
            )
            db.session.execute(update(CreditorContract).values(instalment_months=24))
            self.case_id, self.number, self.case = case.id, case.number, case.public_id
            emails = {
                "clerk": make_user(Role.ACCOUNTS, name="Katrin Möller").email,
                "second": make_user(Role.ADMIN, name="Jan Petersen").email,
                "worker": worker.email,
                "client": make_user(Role.CREDITOR, creditor=creditor).email,
            }
        self.pages = {name: self._enter(email) for name, email in emails.items()}

    def _enter(self, email):
        page = self.browser.new_context(
            locale="de", viewport={"width": 1440, "height": 900}
        ).new_page()
        page.goto(self.server.url)
        page.fill("[name=email]", email)
        page.fill("[name=password]", PASSWORD)
        page.click("form .btn.p")
        page.wait_for_load_state()
        return page

    def go(self, who, path):
        page = self.pages[who]
        page.goto(self.server.url + path)
        return page

    def statement(self, *transfers):
        """The bank's next statement, handed in by the clerk."""
        self.files += 1
        data = camt053(transfers, opening_cents=self.opening, number=self.files)
        self.opening += sum(each.cents for each in transfers)
        page = self.go("clerk", "/bank")
        name = f"auszug-{self.files}.xml"
        page.set_input_files("#file", {"name": name, "mimeType": "text/xml", "buffer": data})
        page.locator("#import button").click()
        page.wait_for_selector("#proof")
        self._until_read()
        return page

    def _until_read(self):
        """A worker books the file and matches its payments: nothing goes out meanwhile."""
        end = time.monotonic() + 60
        with self.server.inside():
            while db.session.scalars(select(BankFile.id).where(BankFile.state.not_in(ENDED))).all():
                db.session.rollback()
                assert time.monotonic() < end
                time.sleep(0.2)

    def second_person(self):
        page = self.go("second", "/approvals")
        page.locator("form[action$='/confirm'] button").first.click()
        page.wait_for_selector(".flash")

    def books(self, query):
        with self.server.inside():
            found = db.session.execute(query).all()
            assert all(proof.difference_cents == 0 for proof in prove_trust())
            assert trust_bank_cents("EUR") == self.opening
            return found


@pytest.fixture
def house(live_server, browser):
    return House(live_server, browser)


def clicked(page, text):
    page.get_by_role("button", name=text).first.click()
    page.wait_for_load_state()


@pytest.mark.browser
@pytest.mark.deep
@AT_TEN
def test_from_the_banks_file_to_the_payout_and_what_goes_back(house):
    paid = Transfer(500_00, house.number, name="Jonas Weber", on=TODAY, end_to_end="R-77")
    house.statement(paid)
    page = house.go("clerk", "/payouts")
    clicked(page, "Lauf vorbereiten")
    look(page, "de-payout-run")
    clicked(page, "Freigeben lassen")
    house.second_person()
    [(number, cents)] = house.books(select(Remittance.number, Remittance.payout_cents))
    assert 0 < cents < 500_00
    house.statement(Transfer(-cents, number, name="Stadtwerke", end_to_end=number, on=TODAY))
    page = house.go("client", "/my-settlements")
    assert number in page.content()
    [(state,)] = house.books(select(Remittance.state))
    assert state == "paid"

    # The debtor's bank takes the payment back after it was paid out: the house lays it out.
    house.statement(
        Transfer(-500_00, "Rueckgabe", name="Jonas Weber", is_return=True, on=TODAY,
                 end_to_end="R-77")
    )  # fmt: skip
    page = house.go("clerk", "/suspense")
    look(page, "de-return-after-payout")
    page.locator("[name=original]").first.check()
    page.locator("#chosen button.p").click()
    page.wait_for_selector(".flash")
    house.books(select(Remittance.id))
    page = house.go("clerk", "/payouts")
    clicked(page, "Lauf vorbereiten")
    look(page, "de-payout-after-return")
    assert "Stadtwerke" in page.content()


@pytest.mark.browser
@pytest.mark.deep
@AT_TEN
def test_a_refund_and_a_charge_that_a_rule_books(house):
    house.statement(
        Transfer(33_00, "Irrläufer", name="Sven Lüdtke", iban="DE02120300000000202051", on=TODAY),
        Transfer(-7_90, "Kontoführung Entgelt 10/2026", name="Musterbank", on=TODAY),
    )
    page = house.go("clerk", "/suspense")
    page.get_by_role("link", name="Sven Lüdtke").click()
    page.locator("details.more summary").last.click()
    page.fill("[name=why]", "Wollte an jemand anderen zahlen")
    clicked(page, "Erstattung vormerken")
    page = house.go("clerk", "/transfers")
    page.locator("[name=refund]").first.check()
    clicked(page, "Erstattungen vorbereiten")
    clicked(page, "Freigeben lassen")
    house.second_person()
    [(number,)] = house.books(select(Order.number))
    house.statement(Transfer(-33_00, number, name="Sven Lüdtke", end_to_end=number, on=TODAY))
    [(state,)] = house.books(select(Order.state))
    assert state == "paid"

    page = house.go("clerk", "/suspense")
    page.get_by_role("link", name="Musterbank").click()
    look(page, "de-suspense-charge")
    page.get_by_role("link", name="Regel für solche Buchungen anlegen").click()
    page.fill("[name=words]", "Ent")
    page.fill("[name=name]", "")
    page.fill("[name=most_cents]", "viel")
    clicked(page, "Treffer ansehen")
    page.wait_for_selector("[data-errors]")
    look(page, "de-rule-wrong")
    page.fill("[name=words]", "Kontoführung Entgelt")
    page.fill("[name=most_cents]", "20,00")
    clicked(page, "Treffer ansehen")
    look(page, "de-rule-trial")
    clicked(page, "Regel anlegen")
    look(page, "de-rule")
    house.statement(Transfer(-7_90, "Kontoführung Entgelt 11/2026", name="Musterbank", on=TODAY))
    page = house.go("clerk", "/suspense")
    assert page.locator("tbody tr").count() == 0
    page = house.go("clerk", "/bank/rules")
    look(page, "de-rules")
    house.books(select(Order.id))


@pytest.mark.browser
@pytest.mark.deep
@AT_TEN
def test_a_plan_with_direct_debit_from_the_mandate_to_a_return(house):
    first_on = TODAY + timedelta(days=7)
    page = house.go(
        "worker", f"/cases/{house.case}/plan?number=3&first_on={first_on}&ends=all&kind=forbearance"
    )
    look(page, "de-plan-offer")
    page.locator("#offer button.p").click()
    page.wait_for_selector("#debits")
    page.fill("[name=holder]", "Jonas Weber")
    page.fill("[name=iban]", "DE02")
    clicked(page, "Mandat senden")
    page.wait_for_selector("[data-errors]")
    look(page, "de-mandate-wrong")
    page.fill("[name=iban]", IBAN)
    clicked(page, "Mandat senden")
    page.fill("[name=signed_on]", f"{TODAY:%d.%m.%Y}")
    clicked(page, "Das unterschriebene Mandat ist da")
    look(page, "de-plan-mandate")
    page = house.go("clerk", "/debits")
    look(page, "de-debits")
    clicked(page, "Lastschriften vorbereiten")
    clicked(page, "Freigeben lassen")
    house.second_person()
    page = house.go("second", page.url.removeprefix(house.server.url))
    look(page, "de-debit-run")
    [(number, cents)] = house.books(select(Debit.number, Debit.amount_cents))
    collected = Transfer(cents, f"Aktenzeichen {house.number} Rate 1", name="Jonas Weber",
                         end_to_end=number, on=TODAY)  # fmt: skip
    house.statement(collected)
    page = house.go("client", "/overview")
    look(page, "de-overview-plans")
    assert house.number in page.content()
    [(state,)] = house.books(select(Debit.state))
    assert state == "paid"
    house.statement(
        Transfer(-cents, "Rueckgabe", name="Jonas Weber", end_to_end=number, is_return=True,
                 on=TODAY)
    )  # fmt: skip
    page = house.go("clerk", "/suspense")
    page.locator("[name=original]").first.check()
    page.locator("#chosen button.p").click()
    page.wait_for_selector(".flash")
    [(state,)] = house.books(select(Debit.state))
    assert state == "returned"
    with house.server.inside(), clock_at(TODAY):
        plan = find_open_plan(house.case_id)
        assert (plan.state, len(list_instalments(plan.id))) == ("running", 3)


@pytest.mark.browser
@pytest.mark.deep
@AT_TEN
def test_what_a_debt_counsellor_asks_for(house):
    page = house.go("worker", f"/cases/{house.case}/letters")
    look(page, "de-letters-choose")
    clicked(page, "Forderungsaufstellung senden")
    page.wait_for_selector(".flash")
    page = house.go("second", "/house")
    look(page, "de-house-debits")
