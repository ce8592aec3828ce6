"""The backup folder: what lies where, which backups are whole, and what may go.

base/<name>/base.tar.gz.age, facts.age, backup_manifest, label.json (written last)
wal/<segment>.gz.age, wal/<segment>.partial.gz.age
files/<owner>/<sha256>.age
"""

import json
import shutil
from dataclasses import asdict, dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

STAMP = "%Y%m%dT%H%M%SZ"
SEGMENT_LENGTH = 24
WAL_SUFFIX = ".gz.age"
PARTIAL = ".partial"
FULL_EVERY = timedelta(days=7)


class NoBackup(Exception):
    """There is no whole backup in this folder."""


@dataclass(frozen=True, slots=True)
class Backup:
    """One base backup that is whole: `parent` names the one it holds the changes since."""

    name: str
    parent: str | None
    first_segment: str  # Changes from here on make it consistent.
    last_segment: str  # The one that holds the moment its facts were counted at.

    @property
    def taken_at(self) -> datetime:
        """The moment it is of."""
        return datetime.strptime(self.name, STAMP).replace(tzinfo=UTC)


class Shelf:
    """The folder and what is in it."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def base(self, name: str) -> Path:
        """Where a base backup lies."""
        return self.folder / "base" / name

    @property
    def wal(self) -> Path:
        """Where the changes lie."""
        return self.folder / "wal"

    def file(self, scope: str, sha256: str) -> Path:
        """Where one file of the house lies."""
        return self.folder / "files" / scope / f"{sha256}.age"

    def put_label(self, backup: Backup) -> None:
        """Say that a backup is whole."""
        path = self.base(backup.name) / "label.json"
        beside = path.with_suffix(".part")
        beside.write_text(json.dumps(asdict(backup), indent=2), encoding="utf-8")
        beside.rename(path)

    def backups(self) -> list[Backup]:
        """All that are whole, the oldest first."""
        labels = sorted((self.folder / "base").glob("*/label.json"))
        return [Backup(**json.loads(path.read_text(encoding="utf-8"))) for path in labels]

    def newest(self) -> Backup:
        """The last one; raises NoBackup."""
        found = self.backups()
        if not found:
            raise NoBackup(f"There is no backup in {self.folder}: `recoup backup take` makes one.")
        return found[-1]

    def chain_of(self, backup: Backup) -> list[Backup]:
        """A full backup and every one since that this one is built on."""
        by_name = {each.name: each for each in self.backups()}
        chain = [backup]
        while (parent := chain[0].parent) is not None:
            if parent not in by_name:
                raise NoBackup(f"{chain[0].name} is built on {parent}, which is not there.")
            chain.insert(0, by_name[parent])
        return chain

    def parent_for(self, moment: datetime) -> Backup | None:
        """What the next backup may be built on: None when it is time for a full one."""
        found = self.backups()
        if not found or moment - self.chain_of(found[-1])[0].taken_at >= FULL_EVERY:
            return None
        return found[-1]

    def has_segment(self, segment: str) -> bool:
        """Whether a segment of changes is here whole."""
        return (self.wal / (segment + WAL_SUFFIX)).exists()

    def segments_from(self, first: str) -> dict[str, Path]:
        """Segments (and histories) since one, by the name the server asks for."""
        found: dict[str, Path] = {}
        for path in sorted(self.wal.glob("*" + WAL_SUFFIX)):
            name = path.name.removesuffix(WAL_SUFFIX)
            whole = name.removesuffix(PARTIAL)
            if len(whole) == SEGMENT_LENGTH and whole[8:] < first[8:]:
                continue
            if name == whole or whole not in found:
                found[whole] = path
        return found

    def prune(self, keep_days: int, moment: datetime) -> None:
        """Remove backups that are older, unless a younger one is built on them."""
        found = self.backups()
        young = [b for b in found if moment - b.taken_at < timedelta(days=keep_days)] or found[-1:]
        kept = {each.name: each for own in young for each in self.chain_of(own)}
        for backup in found:
            if backup.name not in kept:
                shutil.rmtree(self.base(backup.name))
        oldest = min((each.first_segment[8:] for each in kept.values()), default="")
        for path in self.wal.glob("*" + WAL_SUFFIX):
            if len(path.name.partition(".")[0]) == SEGMENT_LENGTH and path.name[8:24] < oldest:
                path.unlink()
