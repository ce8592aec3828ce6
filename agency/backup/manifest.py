"""The list that PostgreSQL writes beside a base backup: every file with its length and SHA-256.

PostgreSQL's own check of it (pg_verifybackup) does not start in the embedded wheel; this one looks
at the same list.
"""

import hashlib
import json
from pathlib import Path

from agency.backup.programs import ProgramFailed

MANIFEST = "backup_manifest"
#: Written by a restore, or left out of the list by PostgreSQL itself.
UNLISTED = frozenset({MANIFEST})


def verify_folder(folder: Path) -> None:
    """Compare every file of an extracted base backup with its list.

    Raises:
        ProgramFailed: one is missing, was changed, or is not listed; it is named.
    """
    listed = {
        each["Path"]: each
        for each in json.loads((folder / MANIFEST).read_text(encoding="utf-8"))["Files"]
    }
    found = {
        str(path.relative_to(folder)) for path in folder.rglob("*") if path.is_file()
    } - UNLISTED
    for name in sorted(found ^ set(listed)):
        raise ProgramFailed(f"{name}: {'not listed' if name in found else 'missing'}")
    for name, entry in listed.items():
        path = folder / name
        if path.stat().st_size != entry["Size"] or _sha256(path) != entry.get("Checksum"):
            raise ProgramFailed(f"{name}: other bytes than were backed up")


def first_segment_of(manifest: bytes) -> str:
    """The segment (of 16 MB) that a base backup begins in."""
    (wal, *_) = json.loads(manifest)["WAL-Ranges"]
    high, _, low = wal["Start-LSN"].partition("/")
    return f"{wal['Timeline']:08X}{int(high, 16):08X}{int(low, 16) >> 24:08X}"


def _sha256(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
