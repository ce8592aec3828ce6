"""Objections at the screen: recorded, verified, decided; nothing is preselected."""

from datetime import date

import pytest

from cases.claims.queries import list_open_holds
from cases.core.database import transaction
from cases.objections.checklist import questions_for
from cases.objections.evidence import explain, list_needs, unmet
from cases.objections.models import ObjectionKind, Verdict
from cases.objections.queries import list_checks, list_disputed, list_objections
from cases.people.policy import Role
from tests.factories.casework import make_objection
from tests.factories.documents import make_document_of
from tests.factories.records import claim_details, make_case, make_user
from tests.factories.visits import visit


@pytest.fixture
def case(worker):
    with transaction():
        found, _ = make_case(claims=[claim_details(), claim_details()], accepted_by=make_user())
    return found


def claims_of(case):
    from cases.claims.queries import list_claims

    return list_claims(case.id)


def form_for(case, cents: str = "300,00", **changes):
    first = claims_of(case)[0]
    form = {
        "kind": "defect", "words": "Geht nicht.", "contests": "1", "channel": "phone",
        "raised_on": "20.11.2026", "claims": first.public_id, f"amount_{first.public_id}": cents,
    }  # fmt: skip
    return {name: value for name, value in {**form, **changes}.items() if value is not None}


def fill_in(worker, objection) -> dict[str, str]:
    """Answer the checklist on the screen; the reason for a verdict without a document."""
    form = {f"finding_{question}": "In the file" for question in questions_for(objection.kind)}
    worker.get(f"/objections/{objection.public_id}")
    worker.post(f"/objections/{objection.public_id}/checks", form)
    with transaction():
        for need in unmet(list_needs(objection)):
            explain(objection.id, need.label.code, "The creditor has none")
    return {
        "reason": "Report of 11 August",
        "no_evidence": "The creditor has the report",
        "told_creditor": "We checked it with your report.",
    }


def test_an_objection_holds_what_it_is_against(worker, case):
    answer = worker.post(f"/cases/{case.public_id}/objection", form_for(case))
    page = worker.get(answer.headers["Location"]).text
    assert "Geht nicht." in page
    assert "disputed in law" in page
    (objection,) = list_objections(case.id)
    assert (objection.kind, objection.raised_on) == (ObjectionKind.DEFECT, date(2026, 11, 20))
    assert [hold.amount_cents for hold in list_open_holds(case.id)] == [300_00]
    assert "Held: €300.00 of claim" in worker.get(f"/cases/{case.public_id}").text


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        pytest.param({"kind": None}, "kind", id="no kind"),
        pytest.param({"words": " "}, "words", id="no words"),
        pytest.param({"contests": None}, "contests", id="not said whether disputed"),
        pytest.param({"claims": None}, "claims", id="no claim"),
        pytest.param({"raised_on": "24.11.2026"}, "raised_on", id="tomorrow"),
    ],
)
def test_what_is_missing_is_said_at_its_field(worker, case, changes, field):
    answer = worker.post(f"/cases/{case.public_id}/objection", form_for(case, **changes))
    assert answer.status_code == 422
    assert f'href="#{field}"' in answer.text
    assert list_objections(case.id) == []


@pytest.mark.parametrize("cents", ["0", "-1", "1.000,01", "viel"])
def test_amounts_that_cannot_be_disputed_are_refused(worker, case, cents):
    answer = worker.post(f"/cases/{case.public_id}/objection", form_for(case, cents))
    assert answer.status_code == 422
    assert list_open_holds(case.id) == []


def test_no_verdict_is_preselected_and_its_consequence_is_shown(worker, case):
    with transaction():
        objection = make_objection(case)
    page = worker.get(f"/objections/{objection.public_id}").text
    verdicts = page.split('id="verdict"')[1].split("</fieldset>")[0]
    assert verdicts.count('type="radio"') == 4
    assert "checked" not in verdicts
    assert "If nothing was ever owed, the case is closed as unfounded." in page


def test_findings_are_kept(worker, case):
    with transaction():
        objection = make_objection(case)
    worker.get(f"/objections/{objection.public_id}")
    form = {"finding_first_raised": "After 138 days", "speaks_first_raised": "pretext"}
    worker.post(f"/objections/{objection.public_id}/checks", form)
    assert dict(list_checks(objection))["first_raised"].finding == "After 138 days"
    page = worker.get(f"/objections/{objection.public_id}").text
    assert "1 of 8 questions answered" in page


@pytest.mark.parametrize(
    ("form", "verdict", "held"),
    [
        pytest.param({"verdict": "pretext"}, Verdict.PRETEXT, 0, id="pretext"),
        pytest.param({"verdict": "genuine"}, Verdict.GENUINE, 0, id="genuine"),
        pytest.param(
            {"verdict": "undecided", "again_on": "2.12.2026"}, Verdict.UNDECIDED, 1, id="open"
        ),
    ],
)
def test_a_verdict_with_its_reason_decides(worker, case, form, verdict, held):
    with transaction():
        objection = make_objection(case)
    why = fill_in(worker, objection)
    answer = worker.post(f"/objections/{objection.public_id}/verdict", {**why, **form})
    assert answer.headers["Location"].endswith(case.public_id)
    assert objection.verdict is verdict
    assert len(list_open_holds(case.id)) == held


def test_partly_genuine_asks_how_much(worker, case):
    with transaction():
        objection = make_objection(case, 300_00)
    claim = claims_of(case)[0]
    address = f"/objections/{objection.public_id}/verdict"
    form = {"verdict": "partly_genuine", **fill_in(worker, objection)}
    assert worker.post(address, form).status_code == 422
    field = f"genuine_{claim.public_id}"
    assert worker.post(address, {**form, field: "300"}).status_code == 422
    assert worker.post(address, {**form, field: "120,00"}).status_code == 303
    assert list_disputed(objection.id)[0].item.genuine_cents == 120_00


@pytest.mark.parametrize(
    ("form", "field"),
    [
        pytest.param({"reason": "so"}, "verdict", id="no verdict"),
        pytest.param({"verdict": "pretext"}, "reason", id="no reason"),
        pytest.param({"verdict": "undecided", "reason": "so"}, "again_on", id="no day"),
    ],
)
def test_incomplete_verdicts_are_refused(worker, case, form, field):
    with transaction():
        objection = make_objection(case)
    worker.get(f"/objections/{objection.public_id}")
    answer = worker.post(f"/objections/{objection.public_id}/verdict", form)
    assert answer.status_code == 422
    assert f'href="#{field}"' in answer.text
    assert objection.verdict is None


def test_a_decided_objection_is_decided(worker, case):
    with transaction():
        objection = make_objection(case)
    address = f"/objections/{objection.public_id}/verdict"
    worker.post(address, {"verdict": "pretext", **fill_in(worker, objection)})
    assert worker.post(address, {"verdict": "genuine", "reason": "no"}).status_code == 409
    page = worker.get(f"/objections/{objection.public_id}").text
    assert 'name="verdict"' not in page


def test_open_objections_are_listed_the_oldest_first(worker, case):
    with transaction():
        first = make_objection(case)
        second = make_objection(case, kind=ObjectionKind.PAID)
    page = worker.get("/objections").text
    assert page.index(first.public_id) < page.index(second.public_id)
    assert "2 objections wait" in page


def test_accounts_do_not_decide(at_work, case):
    with transaction():
        objection = make_objection(case)
        email = make_user(Role.ACCOUNTS).email
    person = visit(at_work, email)
    person.get("/worklist")
    address = f"/objections/{objection.public_id}"
    assert person.get(address).status_code == 403
    assert person.post(f"{address}/verdict", {"verdict": "pretext"}).status_code == 403


def test_a_verdict_needs_the_checklist_and_a_document_or_a_reason_why_not(worker, case):
    with transaction():
        objection = make_objection(case)
    worker.get(f"/objections/{objection.public_id}")
    address = f"/objections/{objection.public_id}/verdict"
    bare = worker.post(address, {"verdict": "pretext", "reason": "so"})
    assert bare.status_code == 422
    assert "8 questions have no finding yet." in bare.text
    why = fill_in(worker, objection)
    unproven = worker.post(address, {"verdict": "pretext", "reason": why["reason"]})
    assert unproven.status_code == 422
    assert "Name the document that a finding rests on" in unproven.text
    assert objection.verdict is None


def test_a_decided_objection_is_found_and_taken_up_again(worker, case):
    with transaction():
        objection = make_objection(case)
    form = {"verdict": "pretext", **fill_in(worker, objection)}
    worker.post(f"/objections/{objection.public_id}/verdict", form)
    assert objection.public_id not in worker.get("/objections").text
    assert objection.public_id in worker.get("/objections?show=decided").text
    address = f"/objections/{objection.public_id}/reopen"
    assert worker.post(address, {"reopen_reason": " "}).status_code == 422
    worker.post(address, {"reopen_reason": "A photo has arrived"})
    page = worker.get(f"/objections/{objection.public_id}").text
    assert "A photo has arrived" in page
    assert "Report of 11 August" in page, "the earlier verdict stays on record"
    assert len(list_open_holds(case.id)) == 1


def test_the_evidence_of_a_finding_is_a_document_of_the_case(worker, case):
    with transaction():
        objection = make_objection(case)
        document = make_document_of(case)
    fill_in(worker, objection)
    address = f"/objections/{objection.public_id}"
    answer = {
        "finding_occasion": "Signed", "speaks_occasion": "pretext",
        "evidence_occasion": document.public_id,
    }  # fmt: skip
    worker.post(f"{address}/checks", answer)
    assert dict(list_checks(objection))["occasion"].document_id == document.id
    decided = worker.post(f"{address}/verdict", {"verdict": "pretext", "reason": "Signed"})
    assert decided.status_code == 303
