"""Heads of the audit chain noted outside the database, one signed JSON line each.

Rows cut off at the end leave a chain that holds in itself; only a head that was noted before the
cut shows it. A run notes one every night. The file belongs on another disk or with another person;
whoever has the database alone can neither rewrite it nor sign a line of their own.
"""

import hashlib
import hmac
import json
import os
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

from sqlalchemy import Select, literal, select

from cases.core import audit, clock
from cases.core.runs import RunKind


@dataclass(slots=True)
class Notebook:
    """Where heads are noted and with which key; the shell sets it from the settings."""

    path: Path = Path("audit-heads.jsonl")
    key: bytes = b""


NOTEBOOK = Notebook()


def configure(path: Path, secret: str) -> None:
    """Say where heads are noted; the signing key is drawn from the house's secret."""
    NOTEBOOK.path = path
    NOTEBOOK.key = hashlib.sha256(b"audit heads" + secret.encode()).digest()


def note_head(seq: int, digest: bytes, at: datetime, path: Path | None = None) -> None:
    """Append the head of the chain to the file, and let it reach the disk."""
    path = path or NOTEBOOK.path
    path.parent.mkdir(parents=True, exist_ok=True)
    head = {"seq": seq, "hash": digest.hex(), "at": at.isoformat()}
    with path.open("a", encoding="utf-8") as file:
        file.write(json.dumps({**head, "signature": _sign(head)}) + "\n")
        file.flush()
        os.fsync(file.fileno())


def read_heads(path: Path | None = None) -> dict[int, bytes]:
    """The heads noted so far: number and hash.

    Raises:
        ValueError: on a line that is no head, or that somebody without the key has written.
    """
    path = path or NOTEBOOK.path
    if not path.exists():
        return {}
    heads: dict[int, bytes] = {}
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1):
        try:
            noted = json.loads(line)
            signature = noted.pop("signature", "")
            seq, digest = int(noted["seq"]), bytes.fromhex(noted["hash"])
        except (ValueError, KeyError, TypeError, AttributeError) as error:
            raise ValueError(f"{path}, line {number}: not a head of the chain") from error
        if not hmac.compare_digest(str(signature), _sign(noted)):
            raise ValueError(f"{path}, line {number}: not signed with the key of this house")
        heads[seq] = digest
    heads.pop(0, None)  # An empty chain proves nothing.
    return heads


def _sign(head: dict[str, object]) -> str:
    canonical = json.dumps(head, sort_keys=True).encode()
    return hmac.new(NOTEBOOK.key, canonical, hashlib.sha256).hexdigest()


def _once(_: date) -> Select[int]:
    return select(literal(1))


def _note(_: Sequence[int], __: date) -> None:
    seq, digest = audit.head()
    note_head(seq, digest, clock.now())


#: Every night, the head of the day before is noted.
ANCHORS = RunKind(keys=_once, act=_note)
