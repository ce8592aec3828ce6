"""Files as they were handed in or left the house, byte for byte, found by their SHA-256.

The bytes lie in a store, the owner's row in the database. Two creditors that hand in the same
bytes own two files: nothing is shared between them. The store is an interface that an
S3-compatible one fits as well as a folder.
"""

import hashlib
import os
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import Protocol

from sqlalchemy import CheckConstraint, func, select
from sqlalchemy.orm import Mapped, mapped_column

from cases.core import audit
from cases.core.database import Base, db, new_public_id
from cases.core.errors import Invalid, NotFound, Unavailable
from cases.core.retention import Retention
from cases.formats import gate
from legal.errors import InvariantBroken

#: Where a probe of the store is written; no owner has that name.
PROBE_SCOPE = "probe"


class FileTooLarge(Invalid):
    """The file is larger than {limit_mb} MB. Split it into smaller files and send them apart."""


class FileMissing(NotFound):
    """The stored bytes of this file cannot be found; restore them from the backup."""


class FileDamaged(NotFound):
    """The stored bytes of this file are not those that were stored; restore the backup."""


class StoreAway(Unavailable, OSError):
    """The store of files is full or does not answer; nothing was kept. Please try again later."""


class StoredFile(Base):
    """Who owns which bytes, under which name. The bytes never change."""

    __tablename__ = "stored_files"
    __retention__ = Retention.VOUCHERS
    __table_args__ = (CheckConstraint("size_bytes >= 0", name="size_positive"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    public_id: Mapped[str] = mapped_column(unique=True, default=new_public_id)
    creditor_id: Mapped[int | None] = mapped_column(index=True)  # None: the house's own.
    sha256: Mapped[str] = mapped_column(index=True)
    size_bytes: Mapped[int]
    filename: Mapped[str]
    media_type: Mapped[str]
    stored_at: Mapped[datetime] = mapped_column(server_default=func.now())


class FileStore(Protocol):
    """Where bytes lie; `scope` keeps owners apart, `sha256` is the name within it."""

    def put(self, scope: str, sha256: str, data: bytes) -> None: ...
    def get(self, scope: str, sha256: str) -> bytes: ...
    def remove(self, scope: str, sha256: str) -> None: ...


class FolderStore:
    """A store in a folder: written beside, synced, then renamed, so never half there."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def put(self, scope: str, sha256: str, data: bytes) -> None:
        path = self._path(scope, sha256)
        if _holds(path, sha256, len(data)):
            return
        path.parent.mkdir(parents=True, exist_ok=True)
        beside = path.with_name(f"{path.name}.{os.getpid()}.{os.urandom(4).hex()}.part")
        try:
            with beside.open("wb") as out:
                out.write(data)
                out.flush()
                os.fsync(out.fileno())
            beside.rename(path)
            # Its name must outlive a power cut too: a row that names it is about to be committed.
            for folder in (path.parent, self.folder / scope, self.folder):
                _sync_folder(folder)
        finally:
            beside.unlink(missing_ok=True)

    def get(self, scope: str, sha256: str) -> bytes:
        try:
            return self._path(scope, sha256).read_bytes()
        except FileNotFoundError as error:
            raise FileMissing from error

    def remove(self, scope: str, sha256: str) -> None:
        self._path(scope, sha256).unlink(missing_ok=True)

    def _path(self, scope: str, sha256: str) -> Path:
        return self.folder / scope / sha256[:2] / sha256


def _holds(path: Path, sha256: str, size_bytes: int) -> bool:
    """Whether those very bytes are there: equal length alone may be a damaged disk."""
    try:
        if path.stat().st_size != size_bytes:
            return False
        with path.open("rb") as stored:
            return hashlib.file_digest(stored, "sha256").hexdigest() == sha256
    except FileNotFoundError:
        return False


def _sync_folder(folder: Path) -> None:
    number = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(number)
    finally:
        os.close(number)


class _Place:
    store: FileStore | None = None


def configure(store: FileStore) -> None:
    """Say where the bytes lie; called once by the shell."""
    _Place.store = store


def current_store() -> FileStore:
    """Where the bytes lie in this process."""
    if _Place.store is None:
        raise InvariantBroken("the shell configures the file store at start")
    return _Place.store


def probe(data: bytes) -> bool:
    """Whether the store takes a few bytes and gives them back."""
    sha256 = hashlib.sha256(data).hexdigest()
    store = current_store()
    store.remove(PROBE_SCOPE, sha256)  # A put that finds its bytes would write nothing.
    store.put(PROBE_SCOPE, sha256, data)
    return store.get(PROBE_SCOPE, sha256) == data


def scope_of(creditor_id: int | None) -> str:
    """Whose bytes they are: creditors never share any."""
    return "house" if creditor_id is None else f"creditor-{creditor_id}"


@contextmanager
def _away_in_words() -> Iterator[None]:
    """A disk that is full or fails is told as what it is, wherever it is met."""
    try:
        yield
    except OSError as error:
        raise StoreAway from error


def store_file(data: bytes, filename: str, media_type: str, creditor_id: int | None) -> StoredFile:
    """Keep the bytes and note their owner.

    Raises:
        FileTooLarge: over 50 MB; nothing was stored.
        StoreAway: the disk is full or fails; nothing was stored.
    """
    if len(data) > gate.MAX_BYTES:
        raise FileTooLarge(limit_mb=gate.MAX_BYTES // (1024 * 1024))
    sha256 = hashlib.sha256(data).hexdigest()
    with _away_in_words():
        current_store().put(scope_of(creditor_id), sha256, data)
    file = StoredFile(
        creditor_id=creditor_id,
        sha256=sha256,
        size_bytes=len(data),
        filename=filename.replace("\0", "")[:255] or "unnamed",
        media_type=media_type,
    )
    db.session.add(file)
    db.session.flush()
    audit.record("file.stored", "file", file.id, creditor_id=creditor_id, sha256=sha256)
    return file


def get_file(public_id: str) -> StoredFile:
    """The file of that public id; raises NotFound."""
    file = db.session.scalar(select(StoredFile).where(StoredFile.public_id == public_id))
    if file is None:
        raise NotFound
    return file


def get_file_by_id(file_id: int) -> StoredFile:
    """The file of that id; raises NotFound."""
    file = db.session.get(StoredFile, file_id)
    if file is None:
        raise NotFound
    return file


def read_bytes(file: StoredFile) -> bytes:
    """The bytes as they were stored; raises FileDamaged if they are not."""
    with _away_in_words():
        data = current_store().get(scope_of(file.creditor_id), file.sha256)
    if hashlib.sha256(data).hexdigest() != file.sha256:
        raise FileDamaged
    return data
