"""What a form showed when it was opened: saving it never undoes what somebody changed meanwhile.

A form that changes a record carries a digest of each value it showed. Under the record's lock the
values of now are compared: where one differs, nothing is saved, every such field says what stands
there now and who changed it, and what was typed is still in the form. Sent once more, it counts.
"""

import hashlib
from collections.abc import Mapping
from datetime import date
from enum import Enum
from typing import Any

from flask import g, request
from flask_babel import gettext

from cases.core.audit import AuditEvent, last_change
from cases.core.database import db
from cases.core.errors import Conflict
from cases.people.models import User
from legal.findings import N_
from portal.shell.formatting import day, moment
from portal.shell.forms import Errors

FIELD = "opened"
DIGITS = 12
LONGEST_QUOTE = 200  # Longer texts stand in their own field.


CHANGED = N_(
    "Somebody changed this while you had it open. What you typed is still here: compare it with "
    "what stands there now, and save once more if yours is to count."
)


class ChangedByOther(Conflict):
    """Somebody changed this while you had it open."""

    def __init__(self, errors: Errors) -> None:
        super().__init__()
        self.errors = errors


def opened(form: str, shown: Mapping[str, Any]) -> str:
    """The mark of a form that shows these values.

    A form that comes back with mistakes keeps the mark that it was sent with.
    """
    sent = request.form.get(FIELD, "")
    if sent.startswith(f"{form}:") and not g.get("told_what_changed"):
        return sent
    return f"{form}:" + ",".join(f"{name}={_digest(value)}" for name, value in shown.items())


def require_unchanged(
    form: str, now: Mapping[str, Any], record: tuple[str, int], *actions: str
) -> None:
    """Compare what the form showed with what stands there now; the record must be locked.

    `record` and `actions` say where the audit trail names who changed it.

    Raises:
        ChangedByOther: with a sentence for each field that differs.
    """
    sent = request.form.get(FIELD, "")
    if not sent.startswith(f"{form}:"):
        return
    shown = dict(pair.split("=", 1) for pair in sent[len(form) + 1 :].split(",") if "=" in pair)
    changed = {
        name: value
        for name, value in now.items()
        if name in shown and shown[name] != _digest(value)
    }
    if changed:
        g.told_what_changed = True
        raise ChangedByOther(_told(changed, last_change(*record, actions)))


def _told(changed: Mapping[str, Any], change: AuditEvent | None) -> Errors:
    sentences = {name: [_meanwhile(name, value)] for name, value in changed.items()}
    if change is None:
        return {"_form": [gettext(CHANGED)], **sentences}
    person = db.session.get(User, change.actor_id) if change.actor_id else None
    by = gettext(
        "%(who)s changed this at %(at)s, while you had it open. What you typed is still here:"
        " compare it with what stands there now, and save once more if yours is to count.",
        who=person.name if person else gettext("The program itself"), at=moment(change.occurred_at),
    )  # fmt: skip
    return {"_form": [by], **sentences}


def _meanwhile(name: str, value: Any) -> str:
    """What stands in a field now, beside what was typed: the page may not show it any more."""
    typed = request.form.get(name, "").strip()
    if not typed or len(typed) > LONGEST_QUOTE:
        return str(gettext("Meanwhile this stands here: %(value)s", value=_as_text(value)))
    return str(gettext(
        "Meanwhile this stands here: %(value)s. You typed: %(typed)s",
        value=_as_text(value), typed=typed,
    ))  # fmt: skip


def _digest(value: Any) -> str:
    plain = value.value if isinstance(value, Enum) else value
    text = "" if plain is None else str(plain).replace("\r\n", "\n").strip()
    return hashlib.sha256(text.encode()).hexdigest()[:DIGITS]


def _as_text(value: Any) -> str:
    if value is None or value == "":
        return str(gettext("nothing"))
    if isinstance(value, bool):
        return str(gettext("Yes") if value else gettext("No"))
    return day(value) if isinstance(value, date) else str(value)
