"""A creditor's own files, byte for byte as they are kept."""

from flask import Blueprint, make_response
from flask.typing import ResponseReturnValue
from werkzeug.http import dump_options_header

from cases.core import files
from portal.access import may

blueprint = Blueprint("documents", __name__)


@blueprint.get("/documents/<file_id>")
@may("own_documents.view")
def download(file_id: str) -> ResponseReturnValue:
    """The file as it was handed in; always as a download, never shown as a page of ours."""
    file = files.get_file(file_id)
    response = make_response(files.read_bytes(file))
    response.mimetype = "application/octet-stream"
    plain = "".join(
        sign if sign.isascii() and sign.isprintable() else "_" for sign in file.filename
    )
    response.headers["Content-Disposition"] = dump_options_header(
        "attachment", {"filename": plain.replace('"', "_"), "filename*": None}
    )
    response.headers["X-Content-Type-Options"] = "nosniff"
    return response
