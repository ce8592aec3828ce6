"""Single letters on a case: drafted, stopped by what they lack or threaten, sent, kept."""

from datetime import date
from io import BytesIO

import pytest
from pypdf import PdfReader

from cases.claims.models import HoldReason
from cases.claims.services import set_hold
from cases.core import clock
from cases.core.database import db, transaction
from cases.core.outbox import carry_out, list_due_effects
from cases.documents.content import DocumentEmpty, DocumentRefused
from cases.letters.drafting import DemandWish
from cases.letters.errors import LetterLacksDuties
from cases.letters.models import Announcement, LetterKind
from cases.letters.queries import list_letters, read_sent_letter
from cases.letters.services import release_first_demand
from cases.letters.written.attachments import (
    AlreadyReleased,
    AttachmentNoPdf,
    TooMuchAttached,
    attach_upload,
    detach,
    list_attachments,
)
from cases.letters.written.drafting import draft_written
from cases.letters.written.services import (
    DraftReleased,
    begin_letter,
    change_letter,
    release_written,
    wish_of,
)
from legal.findings import Severity
from tests.factories.documents import make_pdf
from tests.factories.records import claim_details, debtor_details, make_agency, make_case, make_user

SENT_ON = date(2026, 11, 23)
LATER = date(2026, 12, 14)


@pytest.fixture
def accepted(app):
    """A case whose first letter has gone out, three weeks later."""
    with app.app_context():
        with clock.clock_at(SENT_ON), transaction():
            make_agency()
            worker = make_user(name="Nora Petersen")
            case, claims = make_case(
                claims=[claim_details(invoice_number="RE-1")],
                debtors=[debtor_details("Weber"), debtor_details("Groß", given_name="Mia")],
                accepted_by=worker,
            )
            release_first_demand(case.id, DemandWish(SENT_ON), worker.id)
        with clock.clock_at(LATER):
            yield worker, case, claims


def begin(case, worker, kind, text=None, **options):
    draft = begin_letter(case, kind, "de", worker.id)
    chosen = {"term_days": 10, "next_step": "call", "contract_circumstances": "", **options}
    change_letter(draft, text if text is not None else draft.text, **chosen)
    return draft


def drafts_of(draft, worker, promise=None):
    return draft_written(draft.case_id, wish_of(draft, LATER, promise), worker.id)


def errors(letters):
    found = [f for each in letters for f in each.draft.findings if f.severity is Severity.ERROR]
    return {finding.code for finding in found}


def test_a_second_letter_demands_goes_to_both_and_becomes_a_task(accepted):
    worker, case, _ = accepted
    with transaction():
        draft = begin(case, worker, LetterKind.REMINDER)
        letters = release_written(draft.id, worker.id)
    assert len(letters) == 2
    for effect_id in list_due_effects():
        carry_out(effect_id)
    sent = [letter for letter, kept in list_letters(case.id) if kept is not None]
    assert len(sent) == 4
    _, pdf = read_sent_letter(letters[0].public_id)
    text = " ".join(" ".join(p.extract_text() for p in PdfReader(BytesIO(pdf)).pages).split())
    # 2026-08-01 to 2026-12-14: 136 days at 6.52 % of 1,000.00 = 24.29; costs 55.80.
    assert "Erneute Zahlungsaufforderung" in text
    assert "1.080,09 €" in text
    assert "Gesamtschuldner" in text
    assert letters[0].number in text
    # 14 December + 3 + 10 days is a Sunday after Christmas: Monday the 28th.
    assert letters[0].pay_by == date(2026, 12, 28)
    steps = db.session.query(Announcement).filter_by(letter_id=letters[0].id).all()
    assert [(each.step, each.due_on) for each in steps] == [("call", date(2026, 12, 31))]
    with pytest.raises(DraftReleased), transaction():
        release_written(draft.id, worker.id)


@pytest.mark.parametrize(
    ("taken_out", "element"),
    [("[interest]", "interest_rate"), ("[payment]", "trust_account_iban"),
     ("[joint]", "joint_liability"), ("[costs]", "costs_breakdown")],
)  # fmt: skip
def test_a_demand_without_a_duty_is_stopped(accepted, taken_out, element):
    worker, case, _ = accepted
    draft = begin(case, worker, LetterKind.REMINDER)
    draft.text = draft.text.replace(taken_out, "")
    letters = drafts_of(draft, worker)
    assert element in {f.field for each in letters for f in each.draft.findings}
    with pytest.raises(LetterLacksDuties), transaction():
        release_written(draft.id, worker.id)


@pytest.mark.parametrize(
    ("words", "code"),
    [
        ("Wir beantragen sonst einen Mahnbescheid.", "empty_threat"),
        ("Ihr Einwand ist eine Schutzbehauptung.", "threat"),
        ("Es droht Gefängnis.", "threat"),
        ("Bitte erkennen Sie die Forderung an.", "content_forbidden"),
        ("Bitte schreiben Sie hier die Antwort.", "sample_text"),
        ("Guten Tag {promise_day}", "placeholder_empty"),
        ("[nothing]", "block_unknown"),
    ],
)
def test_words_that_do_not_belong_stop_any_letter(accepted, words, code):
    worker, case, _ = accepted
    draft = begin(case, worker, LetterKind.REQUEST_ANSWER, f"# Antwort\n{{salutation}},\n\n{words}")
    assert code in errors(drafts_of(draft, worker))


def test_the_court_may_be_announced_where_it_is_meant(accepted):
    worker, case, _ = accepted
    draft = begin(case, worker, LetterKind.REMINDER, next_step="court")
    letters = drafts_of(draft, worker)
    assert errors(letters) == set()
    assert "Mahnbescheid" in letters[0].draft.text


def test_a_plain_answer_needs_no_sum_and_demands_nothing(accepted):
    worker, case, _ = accepted
    with transaction():
        draft = begin(case, worker, LetterKind.REQUEST_ANSWER, "# Antwort\n{salutation},\n\nJa.")
        letters = release_written(draft.id, worker.id)
    assert [(each.demanded_cents, each.pay_by) for each in letters] == [(None, None)] * 2


def test_a_promise_is_confirmed_with_its_sum_and_day(accepted):
    worker, case, _ = accepted
    draft = begin(case, worker, LetterKind.PROMISE_CONFIRMATION)
    assert "placeholder_empty" in errors(drafts_of(draft, worker))
    letters = drafts_of(draft, worker, (500_00, date(2026, 12, 20)))
    assert errors(letters) == set()
    assert "Sie zahlen 500,00 € bis zum 20.12.2026" in letters[0].draft.text


def test_information_names_the_first_creditor_and_how_the_contract_came_about(accepted):
    worker, case, claims = accepted
    claims[0].original_creditor = "Alt AG"
    draft = begin(case, worker, LetterKind.INFORMATION)
    fields = {f.field for each in drafts_of(draft, worker) for f in each.draft.findings}
    assert "contract_circumstances" in fields
    draft.contract_circumstances = "Bestellt am 01.03.2025 auf der Seite des Versorgers."
    letters = drafts_of(draft, worker)
    assert errors(letters) == set()
    assert "Entstanden ist die Forderung bei Alt AG" in letters[0].draft.text


def test_a_held_case_gets_answers_but_no_demand(accepted):
    worker, case, _ = accepted
    set_hold(case, HoldReason.OBJECTION)
    answer = begin(case, worker, LetterKind.CLOSING)
    assert errors(drafts_of(answer, worker)) == set()
    reminder = begin(case, worker, LetterKind.REMINDER)
    with pytest.raises(Exception, match="stands still"):
        drafts_of(reminder, worker)


def test_no_case_stops_after_the_first_letter(accepted):
    """Every kind begins with a shipped text that lacks no duty but what its writer has to say."""
    worker, case, _ = accepted
    with transaction():
        draft = begin(case, worker, LetterKind.BEFORE_COURT, next_step="court")
        letters = release_written(draft.id, worker.id)
    [step] = db.session.query(Announcement).filter_by(letter_id=letters[0].id).all()
    assert step.step == "court"
    assert "gerichtlichen Mahnbescheid" in str(letters[0].content["next_step_words"])
    draft = begin(case, worker, LetterKind.SETTLEMENT)
    assert errors(drafts_of(draft, worker)) == {"sample_text"}
    lines = [line for line in draft.text.splitlines() if "Bitte schreiben Sie" not in line]
    draft.text = "\n".join(lines)
    assert errors(drafts_of(draft, worker)) == set()
    assert errors(drafts_of(begin(case, worker, LetterKind.ADDRESS_CHECK), worker)) == set()
    draft = begin(case, worker, LetterKind.APPOINTMENT)
    assert errors(drafts_of(draft, worker)) == {"placeholder_empty"}, "of which visit or meeting?"
    draft.appointment = "am Dienstag um 10 Uhr bei Ihnen"
    assert errors(drafts_of(draft, worker)) == set()


def test_what_goes_with_a_letter_is_named_in_it_and_kept_beside_it(accepted):
    worker, case, _ = accepted
    with transaction():
        draft = begin(case, worker, LetterKind.REQUEST_ANSWER, "# Anlage\n\nSiehe Anlage.")
        attach_upload(draft, make_pdf(2), "Lieferschein.pdf")
        attach_upload(draft, make_pdf(1), "Rechnung.pdf")
        gone = list_attachments(draft.id)[1]
        detach(draft, gone.public_id)
        letters = release_written(draft.id, worker.id)
    assert [each["name"] for each in letters[0].content["attachments"]] == ["Lieferschein"]
    for effect_id in list_due_effects():
        carry_out(effect_id)
    _, pdf = read_sent_letter(letters[0].public_id)
    assert "Anlagen: Lieferschein" in " ".join(
        " ".join(p.extract_text() for p in PdfReader(BytesIO(pdf)).pages).split()
    )
    with pytest.raises(AlreadyReleased):
        attach_upload(draft, make_pdf(1), "Zu spaet.pdf")


@pytest.mark.parametrize(
    ("data", "refusal"),
    [(b"nur Text", AttachmentNoPdf), (b"", DocumentEmpty), (b"%PDF-kaputt", DocumentRefused),
     (make_pdf(61), TooMuchAttached)],
)  # fmt: skip
def test_what_cannot_be_printed_does_not_go_with_a_letter(accepted, data, refusal):
    worker, case, _ = accepted
    draft = begin(case, worker, LetterKind.REQUEST_ANSWER)
    with pytest.raises(refusal):
        attach_upload(draft, data, "Anlage.pdf")
    assert list_attachments(draft.id) == []
