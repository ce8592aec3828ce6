"""Taking post in, finding its case, and saying what becomes of it."""

import hashlib
from collections.abc import Sequence
from datetime import date
from io import BytesIO
from pathlib import Path

from sqlalchemy import func, select

from cases.claims import timeline
from cases.claims.models import Case
from cases.claims.queries import lock_case
from cases.core import audit, clock
from cases.core.database import db
from cases.core.errors import Conflict, Invalid, NotFound
from cases.core.files import StoredFile, read_bytes, store_file
from cases.core.locks import lock_row, relock
from cases.core.outbox import register_effect
from cases.documents.content import PDF
from cases.letters.inbox.answers import note_report, note_unwanted
from cases.letters.inbox.matching import Guess, certain, guesses
from cases.letters.inbox.models import PostItem, PostState
from cases.letters.inbox.reading import MAIL, PostRead, read_post, recognise_post
from cases.letters.mailing.queries import cases_of_messages
from cases.worklist.models import WorkQueue
from cases.worklist.services import add_item

EFFECT = "post.read"
EXCERPT = 600
SHOWN = 200
LEAST_JOINED = 2
#: What a mail of a mailbox is called until its subject is read.
MAIL_NAME = "E-Mail.eml"
TOO_LARGE = "too_large"


class PostDone(Conflict):
    """Somebody has dealt with this already."""


class NotSplit(Invalid):
    """Write pages like 1-2, 3-5: each page once, none beyond the last."""


class NotJoined(Invalid):
    """Choose at least two PDF files that wait."""


class WhyMissing(Invalid):
    """Please say why it belongs to no case."""


def take_in(data: bytes, name: str, user_id: int | None, received_on: date) -> PostItem:
    """Keep a scan or mail; a worker looks for its case.

    Raises:
        DocumentEmpty, DocumentRefused, FileTooLarge: nothing was kept.
    """
    item = _keep(data, name, recognise_post(data, name), user_id, received_on)
    register_effect(EFFECT, f"post:{item.id}", item_id=item.id)
    return item


def take_in_mail(data: bytes, received_on: date, *, again: bool) -> PostItem | None:
    """Keep a mail that a mailbox gave us; `again`: None if its bytes have been kept before."""
    digest = hashlib.sha256(data).hexdigest()
    if again and db.session.scalar(select(PostItem.id).where(PostItem.sha256 == digest).limit(1)):
        return None
    item = _keep(data, MAIL_NAME, MAIL, None, received_on)
    register_effect(EFFECT, f"post:{item.id}", item_id=item.id)
    return item


def take_in_head(head: bytes, received_on: date) -> PostItem:
    """Keep the head of a mail that is too large; a person reads it where it lies."""
    item = _keep(head, MAIL_NAME, MAIL, None, received_on)
    read = read_post(head, MAIL)
    item.name, item.sender = read.subject or item.name, read.sender_address or None
    item.state, item.fault = PostState.WAITING, TOO_LARGE
    return item


def _keep(
    data: bytes, name: str, media_type: str, user_id: int | None, received_on: date
) -> PostItem:
    file = store_file(data, name, media_type, None)
    twin = db.session.scalar(
        select(PostItem).where(PostItem.sha256 == file.sha256).order_by(PostItem.id).limit(1)
    )
    item = PostItem(
        file_id=file.id, sha256=file.sha256, name=name, received_on=received_on,
        twin_id=twin.id if twin else None, added_by=user_id,
    )  # fmt: skip
    db.session.add(item)
    db.session.flush()
    audit.record("post.taken_in", "post_item", item.id)
    return item


def read_item(key: str, item_id: int) -> None:
    """Read what came in and assign it where its case is named beyond doubt."""
    item = lock_row(PostItem, item_id)
    if item.state is not PostState.READING:
        return
    read = read_of(item)
    item.pages, item.fault = read.pages, read.fault
    item.excerpt = " ".join(read.text.split())[:EXCERPT] or None
    item.sender = " ".join(filter(None, (read.sender_name, read.sender_address)))[:200] or None
    item.name = read.subject or item.name
    item.state = PostState.WAITING
    settled = note_report(read, item.excerpt or "")
    found = certain(guesses(read, cases_of_messages(read.answers)))
    # The same bytes again are for a person: nobody is sent to the same letter twice.
    if found is None or item.twin_id is not None:
        return
    case = lock_case(found.case_id)
    settled = settled or note_unwanted(case, read)
    assign(item, case, found.how, found.detail, None, to_read=not settled)


def give_up_reading(key: str, item_id: int) -> None:
    """What takes too much to read waits for a person."""
    item = lock_row(PostItem, item_id)
    if item.state is PostState.READING:
        item.state, item.fault = PostState.WAITING, "page"


def read_of(item: PostItem) -> PostRead:
    """What can be read of something, anew from its bytes."""
    file = db.session.get_one(StoredFile, item.file_id)
    return read_post(read_bytes(file), file.media_type)


def guesses_of(item: PostItem) -> list[Guess]:
    """The cases that something may belong to."""
    read = read_of(item)
    return guesses(read, cases_of_messages(read.answers))


def assign(
    item: PostItem, case: Case, how: str, detail: str, user_id: int | None, *, to_read: bool = True
) -> None:
    """Put something on a case: its owner reads it, if it has to be read. Raises PostDone."""
    relock(item)
    if item.state is not PostState.WAITING:
        raise PostDone
    item.case_id, item.creditor_id = case.id, case.creditor_id
    item.state, item.how, item.how_detail = PostState.ASSIGNED, how, detail
    item.done_by, item.done_at = user_id, clock.now()
    timeline.record(case, "post.arrived", name=item.name)
    if to_read:
        add_item(case, WorkQueue.TASK, "post_arrived", f"post:{item.id}", owner_id=case.owner_id,
                 name=item.name)  # fmt: skip
    audit.record("post.assigned", "post_item", item.id, creditor_id=case.creditor_id)


def set_aside(item: PostItem, why: str, user_id: int | None) -> None:
    """It belongs to no case: advertising, a duplicate. Raises WhyMissing, PostDone."""
    if not why.strip():
        raise WhyMissing
    relock(item)
    if item.state is not PostState.WAITING:
        raise PostDone
    item.state, item.set_aside_why = PostState.SET_ASIDE, why.strip()
    item.done_by, item.done_at = user_id, clock.now()
    audit.record("post.set_aside", "post_item", item.id)


def split(item: PostItem, ranges: str, user_id: int) -> list[PostItem]:
    """Take a scan of several letters apart; the whole stays on record.

    Raises:
        NotSplit, PostDone.
    """
    from pypdf import PdfReader, PdfWriter

    file = db.session.get_one(StoredFile, item.file_id)
    if file.media_type != PDF:
        raise NotSplit
    reader = PdfReader(BytesIO(read_bytes(file)))
    made = []
    for number, (first, last) in enumerate(_ranges(ranges, len(reader.pages)), 1):
        writer = PdfWriter()
        for page in range(first - 1, last):
            writer.add_page(reader.pages[page])
        data = BytesIO()
        writer.write(data)
        name = f"{Path(item.name).stem}-{number}.pdf"
        made.append(take_in(data.getvalue(), name, user_id, item.received_on))
    set_aside(item, f"→ {ranges.strip()}", user_id)
    return made


def join(items: Sequence[PostItem], user_id: int) -> PostItem:
    """Put several scans together into one. Raises NotJoined, PostDone."""
    from pypdf import PdfWriter

    files = [db.session.get_one(StoredFile, item.file_id) for item in items]
    if len(items) < LEAST_JOINED or any(file.media_type != PDF for file in files):
        raise NotJoined
    writer = PdfWriter()
    for file in files:
        writer.append(BytesIO(read_bytes(file)), import_outline=False)
    data = BytesIO()
    writer.write(data)
    made = take_in(data.getvalue(), items[0].name, user_id, min(i.received_on for i in items))
    for item in items:
        set_aside(item, f"→ {made.name}", user_id)
    return made


def get_post(public_id: str) -> PostItem:
    """The item of that public id; raises NotFound."""
    item = db.session.scalar(select(PostItem).where(PostItem.public_id == public_id))
    if item is None:
        raise NotFound
    return item


def find_post(item_id: int) -> PostItem | None:
    """The item of that key, if there is one."""
    return db.session.get(PostItem, item_id)


def list_waiting_post(limit: int = SHOWN) -> list[PostItem]:
    """What waits for a person or a worker, the oldest first."""
    query = select(PostItem).where(PostItem.state.in_([PostState.READING, PostState.WAITING]))
    return list(db.session.scalars(query.order_by(PostItem.received_on, PostItem.id).limit(limit)))


def count_waiting_post() -> int:
    """How much of it there is."""
    query = select(func.count()).select_from(PostItem)
    return db.session.scalar(query.where(PostItem.state == PostState.WAITING)) or 0


def list_post_of(case_id: int) -> list[PostItem]:
    """What came in about a case, newest first."""
    query = select(PostItem).where(PostItem.case_id == case_id)
    return list(db.session.scalars(query.order_by(PostItem.id.desc())))


def open_post_file(item: PostItem) -> StoredFile:
    """The file as it came in; that somebody reads it is noted."""
    audit.record("post.read", "post_item", item.id, creditor_id=item.creditor_id)
    return db.session.get_one(StoredFile, item.file_id)


def _ranges(text: str, pages: int) -> list[tuple[int, int]]:
    found: list[tuple[int, int]] = []
    seen: set[int] = set()
    for part in text.replace(" ", "").split(","):
        first, _, last = part.partition("-")
        if not first.isdecimal() or (last and not last.isdecimal()):
            raise NotSplit
        pair = int(first), int(last or first)
        span = set(range(pair[0], pair[1] + 1)) if pair[1] - pair[0] < pages else set()
        if not span or pair[0] < 1 or pair[1] > pages or span & seen:
            raise NotSplit
        seen |= span
        found.append(pair)
    return found
