"""How objections come in and papers go out: post, court, messages; who signed; wrong input."""

import re
from datetime import date

import pytest

from cases.claims.queries import list_claims, list_debtors, list_open_holds
from cases.core.database import db, transaction
from cases.documents.client_papers.authority import list_authority
from cases.documents.client_papers.models import PaperKind
from cases.documents.client_papers.services import keep_paper, powers_for_cases, powers_of
from cases.documents.models import DocumentKind
from cases.filings.court_mail import applying
from cases.filings.evidence_bundle import list_exhibits
from cases.intake.documents import list_of_case
from cases.letters.inbox.models import PostState
from cases.letters.inbox.services import assign, take_in
from cases.letters.models import Letter
from cases.objections.evidence_models import ObjectionPhase
from cases.objections.facts import known_facts
from cases.objections.mentions import list_mentions
from cases.objections.models import ObjectionKind, Verdict
from cases.objections.queries import list_objections
from cases.parties.queries import get_creditor
from cases.worklist.services import list_open_items
from legal.proceeding import CourtEventKind
from tests.factories.casework import decide, make_objection
from tests.factories.court_records import make_proceeding_of
from tests.factories.documents import JPEG, PDF, make_authority_of, make_document_of
from tests.factories.records import claim_details, make_agency, make_case, make_user

MAIL = (
    b"From: Erika Muster <e.muster@example.org>\r\nTo: post@example.org\r\n"
    b"Subject: Ihre Forderung\r\nDate: Fri, 20 Nov 2026 09:00:00 +0100\r\n"
    b"Message-ID: <1@example.org>\r\nContent-Type: text/plain; charset=utf-8\r\n\r\n"
    b"Das Ger\xc3\xa4t war bei der Lieferung zerbrochen.\r\n"
)


TODAY = date(2026, 11, 23)


@pytest.fixture
def case(worker):
    """An accepted case with one claim."""
    with transaction():
        make_agency()
        found, _ = make_case(claims=[claim_details()], accepted_by=make_user())
    return found


def typed(page: str, name: str) -> str:
    """What a field of a form holds."""
    area = re.search(rf'<textarea[^>]*name="{name}"[^>]*>([^<]*)</textarea>', page)
    return area[1] if area else re.search(rf'name="{name}"[^>]*value="([^"]*)"', page)[1]


def objection_form(case, **changes):
    claim = list_claims(case.id)[0]
    return {
        "kind": "defect", "words": "Zerbrochen.", "contests": "1", "channel": "email",
        "raised_on": "20.11.2026", "claims": claim.public_id, f"amount_{claim.public_id}": "300",
        **changes,
    }  # fmt: skip


def test_a_mail_from_the_post_inbox_becomes_an_objection_with_its_words_and_itself(worker, case):
    with transaction():
        item = take_in(MAIL, "anfrage.eml", make_user().id, date(2026, 11, 20))
        item.state = PostState.WAITING
        key = item.public_id
    worker.get("/post")
    form = {"number": case.number, "then": "objection"}
    went = worker.post(f"/post/{key}/assign", form).headers["Location"]
    assert went.endswith(f"/cases/{case.public_id}/objection?source=post:{key}")
    page = worker.get(went).text
    assert "war bei der Lieferung zerbrochen." in typed(page, "words")
    assert "Erika" not in went
    assert 'value="email" selected' in page
    assert typed(page, "raised_on") == "20/11/2026" or "2026" in typed(page, "raised_on")
    assert "the creditor does not see it" in page
    wrong = worker.post(f"/cases/{case.public_id}/objection",
                        objection_form(case, words="", source=f"post:{key}"))  # fmt: skip
    assert wrong.status_code == 422
    assert typed(wrong.text, "source") == f"post:{key}"
    assert list_of_case(case.id, []) == []
    done = worker.post(f"/cases/{case.public_id}/objection",
                       objection_form(case, source=f"post:{key}"))  # fmt: skip
    (kept,) = list_of_case(case.id, [])
    assert (kept.document.kind, kept.file.filename) == (DocumentKind.CORRESPONDENCE, "anfrage.eml")
    assert kept.file.creditor_id is None
    (objection,) = list_objections(case.id)
    assert [one.document_id for one in list_mentions(objection.id)] == [kept.document.id]
    assert "anfrage.eml" in worker.get(done.headers["Location"]).text
    assert "post_arrived" not in {item.reason for item in list_open_items(case.id)}


def test_a_source_of_another_case_is_none(worker, case):
    with transaction():
        other, _ = make_case()
        item = take_in(PDF, "Scan.pdf", make_user().id, date(2026, 11, 20))
        item.state = PostState.WAITING
        db.session.flush()
        assign(item, other, "hand", "", None)
        key = item.public_id
    for source in (f"post:{key}", "post:nothing", "weather:1", "post", "court:x", "contact:x"):
        page = worker.get(f"/cases/{case.public_id}/objection?source={source}")
        assert page.status_code == 200
        assert 'name="source"' not in page.text


def test_the_reasons_of_an_opposition_are_the_same_objection_in_court(worker, case):
    with transaction():
        first = decide(make_objection(case, 300_00), Verdict.PRETEXT)
        proceeding = make_proceeding_of(case)
        applying.record_event(proceeding, CourtEventKind.ORDER_ISSUED, TODAY)
        applying.record_event(proceeding, CourtEventKind.ORDER_SERVED, TODAY)
        applying.record_event(
            proceeding, CourtEventKind.OPPOSED, TODAY, note="Gutachten liegt vor."
        )
        source = f"proceeding:{proceeding.public_id}"
    page = worker.get(f"/cases/{case.public_id}/objection?source={source}").text
    assert typed(page, "words") == "Gutachten liegt vor."
    assert 'value="court" selected' in page
    form = objection_form(
        case, channel="letter", phase="court", source=source, raised_on="23.11.2026"
    )
    unclear = worker.post(f"/cases/{case.public_id}/objection", form)
    assert unclear.status_code == 422
    assert "Say whether this brings something new." in unclear.text
    went = worker.post(f"/cases/{case.public_id}/objection", {**form, "again": "something_new"})
    assert went.headers["Location"].endswith(first.public_id)
    db.session.expire_all()
    assert [one.phase for one in list_mentions(first.id)][-1] is ObjectionPhase.COURT
    assert first.is_open


def test_one_click_sends_the_paper_and_the_file_says_so(worker, case):
    with transaction():
        objection = make_objection(case, kind=ObjectionKind.NO_AUTHORITY, disputed=[],
                                   rest_waits=True)  # fmt: skip
    page = worker.get(f"/objections/{objection.public_id}").text
    assert "No paper is kept yet." in page
    address = f"/cases/{case.public_id}/authority"
    form = {"kind": "power_of_attorney", "dated_on": "5.1.2026", "reach": "all"}
    for wrong, sentence in (
        ({}, "Please choose a file first."),
        ({"file": (b"nur Text", "a.txt")}, "only PDF files can"),
        ({"file": (PDF, "v.pdf"), "dated_on": "5.1.2030"}, "cannot lie in the future"),
        ({"file": (b"", "v.pdf")}, "is empty"),
    ):
        refused = _upload(worker, address, {**form, **wrong})
        assert refused.status_code == 422, sentence
        assert sentence in refused.text
    assert _upload(worker, address, {**form, "file": (PDF, "v.pdf")}).status_code == 303
    ((paper, _),) = list_authority(case.creditor_id)
    assert powers_of([case.creditor_id], TODAY) == {case.creditor_id: date(2026, 1, 5)}
    assert "Send it to the debtor" in worker.get(f"/objections/{objection.public_id}").text
    assert worker.post(f"{address}/{paper.public_id}/send").status_code == 303
    letter = db.session.query(Letter).one()
    assert [one["file_id"] for one in letter.content["attachments"]] == [paper.file_id]
    assert known_facts([list_claims(case.id)[0].id])[list_claims(case.id)[0].id] == {
        "authority_shown_on": date(2026, 11, 23)
    }
    assert "Power of attorney of" in worker.get(f"/cases/{case.public_id}").text
    assert worker.post(f"{address}/{paper.public_id}/end").status_code == 404  # The client's.


def test_what_a_client_handed_in_is_what_one_click_sends(worker, case):
    """One home: for all orders, for one case, ended, expired and no PDF."""
    power = PaperKind.POWER_OF_ATTORNEY
    with transaction():
        other, _ = make_case(get_creditor(case.creditor_id))
        for name, dated_on, until, case_id in (
            ("alt.pdf", date(2026, 1, 1), date(2026, 11, 22), None),
            ("alle.pdf", date(2026, 2, 1), date(2026, 11, 23), None),
            ("fall.pdf", date(2026, 3, 1), None, case.id),
        ):
            keep_paper(case.creditor_id, power, PDF, name, dated_on, until, case_id=case_id)
        keep_paper(case.creditor_id, PaperKind.ASSIGNMENT, JPEG, "Foto.jpg", date(2026, 4, 1))
        keep_paper(case.creditor_id, PaperKind.TERMS, PDF, "agb.pdf", date(2026, 4, 1))
    names = [file.filename for _, file in list_authority(case.creditor_id, case.id)]
    assert names == ["fall.pdf", "Foto.jpg", "alle.pdf"]
    assert [f.filename for _, f in list_authority(case.creditor_id, other.id)] == names[1:]

    assert powers_for_cases([case.id, other.id], TODAY) == {case.id: date(2026, 3, 1)}
    assert powers_of([case.creditor_id], TODAY) == {case.creditor_id: date(2026, 2, 1)}
    address = f"/cases/{case.public_id}/authority"
    page = worker.get(address).text
    assert page.count("/send") == 2
    assert "no PDF: cannot be enclosed" in page
    (own, _), (photo, _), (of_all, _) = list_authority(case.creditor_id, case.id)
    assert worker.post(f"{address}/{photo.public_id}/send").status_code == 422
    assert worker.post(f"{address}/{of_all.public_id}/send").status_code == 303
    form = {"kind": "power_of_attorney", "dated_on": "1.5.2026", "reach": "case"}
    assert _upload(worker, address, {**form, "file": (PDF, "neu.pdf")}).status_code == 303
    names = [file.filename for _, file in list_authority(case.creditor_id, case.id)]
    assert names == ["neu.pdf", "Foto.jpg", "alle.pdf"]
    assert worker.post(f"{address}/{own.public_id}/end").status_code == 404
    (newest, _), *_ = list_authority(case.creditor_id, case.id)
    assert worker.post(f"{address}/{newest.public_id}/end").status_code == 303
    assert powers_for_cases([case.id], TODAY) == {}


def _upload(worker, address, form):
    """A form with its file, as a browser sends it."""
    import io

    if "file" in form:
        data, name = form["file"]
        form = {**form, "file": (io.BytesIO(data), name)}
    return worker.post(address, form, content_type="multipart/form-data")


def test_the_reply_encloses_the_paper_that_it_names(worker, case):
    with transaction():
        make_authority_of(case, PaperKind.ASSIGNMENT)
        objection = decide(
            make_objection(case, kind=ObjectionKind.NO_AUTHORITY, disputed=[], rest_waits=True),
            Verdict.GENUINE,
        )
    worker.get(f"/objections/{objection.public_id}")
    draft = worker.post(f"/objections/{objection.public_id}/letter").headers["Location"]
    page = worker.get(draft).text
    assert "liegt diesem Schreiben bei" in page
    assert "Vollmacht" in page


def test_who_signed_stands_with_the_document_and_in_the_bundle(worker, case):
    with transaction():
        document = make_document_of(case, DocumentKind.ORDER)
    address = f"/creditor-documents/{document.public_id}/signature"
    worker.get(f"/cases/{case.public_id}")
    signed = {"signed_by": "Jana  Kern", "signed_as": "Einkauf"}
    assert worker.post(address, signed).status_code == 303
    assert "signed by Jana Kern, Einkauf" in worker.get(f"/cases/{case.public_id}").text
    assert "authority unverified" in worker.get(f"/cases/{case.public_id}").text
    (exhibit,) = list_exhibits(case)
    assert exhibit.kind.endswith("Einkauf; Vertretungsmacht nicht geprüft)")
    worker.post(address, {**signed, "checked": "1"})
    assert "authority checked" in worker.get(f"/cases/{case.public_id}").text
    worker.post(address, {"signed_by": " ", "checked": "1"})
    db.session.expire_all()
    assert (document.signed_by, document.authority_checked_on) == (None, None)


def test_more_than_is_open_and_a_closed_case_are_refused_in_words(worker, case):
    address = f"/cases/{case.public_id}/objection"
    worker.get(address)
    claim = list_claims(case.id)[0]
    too_much = worker.post(
        address, objection_form(case, **{f"amount_{claim.public_id}": "1000,01"})
    )
    assert too_much.status_code == 422
    assert "no more can be disputed than what is open on it" in too_much.text
    from cases.claims.ending import Ending, end_case
    from cases.claims.models import Outcome

    with transaction():
        end_case(case.id, Ending.usual(Outcome.WITHDRAWN, "So gewollt"))
    closed = worker.post(address, objection_form(case))
    assert closed.status_code == 409
    assert "closed" in closed.text
    assert list_open_holds(case.id) == []
    assert list_debtors(case.id)
