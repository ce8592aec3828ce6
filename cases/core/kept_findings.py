"""Findings as tables keep them: one notation for rows, files, statements and applications."""

from collections.abc import Mapping
from typing import Any

from legal.findings import Finding, Severity


def finding_to_json(finding: Finding) -> dict[str, Any]:
    """A finding as it is kept; the edge words it."""
    kept = {
        "code": finding.code,
        "severity": finding.severity.value,
        "field": finding.field,
        "params": dict(finding.params),
    }
    return kept if finding.line is None else kept | {"line": finding.line}


def finding_from_json(kept: Mapping[str, Any]) -> Finding:
    """The finding that was kept."""
    return Finding(
        kept["code"],
        Severity(kept["severity"]),
        kept.get("field"),
        kept.get("line"),
        kept.get("params", {}),
    )
