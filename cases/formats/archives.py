"""A ZIP of many files: each becomes bytes with a plain name, which is never used as a path."""

from collections import Counter
from dataclasses import dataclass

from cases.formats.attachments import harmless_name
from cases.formats.gate import open_archive, read_entry
from legal.findings import N_, Finding, Severity

MESSAGES = {
    "archive_empty": N_("The archive holds no files. Please create it again."),
    "archive_name_twice": N_("The archive holds several files called “{name}”; all were read."),
    "archive_entry_refused": N_("“{name}” in the archive could not be read: {reason}."),
}
_IGNORED = ("__macosx/", ".ds_store", "thumbs.db")


@dataclass(frozen=True, slots=True)
class Unpacked:
    """The files of an archive in their order, and what was odd about it."""

    files: tuple[tuple[str, bytes], ...]
    findings: tuple[Finding, ...] = ()


def unzip_many(data: bytes) -> Unpacked:
    """Unpack an archive of invoices in memory.

    Raises:
        Refused: it is broken, protected, a bomb, or holds paths, links or archives.
    """
    files: list[tuple[str, bytes]] = []
    with open_archive(data) as archive:
        for entry in archive.infolist():
            if not entry.is_dir() and not _is_ignored(entry.filename):
                files.append((harmless_name(entry.filename), read_entry(archive, entry)))
    twice = [name for name, count in Counter(name for name, _ in files).items() if count > 1]
    findings = [
        Finding("archive_name_twice", Severity.WARNING, params={"name": name}) for name in twice
    ]
    if not files:
        findings.append(Finding("archive_empty", Severity.ERROR))
    return Unpacked(tuple(files), tuple(findings))


def _is_ignored(name: str) -> bool:
    lower = name.lower()
    return lower.startswith(_IGNORED[0]) or lower.endswith(_IGNORED[1:])
