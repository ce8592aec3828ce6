"""The wizard's pages as they are when something is wrong: axe finds nothing in either theme.

`tests/agency/test_accessibility.py` opens every address once, with an upload that is in order.
"""

import pytest

from cases.core.database import transaction
from cases.intake.services import hand_in, hand_over
from cases.people.policy import Role
from tests.factories.records import make_agency, make_creditor, make_user
from tests.factories.uploads import DECLARED, invoice, list_of, make_upload, open_upload
from tests.factories.walk_steps import Person
from tests.infrastructure.barriers import barriers


def mistakes():
    """A row with each kind of field that is corrected in place, hints, repeats and good rows."""
    return [
        invoice("R-1"), invoice("R-2", "12o,00"), invoice("R-3", Rechnungsdatum="31.06.2026"),
        invoice("R-4", PLZ="2542"), invoice("R-5", **{"Fällig am": ""}), invoice("R-6", "-5,00"),
        invoice("R-7", name=""), invoice("R-1"), invoice("R-8", "2000000,00"),
        invoice("R-9", Straße="", Ort=""),
    ]  # fmt: skip


@pytest.fixture
def person(live_server, browser):
    """Somebody signed in, with the addresses of uploads in every state a person can meet."""
    live_server.kill("worker")  # What waits keeps waiting.
    with live_server.inside():
        with transaction():
            make_agency()
            creditor = make_creditor()
            email = make_user(Role.CREDITOR, creditor=creditor).email
        wrong = make_upload(creditor, mistakes(), "fehler.csv")
        unknown = make_upload(
            creditor, list_of([["4711", "01.07.2026", "55,00", "B AG"]], ("A", "B", "C", "D"))
        )
        refused = make_upload(creditor, b"%PDF-1.4 broken", "rechnung.pdf")
        part = make_upload(creditor, [invoice("P-1"), invoice("P-2", "abc")], "teil.csv")
        with transaction():
            hand_over(part.id, DECLARED)
        open_upload(part)
        with transaction():
            waiting = hand_in(creditor.id, 1, list_of([invoice("W-1")]), "wartet.csv", "text/csv")
        uploads = {
            "wrong": wrong.public_id, "unknown": unknown.public_id, "refused": refused.public_id,
            "part": part.public_id, "waiting": waiting.public_id,
        }  # fmt: skip
    context = browser.new_context(locale="de", viewport={"width": 1440, "height": 900})
    someone = Person(context.new_page(), live_server.url)
    someone.sign_in(email)
    return someone, {name: f"/submissions/{each}" for name, each in uploads.items()}


@pytest.mark.browser
@pytest.mark.deep
def test_the_wizard_with_mistakes_shuts_nobody_out(person):
    someone, at = person
    page = someone.page
    pages = {
        "errors": at["wrong"], "hints": f"{at['wrong']}?tab=hints",
        "skipped": f"{at['wrong']}?tab=skipped", "all": f"{at['wrong']}?tab=all",
        "a wrong row": f"{at['wrong']}/rows/3", "columns": f"{at['unknown']}/columns",
        "refused": at["refused"], "handed over in part": f"{at['part']}/cases",
        "the rest of it": at["part"], "all uploads": "/submissions", "progress": at["waiting"],
    }  # fmt: skip
    broken = {}
    for name, path in pages.items():
        someone.open(path)
        broken[name] = barriers(page)
    for name, path in {"columns": "unknown", "hand-over": "wrong"}.items():
        someone.open(f"{at[path]}/{name}")
        page.locator("main form .foot button, main form .foot .btn.p").last.click()
        page.wait_for_selector("[data-errors]")
        broken[f"{name} with errors"] = barriers(page)
    assert {name: found for name, found in broken.items() if found} == {}
    assert someone.troubles == []
