"""Reads of letters: those of a case, and the bytes that left the house."""

from collections.abc import Collection

from sqlalchemy import Select, func, select

from cases.core import audit
from cases.core.database import db
from cases.core.errors import NotFound
from cases.core.files import StoredFile, read_bytes
from cases.core.many import one_of
from cases.letters.models import (
    Letter,
    LetterKind,
    SentLetter,
)


def list_letters(case_id: int) -> list[tuple[Letter, SentLetter | None]]:
    """The letters of a case, newest first, with their bytes once they are sent."""
    rows = db.session.execute(
        select(Letter, SentLetter)
        .outerjoin(SentLetter, SentLetter.letter_id == Letter.id)
        .where(Letter.case_id == case_id)
        .order_by(Letter.id.desc())
    )
    return [(letter, sent) for letter, sent in rows]


def list_read_by_creditor(case_id: int) -> list[tuple[Letter, SentLetter]]:
    """The letters that left the house in this creditor's case, newest first.

    What a debtor asked for himself is answered to him alone; the database keeps that too.
    """
    return [
        (letter, sent)
        for letter, sent in list_letters(case_id)
        if sent is not None and letter.kind is not LetterKind.REQUEST_ANSWER
    ]


def list_sent_of_kind(case_ids: Collection[int], kind: LetterKind) -> dict[int, Letter]:
    """Case -> the last letter of a kind that left the house in it."""
    query = (
        select(Letter)
        .join(SentLetter, SentLetter.letter_id == Letter.id)
        .where(one_of(Letter.case_id, case_ids), Letter.kind == kind)
        .order_by(Letter.id)
    )
    return {letter.case_id: letter for letter in db.session.scalars(query)}


def enclosures_of(letter: Letter) -> list[tuple[str, bytes]]:
    """What goes with a letter, as it was when the letter was released: names and bytes."""
    return [
        (each["name"], read_bytes(db.session.get_one(StoredFile, each["file_id"])))
        for each in letter.content.get("attachments", ())
    ]


def letter_lookup(number: str) -> Select[int]:
    """A look-up of the case search: the case of the letter with that number."""
    return select(Letter.case_id).where(Letter.number == number.strip().upper()[:40])


def get_letter(public_id: str) -> Letter:
    """The letter of that public id; raises NotFound."""
    letter = db.session.scalar(select(Letter).where(Letter.public_id == public_id))
    if letter is None:
        raise NotFound
    return letter


def read_sent_letter(public_id: str) -> tuple[Letter, bytes]:
    """The bytes of a letter as they left the house; raises NotFound while it waits."""
    row = db.session.execute(
        select(Letter, StoredFile)
        .join(SentLetter, SentLetter.letter_id == Letter.id)
        .join(StoredFile, StoredFile.id == SentLetter.file_id)
        .where(Letter.public_id == public_id)
    ).one_or_none()
    if row is None:
        raise NotFound
    audit.record("letter.read", "letter", row[0].id, creditor_id=row[0].creditor_id)
    return row[0], read_bytes(row[1])


def average_pages(kind: LetterKind) -> float | None:
    """How many pages letters of a kind have had; None where none has been sent."""
    average = db.session.scalar(
        select(func.avg(SentLetter.pages))
        .join(Letter, Letter.id == SentLetter.letter_id)
        .where(Letter.kind == kind)
    )
    return None if average is None else float(average)
