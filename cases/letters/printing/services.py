"""Preparing a print run, releasing it once, and giving its letters back."""

import csv
import io
import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from xml.etree import ElementTree

from sqlalchemy import Select, delete, func, select

from cases.claims.models import Case
from cases.claims.queries import find_party
from cases.claims.reaching.person import against_writing, told
from cases.core import audit, clock
from cases.core.database import db
from cases.core.errors import Conflict, NotFound
from cases.core.files import StoredFile, read_bytes, store_file
from cases.core.locks import relock, take_name
from cases.letters.models import Channel, Letter, SentLetter
from cases.letters.printing.kept_back import may_leave
from cases.letters.printing.models import PrintRun, PrintRunLetter, PrintRunState
from cases.letters.queries import enclosures_of
from legal.findings import Finding

#: So many letters are one file; the rest waits for the next run.
MOST = 2_000
LOCK = "print run"
#: How the last line of an address at home begins.
_POSTCODE = re.compile(r"\d{4,5}(?= )")


class NothingToPrint(Conflict):
    """No letter waits for the printer."""


class RunNotPrepared(Conflict):
    """This run has been released or given back already."""


class LettersKeptBack(Conflict):
    """A debtor of this run has died, is insolvent or may not be written to any more. Give its
    letters back and prepare the run anew: that letter stays in the house."""


@dataclass(frozen=True, slots=True)
class Line:
    """One letter in the index of a run."""

    place: int
    first_page: int
    pages: int
    number: str
    case_number: str
    country: str
    postcode: str
    dispatched_on: date
    sha256: str


@dataclass(frozen=True, slots=True)
class KeptBack:
    """A letter that stays in the house; without a reason its debtor is no longer in the case."""

    letter: Letter
    case: Case
    why: Finding | None


def waiting(*, kept_back: bool = False) -> Select[int]:
    """Letters that were set for the printer and are in no run so far.

    `kept_back`: those whose debtor may not be written to any more, which wait for a person.
    """
    leaves = ~may_leave() if kept_back else may_leave()
    taken = select(PrintRunLetter.letter_id).where(PrintRunLetter.letter_id == Letter.id)
    return (
        select(Letter.id)
        .join(SentLetter, SentLetter.letter_id == Letter.id)
        .where(Letter.channel == Channel.PRINT, ~taken.exists(), leaves)
    )


def count_waiting() -> int:
    """How many letters wait for the printer."""
    return db.session.scalar(select(func.count()).select_from(waiting().subquery())) or 0


def list_kept_back(limit: int = 50) -> list[KeptBack]:
    """Letters that stay in the house because of their debtor, the oldest first."""
    query = (
        select(Letter, Case)
        .join(Case, Case.id == Letter.case_id)
        .where(Letter.id.in_(waiting(kept_back=True)))
        .order_by(Letter.id)
        .limit(limit)
    )
    return [_kept_back(letter, case) for letter, case in db.session.execute(query)]


def _kept_back(letter: Letter, case: Case) -> KeptBack:
    party = find_party(letter.case_id, letter.debtor_id)
    reason = against_writing(party) if party is not None else None
    return KeptBack(letter, case, told(reason) if reason is not None else None)


def list_runs(limit: int = 50) -> list[PrintRun]:
    """The latest runs, newest first."""
    return list(db.session.scalars(select(PrintRun).order_by(PrintRun.id.desc()).limit(limit)))


def get_run(public_id: str) -> PrintRun:
    """The run of that public id; raises NotFound."""
    run = db.session.scalar(select(PrintRun).where(PrintRun.public_id == public_id))
    if run is None:
        raise NotFound
    return run


def prepare_run(user_id: int) -> PrintRun:
    """Put what waits into one file, sorted by country, postcode and number of pages.

    Raises:
        NothingToPrint.
    """
    take_name(LOCK)  # Two people never put the same letters into two runs.
    ids = db.session.scalars(waiting().order_by(Letter.id).limit(MOST)).all()
    if not ids:
        raise NothingToPrint
    rows = db.session.execute(
        select(Letter, SentLetter, StoredFile)
        .join(SentLetter, SentLetter.letter_id == Letter.id)
        .join(StoredFile, StoredFile.id == SentLetter.file_id)
        .where(Letter.id.in_(ids))
    ).all()
    data, placed = _assemble([(letter, sent, file) for letter, sent, file in rows])
    now = clock.now()
    name = f"Druck-{now:%Y-%m-%d}-{len(placed)}.pdf"
    file = store_file(data, name, "application/pdf", None)
    run = PrintRun(
        letters=len(placed), pages=sum(pages for _, _, pages in placed), file_id=file.id,
        prepared_by=user_id, prepared_at=now,
    )  # fmt: skip
    db.session.add(run)
    db.session.flush()
    for place, (letter_id, first_page, pages) in enumerate(placed, 1):
        db.session.add(
            PrintRunLetter(
                letter_id=letter_id, run_id=run.id, place=place, first_page=first_page, pages=pages
            )
        )
    audit.record("print_run.prepared", "print_run", run.id, letters=len(placed))
    return run


def release_run(run: PrintRun, user_id: int) -> None:
    """Hand a run over; from now on it has left. Raises RunNotPrepared, LettersKeptBack."""
    relock(run)
    if run.state is not PrintRunState.PREPARED:
        raise RunNotPrepared
    if not_leaving(run):
        raise LettersKeptBack
    run.state, run.released_by, run.released_at = PrintRunState.RELEASED, user_id, clock.now()
    audit.record("print_run.released", "print_run", run.id)


def not_leaving(run: PrintRun) -> list[str]:
    """The numbers of letters in a run whose debtor may not be written to any more."""
    query = (
        select(Letter.number)
        .join(PrintRunLetter, PrintRunLetter.letter_id == Letter.id)
        .where(PrintRunLetter.run_id == run.id, ~may_leave())
    )
    return list(db.session.scalars(query.order_by(PrintRunLetter.place)))


def drop_run(run: PrintRun) -> None:
    """Give the letters of a run back: they wait for another one. Raises RunNotPrepared."""
    relock(run)
    if run.state is not PrintRunState.PREPARED:
        raise RunNotPrepared
    db.session.execute(delete(PrintRunLetter).where(PrintRunLetter.run_id == run.id))
    run.state = PrintRunState.DROPPED
    audit.record("print_run.dropped", "print_run", run.id)


def run_file(run: PrintRun) -> bytes:
    """The pages of a run."""
    return read_bytes(db.session.get_one(StoredFile, run.file_id))


def list_lines(run: PrintRun) -> list[Line]:
    """The index of a run, in the order of its file."""
    rows = db.session.execute(
        select(PrintRunLetter, Letter, Case.number, SentLetter.sha256)
        .join(Letter, Letter.id == PrintRunLetter.letter_id)
        .join(Case, Case.id == Letter.case_id)
        .join(SentLetter, SentLetter.letter_id == Letter.id)
        .where(PrintRunLetter.run_id == run.id)
        .order_by(PrintRunLetter.place)
    )
    return [
        Line(row.place, row.first_page, row.pages, letter.number, number, *_where(letter),
             letter.dispatched_on, sha256)
        for row, letter, number, sha256 in rows
    ]  # fmt: skip


def as_csv(lines: Sequence[Line]) -> bytes:
    """The index for the printing service, a line for each letter."""
    made = io.StringIO()
    writer = csv.writer(made, delimiter=";", lineterminator="\r\n")
    writer.writerow(Line.__dataclass_fields__)
    for line in lines:
        writer.writerow(getattr(line, name) for name in Line.__dataclass_fields__)
    return made.getvalue().encode()


def as_xml(lines: Sequence[Line]) -> bytes:
    """The same as XML."""
    root = ElementTree.Element("print-run", letters=str(len(lines)))
    for line in lines:
        ElementTree.SubElement(
            root,
            "letter",
            {name.replace("_", "-"): str(getattr(line, name))
             for name in Line.__dataclass_fields__},
        )  # fmt: skip
    made: bytes = ElementTree.tostring(root, encoding="utf-8", xml_declaration=True)
    return made


def _assemble(
    rows: Sequence[tuple[Letter, SentLetter, StoredFile]],
) -> tuple[bytes, list[tuple[int, int, int]]]:
    """The pages of all letters with what goes with them, and where each begins."""
    from pypdf import PdfWriter

    writer, placed = PdfWriter(), []
    for letter, _, file in sorted(rows, key=lambda row: _order(row[0], row[1])):
        first = len(writer.pages) + 1
        enclosed = (data for _, data in enclosures_of(letter))
        for pdf in (read_bytes(file), *enclosed):
            writer.append(io.BytesIO(pdf), import_outline=False)
        placed.append((letter.id, first, len(writer.pages) - first + 1))
    made = io.BytesIO()
    writer.write(made)
    return made.getvalue(), placed


def _order(letter: Letter, sent: SentLetter) -> tuple[bool, str, str, int, int]:
    country, postcode = _where(letter)
    home = str(letter.content["agency"].get("country", "DE"))
    return country != home, country, postcode, sent.pages, letter.id


def _where(letter: Letter) -> tuple[str, str]:
    """Country and postcode as they stand in the window: at home no country stands there."""
    lines = list(letter.content["address"])
    at_home = _POSTCODE.match(lines[-1])
    if at_home:
        return str(letter.content["agency"].get("country", "DE")), at_home[0]
    abroad = re.search(r"\d{3,}", lines[-2]) if len(lines) > 1 else None
    return lines[-1], abroad[0] if abroad else ""
