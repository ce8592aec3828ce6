"""What a handed-in file holds, whatever its kind."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from cases.formats.attachments import Attachment
from cases.formats.claims.claim_row import ClaimRow
from cases.formats.claims.conventions import Conventions
from cases.formats.claims.lists.headers import Proposal
from legal.findings import Finding, Severity


@dataclass(frozen=True, slots=True)
class Original:
    """An e-invoice as it came, and the row it became; None: the file handed in is the invoice."""

    line: int
    name: str
    data: bytes | None = None


@dataclass(frozen=True, slots=True)
class ClaimFile:
    """What a file of claims holds; `kind` is "list" or "e-invoice"."""

    kind: str
    format: str | None
    encoding: str | None
    rows: tuple[ClaimRow, ...] = ()
    findings: tuple[Finding, ...] = ()
    columns: tuple[str, ...] = ()  # Headers as they stand in the file.
    mapping: Mapping[str, str] = field(default_factory=dict)  # Column -> field.
    conventions: Conventions = field(default_factory=Conventions)
    profile: str | None = None  # Of an e-invoice, by its short name.
    attachments: tuple[Attachment, ...] = ()  # Documents inside an e-invoice.
    originals: tuple[Original, ...] = ()  # Of e-invoices.

    @property
    def is_refused(self) -> bool:
        """Whether nothing could be read of it."""
        return not self.rows and any(each.severity is Severity.ERROR for each in self.findings)


@dataclass(frozen=True, slots=True)
class Preview:
    """The first rows of a list as they stand in the file, and what we take its columns for."""

    format: str | None
    columns: tuple[Proposal, ...]
    rows: tuple[tuple[str, ...], ...]
    row_count: int
    findings: tuple[Finding, ...]
