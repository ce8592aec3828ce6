"""What became of the links by which people get in, in words."""

from typing import NamedTuple

from flask_babel import gettext

from cases.core import clock
from cases.core.mail.models import MailState
from cases.people.access.links import last_links
from cases.people.access.models import LinkPurpose
from portal.shell.formatting import moment


class ShownLink(NamedTuple):
    """Where somebody's newest link is: words, kind of tag, and what more there is to say."""

    words: str
    kind: str
    detail: str


def shown_links(user_ids: list[int]) -> dict[int, ShownLink]:
    """Each account whose newest link was not used."""
    shown = {}
    for user_id, (link, mail) in last_links(user_ids).items():
        if link.used_at is not None or link.replaced_at is not None:
            continue
        invited = link.purpose is LinkPurpose.INVITATION
        if mail is not None and mail.state in {MailState.REFUSED, MailState.SEEN}:
            shown[user_id] = ShownLink(gettext("mail refused"), "bad", mail.refusal or "")
        elif link.expires_at <= clock.now():
            shown[user_id] = ShownLink(gettext("link expired"), "warn", moment(link.expires_at))
        else:
            words = gettext("invited") if invited else gettext("link sent")
            until = gettext("valid until %(moment)s", moment=moment(link.expires_at))
            shown[user_id] = ShownLink(words, "info", until)
    return shown
