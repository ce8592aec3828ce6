"""A finding comes back from the table as it went in."""

import pytest

from legal.findings import Finding, Severity, finding_from_json, finding_to_json


@pytest.mark.parametrize(
    "finding",
    [
        Finding("plain", Severity.ERROR),
        Finding("in_a_field", Severity.WARNING, "invoice_number", params={"found": "RE-1"}),
        Finding("in_a_line", Severity.ERROR, line=17, params={"amount_cents": 4_812_36}),
    ],
    ids=lambda finding: finding.code,
)
def test_what_was_kept_is_the_finding(finding):
    assert finding_from_json(finding_to_json(finding)) == finding


def test_a_kept_finding_always_names_its_field():
    assert finding_to_json(Finding("plain", Severity.ERROR)) == {
        "code": "plain", "severity": "error", "field": None, "params": {},
    }  # fmt: skip
