"""The post room: what comes in finds its case, what came back stops, what leaves leaves once."""

from datetime import date, timedelta
from io import BytesIO
from xml.etree import ElementTree

import pytest
from PIL import Image
from pypdf import PdfReader

from cases.claims.models import HoldReason
from cases.claims.queries import list_debtors, list_open_holds
from cases.core import clock
from cases.core.database import db, transaction
from cases.core.outbox import carry_out, list_due_effects
from cases.documents.content import DocumentRefused
from cases.letters.drafting import DemandWish
from cases.letters.inbox import returns
from cases.letters.inbox.delivery import deliveries_of
from cases.letters.inbox.matching import Guess, certain
from cases.letters.inbox.models import InquiryState, PostState
from cases.letters.inbox.reading import MAIL, read_post
from cases.letters.inbox.services import (
    NotJoined,
    NotSplit,
    PostDone,
    WhyMissing,
    assign,
    guesses_of,
    join,
    list_waiting_post,
    set_aside,
    split,
    take_in,
)
from cases.letters.mark import draw_mark, read_marks
from cases.letters.models import LetterKind, SentLetter
from cases.letters.printing.models import PrintRunState
from cases.letters.printing.services import (
    NothingToPrint,
    RunNotPrepared,
    as_csv,
    as_xml,
    count_waiting,
    drop_run,
    list_lines,
    prepare_run,
    release_run,
    run_file,
)
from cases.letters.queries import read_sent_letter
from cases.letters.services import release_first_demand
from cases.letters.written.attachments import attach_upload
from cases.letters.written.services import begin_letter, change_letter, release_written
from cases.parties.changes import CameBackInFuture
from cases.worklist.services import list_open_items
from tests.factories.documents import make_pdf
from tests.factories.records import debtor_details, make_agency, make_case, make_user

DAY = date(2026, 11, 23)


@pytest.fixture
def sent(app):
    """A worker and a case whose first letters have been set, to two debtors."""
    with app.app_context(), clock.clock_at(DAY):
        with transaction():
            make_agency()
            worker = make_user(name="Nora Petersen")
            case, _ = make_case(
                debtors=[
                    debtor_details("Weber", email="jonas.weber@post.example"),
                    debtor_details("Groß", given_name="Mia", postcode="01067", city="Dresden"),
                ],
                accepted_by=worker,
            )
            letters = release_first_demand(case.id, DemandWish(DAY), worker.id)
        work()
        yield worker, case, letters


def work():
    for effect_id in list_due_effects():
        carry_out(effect_id)


def arrive(data, name, worker):
    with transaction():
        item = take_in(data, name, worker.id, DAY)
    work()
    db.session.refresh(item)
    return item


def eml(sender="Jonas Weber <jonas.weber@post.example>", text="Guten Tag"):
    lines = [f"From: {sender}", "To: post@haus.example", "Subject: Ihre Forderung",
             "MIME-Version: 1.0", "Content-Type: text/plain; charset=utf-8"]  # fmt: skip
    return ("\r\n".join(lines) + "\r\n\r\n" + text).encode()


def test_a_scan_of_our_letter_is_known_by_its_mark_and_put_on_the_case(sent):
    worker, case, letters = sent
    _, pdf = read_sent_letter(letters[0].public_id)
    item = arrive(pdf, "Scan.pdf", worker)
    assert (item.state, item.how) == (PostState.ASSIGNED, "mark")
    assert item.how_detail == letters[0].number
    assert "post_arrived" in {each.reason for each in list_open_items(case.id)}
    again = arrive(pdf, "Nochmal.pdf", worker)  # The same bytes wait for a person.
    assert (again.state, again.twin_id) == (PostState.WAITING, item.id)


@pytest.mark.parametrize(
    ("text", "how", "state"),
    [
        ("zu Ihrem Zeichen {case}", "case_number", PostState.ASSIGNED),
        ("zu Ihrem Brief {letter}", "letter_number", PostState.ASSIGNED),
        ("ich weiß von nichts", None, PostState.WAITING),
    ],
)
def test_a_mail_is_assigned_by_a_number_and_waits_with_a_mere_name(sent, text, how, state):
    worker, case, letters = sent
    text = text.format(case=case.number, letter=letters[0].number)
    item = arrive(eml(text=text), "mail.eml", worker)
    assert (item.state, item.how) == (state, how)
    if state is PostState.WAITING:
        assert [(g.case_id, g.how) for g in guesses_of(item)] == [(case.id, "sender_address")]
        with transaction():
            assign(item, case, "hand", "", worker.id)
        with pytest.raises(PostDone):
            set_aside(item, "doppelt", worker.id)


def test_two_cases_named_are_none_for_certain():
    one, two = Guess(1, "case_number", "a"), Guess(2, "case_number", "b")
    assert certain([one, two]) is None
    assert certain([Guess(3, "mark", "c"), one, two]) == Guess(3, "mark", "c")
    assert certain([Guess(1, "sender_name", "Weber")]) is None


def test_bad_pages_parts_and_files_block_nothing(sent):
    worker, _, _ = sent
    noise = BytesIO()
    Image.new("L", (40, 40), 128).save(noise, "PNG")
    assert arrive(noise.getvalue(), "leer.png", worker).state is PostState.WAITING
    many = b"".join(
        b"--x\r\nContent-Type: text/plain\r\n\r\nTeil\r\n" for _ in range(260)
    ) + b"--x--\r\n"  # fmt: skip
    mail = (b"From: a@b.example\r\nTo: c@d.example\r\n"
            b'Content-Type: multipart/mixed; boundary="x"\r\n\r\n' + many)  # fmt: skip
    read = read_post(mail, MAIL)
    assert read.fault == "too_many_parts"
    broken = read_post(b"\xff\xd8\xff\xe0kaputt", "image/jpeg")
    assert broken.fault == "page"
    with pytest.raises(DocumentRefused), transaction():
        take_in(b"MZ\x90\x00kein Scan", "a.exe", worker.id, DAY)
    assert len(list_waiting_post()) == 1


def test_a_scan_is_taken_apart_and_put_together(sent):
    worker, _, _ = sent
    item = arrive(make_pdf(5), "Stapel.pdf", worker)
    for wrong in ("", "0-1", "1-9", "1-3, 2", "x", "3-1"):
        with pytest.raises(NotSplit):
            split(item, wrong, worker.id)
    with transaction():
        made = split(item, "1-2, 3-5", worker.id)
    work()
    assert [db.session.get(type(m), m.id, populate_existing=True).pages for m in made] == [2, 3]
    assert item.state is PostState.SET_ASIDE
    with transaction():
        one = join(made, worker.id)
    work()
    db.session.refresh(one)
    assert one.pages == 5
    with pytest.raises(NotJoined):
        join([one], worker.id)
    with pytest.raises(WhyMissing):
        set_aside(one, " ", worker.id)


def test_a_letter_that_came_back_stops_the_case_until_the_provider_answers(sent):
    worker, case, letters = sent
    assert returns.numbers_in(f"{letters[0].number}\n{letters[0].number} x9") == [
        letters[0].number, "X9"]  # fmt: skip
    with pytest.raises(CameBackInFuture):
        returns.note_returned(letters[0].number, DAY + timedelta(days=1))
    with transaction():
        assert returns.note_returned("B-2026-9999999", DAY).what == "unknown"
        assert returns.note_returned(letters[0].number, DAY).what == "noted"
        assert returns.note_returned(letters[0].number, DAY).what == "twice"
    assert [hold.reason for hold in list_open_holds(case.id)] == [HoldReason.ADDRESS_UNKNOWN]
    assert "address_lost" in {each.reason for each in list_open_items(case.id)}
    [(lost, debtor)] = returns.list_lost()
    with transaction():
        inquiry = returns.order_inquiry(lost, debtor.id, "Meldeamt Hamburg", 11_00, worker.id)
    assert inquiry.public_id in returns.order_file().decode("utf-8-sig")
    assert returns.list_lost() == []
    with pytest.raises(returns.InquiryRuns):
        returns.order_inquiry(lost, debtor.id, "Noch einer", 0, worker.id)
    with pytest.raises(returns.AnswersUnreadable):
        returns.read_answers(b"a;b\n1;2")
    head, found = "inquiry;street;postcode;city;country", "Neue Allee 1;20095;Hamburg;DE"
    answer = f"{head}\n{inquiry.public_id};{found}\nx;;;;\n"
    with clock.clock_at(DAY + timedelta(days=1)), transaction():
        assert returns.note_answers(returns.read_answers(answer.encode())) == (1, 0, ["x"])
    assert inquiry.state is InquiryState.FOUND
    moved = list_debtors(case.id)[0]
    assert (moved.post.street, moved.address.traced_at) == ("Neue Allee 1", "Meldeamt Hamburg")
    assert list_open_holds(case.id) == []
    assert "address_lost" not in {each.reason for each in list_open_items(case.id)}
    later = clock.clock_at(DAY + timedelta(days=2))
    with later, transaction():  # It had gone to the earlier address.
        assert returns.note_returned(letters[0].number, DAY).what == "old_address"
    assert deliveries_of(case.id)[letters[0].id].came_back_on is not None


def test_a_run_is_sorted_marked_indexed_and_leaves_once(sent):
    worker, case, _ = sent
    with transaction():
        draft = begin_letter(case, LetterKind.REQUEST_ANSWER, "de", worker.id)
        change_letter(draft, "# Anlage\n\nSiehe Anlage.", term_days=10, next_step="call",
                      contract_circumstances="")  # fmt: skip
        attach_upload(draft, make_pdf(3), "Lieferschein.pdf")
        release_written(draft.id, worker.id)
    work()
    assert count_waiting() == 4
    with transaction():
        run = prepare_run(worker.id)
    assert count_waiting() == 0
    with pytest.raises(NothingToPrint):
        prepare_run(worker.id)
    lines = list_lines(run)
    assert [line.postcode for line in lines] == ["01067", "01067", "20259", "20259"]
    pages = PdfReader(BytesIO(run_file(run))).pages
    assert len(pages) == run.pages == sum(line.pages for line in lines)
    kept = {sent.sha256 for sent in db.session.query(SentLetter)}
    assert {line.sha256 for line in lines} == kept
    for line in lines:
        assert line.number in pages[line.first_page - 1].extract_text()
    assert as_csv(lines).decode().count("\r\n") == 5
    assert len(ElementTree.fromstring(as_xml(lines)).findall("letter")) == 4
    with transaction():
        release_run(run, worker.id)
    for again in (lambda: release_run(run, worker.id), lambda: drop_run(run)):
        with pytest.raises(RunNotPrepared):
            again()
    assert run.state is PrintRunState.RELEASED
    ways = deliveries_of(case.id).values()
    assert all(way.by_post and way.handed_over_at == run.released_at for way in ways)


def test_a_run_that_is_given_back_leaves_its_letters_waiting(sent):
    worker, _, letters = sent
    with transaction():
        drop_run(prepare_run(worker.id))
    assert count_waiting() == len(letters)


def test_a_mark_is_read_from_its_picture_and_strangers_marks_are_passed_over():
    import zxingcpp

    assert draw_mark("–") == ""
    number = "B-2026-0001234"
    assert "<path" in draw_mark(number)
    for text, found in ((number, [number]), ("DV 07 1,45", [])):
        code = zxingcpp.create_barcode(text, zxingcpp.BarcodeFormat.DataMatrix)
        assert read_marks(code.to_image(scale=4)) == found
