"""Where files lie: in a folder, or in a store that speaks S3, for several machines."""

import hashlib
from collections.abc import Iterator
from contextlib import contextmanager

import obstore
from obstore.exceptions import BaseError
from obstore.store import S3Store

from agency.settings import Settings
from cases.core.files import FileMissing, FileStore, FolderStore, StoreAway


def file_store(settings: Settings) -> FileStore:
    """The store that the settings name."""
    if settings.files_bucket:
        return ObjectStore(settings)
    return FolderStore(settings.var_folder / "files")


class ObjectStore:
    """A bucket of an S3-compatible store: an object is there whole or not at all."""

    def __init__(self, settings: Settings) -> None:
        endpoint = settings.files_endpoint
        self._bucket = S3Store(
            settings.files_bucket,
            endpoint=endpoint,
            region=settings.files_region,
            access_key_id=settings.files_key_id,
            secret_access_key=settings.files_secret,
            virtual_hosted_style_request=False,
            client_options={
                "allow_http": bool(endpoint and endpoint.startswith("http://")),
                "timeout": "30s",
                "connect_timeout": "5s",
            },
            retry_config={"max_retries": 2},
        )

    def put(self, scope: str, sha256: str, data: bytes) -> None:
        with _in_words():
            if self._holds(scope, sha256, data):
                return
            obstore.put(self._bucket, _name(scope, sha256), data)

    def get(self, scope: str, sha256: str) -> bytes:
        with _in_words():
            try:
                return bytes(obstore.get(self._bucket, _name(scope, sha256)).bytes())
            except FileNotFoundError as error:
                raise FileMissing from error

    def remove(self, scope: str, sha256: str) -> None:
        with _in_words():
            obstore.delete(self._bucket, _name(scope, sha256))

    def _holds(self, scope: str, sha256: str, data: bytes) -> bool:
        """Whether those very bytes are there: equal length alone may be a damaged disk."""
        try:
            found = obstore.head(self._bucket, _name(scope, sha256))
            if found["size"] != len(data):
                return False
            stored = bytes(obstore.get(self._bucket, _name(scope, sha256)).bytes())
            return hashlib.sha256(stored).hexdigest() == sha256
        except FileNotFoundError:
            return False


def _name(scope: str, sha256: str) -> str:
    return f"{scope}/{sha256[:2]}/{sha256}"


@contextmanager
def _in_words() -> Iterator[None]:
    """The library's errors hold addresses; the program knows one family for a disk that fails."""
    try:
        yield
    except BaseError as error:
        raise StoreAway from error
