"""The form by which documents are handed in, and their kinds in words."""

from collections.abc import Sequence

from flask import request
from flask_babel import gettext

from cases.documents.models import DocumentKind
from cases.intake.documents import Handed
from portal.shell.forms import Errors
from portal.wording import word


def group_word(group: Sequence[DocumentKind]) -> str:
    """Kinds of which any one will do: "Contract or Order"."""
    return str(gettext(" or ")).join(map(word, group))


def handed_documents(
    kind: DocumentKind | None = None, name: str = "document"
) -> tuple[list[Handed], Errors]:
    """What the form of this request hands in, all of the kind chosen there or given here."""
    uploads = [each for each in request.files.getlist(name) if each.filename]
    errors: Errors = {}
    if not uploads and kind is None:
        errors["document"] = [gettext("Please choose a file first.")]
    chosen = kind
    if chosen is None:
        wanted = request.form.get("kind", "")
        chosen = DocumentKind(wanted) if wanted in set(DocumentKind) else None
        if chosen is None:
            errors["kind"] = [gettext("Please say what kind of document this is.")]
    if errors or chosen is None:
        return [], errors
    return [Handed(each.stream.read(), each.filename or "", chosen) for each in uploads], {}
