"""When a debtor may be called; house policy of facts/de/law/privacy_and_contact.csv."""

from datetime import datetime, time

import pytest

from cases.claims.models import HoldReason
from cases.claims.reaching.allowed import Addressee, Channel, ChannelRule, Plan, judge
from cases.claims.reaching.person import person_of
from cases.contacts.hours import MESSAGES, CallingHours, heard_first


def obstacle(text, place, hours, held_for=()):
    """What stands against a call to the debtor at this moment, the most helpful reason of all."""
    rule = ChannelRule(hours.first, hours.last, saturday=hours.saturdays)
    moment, person = datetime.fromisoformat(text), person_of(held_for)
    rules = {Channel.PHONE: rule}
    plan = Plan(Channel.PHONE, moment, place, Addressee.DEBTOR, person, rules=rules)
    return heard_first(judge(plan).reasons, Channel.PHONE, rule)


@pytest.mark.parametrize(
    ("moment", "place", "code"),
    [
        pytest.param("2026-11-23T08:00", "DE-HH", None, id="Monday morning from eight"),
        pytest.param("2026-11-23T07:59", "DE-HH", "too_early", id="a minute before eight"),
        pytest.param("2026-11-23T19:59", "DE-HH", None, id="a minute before the evening ends"),
        pytest.param("2026-11-23T20:00", "DE-HH", "too_late", id="the evening has ended"),
        pytest.param("2026-11-28T11:00", "DE-HH", "saturday", id="Saturday is left out by default"),
        pytest.param("2026-11-22T11:00", "DE-HH", "sunday", id="never on Sunday"),
        pytest.param("2026-06-04T11:00", "DE-BY", "holiday", id="Corpus Christi in Bavaria"),
        pytest.param("2026-06-04T11:00", "DE-HH", None, id="no holiday in Hamburg"),
    ],
)
def test_calls_keep_to_working_days_from_eight_to_twenty(moment, place, code):
    found = obstacle(moment, place, CallingHours())
    assert (found and found.code) == code
    if found:
        assert found.message(MESSAGES)


def test_a_house_may_call_on_saturdays():
    hours = CallingHours.parse("09:00-18:00", saturdays=True)
    assert hours == CallingHours(time(9), time(18), saturdays=True)
    assert obstacle("2026-11-28T11:00", "DE-HH", hours) is None


@pytest.mark.parametrize("bad", ["20:00-08:00", "eight to ten", "08:00"])
def test_hours_that_make_no_sense_are_refused(bad):
    with pytest.raises(ValueError, match=r".+"):
        CallingHours.parse(bad, saturdays=False)


@pytest.mark.parametrize("reason", list(HoldReason))
def test_who_must_not_be_approached_is_not_called_at_any_hour(reason):
    found = obstacle("2026-11-23T10:00", "DE-HH", CallingHours(), [reason])
    silent = reason in {HoldReason.DECEASED, HoldReason.INSOLVENCY}
    assert (found is not None) is silent
