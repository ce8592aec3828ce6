"""A creditor's own files and our letters in its cases, byte for byte as they are kept."""

from flask import Blueprint, Response, make_response
from flask.typing import ResponseReturnValue
from werkzeug.http import dump_options_header

from cases.core import files
from cases.documents.content import SHOWN_INLINE
from cases.letters.queries import read_sent_letter
from portal.access import may

blueprint = Blueprint("documents", __name__)


@blueprint.get("/documents/<file_id>")
@may("own_documents.view")
def download(file_id: str) -> ResponseReturnValue:
    """The file as it was handed in; always as a download, never shown as a page of ours."""
    return file_response(files.get_file(file_id))


@blueprint.get("/my-cases/letters/<letter_public_id>.pdf")
@may("own_documents.view")
def letter(letter_public_id: str) -> ResponseReturnValue:
    """A letter as it left the house, within the browser; that it was read is noted."""
    found, data = read_sent_letter(letter_public_id)
    response = Response(data, mimetype="application/pdf")
    response.headers["Content-Disposition"] = f'inline; filename="{found.number}.pdf"'
    return response


def file_response(file: files.StoredFile, *, verified: bool = False) -> Response:
    """A stored file as a download; a PDF or picture that was verified as such may be shown."""
    inline = verified and file.media_type in SHOWN_INLINE
    response = make_response(files.read_bytes(file))
    response.mimetype = file.media_type if inline else "application/octet-stream"
    plain = "".join(
        sign if sign.isascii() and sign.isprintable() else "_" for sign in file.filename
    )
    response.headers["Content-Disposition"] = dump_options_header(
        "inline" if inline else "attachment",
        {"filename": plain.replace('"', "_"), "filename*": None},
    )
    response.headers["X-Content-Type-Options"] = "nosniff"
    return response
