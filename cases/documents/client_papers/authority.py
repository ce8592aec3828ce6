"""By what right we collect: which of a client's papers the debtor may ask to see.

A paper counts for all orders of its client or for one case. Law: BGB §§ 174, 410.
"""

from collections.abc import Sequence
from datetime import date

from sqlalchemy import or_, select

from cases.core import clock
from cases.core.database import db
from cases.core.errors import Invalid, NotFound
from cases.core.files import StoredFile
from cases.documents.client_papers.models import ClientPaper, PaperKind
from cases.documents.client_papers.services import end_paper, holding_on, keep_paper
from cases.documents.content import PDF, recognise_document

#: What gives us the right, and is shown to a debtor.
AUTHORITY = (PaperKind.POWER_OF_ATTORNEY, PaperKind.ASSIGNMENT)


class PaperNoPdf(Invalid):
    """“{name}” cannot go with a letter: only PDF files can."""


def add_authority(
    creditor_id: int,
    kind: PaperKind,
    dated_on: date,
    data: bytes,
    name: str,
    case_id: int | None = None,
) -> ClientPaper:
    """Keep a paper that is to be shown; one of the same kind for the same case ends with it.

    What counts for all orders is ended by nobody but the person who looks after the client: the
    courts rely on it.

    Raises:
        PaperDatedAhead, PaperNoPdf, DocumentEmpty, DocumentRefused, FileTooLarge.
    """
    if recognise_document(data, name) != PDF:
        raise PaperNoPdf(name=name)
    older = [] if case_id is None else list_authority(creditor_id, case_id)
    paper = keep_paper(creditor_id, kind, data, name, dated_on, case_id=case_id)
    for each, _ in older:
        if each.kind is kind and each.case_id == case_id:
            end_paper(creditor_id, each.public_id)
    return paper


def list_authority(
    creditor_id: int, case_id: int | None = None
) -> Sequence[tuple[ClientPaper, StoredFile]]:
    """What holds today for a case, its own first; without a case what counts for all orders."""
    query = (
        select(ClientPaper, StoredFile)
        .join(StoredFile, StoredFile.id == ClientPaper.file_id)
        .where(
            ClientPaper.creditor_id == creditor_id,
            ClientPaper.kind.in_(AUTHORITY),
            holding_on(clock.today()),
            or_(ClientPaper.case_id.is_(None), ClientPaper.case_id == case_id),
        )
        .order_by(
            ClientPaper.case_id.nulls_last(), ClientPaper.dated_on.desc(), ClientPaper.id.desc()
        )
    )
    return [(paper, file) for paper, file in db.session.execute(query)]


def sendable(papers: Sequence[tuple[ClientPaper, StoredFile]]) -> list[ClientPaper]:
    """Those of some papers that can be enclosed with a letter."""
    return [paper for paper, file in papers if file.media_type == PDF]


def get_authority(creditor_id: int, case_id: int, public_id: str) -> tuple[ClientPaper, StoredFile]:
    """A paper that holds for a case today; raises NotFound."""
    for paper, file in list_authority(creditor_id, case_id):
        if paper.public_id == public_id:
            return paper, file
    raise NotFound


def paper_among(file_ids: Sequence[int]) -> ClientPaper | None:
    """The paper whose file is among these, as of a letter's enclosures."""
    query = select(ClientPaper).where(
        ClientPaper.file_id.in_(file_ids), ClientPaper.kind.in_(AUTHORITY)
    )
    return db.session.scalar(query.order_by(ClientPaper.id.desc()).limit(1))
