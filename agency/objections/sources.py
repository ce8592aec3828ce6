"""Where an objection came in: post, a message, the court. Its form begins with what was said there.

The letter or mail itself becomes a document of the case when the objection is recorded, so that
findings, the reply and the bundle of evidence can cite it. It stays the house's own: its creditor
does not see it.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date

from cases.claims.models import Case
from cases.contacts.models import ContactChannel
from cases.contacts.queries import find_contact
from cases.core.errors import NotFound
from cases.core.files import get_file_by_id
from cases.filings.court_mail.queries import find_message
from cases.filings.proceedings.services import get_proceeding, list_events
from cases.intake.documents import keep_as_document
from cases.letters.inbox.reading import MAIL
from cases.letters.inbox.services import get_post, read_of
from cases.objections.evidence_models import ObjectionPhase
from legal.proceeding import CourtEventKind

LONGEST = 4000
#: By what the debtor speaks against the court's order.
OPPOSING = (CourtEventKind.PROTESTED, CourtEventKind.OPPOSED)


@dataclass(frozen=True, slots=True)
class Source:
    """What an objection came with, as its form begins."""

    name: str  # As the address names it.
    words: str
    channel: ContactChannel
    raised_on: date
    phase: ObjectionPhase = ObjectionPhase.AGENCY
    file_id: int | None = None
    work_item: str | None = None  # What nobody has to do any more once it is recorded.

    @property
    def filename(self) -> str:
        """The name of the letter or mail, nothing where there is none."""
        return get_file_by_id(self.file_id).filename if self.file_id else ""

    def keep_document(self, case: Case, user_id: int) -> int | None:
        """Keep it as a document of the case; answers its id."""
        if self.file_id is None:
            return None
        return keep_as_document(case, user_id, self.file_id, self.raised_on).id


def find_source(case: Case, name: str) -> Source | None:
    """The source that an address names; one of another case is none."""
    kind, _, key = name.partition(":")
    find = _KINDS.get(kind)
    try:
        found = find(key) if find and key else None
    except NotFound:
        return None
    if found is None or found[0] != case.id:
        return None
    return found[1]


def _post(key: str) -> tuple[int | None, Source]:
    """A scan or a mail. Only a mail is read anew: its text costs nothing."""
    item = get_post(key)
    is_mail = get_file_by_id(item.file_id).media_type == MAIL
    words = read_of(item).text if is_mail else item.excerpt or ""
    channel = ContactChannel.EMAIL if is_mail else ContactChannel.LETTER
    return item.case_id, Source(
        f"post:{key}",
        words[:LONGEST].strip(),
        channel,
        item.received_on,
        file_id=item.file_id,
        work_item=f"post:{item.id}",
    )


def _contact(key: str) -> tuple[int | None, Source]:
    contact = find_contact(key)
    if contact is None:
        raise NotFound
    return contact.case_id, Source(
        f"contact:{key}",
        (contact.note or "")[:LONGEST],
        contact.channel,
        contact.occurred_on,
        file_id=contact.file_id,
    )


def _court(key: str) -> tuple[int | None, Source]:
    """The court passes on that the debtor opposes; reasons come with it on paper, if at all."""
    message = find_message(key)
    if message is None:
        raise NotFound
    received = message.content.get("opposition_received")
    raised_on = date.fromisoformat(received) if received else message.sent_on
    return message.case_id, Source(
        f"court:{key}", "", ContactChannel.LETTER, raised_on, ObjectionPhase.COURT
    )


def _proceeding(key: str) -> tuple[int | None, Source]:
    proceeding = get_proceeding(key)
    opposed = [event for event in list_events(proceeding.id) if event.kind in OPPOSING]
    if not opposed:
        raise NotFound
    last = opposed[-1]
    return proceeding.case_id, Source(
        f"proceeding:{key}",
        last.note or "",
        ContactChannel.LETTER,
        last.happened_on,
        ObjectionPhase.COURT,
    )


_KINDS: Mapping[str, Callable[[str], tuple[int | None, Source]]] = {
    "post": _post,
    "contact": _contact,
    "court": _court,
    "proceeding": _proceeding,
}
