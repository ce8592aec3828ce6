"""What happens in a case, for tests: objections, commitments, letters."""

from datetime import timedelta
from typing import Any

from cases.claims.holds import HoldWish, hold_case
from cases.claims.limitation import EventDays, note_event
from cases.claims.models import Case, Hold, HoldReason, LimitationRow
from cases.claims.queries import list_claims
from cases.contacts.commitments import CommitmentGiven, make_commitment
from cases.contacts.models import (
    Commitment,
    ContactChannel,
    ContactDirection,
    ContactOutcome,
    NonPaymentReason,
    Promise,
)
from cases.contacts.promises import PromiseGiven
from cases.contacts.queries import list_open_promises
from cases.contacts.services import ContactDetails, log_contact
from cases.core import clock
from cases.letters.drafting import DemandWish
from cases.letters.house_texts.services import begin_text
from cases.letters.inbox.models import PostItem
from cases.letters.inbox.services import take_in
from cases.letters.models import (
    Letter,
    LetterAttachment,
    LetterDraft,
    LetterKind,
    LetterText,
)
from cases.letters.printing.models import PrintRun
from cases.letters.printing.services import prepare_run
from cases.letters.queries import list_letters
from cases.letters.services import release_first_demand, send_letter
from cases.letters.written.attachments import attach_upload
from cases.letters.written.services import begin_letter
from cases.objections.checklist import questions_for
from cases.objections.complaints.models import Complaint
from cases.objections.complaints.services import record_complaint
from cases.objections.evidence import ask, explain, list_needs, list_pieces, unmet
from cases.objections.evidence_models import EvidencePiece
from cases.objections.holding import release_rest
from cases.objections.house_models import HouseIndicator
from cases.objections.indicators import SpeaksFor, Weight
from cases.objections.models import Objection, ObjectionKind, Verdict
from cases.objections.services import (
    Answer,
    Disputed,
    ObjectionDetails,
    answer_questions,
    record_objection,
)
from cases.objections.settings import NewRule, add_rule
from cases.objections.verdicts import Decision, decide_objection
from cases.worklist.bulk import note_bulk
from cases.worklist.models import BulkKind
from legal.limitation_events import LimitationEventKind
from tests.factories.documents import make_pdf
from tests.factories.records import make_user


def make_objection(case: Case, cents: int = 100_00, **fields: Any) -> Objection:
    """An objection against a part of the first claim."""
    details: dict[str, Any] = {
        "kind": ObjectionKind.DEFECT,
        "words": "Die Anlage funktioniert nicht richtig.",
        "contests": True,
        "channel": "email",
        "raised_on": clock.today(),
        "disputed": [Disputed(list_claims(case.id)[0].id, cents)],
    }
    rest_waits = fields.pop("rest_waits", False)
    objection = record_objection(case.id, ObjectionDetails(**{**details, **fields}))
    if not rest_waits and objection.is_open and objection.rest_released_at is None:
        release_rest(objection.id, "Der Rest ist unstreitig")
    return objection


def make_piece_of(case: Case) -> EvidencePiece:
    """Something that was asked of the creditor about an objection."""
    objection = make_objection(case, kind=ObjectionKind.NOT_DELIVERED)
    asked = [piece for piece in list_pieces(objection.id) if piece.asked_at]
    return asked[0] if asked else ask(objection.id, ["proof_of_delivery"])[0]


def make_complaint_of(case: Case) -> Complaint:
    """A complaint that waits for the creditor's answer."""
    return record_complaint(case.id, "Niemand ruft zurück.", clock.today())


def make_house_indicator() -> HouseIndicator:
    """An indicator that the house added."""
    return add_rule(
        NewRule("*", "days_after_due>=90", SpeaksFor.PRETEXT, Weight.WEAK, "",
                "It was raised a quarter late.", "Er kam ein Vierteljahr zu spät.")
    )  # fmt: skip


def answer_all(objection: Objection) -> None:
    """Every question of the checklist has a finding, none with a document."""
    answer = Answer("steht in der Akte", SpeaksFor.PRETEXT)
    answer_questions(objection.id, dict.fromkeys(questions_for(objection.kind), answer))
    for need in unmet(list_needs(objection)):
        explain(objection.id, need.label.code, "Der Gläubiger hat es nicht")


def decide(
    objection: Objection, verdict: Verdict, genuine_cents: dict[int, int] | None = None
) -> Objection:
    """A verdict with all that it needs."""
    answer_all(objection)
    reason, why_not = "Bericht vom 11. August", "Der Bericht liegt beim Gläubiger"
    decision = Decision(verdict, reason, genuine_cents or {}, no_evidence=why_not)
    return decide_objection(objection.id, decision)


def make_commitment_of(case: Case) -> Commitment:
    """A call back in an hour."""
    return make_commitment(case, CommitmentGiven("Rückruf", clock.now() + timedelta(hours=1)))


def make_promise_of(case: Case, cents: int = 100_00, days: int = 4) -> Promise:
    """A promise on the phone to pay in some days."""
    details = ContactDetails(
        ContactChannel.PHONE,
        ContactDirection.INBOUND,
        ContactOutcome.PROMISE,
        identity_confirmed=True,
        reason=NonPaymentReason.FORGOT,
    )
    due_on = clock.today() + timedelta(days=days)
    log_contact(case.id, details, promise=PromiseGiven(cents, due_on))
    return list_open_promises(case.id)[0]


def make_hold_of(case: Case, reason: HoldReason = HoldReason.CREDITOR) -> Hold:
    """The case stands still for a month."""
    return hold_case(case.id, HoldWish(reason, clock.today() + timedelta(days=30)))


def make_limitation_event_of(case: Case) -> LimitationRow:
    """Negotiations about the first claim that began today."""
    days = EventDays(first_day=clock.today())
    return note_event(case, list_claims(case.id)[0], LimitationEventKind.NEGOTIATIONS, days)


def make_letter_draft(case: Case, kind: LetterKind = LetterKind.REQUEST_ANSWER) -> LetterDraft:
    """A letter that the owner of a case is writing."""
    assert case.owner_id is not None, "the case must be accepted"
    return begin_letter(case, kind, "de", case.owner_id)


def make_attachment(case: Case) -> LetterAttachment:
    """A page that goes with a letter which somebody is writing."""
    return attach_upload(make_letter_draft(case), make_pdf(), "Lieferschein.pdf")


def make_post() -> PostItem:
    """A scan that came in."""
    return take_in(make_pdf(2), "Scan.pdf", make_user().id, clock.today())


def make_print_run(case: Case) -> PrintRun:
    """A prepared run with the first letter of a case."""
    letter = make_letter(case)
    send_letter("", letter.id)
    return prepare_run(make_user().id)


def make_text(kind: LetterKind = LetterKind.REMINDER) -> LetterText:
    """The draft of a text that letters begin with."""
    return begin_text(kind, "de", make_user().id)


def make_letter(case: Case) -> Letter:
    """The first demand letter of an accepted case, released by its owner."""
    letters = list_letters(case.id)
    if letters:
        return letters[0][0]
    assert case.owner_id is not None, "the case must be accepted"
    return release_first_demand(case.id, DemandWish(clock.today()), case.owner_id)[0]


def make_bulk(kind: BulkKind, case: Case) -> str:
    """One click on many cases, here on one; the answer is its public id."""
    return note_bulk(kind, [case.id], make_user().id).public_id
