"""Keeping, ending and asking for the papers of a client."""

from collections.abc import Collection
from datetime import date

from sqlalchemy import ColumnElement, and_, or_, select

from cases.core import audit, clock, files
from cases.core.database import db
from cases.core.errors import Conflict, Invalid, NotFound
from cases.core.files import StoredFile
from cases.core.many import one_of
from cases.documents.client_papers.models import ClientPaper, PaperKind
from cases.documents.content import recognise_document
from cases.parties.clients import lock_client


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
    case_id: int | None = None,
) -> ClientPaper:
    """Keep a paper as it was signed or made, for all orders of the client or for one case.

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
        case_id=case_id,
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


def holding_on(day: date) -> ColumnElement[bool]:
    """The same as a condition of a query."""
    return and_(
        ClientPaper.dated_on <= day,
        or_(ClientPaper.ended_on.is_(None), ClientPaper.ended_on > day),
        or_(ClientPaper.valid_until.is_(None), ClientPaper.valid_until >= day),
    )


def powers_of(creditor_ids: Collection[int], day: date) -> dict[int, date | None]:
    """Of clients with powers of attorney on file: since when one of them holds, None for none.

    A client without any is not named: there the contract says whether one was given. One that
    counts for a single case is a matter of that case alone (`powers_for_cases`).
    """
    query = select(ClientPaper).where(
        one_of(ClientPaper.creditor_id, creditor_ids),
        ClientPaper.case_id.is_(None),
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


def powers_for_cases(case_ids: Collection[int], day: date) -> dict[int, date]:
    """Of cases with a power of attorney of their own that holds: since when."""
    query = select(ClientPaper.case_id, ClientPaper.dated_on).where(
        one_of(ClientPaper.case_id, case_ids),
        ClientPaper.kind == PaperKind.POWER_OF_ATTORNEY,
        holding_on(day),
    )
    rows = db.session.execute(query.order_by(ClientPaper.dated_on)).all()
    return {case_id: dated_on for case_id, dated_on in rows if case_id is not None}
