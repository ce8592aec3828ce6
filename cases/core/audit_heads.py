"""Heads of the audit chain noted outside the database, one JSON line each.

Rows cut off at the end leave a chain that holds in itself; only a head that was noted before the
cut shows it. The file belongs on another disk or with another person.
"""

import json
from datetime import datetime
from pathlib import Path


def note_head(path: Path, seq: int, digest: bytes, at: datetime) -> None:
    """Append the head of the chain to the file."""
    path.parent.mkdir(parents=True, exist_ok=True)
    line = json.dumps({"seq": seq, "hash": digest.hex(), "at": at.isoformat()})
    with path.open("a", encoding="utf-8") as file:
        file.write(line + "\n")


def read_heads(path: Path) -> dict[int, bytes]:
    """The heads noted so far: number and hash. Raises ValueError on a line that is none."""
    if not path.exists():
        return {}
    heads: dict[int, bytes] = {}
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1):
        try:
            noted = json.loads(line)
            heads[int(noted["seq"])] = bytes.fromhex(noted["hash"])
        except (ValueError, KeyError, TypeError) as error:
            raise ValueError(f"{path}, line {number}: not a head of the chain") from error
    heads.pop(0, None)  # An empty chain proves nothing.
    return heads
