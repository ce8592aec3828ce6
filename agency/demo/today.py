"""What waits on the day of the first start, so that each role finds work at once."""

from datetime import timedelta
from io import BytesIO
from random import Random

from pypdf import PdfWriter

from agency.demo import court_post
from agency.demo.bank import Transfer, iban_of
from agency.demo.deliveries import Row, deliver, hand_over_all, make_rows
from agency.demo.desk import Desk, carry_out_waiting
from agency.demo.names import PREFIX, invent
from agency.demo.visits import plan_visits
from cases.claims.asking.models import AskedFor
from cases.claims.asking.services import ask_client
from cases.claims.models import Phase
from cases.claims.queries import get_case_by_id, list_claims, list_open_holds, lock_case
from cases.claims.report_models import ReportKind
from cases.claims.reports import Report, report
from cases.claims.search import CaseFilter, first_debtor_names, list_cases
from cases.contacts.services import FollowUp, set_follow_up
from cases.core import audit, clock
from cases.core.database import transaction
from cases.dunning.plan_limits import limits_for
from cases.filings.applications import drafts
from cases.filings.court_mail.inbox import import_file
from cases.intake.questions import ask
from cases.ledger.books.closing import close_period
from cases.letters.inbox.services import take_in
from cases.objections.evidence import ask as ask_evidence
from cases.objections.models import ObjectionKind
from cases.objections.services import Disputed, ObjectionDetails, record_objection
from cases.parties.clients import propose_bank
from cases.payments.cash.services import CashGiven, receive_cash
from cases.payments.importing import import_statement
from cases.people.accounts import add_account
from cases.people.policy import Role
from cases.plans.building import PlanWish
from cases.plans.models import PlanKind
from cases.plans.queries import find_open_plan
from cases.plans.services import make_plan
from cases.remittances.preparing import prepare_run
from cases.remittances.releasing import ask_release, drop_run, list_remittances
from cases.strategies.versions import take_over

#: What a debtor pays at the door.
CASH_CENTS = 20_00
NEW_IBAN = "DE44500105175407324931"


def fill(desk: Desk) -> None:
    """New orders, questions, money, approvals: one transaction each."""
    luck = Random(int(f"{clock.today():%m}"))
    _new_orders(desk, luck)
    _upload_with_mistakes(desk, luck)
    _proofs(desk, luck)
    for act in (_money, _pay_out_waits, _approvals, _court_mail, _closed_month, _told_by_client,
                _follow_ups, _plan, _ask_clients, plan_visits, _cash, _strategy,
                _post):  # fmt: skip
        with transaction():
            act(desk)
    carry_out_waiting()


def _new_orders(desk: Desk, luck: Random) -> None:
    """A list handed over this morning: its cases wait to be taken on."""
    rows = make_rows(luck, 0, 8000, 6)
    upload = deliver(desk, 0, rows, "stadtwerke-heute.csv")
    case_ids = hand_over_all(desk, 0, upload, rows)
    with transaction():
        for case_id in case_ids[:2]:
            desk.accept(case_id)


def _upload_with_mistakes(desk: Desk, luck: Random) -> None:
    """A list with a row that cannot be right and one that we ask about."""
    rows = make_rows(luck, 2, 9000, 4)
    person = invent(luck, 2, 9100)
    too_late = clock.today() + timedelta(days=40)
    rows.append(Row(person, f"{PREFIX[2]}-{too_late.year}-9100", too_late, 120_00, "Teppich"))
    upload = deliver(desk, 2, rows, "wohnwerk-mit-rueckfragen.csv")
    with transaction():
        desk.worker()
        ask(upload, 2, "Wann wurde die Ware geliefert?", clock.today() + timedelta(days=7))


def _money(desk: Desk) -> None:
    """The statement of this morning, with lines that nobody can place."""
    day = clock.today()
    for days, cents, words, name in (
        (1, 184_30, "Rechnung bezahlt", "Familie Reuter"), (1, 55_00, "Rate", "Sparkonto Groth"),
        (2, 1_250_00, "lt. Telefonat", "Gastro Nord"), (2, -64_00, "Rückgabe", "M. Kern"),
    ):  # fmt: skip
        transfer = Transfer(
            cents, words, name, is_return=cents < 0, iban=iban_of(900_000_000 + abs(cents))
        )
        desk.tray.book(day - timedelta(days=days), transfer)
    desk.act_as("buchhaltung")
    import_statement(desk.tray.statement(day), f"auszug-{day}.xml")


def _pay_out_waits(desk: Desk) -> None:
    """A run is prepared and waits for the second person."""
    desk.act_as("buchhaltung")
    run = prepare_run(clock.today())
    if list_remittances(run.id):
        ask_release(run.public_id)
    else:
        drop_run(run.public_id)


def _approvals(desk: Desk) -> None:
    """New bank details of a client, and somebody new in legal."""
    leader = desk.act_as("leitung")
    propose_bank(desk.house.clients[1], NEW_IBAN, "Brief vom Mandanten")
    add_account("recht3@recoup.example", "Frauke Lindner", Role.LEGAL, leader, phone="040 5550140")


def _court_mail(desk: Desk) -> None:
    """A message of the court that names no case of ours."""
    person = desk.act_as("recht")
    day = clock.today() - timedelta(days=1)
    note = court_post.service_note(day, "26099999911", "9999-0000001-1", "05")
    import_file(note, "gericht-ohne-akte.eda", person)
    drafts.check_drafts()  # The bank's statement of this morning counts.


def _closed_month(desk: Desk) -> None:
    """The books of the month before the last are closed."""
    desk.act_as("buchhaltung")
    last = clock.today().replace(day=1) - timedelta(days=1)
    close_period(last.replace(day=1) - timedelta(days=1))


def _told_by_client(desk: Desk) -> None:
    """A payment to the client himself, a question of his."""
    cases = list_cases(CaseFilter(phase=Phase.AMICABLE), limit=40)
    own = [each.case for each in cases if each.case.creditor_id == desk.house.clients[0]]
    yesterday = clock.today() - timedelta(days=1)
    told = (
        Report(ReportKind.DIRECT_PAYMENT, 25_00, yesterday, "Bar an der Kasse gezahlt."),
        Report(ReportKind.MESSAGE, words="Wie ist der Stand in dieser Sache?"),
    )
    for case, each in zip(own, told, strict=False):
        person = desk.house.person_of(case.creditor_id)
        audit.set_actor(person)
        report(get_case_by_id(case.id), person, each)


def _follow_ups(desk: Desk) -> None:
    """Cases that come up again today."""
    desk.worker()
    for each in list_cases(CaseFilter(phase=Phase.AMICABLE), limit=3):
        set_follow_up(each.case.id, FollowUp(clock.today(), "Rückmeldung des Mandanten prüfen"))


def _proofs(desk: Desk, luck: Random) -> None:
    """A debtor of each client says that nothing came; the client is asked for the proof."""
    for number in range(len(desk.house.clients)):
        rows = make_rows(luck, number, 8500, 1)
        upload = deliver(desk, number, rows, f"nachtrag-{number + 1}.csv")
        (case_id,) = hand_over_all(desk, number, upload, rows)
        with transaction():
            desk.accept(case_id)
            claim = list_claims(case_id)[0]
            said = ObjectionDetails(
                kind=ObjectionKind.NOT_DELIVERED, words="Bei mir ist nichts angekommen.",
                contests=True, channel="phone", raised_on=clock.today(),
                disputed=[Disputed(claim.id, claim.principal_cents)],
            )  # fmt: skip
            ask_evidence(record_objection(case_id, said).id, ())


def _plan(desk: Desk) -> None:
    """A debtor who cannot pay at once is granted four instalments."""
    for each in list_cases(CaseFilter(phase=Phase.AMICABLE), limit=200):
        if not list_open_holds(each.case.id):
            desk.worker(each.case.id)
            first_on = clock.today() + timedelta(days=12)
            wish = PlanWish(kind=PlanKind.FORBEARANCE, first_on=first_on, number=4)
            make_plan(each.case.id, wish, limits_for(each.case))
            return


def _ask_clients(desk: Desk) -> None:
    """A question to each client: may a case go to court?"""
    asked: set[int] = set()
    for each in list_cases(CaseFilter(phase=Phase.AMICABLE), limit=200):
        case = lock_case(each.case.id)
        if case.creditor_id not in asked and not list_open_holds(case.id):
            asked.add(case.creditor_id)
            desk.worker(each.case.id)
            why = "Für den Fall, dass weiter nichts gezahlt wird."
            ask_client(case, AskedFor.COURT, reason=why)


def _cash(desk: Desk) -> None:
    """A debtor paid a part at the door; the money is still on hand."""
    for each in list_cases(CaseFilter(phase=Phase.AMICABLE), limit=200):
        case = lock_case(each.case.id)
        stands = list_open_holds(case.id) or find_open_plan(case.id)
        if case.booked_open_cents > 2 * CASH_CENTS and not stands:
            desk.worker(case.id)
            payer = first_debtor_names([case.id]).get(case.id, "")
            receive_cash(case, CashGiven(CASH_CENTS, payer), clock.today())
            return


def _strategy(desk: Desk) -> None:
    """A draft that nobody has put in force: letters of the demo are sent by hand."""
    take_over("public_bodies", "Öffentliche Stellen", desk.act_as("leitung"))


def _post(desk: Desk) -> None:
    """A scan without words, which only a person can put on a case."""
    page = BytesIO()
    writer = PdfWriter()
    writer.add_blank_page(width=595, height=842)
    writer.write(page)
    take_in(page.getvalue(), "Posteingang.pdf", desk.worker(), clock.today())
