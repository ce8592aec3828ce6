"""A file that somebody adds to an entry of the contact log."""

from dataclasses import dataclass

from flask import request

from cases.core import files
from cases.core.errors import Refusal
from cases.documents.content import DocumentEmpty, DocumentRefused, recognise_document

FILE_FIELDS: dict[type[Refusal], str] = {
    DocumentEmpty: "attachment",
    DocumentRefused: "attachment",
    files.FileTooLarge: "attachment",
}


@dataclass(frozen=True, slots=True)
class Attached:
    """The bytes of a form's file, with the name that its sender gave it."""

    data: bytes
    name: str


def attached() -> Attached | None:
    """The file of the form, if there is one."""
    upload = request.files.get("attachment")
    if upload is None or not upload.filename:
        return None
    return Attached(upload.read(), upload.filename)


def keep_file(file: Attached | None) -> int | None:
    """Keep it as the house's own, which no creditor sees; answers its id.

    Raises:
        DocumentEmpty, DocumentRefused, FileTooLarge, StoreAway.
    """
    if file is None:
        return None
    media_type = recognise_document(file.data, file.name)
    return files.store_file(file.data, file.name, media_type, None).id
