"""The cover sheet of a file for a court, and the sheet of what a person types, as PDF."""

from flask import render_template

from cases.filings.applications.batches import entries_to_type, find_court_file, list_filings
from cases.filings.applications.models import FilingBatch
from cases.filings.errors import FileInTheMaking
from cases.filings.queries import list_of_batch
from cases.letters.pdf import render_pdf
from cases.parties.queries import get_agency


def cover_sheet(batch: FilingBatch) -> bytes:
    """What goes with the file or into the house's own records. Raises FileInTheMaking."""
    file = find_court_file(batch)
    if file is None:
        raise FileInTheMaking
    html = render_template(
        "agency/filings/cover_sheet.html",
        batch=batch,
        file=file,
        rows=list_of_batch(batch),
        agency=get_agency(),
        count=len(list_filings(batch)),
    )
    return render_pdf(html, "court_file.css")


def typing_aid(batch: FilingBatch) -> bytes:
    """What a person types for each application, field by field. Raises NotConfirmedYet."""
    html = render_template(
        "agency/filings/typing_aid.html",
        batch=batch,
        applications=list(zip(list_of_batch(batch), entries_to_type(batch), strict=True)),
    )
    return render_pdf(html, "court_file.css")
