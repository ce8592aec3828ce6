"""Every pair of services of filings and court mail that lock, at once, on two real connections.

None may fail for a lock, and what is left must be what one order or the other leaves.
"""

from concurrent.futures import ThreadPoolExecutor
from datetime import date
from itertools import combinations
from threading import Barrier

import pytest
from sqlalchemy import select

from cases.claims.queries import lock_case
from cases.core.clock import clock_at
from cases.core.database import db, transaction
from cases.core.errors import Refusal
from cases.filings.applications import batches, drafts, handing_over, releasing
from cases.filings.applications.models import Filing, FilingBatch, FilingState
from cases.filings.court_mail import applying, inbox
from cases.filings.court_mail.models import CourtMessage
from cases.filings.proceedings import costs
from cases.filings.proceedings.services import list_of_case
from legal.de.court.eda.replies import read_file
from legal.proceeding import CourtEventKind
from tests.factories import court_replies
from tests.factories.court_cases import make_house, make_proceeding, make_ready_filing

TODAY = date(2026, 11, 23)


def both(app, *works):
    """Carry out all works at the same moment, each on its own connection."""
    barrier = Barrier(len(works))

    def begin(work):
        with app.app_context(), clock_at(TODAY):
            barrier.wait(10)
            try:
                with transaction():
                    return work()
            finally:
                db.session.remove()

    with ThreadPoolExecutor(len(works)) as pool:
        futures = [pool.submit(begin, work) for work in works]
        return [future.exception() or future.result() for future in futures]


def enter(ids):
    drafts.enter(db.session.get_one(Filing, ids["filing"]), {"claims[0].no": "5"})


def reason(ids):
    drafts.give_reason(db.session.get_one(Filing, ids["filing"]), "time_barred", "vereinbart")


def declare(ids):
    drafts.declare(lock_case(ids["case"]), "performance", "rendered", TODAY)


def drop(ids):
    drafts.drop(db.session.get_one(Filing, ids["filing"]), "doch nicht")


def release(ids):
    releasing.release([ids["public"]], ids["first"])


def check(_):
    drafts.check_drafts()


def confirm(ids):
    batches.confirm(batches.lock_batch_by_id(ids["batch"]), ids["second"])


def send_back(ids):
    batches.send_back(batches.lock_batch_by_id(ids["batch"]), ids["second"], "falsch")


def fetch(ids):
    batches.fetch(batches.lock_batch_by_id(ids["batch"]), ids["second"])


def hand_over(ids):
    handing_over.hand_over(batches.lock_batch_by_id(ids["batch"]), ids["second"], "EGVP")


def book(ids):
    applying.apply_message(inbox.lock_message(ids["message"]))


def match(ids):
    applying.match_again(inbox.lock_message(ids["message"]))


def set_aside(ids):
    applying.set_aside(inbox.lock_message(ids["message"]), "doppelt")


def record(ids):
    proceeding = list_of_case(ids["case"])[0]
    applying.record_event(proceeding, CourtEventKind.ORDER_SERVED, TODAY)


def pay(ids):
    costs.pay_court(costs.lock_payable(ids["payable"]), TODAY, "operating")


DRAFT = (enter, reason, declare, drop, release, check)
BATCH = (confirm, send_back, fetch, hand_over)
MAIL = (book, match, set_aside, record)
PAYABLE = (pay, record)


def pairs(services):
    """Each with each other, and each with itself: two people press the same button."""
    return [*combinations(services, 2), *((one, one) for one in services)]


@pytest.fixture
def house(fresh_app):
    """The house on one database of its own; each pair has its own case in it."""
    with clock_at(TODAY), fresh_app.app_context():
        with transaction():
            house = make_house()
            found = {"first": house.first.id, "second": house.second.id}
        yield house, found
        db.session.remove()


def run(app, ids, pair):
    """Both at once; a refusal in words is an answer, anything else is not."""
    results = both(app, *[lambda service=service: service(ids) for service in pair])
    failed = [r for r in results if isinstance(r, BaseException) and not isinstance(r, Refusal)]
    assert failed == [], [service.__name__ for service in pair]
    db.session.expire_all()


def test_a_draft_under_two_hands(fresh_app, house):
    for pair in pairs(DRAFT):
        with transaction():
            filing = make_ready_filing(house[0])
            ids = house[1] | {
                "filing": filing.id, "public": filing.public_id, "case": filing.case_id,
            }  # fmt: skip
        run(fresh_app, ids, pair)
        filing = db.session.get_one(Filing, ids["filing"])
        if filing.state is FilingState.BATCHED:
            # What was released is what the row says: nobody changed it afterwards.
            batch = db.session.get_one(FilingBatch, filing.batch_id)
            [file] = read_file(batches.batch_bytes(batch))
            [said] = file.applications.applications
            assert str(said.claims[0].no) == str(filing.content["claims[0].no"])


def test_a_file_under_two_hands(fresh_app, house):
    for pair in pairs(BATCH):
        with transaction():
            filing = make_ready_filing(house[0])
            batch = releasing.release([filing.public_id], house[0].first.id)[0]
            if hand_over in pair or fetch in pair:
                batches.confirm(batch, house[0].second.id)
            ids = house[1] | {"batch": batch.id, "filing": filing.id, "case": filing.case_id}
        run(fresh_app, ids, pair)
        filing = db.session.get_one(Filing, ids["filing"])
        opened = len(list_of_case(ids["case"]))
        assert opened == (1 if filing.state is FilingState.HANDED_OVER else 0)


def receive(house, number):
    """A proceeding whose cost note has come; the message is the newest one."""
    proceeding = make_proceeding(house)
    note = court_replies.cost_note(
        TODAY, [number], proceeding.own_ref, principal_cents=1_000_00, court_fee_cents=38_00
    )
    inbox.import_file(note.encode(), f"{number}.eda", house.first.id)
    newest = select(CourtMessage).order_by(CourtMessage.id.desc()).limit(1)
    return proceeding.case_id, db.session.scalars(newest).one()


def test_a_message_under_two_hands(fresh_app, house):
    for index, pair in enumerate(pairs(MAIL)):
        with transaction():
            case_id, message = receive(house[0], f"26{index:07d}11")
            ids = house[1] | {"case": case_id, "message": message.public_id}
        run(fresh_app, ids, pair)
        assert len(costs.list_of_case(case_id)) <= 1  # Booked once or not at all.


def test_what_a_court_asks_for_is_paid_once(fresh_app, house):
    for index, pair in enumerate(pairs(PAYABLE)):
        with transaction():
            case_id, message = receive(house[0], f"26{index:07d}11")
            applying.apply_message(message)
            payable = costs.list_of_case(case_id)[0]
            ids = house[1] | {"case": case_id, "payable": payable.public_id}
        run(fresh_app, ids, pair)
        assert len({p.payment_journal_id for p in costs.list_of_case(case_id)}) == 1
