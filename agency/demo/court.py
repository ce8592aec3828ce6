"""Cases that go to court: the application, what the court answers, up to the title."""

from collections.abc import Callable
from datetime import timedelta

from agency.demo import court_post
from agency.demo.agenda import Story
from agency.demo.desk import Desk
from cases.claims.queries import get_case_by_id, list_claims, list_debtors
from cases.contacts.models import ContactOutcome, NonPaymentReason
from cases.core import clock
from cases.filings.applications import drafts
from cases.filings.applications.models import FilingKind
from cases.filings.court_mail import applying, inbox
from cases.filings.court_mail.models import MessageState
from cases.filings.proceedings import costs
from cases.filings.proceedings.models import Proceeding
from cases.filings.proceedings.services import list_events, list_of_case
from cases.parties.changes import Person, change_person
from legal.proceeding import CourtEventKind

#: The local court that would hear the action. Law: ZPO § 12; GVG § 23.
TRIAL_COURT = "defendants[0].prozessgericht."
LOCAL_COURT = "1"
#: The partner who acts for the one client that is a partnership, whose debtors are companies.
KG_FUNCTION = "applicants[0].representatives[0].function"
#: The court's fee in the invented replies.
FEE_CENTS = 38_00


def _before(desk: Desk, case_id: int) -> Story:
    """All that the law asks for before a filing: demand, fortnight, a refusal."""
    yield 2
    desk.accept(case_id)
    yield 3
    desk.demand(case_id)
    yield 0
    desk.print_letters(case_id)
    yield 22
    yield from desk.call(
        case_id, ContactOutcome.REFUSES, NonPaymentReason.REFUSES, note="lehnt jede Zahlung ab"
    )
    yield 8
    desk.await_letters(case_id)


def waits_for_legal(desk: Desk, case_id: int) -> Story:
    """Recommended to court; legal has still to complete the application."""
    yield from _before(desk, case_id)
    desk.act_as("recht")
    drafts.recommend(case_id, "Schuldner lehnt jede Zahlung ab")


def _file(desk: Desk, case_id: int) -> Story:
    """The application is made ready; the next court day takes it along."""
    yield from _before(desk, case_id)
    desk.act_as("recht")
    _complete_debtor(desk, case_id)
    filing = drafts.recommend(case_id, "Schuldner lehnt jede Zahlung ab")
    case = get_case_by_id(case_id)
    drafts.declare(case, "performance", "rendered", clock.today())
    numbers = {f"claims[{at}].no": "11" for at in range(len(list_claims(case_id)))}
    partner = {KG_FUNCTION: "Komplementär"} if desk.people[case_id].is_company else {}
    drafts.enter(filing, numbers | _trial_court(desk, case_id) | partner)
    while not list_of_case(case_id):
        yield 5


def _trial_court(desk: Desk, case_id: int) -> dict[str, str]:
    """Where the debtor lives."""
    person = desk.people[case_id]
    found = {"pgm": LOCAL_COURT, "plz": person.postcode, "place": person.city}
    return {TRIAL_COURT + part: words for part, words in found.items()}


def _complete_debtor(desk: Desk, case_id: int) -> None:
    """Legal names whoever the court is to write to."""
    debtor = list_debtors(case_id)[0].debtor
    listed = desk.people[case_id]
    if listed.is_company:
        known = Person(listed.name, legal_form="GmbH", representative="Uwe Lorenz")
    else:
        given, _, family = listed.name.rpartition(" ")
        known = Person(family, given, listed.salutation)
    change_person(debtor.id, known, "Melderegister und Handelsregister")


def _receive(desk: Desk, data: bytes) -> None:
    """A file of the court arrives; legal applies what it proposes."""
    person = desk.act_as("recht")
    inbox.import_file(data, f"gericht-{clock.today()}.eda", person)
    for row in inbox.list_messages([MessageState.PROPOSED]):
        applying.apply_message(row)


def _issued(desk: Desk, case_id: int) -> Story:
    """Filed, issued and paid for."""
    yield from _file(desk, case_id)
    yield 9
    proceeding = _proceeding(case_id)
    note = court_post.cost_note(
        clock.today(), _number(proceeding), proceeding.own_ref, _principal(case_id), FEE_CENTS
    )
    _receive(desk, note)
    yield 3
    desk.act_as("buchhaltung")
    for payable in costs.list_open_payables(case_id):
        costs.pay_court(payable, clock.today(), "operating")


def _served(desk: Desk, case_id: int) -> Story:
    """The order reaches the debtor."""
    yield from _issued(desk, case_id)
    yield 5
    proceeding = _proceeding(case_id)
    _receive(
        desk,
        court_post.service_note(clock.today(), _number(proceeding), proceeding.own_ref, "05"),
    )


def is_served_lately(desk: Desk, case_id: int) -> Story:
    """The order was served three days ago: the time to oppose runs now."""
    yield from _issued(desk, case_id)
    while clock.today() < desk.today - timedelta(days=3):
        yield 1
    proceeding = _proceeding(case_id)
    _receive(
        desk,
        court_post.service_note(clock.today(), _number(proceeding), proceeding.own_ref, "05"),
    )


def is_not_served(desk: Desk, case_id: int) -> Story:
    """The debtor has moved: the court asks for another address."""
    yield from _issued(desk, case_id)
    yield 6
    proceeding = _proceeding(case_id)
    note = court_post.service_note(
        clock.today(), _number(proceeding), proceeding.own_ref, "06", "Empfänger unbekannt verzogen"
    )
    _receive(desk, note)


def is_opposed(desk: Desk, case_id: int) -> Story:
    """The debtor opposes; a lawyer goes on before the trial court."""
    yield from _served(desk, case_id)
    yield 10
    proceeding = _proceeding(case_id)
    told = court_post.opposition(
        clock.today(), _number(proceeding), proceeding.own_ref, _principal(case_id)
    )
    _receive(desk, told)


def pays_in_court(desk: Desk, case_id: int) -> Story:
    """The order is enough: the money comes, and legal is told to withdraw."""
    yield from _served(desk, case_id)
    yield 8
    desk.pay(case_id)
    yield 13
    desk.finish_paid(case_id)


def gets_title(desk: Desk, case_id: int) -> Story:
    """No opposition: the enforcement order, served and final; then the debtor pays."""
    yield from _served(desk, case_id)
    yield 19
    while not _has(case_id, CourtEventKind.ENFORCEMENT_APPLIED):
        desk.act_as("recht")
        kind = FilingKind.ENFORCEMENT_ORDER
        drafts.draft_filing(_proceeding(case_id), kind, "kein Widerspruch")
        # The creditor's answer counts for a fortnight: he is asked anew until the file leaves.
        drafts.declare(get_case_by_id(case_id), "direct_payments", "none", clock.today())
        yield 10
    yield 11
    proceeding = _proceeding(case_id)
    order = court_post.enforcement_order(
        clock.today(), _number(proceeding), proceeding.own_ref, _principal(case_id), FEE_CENTS
    )
    _receive(desk, order)
    yield 7
    proceeding = _proceeding(case_id)
    _receive(
        desk, court_post.service_note(clock.today(), _number(proceeding), proceeding.own_ref, "08")
    )
    yield 16
    desk.act_as("recht")
    final_on = clock.today() - timedelta(days=1)
    applying.record_event(_proceeding(case_id), CourtEventKind.BECAME_FINAL, final_on)
    yield 35
    desk.pay(case_id)
    yield 16
    desk.finish_paid(case_id)


def _proceeding(case_id: int) -> Proceeding:
    return list_of_case(case_id)[0]


def _has(case_id: int, kind: CourtEventKind) -> bool:
    return any(row.kind is kind for row in list_events(_proceeding(case_id).id))


def _number(proceeding: Proceeding) -> str:
    """The number that the invented court gives."""
    return proceeding.court_number or f"{clock.today():%y}{proceeding.case_id:07d}11"


def _principal(case_id: int) -> int:
    return sum(claim.principal_cents for claim in list_claims(case_id))


#: What is over by now, and what still asks for somebody.
OLD_STORIES: tuple[Callable[[Desk, int], Story], ...] = (gets_title, pays_in_court)
COURT_STORIES: tuple[Callable[[Desk, int], Story], ...] = (
    gets_title, waits_for_legal, is_not_served, is_opposed, waits_for_legal, gets_title,
)  # fmt: skip
