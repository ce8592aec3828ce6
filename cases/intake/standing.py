"""Where a checked row stands: ready, in need of a correction, or known already."""

from collections.abc import Iterable, Mapping
from types import MappingProxyType

from cases.formats.claims.checks import NO_CLAIM, QUESTIONS
from cases.intake.models import RowState
from legal.findings import N_, Finding, Severity

MESSAGES = {
    "handed_in_before": N_(
        "You have handed in this invoice before. It is skipped; sending it again does no harm."
    ),
    "handed_in_differently": N_(
        "You have handed in an invoice of this number before, with the amount {amount_cents}; this "
        "row says {new_cents}. Skip the row, correct the number if it is another invoice, or "
        "confirm that the new amount is right."
    ),
    "amount_changes": N_(
        "The amount of this invoice changes from {amount_cents} to {new_cents} with the hand-over. "
        "If we have demanded it already, it is a report to us, and we answer in the case."
    ),
    "in_other_upload": N_(
        "The same invoice waits in another upload of the same creditor;"
        " only the first one handed over counts."
    ),
    "credit_left_out": N_(
        "Row {credit_line} is a credit note of {credit_cents} for the same customer and is left "
        "out: the full amount is demanded here. Bring it back to set it off."
    ),
    "corrected_elsewhere": N_("This row came back corrected in a later upload."),
    "asked_by_agency": N_("We have a question: {question}"),
}
#: Warnings of the readers that a claim cannot do without an answer to.
BLOCKING = (
    QUESTIONS
    | {"amount_unusual", "due_before_invoice", "postcode_country_unclear"}
    | {"amounts_disagree", "open_exceeds_total"}
)
#: The row is known already; handing it in again is harmless.
KNOWN = frozenset({"duplicate_in_file", "handed_in_before"})
#: Findings about the amounts of a row.
OF_AMOUNTS = frozenset(
    {
        "amount_unusual",
        "amounts_disagree",
        "open_exceeds_total",
        "amount_other_notation",
        "handed_in_differently",
    }
)
#: Code of a finding -> what a person may answer instead of changing the row: a declaration.
ANSWERS: Mapping[str, str] = MappingProxyType(
    {
        "due_on_missing": "no_due_date",
        "amount_unusual": "confirm",
        "amounts_disagree": "confirm",
        "open_exceeds_total": "confirm",
        "handed_in_differently": "confirm",
        "status_unknown": "confirm",
        "type_unknown": "confirm",
        "text_cleaned": "confirm",
        "amount_other_notation": "confirm",
    }
)


def state_of(findings: Iterable[Finding]) -> RowState:
    """The state that a row's findings lead to."""
    found = tuple(findings)
    if any(each.code in KNOWN for each in found):
        return RowState.DUPLICATE
    if any(each.code in NO_CLAIM for each in found):
        return RowState.LEFT_OUT
    return RowState.ERROR if any(is_blocking(each) for each in found) else RowState.READY


def is_blocking(finding: Finding) -> bool:
    """Whether a claim cannot be made before somebody has dealt with this."""
    return finding.severity is Severity.ERROR or finding.code in BLOCKING
