"""Meetings: invited with an agenda, held with minutes that make promises both ways."""

from dataclasses import replace
from datetime import date, datetime

import pytest

from cases.claims.ending import Ending, end_case
from cases.claims.models import HoldReason, Outcome
from cases.claims.services import set_hold
from cases.contacts.commitments import CommitmentGiven
from cases.contacts.meetings import errors
from cases.contacts.meetings.models import MeetingState
from cases.contacts.meetings.services import (
    Minutes,
    begin_invitation,
    cancel_meeting,
    change_meeting,
    plan_meeting,
    write_minutes,
)
from cases.contacts.models import ContactChannel, ContactOutcome
from cases.contacts.promises import PromiseGiven
from cases.contacts.queries import list_contacts, list_open_commitments, list_open_promises
from cases.core import audit
from cases.core.clock import clock_at
from cases.core.database import transaction
from cases.letters.written.services import release_written
from cases.worklist.services import list_open_items
from tests.factories.planned_visits import HOURS, REACHED, make_meeting_of, meeting_wish, window
from tests.factories.records import make_agency, make_case, make_user

NOW = datetime.fromisoformat("2026-11-23T10:00:00+01:00")
DAY = date(2026, 12, 1)
AFTER = datetime.fromisoformat("2026-12-01T12:00:00+01:00")


@pytest.fixture
def case(database):
    with clock_at(NOW), transaction():
        make_agency()
        worker = make_user(name="Erika Muster")
        audit.set_actor(worker.id)
        found, _ = make_case(accepted_by=worker)
        yield found


def reasons(case):
    return {item.reason for item in list_open_items(case.id)}


def test_from_the_invitation_to_minutes_that_make_promises(case):
    meeting = make_meeting_of(case, window=window(DAY, 10, 11))
    assert "meeting_due" in reasons(case)
    worker = make_user(phone="040 5550123")
    draft = begin_invitation(meeting, worker.id)
    later = meeting_wish(window=window(date(2026, 12, 2), 9, 10), host_id=worker.id)
    with pytest.raises(errors.MeetingReasonMissing):
        change_meeting(meeting, later, " ", HOURS)
    change_meeting(meeting, later, "Der Kämmerer kann erst dann", HOURS)
    (letter,) = release_written(draft.id, worker.id)
    for words in ("Mittwoch, 2. Dezember 2026", "Rathausplatz 1", "Weg der Rechnungen im Haus"):
        assert words in str(letter.content), words
    details = replace(REACHED, channel=ContactChannel.MEETING, outcome=ContactOutcome.PROMISE)
    answer = datetime.fromisoformat("2026-12-09T17:00:00+01:00")
    minutes = Minutes(
        details,
        "Zahlt bis 18.12.; wir klären die Bestellnummer.",
        PromiseGiven(400_00, date(2026, 12, 18)),
        [CommitmentGiven("Bestellnummer klären", answer), CommitmentGiven("Kopie", answer)],
    )
    with pytest.raises(errors.MeetingAhead):
        write_minutes(meeting, minutes, HOURS)
    with clock_at(datetime.fromisoformat("2026-12-02T11:00:00+01:00")):
        with pytest.raises(errors.MinutesMissing):
            write_minutes(meeting, replace(minutes, text=" "), HOURS)
        write_minutes(meeting, minutes, HOURS)
        with pytest.raises(errors.MeetingNotOpen):
            write_minutes(meeting, minutes, HOURS)
    (promise,) = list_open_promises(case.id)
    assert (promise.amount_cents, promise.due_on) == (400_00, date(2026, 12, 18))
    assert {one.what for one in list_open_commitments(case.id)} == {
        "Bestellnummer klären", "Kopie",
    }  # fmt: skip
    (contact,) = list_contacts(case.id)
    assert (contact.channel, contact.note) == (ContactChannel.MEETING, minutes.text)
    assert "meeting_due" not in reasons(case)


def test_what_is_refused_and_what_is_left_when_nobody_comes(case):
    for wish, refusal in (
        (meeting_wish(window=window(DAY, 11, 10)), errors.MeetingTimeWrong),
        (meeting_wish(window=window(date(2026, 11, 20))), errors.MeetingInPast),
        (meeting_wish(place=" "), errors.MeetingPlaceMissing),
        (meeting_wish(agenda="\n"), errors.AgendaMissing),
    ):
        with pytest.raises(refusal):
            plan_meeting(case.id, wish, HOURS)
    sunday = make_meeting_of(case, window=window(date(2026, 11, 29), 21, 22))
    assert sunday.state is MeetingState.PLANNED, "agreed on: hours do not bind"
    cancel_meeting(sunday, "Abgesagt")
    assert "meeting_cancelled" in reasons(case)
    empty = make_meeting_of(case, window=window(DAY, 10, 11))
    nobody = replace(REACHED, outcome=ContactOutcome.NOT_REACHED, reason=None)
    with clock_at(AFTER):
        write_minutes(empty, Minutes(nobody, "Niemand kam."), HOURS)
        assert reasons(case), "there is something to do"
    open_one = make_meeting_of(case, window=window(date(2026, 12, 9)))
    end_case(case.id, Ending.usual(Outcome.WITHDRAWN, "Zurückgezogen"))
    assert open_one.state is MeetingState.CANCELLED
    other, _ = make_case(accepted_by=make_user())
    set_hold(other, HoldReason.DECEASED)
    with pytest.raises(errors.MeetingNotAllowed):
        make_meeting_of(other)
