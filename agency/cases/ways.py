"""The way to do what stands in the worklist: for each reason a screen, or a person ticks it off."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from flask import url_for
from flask_babel import gettext

from cases.claims.models import Case, Hold
from cases.claims.queries import list_claims, list_debtors
from cases.claims.reports import find_report
from cases.contacts.estates.heirs import list_estates
from cases.contacts.meetings.queries import list_meetings
from cases.contacts.requests import find_request
from cases.contacts.visits.queries import list_visits_of_case
from cases.letters.inbox.services import find_post
from cases.letters.models import LetterKind
from cases.objections.models import Objection
from cases.parties.queries import get_debtor
from cases.worklist.models import WorkItem
from legal.findings import N_


@dataclass(frozen=True, slots=True)
class Way:
    """Where something is done, what the button says, its icon, and who may."""

    url: str | None
    label: str = ""
    icon: str = ""
    permission: str = "case.view"


@dataclass(frozen=True, slots=True)
class Around:
    """What a way may lead to besides the case itself."""

    case: Case
    objections: Sequence[Objection]
    holds: Sequence[Hold]


NO_WAY = Way(None)
_CALL = ("contacts.call", N_("Call debtor"), "phone", "contact.log")
_COURT = ("filings.of_case", N_("Court proceeding"), "gavel", "filing.view")
#: Reason -> screen of the case, what the button says, its icon, who may.
_SCREENS = {
    "new_case": ("cases.show", N_("Review order"), "list-checks", "case.accept"),
    "first_demand_due": ("letters.prepare", N_("Prepare letter"), "mail", "letter.send"),
    **dict.fromkeys(
        (
            "deadline_passed", "call_back", "tell_moved", "promise_broken", "promise_part_kept",
            "not_reached", "strategy_call", "rest_after_cash",
        ),
        _CALL,
    ),
    "objection_unrecorded": (
        "objections.new", N_("Record objection"), "shield-question", "objection.record",
    ),
    "strategy_visit": ("visits.plan", N_("Plan a visit"), "map-pin", "contact.log"),
    "heirs_to_write": ("written_letters.choose", N_("Write to the heirs"), "mail", "letter.send"),
    "meeting_cancelled": ("meetings.plan", N_("Plan a meeting"), "users", "contact.log"),
    **dict.fromkeys(
        ("visit_unwanted", "visit_cancelled"),
        ("visits.plan", N_("Plan a visit"), "map-pin", "contact.log"),
    ),
    **dict.fromkeys(
        ("client_agreed", "client_refused", "client_silent"),
        ("relationship.show", N_("Look at the answer"), "users", "case.view"),
    ),
    "letter_refused": ("letters.prepare", N_("Prepare letter"), "mail", "letter.send"),
    **dict.fromkeys(
        ("strategy_over", "no_next_step"),
        ("case_strategy.show", N_("Choose a strategy"), "split", "case.accept"),
    ),
    "complaint_answered": (
        "complaints.new", N_("Read the answer"), "message-square", "objection.record",
    ),
    "instalments_asked": (
        "plan_building.new", N_("Offer instalments"), "calendar-clock", "plan.make",
    ),
    "plan_rest": ("case_end.close", N_("Close case"), "check", "case.accept"),
    "plan_overpaid": ("cases.statement", N_("Look at the bookings"), "receipt", "case.view"),
    "paid_in_full": ("case_end.close", N_("Close case"), "check", "case.accept"),
    "payment_expected": ("cases.statement", N_("Look at the bookings"), "receipt", "case.view"),
    "payment_designated": ("cases.statement", N_("Look at the bookings"), "receipt", "case.view"),
    "case_unpaid_again": ("cases.statement", N_("Look at the bookings"), "receipt", "case.view"),
    "contact_after_end": ("case_end.reopen", N_("Open case again"), "undo-2", "case.accept"),
    **dict.fromkeys(
        (
            "court_query", "opposition_decide", "enforcement_possible", "finality_due",
            "lawyer_hand_over", "title_follow_up", "legal_deadline", "court_fee_due",
            "receipt_missing", "filed_although", "court_runs_on", "court_after_verdict",
        ),
        _COURT,
    ),
}  # fmt: skip
#: Reason -> the letter that answers it, and what the button says.
_LETTERS = {
    "plan_refused": (LetterKind.REQUEST_ANSWER, N_("Write the answer")),
    "plan_lapsed": (LetterKind.REMINDER, N_("Write a second letter")),
    "refuses_to_pay": (LetterKind.REMINDER, N_("Write a second letter")),
}


def way_for(item: WorkItem, around: Around) -> Way:
    """The way for one item; none where there is only something to be ticked off."""
    if item.reason in _LETTERS:
        kind, label = _LETTERS[item.reason]
        address = url_for(
            "written_letters.choose", case_public_id=around.case.public_id, kind=kind.value
        )
        return Way(address, gettext(label), "pen-line", "letter.send")
    if item.reason in _SCREENS:
        endpoint, label, icon, permission = _SCREENS[item.reason]
        anchor = "review" if item.reason == "new_case" else None
        address = url_for(endpoint, case_public_id=around.case.public_id, _anchor=anchor)
        return Way(address, gettext(label), icon, permission)
    make = _RECORDS.get(item.reason)
    return (make(item, around) if make else None) or NO_WAY


def _objection(item: WorkItem, around: Around) -> Way | None:
    number = item.cause.split(":")[1]
    found = next((o for o in around.objections if str(o.id) == number), None)
    if found is None:
        return None
    address = url_for("objections.show", objection_public_id=found.public_id)
    return Way(address, gettext("Verify objection"), "shield-question", "objection.record")


def _reply(item: WorkItem, around: Around) -> Way | None:
    """The reply is begun where its argument stands."""
    way = _objection(item, around)
    return way and Way(way.url, gettext("Write the reply"), "pen-line", "letter.send")


def _request(item: WorkItem, around: Around) -> Way | None:
    found = find_request(int(item.cause.removeprefix("request:")))
    if found is None:
        return None
    address = url_for("debtor_requests.show", request_public_id=found.public_id)
    return Way(address, gettext("Answer the debtor"), "pen-line", "contact.log")


def _visit(item: WorkItem, around: Around) -> Way | None:
    number = int(item.cause.split(":")[1])
    found = next((one for one in list_visits_of_case(around.case.id) if one.id == number), None)
    if found is None:
        return None
    address = url_for("visits.show", visit_public_id=found.public_id)
    asks = item.reason == "visit_waits"
    return Way(address, gettext("Note the answer") if asks else gettext("Report the visit"),
               "map-pin", "contact.log")  # fmt: skip


def _meeting(item: WorkItem, around: Around) -> Way | None:
    number = int(item.cause.split(":")[1])
    found = next((one for one in list_meetings(around.case.id) if one.id == number), None)
    if found is None:
        return None
    address = url_for("meetings.show", meeting_public_id=found.public_id)
    return Way(address, gettext("Write the minutes"), "users", "contact.log")


def _estate(item: WorkItem, around: Around) -> Way | None:
    number = int(item.cause.split(":")[1])
    found = next((one for one in list_estates(around.case.id) if one.id == number), None)
    if found is None:
        return None
    address = url_for(
        "estates.show",
        case_public_id=around.case.public_id,
        debtor_public_id=get_debtor(found.debtor_id).public_id,
    )
    return Way(address, gettext("Heirs"), "users", "contact.log")


def _report(item: WorkItem, around: Around) -> Way | None:
    found = find_report(int(item.cause.removeprefix("report:")))
    if found is None:
        return None
    address = url_for("creditor_reports.show", report_public_id=found.public_id)
    return Way(address, gettext("Answer report"), "message-square", "contact.log")


def _hold(item: WorkItem, around: Around) -> Way | None:
    found = next((hold for hold in around.holds if item.cause == f"hold:{hold.id}"), None)
    if found is None:
        return None
    address = url_for("holds.lift", hold_public_id=found.public_id)
    return Way(address, gettext("Lift the hold"), "play", "contact.log")


def _plan(item: WorkItem, around: Around) -> Way | None:
    address = url_for("plans.of_case", case_public_id=around.case.public_id)
    return Way(address, gettext("Look at the plan"), "calendar-clock", "case.view")


def _limitation(item: WorkItem, around: Around) -> Way | None:
    claim_id = item.cause.split(":")[1]
    found = next((c for c in list_claims(around.case.id) if str(c.id) == claim_id), None)
    if found is None:
        return None
    address = url_for("limitation.show", claim_public_id=found.public_id)
    return Way(address, gettext("Check limitation"), "scale", "case.view")


def _debtor(item: WorkItem, around: Around) -> Way | None:
    address = url_for(
        "debtors.edit",
        case_public_id=around.case.public_id,
        debtor_public_id=list_debtors(around.case.id)[0].debtor.public_id,
    )
    return Way(address, gettext("Data of the debtor"), "user", "contact.log")


def _documents(item: WorkItem, around: Around) -> Way | None:
    address = url_for("cases.show", case_public_id=around.case.public_id, _anchor="h-papers")
    return Way(address, gettext("Look at the documents"), "file-text", "document.view")


def _returns(item: WorkItem, around: Around) -> Way | None:
    return Way(url_for("returns.index"), gettext("Order an inquiry"), "search", "post.read")


def _post(item: WorkItem, around: Around) -> Way | None:
    found = find_post(int(item.cause.removeprefix("post:")))
    if found is None:
        return None
    address = url_for("post_inbox.show", post_public_id=found.public_id)
    return Way(address, gettext("Read it"), "inbox", "post.read")


def _recommended(item: WorkItem, around: Around) -> Way | None:
    address = url_for("filings.index", number=around.case.number, _anchor="recommend")
    return Way(address, gettext("Recommend to court"), "gavel", "filing.prepare")


_RECORDS: dict[str, Callable[[WorkItem, Around], Way | None]] = {
    "objection_open": _objection,
    "objection_decided": _reply,
    "objection_undecided": _objection,
    **dict.fromkeys(
        (
            "objection_repeated",
            "objection_limitation",
            "objection_answer_late",
            "evidence_arrived",
            "evidence_silent",
            "evidence_letter",
        ),
        _objection,
    ),
    "visit_due": _visit,
    "visit_waits": _visit,
    "meeting_due": _meeting,
    "heirs_awaited": _estate,
    "report_arrived": _report,
    "hold_ends": _hold,
    "limitation_near": _limitation,
    "limitation_over": _limitation,
    "limitation_day_needed": _limitation,
    "question_asked": _request,
    "number_wrong": _debtor,
    "address_gone": _debtor,
    "address_inquiry": _debtor,
    "address_lost": _returns,
    "post_arrived": _post,
    "document_arrived": _documents,
    "court_recommended": _recommended,
    **dict.fromkeys(("plan_waits", "plan_broken", "plan_returned", "plan_to_offer"), _plan),
}
#: What only a person can settle, who ticks it off or does what the words say.
BY_WORDS = frozenset({"follow_up", "case_reopened", "run_failed"})
#: Every reason that leads somewhere.
LEADING = frozenset({*_SCREENS, *_LETTERS, *_RECORDS})
