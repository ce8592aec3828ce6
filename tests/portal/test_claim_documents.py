"""Documents and questions on the screens: each outcome, and that a stranger is refused."""

import io
from datetime import timedelta

import pytest

from cases.claims.models import HoldReason
from cases.claims.queries import list_open_holds
from cases.core import clock
from cases.core.database import db, transaction
from cases.intake.queries import get_row, get_submission
from cases.people.policy import Role
from tests.factories.documents import PDF, PNG, TEXT
from tests.factories.records import claim_details, make_agency, make_case, make_creditor, make_user
from tests.factories.uploads import make_read_upload
from tests.factories.visits import run_effects, visit


class House:
    """A creditor with an upload and an accepted case, a stranger, and a case worker."""

    def __init__(self, app):
        self.app = app
        with app.app_context(), transaction():
            make_agency()
            creditor, other = make_creditor(), make_creditor("Andere AG")
            worker = make_user(Role.CASE_WORKER)
            case, claims = make_case(creditor, accepted_by=worker, claims=[
                claim_details(), claim_details(known_dispute="Ware war beschädigt"),
            ])  # fmt: skip
            self.case, self.claim = case.public_id, claims[0].public_id
            self.invoice = claims[0].invoice_number
            self.case_id, self.disputed_id = case.id, claims[1].id
            self.upload = make_read_upload(creditor).public_id
            emails = [worker.email, *(
                make_user(Role.CREDITOR, creditor=each).email for each in (creditor, other)
            )]  # fmt: skip
        self.worker, self.person, self.stranger = (visit(app, email) for email in emails)


@pytest.fixture
def house(fresh_app):
    return House(fresh_app)


def form(data=PDF, name="Lieferschein.pdf", kind="delivery_note", **more):
    return {"document": (io.BytesIO(data), name), "kind": kind, **more}


def test_a_document_for_all_rows_and_one_for_a_row(house):
    address = f"/submissions/{house.upload}"
    assert house.person.post(f"{address}/documents", form(kind="terms")).status_code == 303
    added = house.person.post(f"{address}/rows/2/documents", form(PNG, "Foto.png"))
    assert added.status_code == 303
    page = house.person.get(f"{address}/documents").text
    assert "für alle Zeilen" in page
    assert "für Zeile 2" in page
    assert "Foto.png" in house.person.get(f"{address}/rows/2").text
    assert "2 Dokumente" in house.person.get(f"{address}?tab=all").text
    assert "Foto.png" in house.worker.get(f"/intake/{house.upload}").text


@pytest.mark.parametrize(
    ("sent", "sentence"),
    [
        pytest.param({"kind": "contract"}, "Bitte wählen Sie zuerst eine Datei", id="no file"),
        pytest.param(form(kind=""), "was für ein Dokument", id="no kind"),
        pytest.param(form(b"MZ\x90", "vertrag.pdf"), "PDF, PNG, JPEG", id="a program called PDF"),
        pytest.param(form(b"", "leer.pdf"), "ist leer", id="an empty file"),
    ],
)
@pytest.mark.parametrize("place", ["upload", "row", "case"])
def test_what_is_no_document_is_refused_with_a_reason(house, place, sent, sentence):
    address = {
        "upload": f"/submissions/{house.upload}/documents",
        "row": f"/submissions/{house.upload}/rows/2/documents",
        "case": f"/my-cases/{house.case}/documents",
    }[place]
    fresh = dict(sent)
    if "document" in fresh:
        data, name = fresh["document"]
        fresh["document"] = (io.BytesIO(data.getvalue()), name)
    answer = house.person.post(address, fresh)
    assert answer.status_code == 422
    assert sentence in answer.text


def test_a_document_of_a_case_reaches_the_case_file(house):
    sent = house.person.post(f"/my-cases/{house.case}/documents", form(claim=house.claim))
    assert sent.status_code == 303
    own = house.person.get(f"/my-cases/{house.case}").text
    assert "Lieferschein.pdf" in own
    run_effects(house.app)
    file = house.worker.get(f"/cases/{house.case}").text
    assert "Dokument des Gläubigers ansehen" in file
    missing = file.partition("Fehlt noch")[2].partition("</ul>")[0]
    first, second = missing.split("<li>")[1:]
    assert house.invoice in first
    assert "Lieferschein" not in first
    assert "Lieferschein" in second


@pytest.mark.parametrize(("data", "shown"), [
    pytest.param(PDF, ("application/pdf", "inline"), id="a PDF is shown"),
    pytest.param(PNG, ("image/png", "inline"), id="a picture is shown"),
    pytest.param(b"<script>1</script>", ("application/octet-stream", "attachment"),
                 id="a web page is a download"),
    pytest.param(TEXT, ("application/octet-stream", "attachment"), id="a text is a download"),
])  # fmt: skip
def test_only_pdf_and_pictures_are_shown_in_the_browser(house, data, shown):
    house.person.post(f"/my-cases/{house.case}/documents", form(data, "beleg.pdf"))
    page = house.person.get(f"/my-cases/{house.case}").text
    key = page.partition("/claim-documents/")[2].partition('"')[0]
    for person, address in (
        (house.person, f"/claim-documents/{key}"),
        (house.worker, f"/creditor-documents/{key}"),
    ):
        answer = person.get(address)
        assert answer.data == data
        assert answer.headers["X-Content-Type-Options"] == "nosniff"
        kind = answer.headers["Content-Disposition"].partition(";")[0]
        assert (answer.mimetype, kind) == shown
    download = house.worker.get(f"/creditor-documents/{key}?download=1")
    assert download.headers["Content-Disposition"].startswith("attachment")
    assert house.stranger.get(f"/claim-documents/{key}").status_code == 404
    assert house.stranger.get(f"/creditor-documents/{key}").status_code == 403


def test_a_stranger_adds_nothing(house):
    for address in (
        f"/submissions/{house.upload}/documents",
        f"/submissions/{house.upload}/rows/2/documents",
        f"/my-cases/{house.case}/documents",
        f"/submissions/{house.upload}/question",
    ):
        assert house.stranger.post(address, form(answer="x")).status_code == 404


def test_a_whole_upload_goes_back_with_a_question(house):
    intake, own = f"/intake/{house.upload}", f"/submissions/{house.upload}"
    tomorrow = clock.today() + timedelta(days=1)
    past = (clock.today() - timedelta(days=1)).strftime("%d.%m.%Y")
    asked = {"question": "Liegt ein Rahmenvertrag vor?", "answer_by": past}
    assert house.worker.post(f"{intake}/ask", asked).status_code == 422
    asked["answer_by"] = tomorrow.strftime("%d.%m.%Y")
    assert house.worker.post(f"{intake}/ask", {"question": " "}).status_code == 422
    assert house.worker.post(f"{intake}/ask", asked).status_code == 303
    assert "Liegt ein Rahmenvertrag vor?" in house.person.get(f"{own}?tab=all").text
    declared = {"due_basis": "contract", "reminder": "none", "purpose": "business",
                "performed": "1", "disputed": "no"}  # fmt: skip
    refused = house.person.post(f"{own}/hand-over", declared)
    assert refused.headers["Location"].endswith("/question")
    assert house.person.post(f"{own}/question", {"answer": " "}).status_code == 422
    answered = house.person.post(f"{own}/question", form(answer="Ja, anbei.", name="Vertrag.pdf"))
    assert answered.status_code == 303
    page = house.worker.get(intake).text
    assert "Ja, anbei." in page
    assert "Vertrag.pdf" in page
    assert house.person.post(f"{own}/hand-over", declared).headers["Location"].endswith("/cases")


def test_an_overdue_answer_is_shown_to_both_sides(house):
    intake, own = f"/intake/{house.upload}", f"/submissions/{house.upload}"
    day = clock.today()
    asked = {"question": "Gibt es einen Lieferschein?", "answer_by": day.strftime("%d.%m.%Y")}
    assert house.worker.post(f"{intake}/rows/2/ask", asked).status_code == 303
    assert "überfällig" not in house.person.get(f"{own}/rows/2").text
    assert "Rückfrage gestellt" in house.worker.get("/intake").text
    with house.app.app_context(), transaction():  # A day passes.
        row = get_row(get_submission(house.upload).id, 2)
        params = {**row.findings[0]["params"], "answer_by_on": str(day - timedelta(days=1))}
        row.findings = [{**row.findings[0], "params": params}]
    assert "überfällig" in house.person.get(f"{own}/rows/2").text
    assert "überfällig" in house.worker.get(intake).text
    assert "Antwort überfällig" in house.worker.get("/intake").text


def test_what_the_creditor_calls_disputed_stands_still(house):
    with house.app.app_context():
        holds = list_open_holds(house.case_id)
        db.session.remove()
    assert [(each.claim_id, each.reason) for each in holds] == [
        (house.disputed_id, HoldReason.OBJECTION)
    ]
    file = house.worker.get(f"/cases/{house.case}").text
    assert "Ware war beschädigt" in file
    assert f"/cases/{house.case}/objection" in file
