"""The house's directory of courts: read, compared with the one before, taken as a whole."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date

from sqlalchemy import delete, exists, insert, select

from cases.core import audit, clock
from cases.core.database import db
from cases.core.errors import Conflict, Invalid, NotFound
from cases.core.files import StoredFile, read_bytes, store_file
from cases.filings.trial_courts.directory_file import DirectoryFile, Row, fold, read_directory
from cases.filings.trial_courts.models import CourtDirectory, DirectoryCourt, DirectoryState

MEDIA_TYPE = "text/csv"
#: Differences that the preview shows of each kind.
EXAMPLES = 20
_STEP = 5_000


class SourceMissing(Invalid):
    """Say who has published this directory."""


class DirectoryTaken(Conflict):
    """This directory is the current one already."""


@dataclass(frozen=True, slots=True)
class Difference:
    """What taking a directory changes: lines that are new, gone, or name another court."""

    added: tuple[Row, ...]
    gone: tuple[Row, ...]
    changed: tuple[tuple[Row, Row], ...]  # Before and after.
    same: int


@dataclass(frozen=True, slots=True)
class NamedCourts:
    """The courts that the current directory names for some postcodes."""

    by_postcode: Mapping[tuple[str, str], tuple[DirectoryCourt, ...]]

    def find(self, kind: str, postcode: str, place: str) -> tuple[DirectoryCourt, ...]:
        """The courts for a place: one if it is clear, several if the postcode has several."""
        rows = self.by_postcode.get((postcode, kind), ())
        here = tuple(row for row in rows if row.place and fold(row.place) == fold(place))
        return here or rows


def propose(
    data: bytes, filename: str, source: str, as_of: date, user_id: int
) -> tuple[CourtDirectory | None, DirectoryFile]:
    """Read a file; with a mistake in it nothing is kept. Raises SourceMissing, FileTooLarge."""
    if not source.strip():
        raise SourceMissing
    file = read_directory(data)
    if file.findings:
        return None, file
    directory = CourtDirectory(
        file_id=store_file(data, filename, MEDIA_TYPE, None).id,
        filename=filename,
        source=source.strip(),
        as_of=as_of,
        rows_count=len(file.rows),
        courts_count=file.courts_count,
        read_at=clock.now(),
        read_by=user_id,
    )
    db.session.add(directory)
    db.session.flush()
    audit.record("court_directory.read", "court_directory", directory.id, rows=len(file.rows))
    return directory, file


def take(public_id: str, user_id: int) -> CourtDirectory:
    """Make a directory the current one; the one before is replaced as a whole.

    Raises:
        NotFound, DirectoryTaken.
    """
    versions = {row.public_id: row for row in db.session.scalars(
        select(CourtDirectory).order_by(CourtDirectory.id).with_for_update(key_share=True)
        .execution_options(populate_existing=True)
    )}  # fmt: skip
    directory = versions.get(public_id)
    if directory is None:
        raise NotFound
    if directory.state is DirectoryState.CURRENT:
        raise DirectoryTaken
    for other in versions.values():
        if other.state is DirectoryState.CURRENT:
            other.state = DirectoryState.REPLACED
    db.session.flush()
    db.session.execute(delete(DirectoryCourt))
    rows = [
        {"directory_id": directory.id, "postcode": row.postcode, "place": row.place,
         "kind": row.kind, "court_postcode": row.court_postcode, "court_place": row.court_place,
         "court_name": row.court_name}
        for row in read_directory(directory_bytes(directory)).rows
    ]  # fmt: skip
    for begin in range(0, len(rows), _STEP):
        db.session.execute(insert(DirectoryCourt), rows[begin : begin + _STEP])
    directory.state = DirectoryState.CURRENT
    directory.taken_at, directory.taken_by = clock.now(), user_id
    audit.record("court_directory.taken", "court_directory", directory.id, rows=len(rows))
    db.session.flush()
    return directory


def directory_bytes(directory: CourtDirectory) -> bytes:
    """The file of a version as it came."""
    return read_bytes(db.session.get_one(StoredFile, directory.file_id))


def get_directory(public_id: str) -> CourtDirectory:
    """The version of that public id; raises NotFound."""
    found = db.session.scalar(select(CourtDirectory).where(CourtDirectory.public_id == public_id))
    if found is None:
        raise NotFound
    return found


def find_current() -> CourtDirectory | None:
    """The directory that counts today."""
    query = select(CourtDirectory).where(CourtDirectory.state == DirectoryState.CURRENT)
    return db.session.scalar(query)


def list_versions(limit: int = 50) -> list[CourtDirectory]:
    """All directories that were read, the newest first."""
    query = select(CourtDirectory).order_by(CourtDirectory.id.desc()).limit(limit)
    return list(db.session.scalars(query))


def compare(directory: CourtDirectory) -> Difference:
    """What this version changes against the current one."""
    current = find_current()
    before = {row.key: row for row in _rows(current)} if current else {}
    after = {row.key: row for row in _rows(directory)}
    changed = [
        (before[key], row) for key, row in after.items()
        if key in before and before[key].court != row.court
    ]  # fmt: skip
    added = tuple(row for key, row in after.items() if key not in before)
    gone = tuple(row for key, row in before.items() if key not in after)
    return Difference(added, gone, tuple(changed), len(after) - len(added) - len(changed))


def named_courts(postcodes: Collection[str]) -> NamedCourts | None:
    """What the current directory says about some postcodes; None where none is loaded."""
    if not db.session.scalar(
        select(exists().where(CourtDirectory.state == DirectoryState.CURRENT))
    ):
        return None
    found: dict[tuple[str, str], tuple[DirectoryCourt, ...]] = {}
    query = select(DirectoryCourt).where(DirectoryCourt.postcode.in_(postcodes))
    for row in db.session.scalars(query.order_by(DirectoryCourt.id)):
        key = (row.postcode, row.kind)
        found[key] = (*found.get(key, ()), row)
    return NamedCourts(found)


def _rows(directory: CourtDirectory) -> tuple[Row, ...]:
    return read_directory(directory_bytes(directory)).rows
