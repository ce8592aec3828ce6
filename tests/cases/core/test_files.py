"""Stored files outlive a power cut, and are never trusted for their length alone."""

import hashlib
import os
from pathlib import Path

from cases.core.files import FolderStore

DATA = b"the bytes that were handed in"
SHA256 = hashlib.sha256(DATA).hexdigest()


def test_the_folders_are_synced_after_the_file_has_its_name(tmp_path, monkeypatch):
    synced, fsync = [], os.fsync

    def note(number):
        path = Path(f"/proc/self/fd/{number}").resolve()
        synced.append((path, path.is_dir() and {each.name for each in path.iterdir()}))
        fsync(number)

    monkeypatch.setattr(os, "fsync", note)
    FolderStore(tmp_path).put("house", SHA256, DATA)
    folder = tmp_path / "house" / SHA256[:2]
    assert (folder, {SHA256}) in synced  # When the folder was synced, the name was in it.
    assert {path for path, _ in synced} >= {folder.parent, tmp_path}


def test_a_file_of_the_same_length_is_read_before_it_is_trusted(tmp_path):
    store = FolderStore(tmp_path)
    store.put("house", SHA256, DATA)
    path = tmp_path / "house" / SHA256[:2] / SHA256
    path.write_bytes(b"\0" * len(DATA))  # A damaged disk, or a write cut short.
    store.put("house", SHA256, DATA)
    assert store.get("house", SHA256) == DATA


def test_what_is_there_is_not_written_again(tmp_path):
    store = FolderStore(tmp_path)
    store.put("house", SHA256, DATA)
    path = tmp_path / "house" / SHA256[:2] / SHA256
    before = path.stat().st_ino
    store.put("house", SHA256, DATA)
    assert path.stat().st_ino == before
