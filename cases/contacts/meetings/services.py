"""Meetings: invited, moved, cancelled, held; what was agreed becomes promises, theirs and ours."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime

from babel.dates import format_date

from cases.claims import timeline
from cases.claims.ending import Ending
from cases.claims.models import Case
from cases.claims.queries import list_debtors, lock_case
from cases.claims.reaching.allowed import Channel
from cases.claims.services import require_open
from cases.contacts.approach import approach
from cases.contacts.commitments import CommitmentGiven, make_commitment
from cases.contacts.hours import CallingHours, heard_first
from cases.contacts.meetings.errors import (
    AgendaMissing,
    MeetingAhead,
    MeetingInPast,
    MeetingNotAllowed,
    MeetingNotOpen,
    MeetingPlaceMissing,
    MeetingReasonMissing,
    MeetingTimeWrong,
    MinutesMissing,
)
from cases.contacts.meetings.models import Meeting, MeetingState
from cases.contacts.meetings.queries import find_invitation, list_meetings
from cases.contacts.models import Contact, ContactChannel
from cases.contacts.promises import PromiseGiven
from cases.contacts.services import ContactDetails, FollowUp, log_contact
from cases.core import audit, clock
from cases.core.database import db
from cases.core.locks import relock
from cases.letters.models import LetterDraft, LetterKind
from cases.letters.written.services import begin_letter
from cases.people.services import names_of
from cases.worklist.services import finish_items

_WORDS = {
    "de": "am {day} von {first} bis {last} Uhr, {place}. Von uns ist {name} dabei.\n"
    "Worüber wir sprechen möchten: {agenda}",
    "en": "on {day} from {first} to {last}, {place}. {name} will be there for us.\n"
    "What we would like to talk about: {agenda}",
}
_DAYS = {"de": ("EEEE, d. MMMM yyyy", "de_DE"), "en": ("EEEE, d MMMM yyyy", "en_GB")}


@dataclass(frozen=True, slots=True)
class MeetingWish:
    """When, where, who and what about."""

    begins_at: datetime
    ends_at: datetime
    place: str
    host_id: int
    agenda: str
    attendees: str = ""


@dataclass(frozen=True, slots=True)
class Minutes:
    """What was said and agreed, as an entry of the contact log takes it."""

    details: ContactDetails
    text: str
    promise: PromiseGiven | None = None
    commitments: Sequence[CommitmentGiven] = field(default=())
    follow_up: FollowUp | None = None


def plan_meeting(case_id: int, wish: MeetingWish, hours: CallingHours) -> Meeting:
    """Plan a meeting.

    Raises:
        CaseClosed, MeetingTimeWrong, MeetingInPast, MeetingPlaceMissing, AgendaMissing,
        MeetingNotAllowed.
    """
    case = lock_case(case_id)
    require_open(case)
    _require_right(case, wish, hours)
    meeting = Meeting(
        case_id=case.id,
        creditor_id=case.creditor_id,
        state=MeetingState.PLANNED,
        planned_by=audit.actor_id(),
        planned_at=clock.now(),
        **_values(wish),
    )
    db.session.add(meeting)
    db.session.flush()
    timeline.record(case, "meeting.planned", **_told(meeting))
    return meeting


def change_meeting(meeting: Meeting, wish: MeetingWish, why: str, hours: CallingHours) -> None:
    """Another time, place or agenda; an invitation that nobody has released yet follows.

    Raises:
        MeetingNotOpen, MeetingReasonMissing, and whatever a plan refuses.
    """
    case = lock_meeting(meeting)
    require_open(case)
    _require_open(meeting)
    if not why.strip():
        raise MeetingReasonMissing
    _require_right(case, wish, hours)
    for name, value in _values(wish).items():
        setattr(meeting, name, value)
    draft = find_invitation(meeting)
    if draft is not None and draft.released_at is None:
        draft.appointment = words_of(meeting, draft.language)
    elif draft is not None:
        meeting.letter_draft_id = None
    timeline.record(case, "meeting.moved", why=why.strip(), **_told(meeting))


def cancel_meeting(meeting: Meeting, why: str) -> None:
    """It does not take place. Raises MeetingNotOpen, MeetingReasonMissing."""
    case = lock_meeting(meeting)
    _require_open(meeting)
    if not why.strip():
        raise MeetingReasonMissing
    meeting.state, meeting.ended_because = MeetingState.CANCELLED, why.strip()
    timeline.record(case, "meeting.cancelled", why=why.strip(), **_told(meeting))


def cancel_meetings(case: Case, ending: Ending) -> None:
    """Nobody meets about a case that has ended."""
    for meeting in list_meetings(case.id, MeetingState.PLANNED):
        meeting.state = MeetingState.CANCELLED
        meeting.ended_because = ending.reason.strip() or None
        timeline.record(case, "meeting.dropped", **_told(meeting))


def write_minutes(meeting: Meeting, minutes: Minutes, hours: CallingHours) -> Contact:
    """The meeting was held, or nobody came: an entry of the log, and what was agreed in it.

    Raises:
        MeetingNotOpen, MeetingAhead, MinutesMissing, DueInPast and what `log_contact` refuses.
    """
    case = lock_meeting(meeting)
    _require_open(meeting)
    if meeting.begins_at > clock.now():
        raise MeetingAhead
    if not minutes.text.strip():
        raise MinutesMissing
    finish_items(case, f"meeting:{meeting.id}")
    details = replace(
        minutes.details,
        channel=ContactChannel.MEETING,
        note=minutes.text.strip(),
        happened_at=meeting.begins_at,
        himself=True,
    )
    # The first of our promises goes with the entry: a call back that was agreed needs one.
    first = next(iter(minutes.commitments), None)
    contact = log_contact(
        case.id,
        details,
        promise=minutes.promise,
        commitment=first,
        follow_up=minutes.follow_up,
        hours=hours,
    )
    for given in minutes.commitments[1:]:
        make_commitment(case, given)
    meeting.state, meeting.minutes = MeetingState.HELD, minutes.text.strip()
    meeting.held_at = clock.now()
    return contact


def begin_invitation(meeting: Meeting, user_id: int) -> LetterDraft:
    """The letter that invites, to be looked at and released; by e-mail, too, like every letter.

    Raises:
        MeetingNotOpen.
    """
    case = lock_meeting(meeting)
    _require_open(meeting)
    known = find_invitation(meeting)
    if known is not None:
        return known
    language = list_debtors(case.id)[0].debtor.language
    language = language if language in _WORDS else "de"
    words = words_of(meeting, language)
    draft = begin_letter(case, LetterKind.APPOINTMENT, language, user_id, appointment=words)
    meeting.letter_draft_id = draft.id
    db.session.flush()
    return draft


def words_of(meeting: Meeting, language: str) -> str:
    """When, where, who and what about, as the invitation says it."""
    begins, ends = (clock.local(moment) for moment in (meeting.begins_at, meeting.ends_at))
    pattern, locale = _DAYS[language]
    return _WORDS[language].format(
        day=format_date(begins.date(), pattern, locale=locale),
        first=f"{begins:%H:%M}",
        last=f"{ends:%H:%M}",
        place=meeting.place,
        name=names_of([meeting.host_id])[meeting.host_id],
        agenda="; ".join(line.strip() for line in meeting.agenda.splitlines() if line.strip()),
    )


def lock_meeting(meeting: Meeting) -> Case:
    """Lock the case of a meeting and read the meeting anew."""
    case = lock_case(meeting.case_id)
    relock(meeting)
    return case


def _require_open(meeting: Meeting) -> None:
    if meeting.state is not MeetingState.PLANNED:
        raise MeetingNotOpen


def _require_right(case: Case, wish: MeetingWish, hours: CallingHours) -> None:
    begins, ends = clock.local(wish.begins_at), clock.local(wish.ends_at)
    if begins.date() != ends.date() or begins >= ends:
        raise MeetingTimeWrong
    if wish.begins_at <= clock.now():
        raise MeetingInPast
    if not wish.place.strip():
        raise MeetingPlaceMissing
    if not wish.agenda.strip():
        raise AgendaMissing
    found = approach(case, Channel.VISIT, wish.begins_at, hours, himself=True)
    finding = heard_first(found.hard, Channel.VISIT, found.rule)
    if finding is not None:
        raise MeetingNotAllowed(finding)


def _values(wish: MeetingWish) -> dict[str, object]:
    return {
        "begins_at": wish.begins_at,
        "ends_at": wish.ends_at,
        "place": wish.place.strip(),
        "host_id": wish.host_id,
        "agenda": wish.agenda.strip(),
        "attendees": wish.attendees.strip() or None,
    }


def _told(meeting: Meeting) -> dict[str, object]:
    return {
        "meeting_id": meeting.id,
        "due_on": clock.local(meeting.begins_at).date(),
        "due_at": meeting.begins_at.isoformat(),
        "host_id": meeting.host_id,
    }
