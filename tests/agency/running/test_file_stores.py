"""Files in a store that speaks S3: the same promises as a folder's, against a real server."""

import hashlib

import pytest

from agency.running.file_stores import ObjectStore, file_store
from cases.core import files
from cases.core.database import transaction
from cases.core.files import (
    FileDamaged,
    FileMissing,
    FolderStore,
    StoreAway,
    probe,
    read_bytes,
    store_file,
)
from tests.infrastructure.stores import store_server

__all__ = ["store_server"]
DATA = b"a letter, byte for byte"
SHA256 = hashlib.sha256(DATA).hexdigest()


@pytest.fixture
def in_bucket(app, store_server, worker_clone, tmp_path):
    """The application of the tests, its files in the bucket."""
    before = files.current_store()
    settings = worker_clone.settings(tmp_path / "var", **store_server.environment)
    files.configure(file_store(settings))
    yield files.current_store()
    files.configure(before)


def test_the_settings_say_where_files_lie(in_bucket, worker_clone, tmp_path):
    assert isinstance(in_bucket, ObjectStore)
    assert isinstance(file_store(worker_clone.settings(tmp_path)), FolderStore)


def test_what_was_stored_is_read_again_by_its_owner_only(in_bucket):
    with transaction():
        stored = store_file(DATA, "letter.txt", "text/plain", None)
    assert read_bytes(stored) == DATA
    with pytest.raises(FileMissing):
        in_bucket.get("creditor-1", SHA256)
    in_bucket.put("house", SHA256, DATA)  # Once more is nothing new.
    assert probe(b"some bytes")


def test_damage_is_found_and_mended_by_storing_again(in_bucket):
    in_bucket.remove("house", SHA256)
    in_bucket.put("house", SHA256, bytes(len(DATA)))
    with transaction():
        stored = store_file(DATA, "letter.txt", "text/plain", None)
    assert read_bytes(stored) == DATA
    in_bucket.remove("house", SHA256)
    in_bucket.put("house", SHA256, bytes(len(DATA)))
    with pytest.raises(FileDamaged):
        read_bytes(stored)


@pytest.mark.deep
def test_a_store_that_is_away_says_so_and_is_back_without_a_hand(in_bucket, store_server):
    store_server.stop()
    with pytest.raises(StoreAway), transaction():
        store_file(DATA, "letter.txt", "text/plain", None)
    store_server.start()
    with transaction():
        assert read_bytes(store_file(DATA, "letter.txt", "text/plain", None)) == DATA
