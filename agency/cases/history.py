"""The timeline of a case as the screen shows it: icon, words, details, who and when."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from flask_babel import gettext

from cases.claims.models import Case, TimelineEvent
from cases.claims.notes import WORDED, list_over
from cases.claims.timeline import SENTENCES, list_events
from cases.contacts.models import Contact, ContactChannel
from cases.contacts.queries import list_contacts
from cases.core.errors import NotFound
from cases.core.positions import iso_moment, position
from cases.people.services import get_user
from legal.findings import N_
from portal.shell.formatting import moment
from portal.wording import event_words, word

PAGE = 25

#: Beginning of a kind -> icon and colour.
LOOKS = {
    "case": ("folder-open", "acc"),
    "claim": ("receipt", ""),
    "hold": ("pause", "warn"),
    "letter": ("file-text", ""),
    "contact": ("phone", ""),
    "promise": ("hand-coins", "good"),
    "objection": ("shield-question", "warn"),
    "payment": ("wallet", "good"),
    "court": ("gavel", "law"),
    "costs": ("receipt", ""),
    "commitment": ("clock", "info"),
    "follow_up": ("calendar-clock", "info"),
    "work": ("calendar-clock", ""),
    "debtor": ("user", "info"),
    "document": ("file-text", "info"),
    "note": ("pen-line", "warn"),
}
SPECIAL = {
    "promise.broken": ("triangle-alert", "bad"),
    "payment.reversed": ("undo-2", "bad"),
    "contact.written": ("mail", "info"),
    "contact.visit": ("map-pin", ""),
    "hold.lifted": ("play", "good"),
    "letter.sent": ("send", ""),
}
#: What the timeline can be filtered by: name -> label and beginnings of kinds.
GROUPS = {
    "all": (N_("Everything"), ()),
    "contacts": (N_("Contacts"), ("contact", "promise", "commitment")),
    "letters": (N_("Letters"), ("letter", "document")),
    "money": (N_("Money"), ("payment", "costs", "claim", "promise")),
    "objections": (N_("Objections"), ("objection", "hold")),
    "court": (N_("Court"), ("court",)),
    "notes": (N_("Notes and follow-ups"), ("note", "follow_up", "work")),
}


@dataclass(frozen=True, slots=True)
class Happening:
    """One entry of the timeline."""

    icon: str
    kind: str
    title: str
    text: str
    when: str
    own: bool
    is_over: bool = False  # A note that was corrected or withdrawn: crossed out.
    note_id: int | None = None  # A note that still holds and may be corrected.


@dataclass(frozen=True, slots=True)
class History:
    """A page of the timeline; `older` is the address of the next one."""

    group: str
    entries: list[Happening]
    older: str | None


def load_history(case: Case, group: str, before: str | None) -> History:
    """A page of the timeline, newest first."""
    group = group if group in GROUPS else "all"
    starts = GROUPS[group][1]
    kinds = [kind for kind in SENTENCES if kind.split(".")[0] in starts] if starts else None
    events = list_events(case.id, before=_parse(before), kinds=kinds, limit=PAGE + 1)
    shown = events[:PAGE]
    ids = [event.params["contact_id"] for event in shown if "contact_id" in event.params]
    contacts = {contact.id: contact for contact in list_contacts(case.id, ids)} if ids else {}
    over = list_over(case.id, [event.id for event in shown if event.kind in WORDED])
    older = f"{shown[-1].at.isoformat()}_{shown[-1].id}" if len(events) > PAGE else None
    entries = [
        _happening(event, contacts, case.currency, is_over=event.id in over) for event in shown
    ]
    return History(group, entries, older)


def latest(case_id: int, limit: int = 3) -> list[TimelineEvent]:
    """The last events, for a preview."""
    return list_events(case_id, limit=limit)


def _happening(
    event: TimelineEvent, contacts: dict[int, Contact], currency: str, *, is_over: bool
) -> Happening:
    icon, colour = SPECIAL.get(event.kind) or LOOKS.get(event.kind.split(".")[0], ("info", ""))
    contact = contacts.get(event.params.get("contact_id", 0))
    details = [*(_contact_details(contact) if contact else ()), *_own_words(event)]
    when = moment(event.at)
    who = _name(event.actor_id)
    return Happening(
        icon=icon,
        kind=colour,
        title=event_words(event, currency),
        text=" · ".join(details),
        when=f"{when}, {who}" if who else when,
        own=event.kind in WORDED and not is_over,
        is_over=is_over,
        note_id=event.id if event.kind in WORDED and not is_over else None,
    )


def _contact_details(contact: Contact) -> Sequence[str]:
    # A call and a visit name their outcome in the title.
    written = contact.channel not in {ContactChannel.PHONE, ContactChannel.VISIT}
    said = word(contact.outcome) if written else ""
    parts = [contact.person or "", said, word(contact.reason)]
    if contact.right_person is False:
        parts.append(gettext("does not decide on the payment"))
    return [part for part in (*parts, contact.note or "") if part]


def _own_words(event: TimelineEvent) -> Sequence[str]:
    note = event.params.get("note")
    return [note] if note else []


def _name(user_id: int | None) -> str:
    if user_id is None:
        return ""
    try:
        return get_user(user_id).name
    except NotFound:
        return ""


def _parse(before: str | None) -> tuple[datetime, int] | None:
    try:
        at, _, event_id = (before or "").rpartition("_")
        return iso_moment(at), position(event_id)
    except ValueError:
        return None
