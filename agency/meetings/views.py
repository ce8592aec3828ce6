"""Meetings of a case: planned, invited to, changed, cancelled, and their minutes."""

from typing import Any

from flask import Blueprint, Response, current_app, make_response, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from agency.cases.file import load_file
from agency.meetings.schemas import LINES, MeetingSchema, MinutesSchema, Planned, unfinished
from agency.visits.words import REPORT_FIELDS, field_workers
from agency.wording import finding_words
from cases.claims.queries import get_case, get_case_by_id
from cases.contacts.catalogue import outcomes_of
from cases.contacts.meetings import errors as refused
from cases.contacts.meetings import services
from cases.contacts.meetings.models import Meeting, MeetingState
from cases.contacts.meetings.queries import find_invitation, get_meeting, list_meetings
from cases.contacts.models import ContactChannel, ContactOutcome, NonPaymentReason
from cases.core import clock
from cases.core.database import transaction
from cases.core.errors import Refusal
from cases.formats.calendars import Entry, calendar_file
from cases.people.services import names_of
from portal.access import may
from portal.login import require_user
from portal.shell.errors import say
from portal.shell.forms import Errors, load_form
from portal.shell.opened import ChangedByOther, opened, require_unchanged
from portal.shell.pages import done, page, see_other
from portal.wording import choices, word

blueprint = Blueprint("meetings", __name__)
FIELDS: dict[type[Refusal], str] = {
    **REPORT_FIELDS,
    refused.MeetingTimeWrong: "last",
    refused.MeetingInPast: "on",
    refused.MeetingPlaceMissing: "place",
    refused.AgendaMissing: "agenda",
    refused.MeetingReasonMissing: "why",
    refused.MinutesMissing: "minutes",
    refused.HostMissing: "host",
}
#: What the trail says when a meeting changes.
CHANGES = ("meeting.moved", "meeting.cancelled", "meeting.planned")


@blueprint.get("/cases/<case_public_id>/meetings")
@may("contact.log")
def plan(case_public_id: str) -> ResponseReturnValue:
    """The meetings of a case, and the form for another."""
    me = require_user().user_id
    mine = next((user.public_id for user in field_workers() if user.id == me), "")
    return _plan(case_public_id, {"host": mine}, {})


@blueprint.post("/cases/<case_public_id>/meetings")
@may("contact.log")
def save(case_public_id: str) -> ResponseReturnValue:
    """Plan a meeting; answers 422 when something is missing."""
    typed, errors = load_form(MeetingSchema(), request.form, _labels())
    if typed is None:
        return _plan(case_public_id, request.form, errors)
    try:
        with transaction():
            case_id = get_case(case_public_id).id
            hours = current_app.config["CALLING_HOURS"]
            public_id = services.plan_meeting(case_id, _wish(typed), hours).public_id
    except Refusal as refusal:
        return _plan(case_public_id, request.form, _at_field(refusal))
    done(gettext("Meeting planned. Invite the debtor now."))
    return see_other("meetings.show", meeting_public_id=public_id)


@blueprint.get("/meetings/<meeting_public_id>")
@may("contact.log")
def show(meeting_public_id: str) -> ResponseReturnValue:
    """A meeting: what was planned, the invitation, the minutes."""
    meeting = get_meeting(meeting_public_id)
    return _show(meeting, {}, {})


@blueprint.post("/meetings/<meeting_public_id>")
@may("contact.log")
def save_minutes(meeting_public_id: str) -> ResponseReturnValue:
    """Write the minutes; answers 422 when something is missing."""
    meeting = get_meeting(meeting_public_id)
    labels = {"outcome": gettext("Outcome")}
    minutes, errors = load_form(MinutesSchema(gettext("Call back")), request.form, labels)
    lacking = {
        name: [gettext("Day and words belong together.")] for name in unfinished(request.form)
    }
    if minutes is None or lacking:
        return _show(meeting, request.form, {**errors, **lacking})
    try:
        with transaction():
            services.write_minutes(meeting, minutes, current_app.config["CALLING_HOURS"])
            case_id = get_case_by_id(meeting.case_id).public_id
    except Refusal as refusal:
        return _show(meeting, request.form, _at_field(refusal))
    done(gettext("Minutes kept. What was promised stands in the case."))
    if minutes.details.outcome is ContactOutcome.OBJECTION:
        return see_other(
            "objections.new",
            case_public_id=case_id,
            channel=ContactChannel.MEETING.value,
            words=minutes.text[:1000],
        )
    return see_other("meetings.show", meeting_public_id=meeting_public_id)


@blueprint.post("/meetings/<meeting_public_id>/change")
@may("contact.log")
def change(meeting_public_id: str) -> ResponseReturnValue:
    """Another time, place or agenda; answers 422 without a reason."""
    meeting = get_meeting(meeting_public_id)
    typed, errors = load_form(MeetingSchema(), request.form, _labels())
    if typed is None:
        return _show(meeting, request.form, errors)
    try:
        with transaction():
            services.lock_meeting(meeting)
            require_unchanged("meeting", _shown(meeting), ("case", meeting.case_id), *CHANGES)
            hours = current_app.config["CALLING_HOURS"]
            services.change_meeting(meeting, _wish(typed), typed.why, hours)
    except ChangedByOther as changed:
        return _show(meeting, request.form, changed.errors)
    except Refusal as refusal:
        return _show(meeting, request.form, _at_field(refusal))
    done(gettext("Meeting changed. Tell whoever was invited."))
    return see_other("meetings.show", meeting_public_id=meeting_public_id)


@blueprint.post("/meetings/<meeting_public_id>/cancel")
@may("contact.log")
def cancel(meeting_public_id: str) -> ResponseReturnValue:
    """It does not take place; answers 422 without a reason."""
    meeting = get_meeting(meeting_public_id)
    try:
        with transaction():
            services.cancel_meeting(meeting, request.form.get("cancel_why", ""))
    except Refusal as refusal:
        return _show(meeting, request.form, {"cancel_why": [say(refusal)]})
    done(gettext("Meeting cancelled. The reason stands in the timeline."))
    return see_other("cases.show", case_public_id=get_case_by_id(meeting.case_id).public_id)


@blueprint.post("/meetings/<meeting_public_id>/invitation")
@may("letter.send")
def invite(meeting_public_id: str) -> ResponseReturnValue:
    """Begin the invitation, or go on with it."""
    meeting = get_meeting(meeting_public_id)
    with transaction():
        draft_id = services.begin_invitation(meeting, require_user().user_id).public_id
    return see_other("written_letters.show", draft_public_id=draft_id)


@blueprint.get("/meetings/<meeting_public_id>.ics")
@may("contact.log")
def calendar(meeting_public_id: str) -> Response:
    """The meeting for a calendar."""
    meeting = get_meeting(meeting_public_id)
    number = get_case_by_id(meeting.case_id).number
    entry = Entry(
        meeting.public_id, meeting.begins_at, meeting.ends_at, number, meeting.agenda,
        meeting.place, busy=True,
    )  # fmt: skip
    answer = make_response(calendar_file([entry], clock.now(), "Termine"))
    answer.headers["Content-Type"] = "text/calendar; charset=utf-8"
    answer.headers["Content-Disposition"] = 'inline; filename="termin.ics"'
    return answer


def _plan(case_public_id: str, values: Any, errors: Errors) -> ResponseReturnValue:
    file = load_file(case_public_id)
    return page(
        "agency/meetings/plan.html",
        status=422 if errors else 200,
        file=file,
        meetings=list_meetings(file.case.id),
        hosts=_hosts(),
        values=values,
        errors=errors,
    )


def _show(meeting: Meeting, values: Any, errors: Errors) -> ResponseReturnValue:
    return page(
        "agency/meetings/show.html",
        status=422 if errors else 200,
        file=load_file(get_case_by_id(meeting.case_id).public_id),
        meeting=meeting,
        is_open=meeting.state is MeetingState.PLANNED,
        has_begun=meeting.begins_at <= clock.now(),
        names=names_of({meeting.host_id}),
        invitation=find_invitation(meeting),
        outcomes=[
            (outcome.value, word(outcome), None) for outcome in outcomes_of(ContactChannel.MEETING)
        ],
        reasons=choices(NonPaymentReason),
        hosts=_hosts(),
        lines=LINES,
        opened=opened("meeting", _shown(meeting)),
        values={**_shown(meeting), **values},
        errors=errors,
    )


def _shown(meeting: Meeting) -> dict[str, Any]:
    begins, ends = clock.local(meeting.begins_at), clock.local(meeting.ends_at)
    host = next((user for user in field_workers() if user.id == meeting.host_id), None)
    return {
        "on": begins.date(),
        "first": f"{begins:%H:%M}",
        "last": f"{ends:%H:%M}",
        "place": meeting.place,
        "host": host.public_id if host else "",
        "agenda": meeting.agenda,
        "attendees": meeting.attendees or "",
    }


def _wish(typed: Planned) -> services.MeetingWish:
    host = next((user for user in field_workers() if user.public_id == typed.host), None)
    if host is None:
        raise refused.HostMissing
    return services.MeetingWish(
        typed.begins_at, typed.ends_at, typed.place, host.id, typed.agenda, typed.attendees
    )


def _at_field(refusal: Refusal) -> Errors:
    if isinstance(refusal, refused.MeetingNotAllowed):
        return {"on": [finding_words(refusal.finding)]}
    return {FIELDS.get(type(refusal), "_form"): [say(refusal)]}


def _hosts() -> list[tuple[str, str]]:
    return [(user.public_id, user.name) for user in field_workers()]


def _labels() -> dict[str, str]:
    return {
        "on": gettext("Day"),
        "first": gettext("From"),
        "last": gettext("Until"),
        "place": gettext("Where"),
        "host": gettext("Who of us is there"),
        "agenda": gettext("Agenda"),
    }
