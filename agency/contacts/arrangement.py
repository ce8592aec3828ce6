"""How the house works: rules of contact, bands of the worklist, who gets new cases."""

import re
from typing import Any

from flask import Blueprint, current_app, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext
from marshmallow import Schema, fields, post_load

from agency.cases.contact_schemas import ClockTime
from agency.refusals import at_field
from agency.wording import channel_word
from cases.claims.reaching.allowed import Channel, ChannelRule
from cases.contacts.house_rules import (
    ClosedDayWrong,
    HouseRules,
    RuleWrong,
    house_rules,
    lock_rules,
    set_house_rules,
)
from cases.core.database import transaction
from cases.core.errors import Invalid
from cases.people.services import find_user, list_staff
from cases.worklist.arrangement import FIRST, BandWrong, bands, lock_bands, set_bands
from cases.worklist.models import WorkQueue
from cases.worklist.sharing import LimitWrong, list_rules, set_rule, share_out
from portal.access import may
from portal.shell.forms import Amount, Errors, load_form
from portal.shell.opened import ChangedByOther, opened, require_unchanged
from portal.shell.pages import done, page, see_other
from portal.wording import word

blueprint = Blueprint("arrangement", __name__)

#: Channels that have hours of their own.
TIMED = (Channel.PHONE, Channel.VISIT)
RULED = (Channel.PHONE, Channel.VISIT, Channel.EMAIL, Channel.SMS)


class RulesSchema(Schema):
    """Hours, Saturdays, how often, closed days."""

    phone_begins = ClockTime(required=True)
    phone_until = ClockTime(required=True)
    phone_saturday = fields.Boolean(load_default=False)
    phone_most = fields.Integer(load_default=None)
    visit_begins = ClockTime(required=True)
    visit_until = ClockTime(required=True)
    visit_saturday = fields.Boolean(load_default=False)
    visit_most = fields.Integer(load_default=None)
    email_most = fields.Integer(load_default=None)
    sms_most = fields.Integer(load_default=None)
    closed_days = fields.String(load_default="")

    @post_load
    def build(self, data: dict[str, Any], **_: Any) -> HouseRules:
        rules = {
            channel: ChannelRule(
                data.get(f"{channel.value}_begins"),
                data.get(f"{channel.value}_until"),
                bool(data.get(f"{channel.value}_saturday")),
                data[f"{channel.value}_most"],
            )
            for channel in RULED
        }
        typed = re.findall(r"(\d{1,2})\.(\d{1,2})\.?", data["closed_days"])
        return HouseRules(rules, [f"{int(month):02}-{int(day):02}" for day, month in typed])


class SharingSchema(Schema):
    """How many new cases somebody takes, and of which amounts."""

    person = fields.String(required=True)
    most_cases = fields.Integer(required=True)
    least = Amount(load_default=0, zero=True)
    most = Amount(load_default=None)


@blueprint.get("/arrangement")
@may("settings.edit")
def show() -> ResponseReturnValue:
    """All three on one page."""
    return _show({}, {})


@blueprint.post("/arrangement/rules")
@may("settings.edit")
def save_rules() -> ResponseReturnValue:
    """Enter the rules of contact; they count from now on."""
    wanted, errors = load_form(RulesSchema(), request.form)
    if wanted is not None:
        try:
            with transaction():
                lock_rules()
                now = _rule_values()
                require_unchanged("rules", now, ("contact_policy", 1), "contact.rules_changed")
                set_house_rules(wanted)
        except ChangedByOther as changed:
            errors = changed.errors
        except Invalid as refusal:
            errors = at_field(refusal, {RuleWrong: "phone_begins", ClosedDayWrong: "closed_days"})
        else:
            done(gettext("Rules saved. They count from now on."))
            return see_other("arrangement.show")
    return _show(request.form, errors)


@blueprint.post("/arrangement/bands")
@may("settings.edit")
def save_bands() -> ResponseReturnValue:
    """Arrange the queues of the worklist."""
    typed = {queue: request.form.get(f"band_{queue.value}", "") for queue in WorkQueue}
    errors: Errors = {}
    try:
        with transaction():
            lock_bands()
            record = ("agency", 1)
            require_unchanged("bands", _band_values(), record, "worklist.arranged")
            set_bands({queue: int(text) for queue, text in typed.items() if text.isdigit()})
    except ChangedByOther as changed:
        return _show(request.form, changed.errors)
    except BandWrong as refusal:
        errors = at_field(refusal, {BandWrong: f"band_{WorkQueue.COMMITMENT.value}"})
        return _show(request.form, errors)
    done(gettext("Worklist arranged anew."))
    return see_other("arrangement.show")


@blueprint.post("/arrangement/sharing")
@may("settings.edit")
def save_sharing() -> ResponseReturnValue:
    """Say how many new cases somebody takes."""
    labels = {"person": gettext("Person"), "most_cases": gettext("Open cases at most")}
    wanted, errors = load_form(SharingSchema(), request.form, labels)
    if wanted is not None:
        try:
            with transaction():
                person = find_user(wanted["person"])
                set_rule(person.id, wanted["most_cases"], wanted["least"], wanted["most"])
        except Invalid as refusal:
            errors = at_field(refusal, {LimitWrong: "most_cases"})
        else:
            done(gettext("Noted."))
            return see_other("arrangement.show")
    return _show(request.form, errors)


@blueprint.post("/arrangement/share-out")
@may("settings.edit")
def share() -> ResponseReturnValue:
    """Give the new cases that nobody has to those who take them."""
    with transaction():
        given = share_out()
    done(gettext("New cases shared out: %(number)s.", number=given))
    return see_other("arrangement.show")


def _rule_values() -> dict[str, Any]:
    house = house_rules(current_app.config["CALLING_HOURS"])
    values: dict[str, Any] = {
        "closed_days": ", ".join(f"{int(day[3:])}.{int(day[:2])}." for day in house.closed_days)
    }
    for channel in RULED:
        rule, name = house.rules.get(channel, ChannelRule()), channel.value
        values[f"{name}_most"] = rule.most_in_7_days
        if channel in TIMED:
            values[f"{name}_begins"] = f"{rule.begins:%H:%M}" if rule.begins else None
            values[f"{name}_until"] = f"{rule.until:%H:%M}" if rule.until else None
            values[f"{name}_saturday"] = "1" if rule.saturday else None
    return values


def _band_values() -> dict[str, Any]:
    return {f"band_{queue.value}": band for queue, band in bands().items()}


def _show(values: Any, errors: Errors) -> ResponseReturnValue:
    shown, arranged, band_values = _rule_values(), bands(), _band_values()
    return page(
        "agency/contacts/arrangement.html",
        status=422 if errors else 200,
        values=values or {**shown, **band_values},
        errors=errors,
        opened=opened("rules", shown),
        bands_opened=opened("bands", band_values),
        timed=[(channel.value, channel_word(channel)) for channel in TIMED],
        ruled=[(channel.value, channel_word(channel)) for channel in RULED],
        queues=[
            (queue.value, word(queue))
            for queue in sorted(WorkQueue, key=lambda each: arranged[each])
            if queue not in FIRST
        ],
        rules=list_rules(),
        people=[(one.public_id, one.name) for one in list_staff()],
    )
