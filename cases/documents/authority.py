"""By what right we collect: the creditor's power of attorney or the deed of assignment.

A paper counts for all orders of its creditor or for one case. The debtor may ask to see it. Law:
BGB §§ 174, 410.
"""

from collections.abc import Sequence
from datetime import date, datetime
from enum import StrEnum

from sqlalchemy import ForeignKey, ForeignKeyConstraint, Index, or_, select
from sqlalchemy.orm import Mapped, mapped_column

from cases.core import audit, clock
from cases.core.database import Base, db, new_public_id
from cases.core.errors import Invalid, NotFound
from cases.core.files import StoredFile, store_file
from cases.core.retention import Retention
from cases.documents.content import PDF, recognise_document


class AuthorityKind(StrEnum):
    """What gives us the right."""

    POWER_OF_ATTORNEY = "power_of_attorney"  # Vollmacht
    ASSIGNMENT = "assignment"  # Abtretungsurkunde


class AuthorityPaper(Base):
    """A paper that shows our right to collect (Berechtigungsnachweis); ended, never deleted."""

    __tablename__ = "authority_papers"
    __retention__ = Retention.VOUCHERS
    __table_args__ = (
        ForeignKeyConstraint(["case_id", "creditor_id"], ["cases.id", "cases.creditor_id"]),
        Index("ix_authority_papers_creditor_id", "creditor_id", "case_id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    public_id: Mapped[str] = mapped_column(unique=True, default=new_public_id)
    creditor_id: Mapped[int] = mapped_column(ForeignKey("creditors.id"))
    case_id: Mapped[int | None]  # None: for all orders of this creditor.
    kind: Mapped[AuthorityKind]
    dated_on: Mapped[date]  # The day that stands on it.
    file_id: Mapped[int] = mapped_column(ForeignKey("stored_files.id"), index=True)
    added_at: Mapped[datetime]
    added_by: Mapped[int | None] = mapped_column(ForeignKey("users.id"))
    ended_at: Mapped[datetime | None]
    ended_by: Mapped[int | None] = mapped_column(ForeignKey("users.id"))


class PaperNoPdf(Invalid):
    """“{name}” cannot go with a letter: only PDF files can."""


class PaperFromFuture(Invalid):
    """The day on the paper lies in the future."""


def add_paper(
    creditor_id: int,
    kind: AuthorityKind,
    dated_on: date,
    data: bytes,
    name: str,
    case_id: int | None = None,
) -> AuthorityPaper:
    """Keep a paper; an older one of the same kind and reach ends with it.

    Raises:
        PaperFromFuture, PaperNoPdf, DocumentEmpty, DocumentRefused, FileTooLarge.
    """
    if dated_on > clock.today():
        raise PaperFromFuture
    media_type = recognise_document(data, name)
    if media_type != PDF:
        raise PaperNoPdf(name=name)
    file = store_file(data, name, media_type, creditor_id)
    for older in list_papers(creditor_id, case_id):
        if older.kind is kind and older.case_id == case_id:
            _end(older)
    paper = AuthorityPaper(
        creditor_id=creditor_id, case_id=case_id, kind=kind, dated_on=dated_on, file_id=file.id,
        added_at=clock.now(), added_by=audit.actor_id(),
    )  # fmt: skip
    db.session.add(paper)
    db.session.flush()
    audit.record("authority_paper.added", "authority_paper", paper.id, creditor_id=creditor_id)
    return paper


def end_paper(public_id: str) -> AuthorityPaper:
    """It was revoked or replaced: it is sent to nobody any more. Raises NotFound."""
    paper = get_paper(public_id)
    if paper.ended_at is None:
        _end(paper)
    return paper


def get_paper(public_id: str) -> AuthorityPaper:
    """The paper of that public id; raises NotFound."""
    query = select(AuthorityPaper).where(AuthorityPaper.public_id == public_id)
    found = db.session.scalar(query)
    if found is None:
        raise NotFound
    return found


def list_papers(creditor_id: int, case_id: int | None = None) -> Sequence[AuthorityPaper]:
    """What counts for a case, its own first; without a case what counts for all its orders."""
    query = (
        select(AuthorityPaper)
        .where(
            AuthorityPaper.creditor_id == creditor_id,
            AuthorityPaper.ended_at.is_(None),
            or_(AuthorityPaper.case_id.is_(None), AuthorityPaper.case_id == case_id),
        )
        .order_by(AuthorityPaper.case_id.nulls_last(), AuthorityPaper.id.desc())
    )
    return db.session.scalars(query).all()


def paper_file(paper: AuthorityPaper) -> StoredFile:
    """The paper itself."""
    return db.session.get_one(StoredFile, paper.file_id)


def paper_among(file_ids: Sequence[int]) -> AuthorityPaper | None:
    """The paper whose file is among these, as of a letter's enclosures."""
    query = select(AuthorityPaper).where(AuthorityPaper.file_id.in_(file_ids))
    return db.session.scalar(query.order_by(AuthorityPaper.id.desc()).limit(1))


def _end(paper: AuthorityPaper) -> None:
    paper.ended_at, paper.ended_by = clock.now(), audit.actor_id()
    audit.record(
        "authority_paper.ended", "authority_paper", paper.id, creditor_id=paper.creditor_id
    )
