"""Read any court file, ours or the court's: header, applications or messages, control sums.

`read_file` is the one door: the workbench and `recoup court read` show what it returns.
"""

from dataclasses import dataclass
from typing import Any

from legal.de.court.eda.application import (
    CLASSES,
    ApplicationFile,
    read_applications,
    to_notation,
)
from legal.de.court.eda.control_sums import check_sums
from legal.de.court.eda.cost_alignment import align_costs
from legal.de.court.eda.envelope import MOST_LOGICAL_FILES, Header, Trailer
from legal.de.court.eda.grouping import RECEIPT, Group, LogicalFile, read_physical
from legal.de.court.eda.message_reading import READERS
from legal.de.court.eda.messages import Message
from legal.de.court.eda.notation import write
from legal.de.court.eda.reading_sentences import MESSAGES
from legal.findings import Finding, Severity

QUERY = "20"
#: File numbers from here on are the court's.
FIRST_COURT_NUMBER = 500


@dataclass(frozen=True, slots=True)
class ReadMessage:
    """One message with the bytes it came in."""

    message: Message
    raw: bytes
    record: int  # Number of its first record in the file, from 1.
    damaged: bool


@dataclass(frozen=True, slots=True)
class ReadFile:
    """One logical file as it was understood."""

    belart: str
    header: Header
    trailer: Trailer | None
    findings: tuple[Finding, ...]
    logical: LogicalFile
    messages: tuple[ReadMessage, ...] = ()
    applications: ApplicationFile | None = None

    @property
    def is_damaged(self) -> bool:
        """Whether something in the file could not be read or its control sums are wrong."""
        return any(finding.severity is Severity.ERROR for finding in self.findings)

    def in_notation(self) -> dict[str, Any]:
        """The published JSON."""
        problems = [finding_in_notation(f) for f in self.findings]
        if self.applications is not None:
            return {
                **to_notation(self.applications),
                **({"findings": problems} if problems else {}),
            }
        result: dict[str, Any] = {
            "belart": self.belart,
            "header": write(self.header, complete=True),
            "messages": [write(m.message, complete=True) for m in self.messages],
            "trailer": write(self.trailer, complete=True) if self.trailer else None,
            "findings": problems,
        }
        if self.belart == RECEIPT:
            text = "\n".join(m.message.text for m in self.messages)
            result |= {"text": text, "matchable": False}
        return result


def finding_in_notation(finding: Finding) -> dict[str, Any]:
    """A finding of the reader: number of the record, position in it, and a sentence."""
    return {
        "record": finding.line,
        "position": finding.params.get("position"),
        "field": finding.field,
        "severity": str(finding.severity),
        "code": finding.code,
        "message": finding.message(MESSAGES),
    }


def read_file(data: bytes) -> tuple[ReadFile, ...]:
    """The logical files of a physical one; damage is reported and the rest is still read."""
    logical = read_physical(data)
    if len(logical) > MOST_LOGICAL_FILES:
        params = {"found": len(logical), "most": MOST_LOGICAL_FILES}
        logical[0].findings.append(Finding("too_many_files", Severity.WARNING, params=params))
    return tuple(_understand(each) for each in logical)


def _understand(logical: LogicalFile) -> ReadFile:
    align_costs(logical)
    findings = [*logical.findings, *check_sums(logical)]
    belart = logical.belart
    if belart in CLASSES and not (belart == QUERY and is_from_court(logical.header)):
        applications = read_applications(logical)
        return _file(logical, findings, applications=applications)
    reader = READERS.get(belart)
    if reader is None:
        return _file(logical, findings)
    messages = tuple(_read_message(group, findings, belart) for group in logical.groups)
    return _file(logical, findings, messages=messages)


def _file(logical: LogicalFile, findings: list[Finding], **more: Any) -> ReadFile:
    return ReadFile(
        logical.belart, logical.header, logical.trailer, tuple(findings), logical, **more
    )


def _read_message(group: Group, findings: list[Finding], belart: str) -> ReadMessage:
    message = READERS[belart](group, findings)
    return ReadMessage(message, group.raw, group.entries[0].record.number, group.damaged)


def is_from_court(header: Header) -> bool:
    """Whether a court made this file: it names its court, or has a number of the court's range."""
    if header.edaidz:
        return True
    letters, digits = header.edaid[:3], header.edaid[3:]
    return letters.isalpha() and digits.isdigit() and int(digits) >= FIRST_COURT_NUMBER
