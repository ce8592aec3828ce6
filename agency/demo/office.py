"""What the office does by the calendar: bank, court, pay-outs, the runs of the night."""

from agency.demo import court_post
from agency.demo.agenda import Story
from agency.demo.bank import Transfer
from agency.demo.desk import Desk, carry_out_waiting
from cases.claims.models import Case, Phase
from cases.core import clock
from cases.core.runs import RUN_KINDS, start_run
from cases.filings.applications import batches, drafts, handing_over, releasing
from cases.filings.applications.models import FilingBatch
from cases.filings.court_mail import applying, inbox
from cases.filings.court_mail.models import MessageState
from cases.filings.errors import NothingChosen
from cases.ledger.services import owed_on
from cases.payments.candidates import list_candidates, list_originals
from cases.payments.importing import import_statement
from cases.payments.models import BankEntry
from cases.payments.queries import list_suspense
from cases.payments.services import assign_entry, confirm_return
from cases.payments.settling import settle_entry
from cases.payments.standing import Standing
from cases.people.approvals import confirm
from cases.remittances.confirming import confirm_by_statements
from cases.remittances.preparing import prepare_run
from cases.remittances.releasing import ask_release, drop_run, list_remittances
from cases.remittances.transfers.confirming import confirm_transfers
from cases.remittances.transfers.errors import NoShareToWithdraw
from cases.remittances.transfers.preparing import prepare_share
from cases.remittances.transfers.releasing import ask_release as ask_transfers
from cases.remittances.transfers.releasing import list_transfers

STATEMENT_DAYS = 14
#: So long unmatched money waits until somebody asks the debtor.
PATIENCE_DAYS = 45
NIGHT_DAYS = 182
COURT_DAYS = 28
PAYOUT_DAYS = 42


def read_bank(desk: Desk) -> Story:
    """Each fortnight the statement of the trust account; then what it left open."""
    asked: set[int] = set()  # Lines whose debtor was asked once and did not answer.
    while True:
        desk.act_as("buchhaltung")
        day = clock.today()
        import_statement(desk.tray.statement(day), f"auszug-{day}.xml")
        confirm_by_statements()
        confirm_transfers()
        yield 0
        desk.act_as("buchhaltung")
        for entry in list_suspense():
            if entry.id not in asked:
                _sort_out(entry, asked)
        yield STATEMENT_DAYS


def _sort_out(entry: BankEntry, asked: set[int]) -> None:
    """What a person in accounts does with a line that nobody could place."""
    waited = (clock.today() - entry.booked_on).days
    if entry.is_return:
        originals = list_originals(entry)
        if originals:
            confirm_return(entry.public_id, originals[0].entry.public_id)
    elif entry.amount_cents < 0:
        settle_entry(entry.public_id, Standing.TRANSFER_SEEN)
    elif waited > PATIENCE_DAYS:
        asked.add(entry.id)
        owing = [one.case for one in list_candidates(entry) if _still_owes(one.case)]
        if owing:
            assign_entry(entry.public_id, owing[0].number)


def _still_owes(case: Case) -> bool:
    return case.phase is not Phase.CLOSED and owed_on(case, clock.today()).open_cents > 0


def go_to_court(desk: Desk) -> Story:
    """Every fourth week what is ready goes to the court, confirmed by a second person."""
    while True:
        yield 0  # The bank's statement of the day goes first: it comes up to the evening before.
        yield 0
        person = desk.act_as("recht")
        drafts.check_drafts()
        handed_over = []
        for batch in release_ready(person):
            desk.act_as("recht2")
            batches.confirm(batch, desk.house.people["recht2"])
            desk.act_as("recht")
            handing_over.hand_over(batch, person, "beBPo")
            handed_over.append(batch.public_id)
        yield 1
        for public_id in handed_over:
            _take_receipt(desk, public_id)
        yield COURT_DAYS - 1


def _take_receipt(desk: Desk, public_id: str) -> None:
    """The court has a file: a person says which one its receipt is about."""
    person, batch = desk.act_as("recht"), batches.lock_batch(public_id)
    data = court_post.receipt(clock.today(), batch.file_number)
    inbox.import_file(data, f"quittung-{batch.file_number}-{clock.today()}.eda", person)
    row = inbox.list_messages([MessageState.PROPOSED])[-1]
    applying.take_receipt(inbox.lock_message(row.public_id), batch)


def release_ready(person: int) -> list[FilingBatch]:
    """Files of all drafts without an error; none where none is ready."""
    try:
        return releasing.release(None, person)
    except NothingChosen:
        return []


def pay_out(desk: Desk) -> Story:
    """Every sixth week the clients are paid; a second person releases it, the bank shows it."""
    while True:
        desk.act_as("buchhaltung")
        run = prepare_run(clock.today())
        if not list_remittances(run.id):
            drop_run(run.public_id)
            yield PAYOUT_DAYS
            continue
        asked = ask_release(run.public_id).public_id
        run_id = run.id
        yield 1
        confirm(asked, desk.act_as("buchhaltung2"), "")
        for each in list_remittances(run_id):
            if each.payout_cents:
                desk.tray.book(
                    clock.today(),
                    Transfer(-each.payout_cents, f"Auszahlung {each.number}", "Mandant",
                             end_to_end=str(each.number)),
                )  # fmt: skip
        yield from withdraw_share(desk)
        yield PAYOUT_DAYS - 1


def withdraw_share(desk: Desk) -> Story:
    """What the settlement left of ours in trust goes to our own account, by two people."""
    desk.act_as("buchhaltung")
    try:
        own = prepare_share()
    except NoShareToWithdraw:
        return
    asked = ask_transfers(own.public_id)
    confirm(asked.public_id, desk.act_as("buchhaltung2"), "")
    for each in list_transfers(own.id):
        desk.tray.book(
            clock.today(),
            Transfer(-each.amount_cents, each.purpose, "Hanse", end_to_end=str(each.number)),
        )  # fmt: skip
    yield 0


def work_at_night(_: Desk) -> Story:
    """The runs of the night, twice a year: each finds what became due since."""
    while True:
        run_night()
        yield NIGHT_DAYS


def run_night() -> None:
    """Begin the runs of today and do what they divide among workers."""
    for kind in RUN_KINDS:
        start_run(kind, clock.today())
    carry_out_waiting()
