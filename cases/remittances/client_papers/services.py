"""Keeping, ending and asking for the papers of a client."""

from collections.abc import Collection
from datetime import date

from sqlalchemy import or_, select

from cases.core import audit, clock, files
from cases.core.database import db
from cases.core.errors import Conflict, Invalid, NotFound
from cases.core.files import StoredFile
from cases.core.many import one_of
from cases.documents.content import recognise_document
from cases.parties.clients import lock_client
from cases.remittances.client_papers.models import ClientPaper, PaperKind


class PaperDatedAhead(Invalid):
    """The day of a paper cannot lie in the future."""


class PaperEndsBefore(Invalid):
    """The last day lies before the day of the paper."""


class PaperEnded(Conflict):
    """This paper has ended already."""


def keep_paper(
    creditor_id: int,
    kind: PaperKind,
    data: bytes,
    filename: str,
    dated_on: date,
    valid_until: date | None = None,
    note: str | None = None,
) -> ClientPaper:
    """Keep a paper as it was signed or made.

    Raises:
        NotFound, PaperDatedAhead, PaperEndsBefore, DocumentEmpty, DocumentRefused, FileTooLarge.
    """
    if dated_on > clock.today():
        raise PaperDatedAhead
    if valid_until is not None and valid_until < dated_on:
        raise PaperEndsBefore
    media_type = recognise_document(data, filename)
    lock_client(creditor_id)
    file = files.store_file(data, filename, media_type, creditor_id)
    paper = ClientPaper(
        creditor_id=creditor_id,
        kind=kind,
        file_id=file.id,
        dated_on=dated_on,
        valid_until=valid_until,
        note=(note or "").strip() or None,
        added_at=clock.now(),
    )
    db.session.add(paper)
    db.session.flush()
    audit.record(
        "creditor.paper_kept", "creditor", creditor_id, creditor_id=creditor_id, kind=kind.value,
        sha256=file.sha256,
    )  # fmt: skip
    return paper


def end_paper(creditor_id: int, public_id: str) -> None:
    """From today on a paper holds no more: it was revoked, or another takes its place.

    Raises:
        NotFound, PaperEnded.
    """
    lock_client(creditor_id)
    query = select(ClientPaper).where(
        ClientPaper.creditor_id == creditor_id, ClientPaper.public_id == public_id
    )
    paper = db.session.scalar(query.execution_options(populate_existing=True))
    if paper is None:
        raise NotFound
    if paper.ended_on is not None:
        raise PaperEnded
    paper.ended_on = clock.today()
    audit.record(
        "creditor.paper_ended", "creditor", creditor_id, creditor_id=creditor_id,
        kind=paper.kind.value,
    )  # fmt: skip


def list_papers(creditor_id: int) -> list[tuple[ClientPaper, StoredFile]]:
    """All papers of a client, the newest of each kind first."""
    query = (
        select(ClientPaper, StoredFile)
        .join(StoredFile, StoredFile.id == ClientPaper.file_id)
        .where(ClientPaper.creditor_id == creditor_id)
        .order_by(ClientPaper.kind, ClientPaper.dated_on.desc(), ClientPaper.id.desc())
    )
    return [(paper, file) for paper, file in db.session.execute(query)]


def get_paper(public_id: str) -> tuple[ClientPaper, StoredFile]:
    """A paper with its file; raises NotFound."""
    query = (
        select(ClientPaper, StoredFile)
        .join(StoredFile, StoredFile.id == ClientPaper.file_id)
        .where(ClientPaper.public_id == public_id)
    )
    found = db.session.execute(query).one_or_none()
    if found is None:
        raise NotFound
    return found[0], found[1]


def holds_on(paper: ClientPaper, day: date) -> bool:
    """Whether a paper holds on a day."""
    over = paper.ended_on is not None and paper.ended_on <= day
    late = paper.valid_until is not None and paper.valid_until < day
    return paper.dated_on <= day and not over and not late


def powers_of(creditor_ids: Collection[int], day: date) -> dict[int, date | None]:
    """Of clients with powers of attorney on file: since when one of them holds, None for none.

    A client without any is not named: there the contract says whether one was given.
    """
    query = select(ClientPaper).where(
        one_of(ClientPaper.creditor_id, creditor_ids),
        ClientPaper.kind == PaperKind.POWER_OF_ATTORNEY,
        or_(ClientPaper.dated_on <= day, ClientPaper.ended_on.is_not(None)),
    )
    found: dict[int, date | None] = {}
    for paper in db.session.scalars(query.order_by(ClientPaper.dated_on)):
        known = found.setdefault(paper.creditor_id, None)
        if holds_on(paper, day):
            found[paper.creditor_id] = paper.dated_on if known is None else max(
                known, paper.dated_on)  # fmt: skip
    return found
