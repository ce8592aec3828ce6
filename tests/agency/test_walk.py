"""The main job, from the upload of a list to the money on the creditor's screen."""

import os
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from cases.claims.models import Case, Phase
from cases.claims.queries import find_case_by_number, list_open_holds
from cases.claims.references import iso11649
from cases.core.database import db, transaction
from cases.ledger.books.trial_balance import trial_balance
from cases.ledger.models import Account
from cases.ledger.queries import statement
from cases.people.policy import CREDITOR_ROLES, Role
from tests.factories.bank_files import TRUST_IBAN, Transfer, camt053
from tests.factories.records import make_agency, make_creditor, make_user
from tests.factories.walk_steps import (
    LIST,
    Person,
    read_girocode,
    read_pdf,
    render_first_page,
    wait_until,
)
from tests.factories.walk_words import WORDS, Words

NOW = "2026-11-23T10:00:00+01:00"  # A Monday: people may be called.
TODAY = date(2026, 11, 23)
ELBMARSCH = "Wohnungsbaugenossenschaft Elbmarsch eG"
INTERNAL = "Wirkte ehrlich, aber fahrig."
PICTURES = Path("docs/screenshots") if os.environ.get("RECOUP_SCREENSHOTS") == "1" else None


@dataclass
class Walk:
    """The story's people, its words and its database."""

    creditor: Person
    worker: Person
    accounts: Person
    words: Words
    app: Any

    def case(self, number: str) -> Case:
        """A case as the database has it now."""
        db.session.rollback()
        case = find_case_by_number(number)
        assert case is not None, number
        return case

    def picture(self, person: Person, name: str) -> None:
        """A picture for the README, from the German story."""
        if PICTURES and self.words.language == "de":
            person.page.screenshot(path=PICTURES / f"{name}.png")


@pytest.fixture(params=["de", pytest.param("en", marks=pytest.mark.deep)])
def walk(request, live_server, browser, tmp_path):
    language = request.param
    people = []
    with live_server.inside() as app:
        with transaction():
            make_agency()
            creditor = make_creditor("Stadtwerke Musterstadt GmbH")
            emails = [
                make_user(role, creditor=creditor if role in CREDITOR_ROLES else None, name=name,
                          locale=language).email
                for role, name in (
                    (Role.CREDITOR, "Sabine Krüger"), (Role.CASE_WORKER, "Nora Petersen"),
                    (Role.ACCOUNTS, "Jens Holm"),
                )
            ]  # fmt: skip
        for email in emails:
            context = browser.new_context(
                locale=language, viewport={"width": 1440, "height": 900}, color_scheme="light"
            )
            context.set_default_timeout(30_000)  # The machine may be busy.
            people.append(Person(context.new_page(), live_server.url))
            people[-1].sign_in(email)
        yield Walk(*people, WORDS[language], app)
        for person in people:
            assert person.troubles == []


@pytest.mark.browser
@pytest.mark.parametrize("live_server", [{"RECOUP_NOW": NOW}], indirect=True)
def test_a_claim_goes_all_the_way(walk):
    numbers = hand_in(walk)
    take_the_highest_first(walk, numbers)
    letter = send_first_demand(walk, numbers["Jonas Weber"])
    check_letter(walk, numbers["Jonas Weber"], letter)
    call_and_get_a_promise(walk, numbers["Jonas Weber"])
    object_and_decide(walk, numbers["Jonas Weber"])
    import_payments(walk, numbers)
    see_what_was_recovered(walk, numbers)


def hand_in(walk):
    """The creditor uploads a list with mistakes, puts one right, answers, hands over."""
    creditor, page, words = walk.creditor, walk.creditor.page, walk.words
    creditor.open("/submissions")
    creditor.upload("Offene_Posten.csv", "text/csv", LIST)
    creditor.sees(words.three_wrong, words.bad_date, words.no_street, words.negative)
    walk.picture(creditor, "upload")
    page.fill("[name='6-invoiced_on']", "30.06.2026")
    page.fill("[name='6-due_on']", "14.07.2026")
    page.locator("#row-6 button[name=line]").click()
    creditor.sees(words.two_wrong)
    creditor.open(page.url.partition("?")[0] + "?tab=skipped")
    creditor.sees(words.repeated)
    page.locator(".foot a.p").click()
    creditor.choose(due_basis="contract", reminder="none", purpose="consumer", disputed="no")
    page.check("#performed")
    creditor.press("/hand-over")
    creditor.sees(words.handed_over)
    rows = page.locator("[aria-labelledby=h-cases] tbody tr").all()
    rows = [row.inner_text().split("\t") for row in rows]
    numbers = {row[1].strip(): row[0].strip() for row in rows}
    assert set(numbers) == {
        "Jonas Weber", ELBMARSCH, "Bäckerei Sommer GmbH", "Café Möwenblick GmbH",
    }  # fmt: skip
    assert walk.case(numbers["Jonas Weber"]).principal_cents == 6_046_92
    return numbers


def take_the_highest_first(walk, numbers):
    """The case worker finds the new cases in order, each with its reason, and accepts one."""
    worker = walk.worker
    worker.open("/worklist")
    rows = worker.page.locator("table.wlg tbody tr")
    names = ["Jonas Weber", ELBMARSCH, "Bäckerei Sommer GmbH", "Café Möwenblick GmbH"]
    for row, name in zip(rows.all(), names, strict=True):
        shown = row.inner_text()
        assert name in shown
        assert numbers[name] in shown
        assert walk.words.review in shown
    walk.picture(worker, "worklist")
    rows.first.locator("td a.plain").click()
    worker.sees(*walk.words.claims_of_weber)
    worker.press("/accept")
    worker.sees(walk.words.accepted)
    assert walk.case(numbers["Jonas Weber"]).phase is Phase.AMICABLE


def send_first_demand(walk, number):
    """Complete what a consumer must be told, look at the page, release it; a worker sends it."""
    worker, page = walk.worker, walk.worker.page
    case = walk.case(number)
    worker.open(f"/cases/{case.public_id}/letter")
    assert page.locator("form[action$='/letter'][method=post] button").is_disabled()
    for invoice in ("RE-1001", "RE-1002"):
        form = page.locator("section", has_text=invoice).locator("form[action$='/description']")
        form.locator("[name=description]").fill("Lieferung von Strom")
        form.locator("[name=contract_on]").fill("1.3.2025")
        form.locator("button").click()
        worker.sees(f"{invoice} {walk.words.completed}")
    preview = page.locator("iframe").get_attribute("src")
    assert number in read_pdf(worker.fetch(preview))
    page.locator("form[action$='/letter'][method=post] button").click()
    worker.sees(walk.words.released)
    sent = page.locator("a[href^='/letters/'][href$='.pdf']")
    wait_until(lambda: sent.count() == 1, page)
    letter = worker.fetch(sent.get_attribute("href"))
    assert worker.fetch(sent.get_attribute("href")) == letter
    return letter


def check_letter(walk, number, letter):
    """What the debtor reads and scans is what the claim account says."""
    owed = statement(walk.case(number).id)
    # Interest at 1.52 + 5 = 6.52 %: 98 days on 4,812.36 are 84.24, 69 days on 1,234.56 are 15.22.
    # Costs: half of 473.50 (§ 13 RVG for 6,046.92) is 236.75, plus 20.00 of outlays.
    assert owed.principal_open_cents == 6_046_92
    assert owed.interest_open_cents == 99_46
    assert owed.costs_open_cents == 256_75
    for each in walk.words.letter:
        assert each in read_pdf(letter), each
    code = read_girocode(letter)
    assert (code.iban, code.amount_cents, code.text) == (TRUST_IBAN, 6_403_13, number)
    if PICTURES and walk.words.language == "de":
        render_first_page(letter).save(PICTURES / "letter.png", optimize=True)


def call_and_get_a_promise(walk, number):
    """The debtor is reached by phone, says why, promises a part; we look again a day later."""
    worker, page = walk.worker, walk.worker.page
    worker.open(f"/cases/{walk.case(number).public_id}/call")
    worker.choose(identity="confirmed", outcome="promise", right_person="1")
    page.select_option("#reason", "forgot")
    worker.write(
        person="Jonas Weber", promise_amount="2.000,00", promise_on="30.11.2026", note=INTERNAL
    )
    follow_up = page.locator("details.quiet-details", has=page.locator("#follow_up_on"))
    follow_up.locator("summary").click()
    worker.write(follow_up_on="1.12.26", follow_up_note="Ist die Zahlung da?")
    page.locator("button[name=then][value=stay]").click()
    worker.sees(*walk.words.promised, INTERNAL)


def object_and_decide(walk, number):
    """An objection holds what it is against; a verdict needs a reason, and lifts the hold."""
    worker, page, case = walk.worker, walk.worker.page, walk.case(number)
    worker.open(f"/cases/{case.public_id}/objection")
    page.select_option("#kind", "wrong_amount")
    second = page.locator("table.disputed tbody tr", has_text="RE-1002")
    second.locator("[type=checkbox]").check()
    second.locator("input.amount").fill(walk.words.disputed)
    worker.write(words="Im September war ich im Urlaub.", raised_on="23.11.2026")
    worker.choose(contests="1")
    page.select_option("#channel", "phone")
    worker.press("/objection")
    worker.sees(walk.words.objection_recorded, *walk.words.held)
    (hold,) = list_open_holds(walk.case(number).id)
    assert hold.amount_cents == 434_56
    walk.picture(worker, "case")
    assert page.locator("[name=verdict]:checked").count() == 0
    decide = page.locator("form[action$='/verdict'] button.p")
    worker.choose(verdict="pretext")
    decide.click()
    worker.sees(walk.words.reason_missing)
    go_without_the_missing_evidence(walk)
    for finding in page.locator("[name^=finding_]").all():
        finding.fill("Steht im Vertrag vom 1. März 2025.")
    worker.choose(verdict="pretext")
    worker.write(
        reason="Zählerstand und Vertrag belegen den Verbrauch.",
        no_evidence="Der Vertrag liegt beim Gläubiger.",
    )
    decide.click()
    page.wait_for_url(f"**/cases/{case.public_id}")
    assert list_open_holds(walk.case(number).id) == []


def go_without_the_missing_evidence(walk):
    """No piece of evidence stays open: a verdict wants it there, or a word why it goes without."""
    page = walk.worker.page
    missing = page.locator("form[action$='/evidence/explain']")
    assert missing.count()
    while missing.count():
        page.locator("details:has(form[action$='/evidence/explain']) summary").first.click()
        missing.first.locator("[name=why]").fill("Der Gläubiger hat es nicht mehr.")
        missing.first.locator("button").click()
        walk.worker.sees(walk.words.explained)


def import_payments(walk, numbers):
    """Accounts hand in a statement: two payments find their case, the third one is assigned."""
    accounts, page = walk.accounts, walk.accounts.page
    accounts.open("/bank")
    accounts.upload("auszug.xml", "text/xml", bank_statement(numbers))
    accounts.sees(*walk.words.booked)
    accounts.open("/suspense")
    accounts.sees("Danke für die Brötchen", walk.words.one_unmatched)
    assert balances()[Account.SUSPENSE] == -214_90
    accounts.write(search="Sommer")
    page.locator("form.bank-search button").click()
    bakery = numbers["Bäckerei Sommer GmbH"]
    page.check(f"[name=case_number][value='{bakery}']")
    accounts.press("/assign")
    accounts.sees(walk.words.all_matched)
    booked = balances()
    assert booked[Account.TRUST_BANK] == -booked[Account.CREDITOR_PAYABLES] == 1_714_90
    assert Account.SUSPENSE not in booked
    # 1,000.00: costs 256.75, then the older claim: interest 84.24, principal 659.01.
    assert open_parts(walk, numbers["Jonas Weber"]) == (0, 15_22, 5_387_91)
    # 500.00: 96 days at 10.52 % on 3,000.00 are 83.01; nothing was demanded yet, so no costs.
    assert open_parts(walk, numbers[ELBMARSCH]) == (0, 0, 2_583_01)
    # 214.90: 91 days at 10.52 % on 214.90 are 5.64, so as much principal stays open.
    assert open_parts(walk, bakery) == (0, 0, 5_64)


def bank_statement(numbers):
    """A camt.053: by case number in the purpose, by RF reference, and without any."""
    return camt053([
        Transfer(1_000_00, f"Rechnung {numbers['Jonas Weber']} Teilzahlung", on=TODAY),
        Transfer(500_00, name="Wohnungsbaugen. Elbmarsch", iban="DE02100100100006820101",
                 structured=iso11649(numbers[ELBMARSCH]), on=TODAY),
        Transfer(214_90, "Danke für die Brötchen", name="F. Feinkost",
                 iban="DE02300209000106531065", on=TODAY),
    ])  # fmt: skip


def balances():
    """What the trust accounts say, empty ones left out."""
    db.session.rollback()
    return {row.account: row.balance_cents for row in trial_balance(TODAY) if row.balance_cents}


def open_parts(walk, number):
    """Costs, interest and principal that are still owed."""
    owed = statement(walk.case(number).id)
    return owed.costs_open_cents, owed.interest_open_cents, owed.principal_open_cents


def see_what_was_recovered(walk, numbers):
    """The creditor reads where its case stands and what came in, and nothing of our own notes."""
    creditor = walk.creditor
    creditor.open(f"/my-cases/{walk.case(numbers['Jonas Weber']).public_id}")
    shown = creditor.text()
    for each in walk.words.result:
        assert each in shown, each
    for internal in (INTERNAL, *walk.words.never_shown):
        assert internal not in shown, internal
    creditor.open("/overview")
    assert walk.words.recovered in creditor.text()
