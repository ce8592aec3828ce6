"""Single records of the court for a given case, for trying every address. Invented data."""

from cases.claims.models import Case
from cases.claims.queries import list_debtors
from cases.core import clock
from cases.core.database import db
from cases.core.files import store_file
from cases.filings.applications import drafts
from cases.filings.applications.models import BatchState, CourtFile, Filing, FilingBatch, FilingKind
from cases.filings.court_mail import applying
from cases.filings.court_mail.inbox import import_file
from cases.filings.court_mail.models import CourtMessage
from cases.filings.proceedings.costs import list_of_case as list_payables
from cases.filings.proceedings.deadlines import list_of_proceeding
from cases.filings.proceedings.models import CourtPayable, LegalDeadline, Proceeding
from cases.filings.proceedings.services import build_proceeding, list_of_case
from cases.filings.trial_courts.directory import propose
from cases.filings.trial_courts.models import CourtDirectory
from cases.parties.queries import get_agency, get_creditor
from cases.people.models import User
from cases.people.policy import Role
from legal.de.court.courts import dunning_courts
from legal.proceeding import CourtEventKind
from tests.factories import court_replies
from tests.factories.records import make_case, make_user


def make_filing_of(case: Case) -> Filing:
    """A draft in another case of the same creditor, so that this one stays out of court."""
    get_agency().kennziffer = "07599999"
    other, _ = make_case(get_creditor(case.creditor_id), accepted_by=_person())
    return drafts.recommend(other.id, "refuses to pay")


def make_proceeding_of(case: Case) -> Proceeding:
    """A proceeding that begins today."""
    found = list_of_case(case.id)
    if found:
        return found[0]
    court = next(c for c in dunning_courts().values() if "DE-HH" in c.states)
    opened = build_proceeding(
        case_id=case.id,
        creditor_id=case.creditor_id,
        debtor_id=list_debtors(case.id)[0].debtor.id,
        position=0,
        own_ref=case.number,
        court=court.xjustiz_id,
        place=court.holiday_place,
        trial_court="22765 Hamburg",
        trial_plz="22765",
        applied_on=clock.today(),
    )
    db.session.add(opened)
    db.session.flush()
    return opened


def make_deadline_of(case: Case) -> LegalDeadline:
    """The first deadline of a served payment order."""
    proceeding = make_proceeding_of(case)
    if not list_of_proceeding(proceeding.id):
        applying.record_event(proceeding, CourtEventKind.ORDER_SERVED, clock.today())
    return list_of_proceeding(proceeding.id)[0]


def make_message_of(case: Case) -> CourtMessage:
    """A cost note for the case, waiting to be applied."""
    proceeding = make_proceeding_of(case)
    note = court_replies.cost_note(
        clock.today(), [_number(case)], proceeding.own_ref, principal_cents=1_000_00,
        court_fee_cents=38_00,
    )  # fmt: skip
    import_file(note.encode(), "03.eda", _person().id)
    return db.session.query(CourtMessage).filter_by(case_id=case.id).one()


def make_payable_of(case: Case) -> CourtPayable:
    """What the court asks for in the case."""
    if not list_payables(case.id):
        message = make_message_of(case)
        applying.apply_message(message)
    return list_payables(case.id)[0]


def make_batch_of(case: Case) -> FilingBatch:
    """A file that waits for the second person."""
    person = _person()
    data = court_replies.cost_note(
        clock.today(), [_number(case)], case.number, principal_cents=1, court_fee_cents=1
    ).encode()
    stored = store_file(data, "LIN001.eda", "application/octet-stream", None)
    court = next(c for c in dunning_courts().values() if "DE-HH" in c.states)
    batch = FilingBatch(
        court=court.xjustiz_id,
        kind=FilingKind.PAYMENT_ORDER,
        state=BatchState.RELEASED,
        file_number="LIN001",
        made_on=clock.today(),
        filings_count=1,
        principal_cents=1_000_00,
        court_fees_cents=38_00,
        sums={},
        returned=[],
        released_by=person.id,
        released_at=clock.now(),
    )
    db.session.add(batch)
    db.session.flush()
    db.session.add(
        CourtFile(
            batch_id=batch.id, file_id=stored.id, sha256=stored.sha256, size_bytes=len(data),
            made_at=clock.now(),
        )
    )  # fmt: skip
    db.session.flush()
    return batch


def make_directory() -> CourtDirectory:
    """A directory of courts with one line that nobody has taken."""
    data = b"plz;gerichtsart;gericht_plz;gericht_ort\n22765;AG;22765;Hamburg\n"
    made, _ = propose(data, "courts.csv", "Justiz", clock.today(), _person().id)
    if made is None:
        raise AssertionError("the directory of the tests is right")
    return made


def _number(case: Case) -> str:
    return f"26{case.id:07d}11"


def _person() -> User:
    return make_user(Role.LEGAL)
