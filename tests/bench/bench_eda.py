"""How fast court files are checked, encoded and read: `python tests/bench/bench_eda.py [20000]`.

Aim: a batch of 20,000 applications checked and encoded in less than a minute.
"""

import datetime
import json
import sys
import time
from dataclasses import replace
from pathlib import Path

ROOT = Path(__file__).parents[2]
sys.path.insert(0, str(ROOT))

from legal.de.court.eda.application import ApplicationFile, encode_file, from_notation  # noqa: E402
from legal.de.court.eda.replies import read_file  # noqa: E402
from legal.de.court.readiness.check import check_file_form  # noqa: E402
from tests.factories import court_replies as court  # noqa: E402

SAMPLES = ROOT / "tests" / "samples" / "eda"


def make_batch(size: int) -> ApplicationFile:
    """Applications like the genuine ones, each with its own reference and amount."""
    paths = sorted(SAMPLES.glob("*.input.json"))
    files = [from_notation(json.loads(path.read_text(encoding="utf-8")))[0] for path in paths]
    applications = []
    for number in range(size):
        application = files[number % len(files)].applications[0]
        marks = replace(application.kennsatz, own_ref=f"INK-2026-{number:06d}")
        applications.append(replace(application, kennsatz=marks))
    return ApplicationFile(files[0].header, "01", tuple(applications))


def make_messages(size: int) -> bytes:
    """A collective file with one service note per case."""
    day = datetime.date(2026, 10, 20)
    file = court.CourtFile("05", day, fmt="4000")
    for number in range(size):
        gnr = f"26{number:07d}11"
        note = court.service_note(day, gnr, f"INK-{number}", "05", served_on=day)
        file.add(*note.messages[0], gnrs=[gnr])
    return file.encode()


def timed(label: str, size: int, work):
    """Run once and print the rate."""
    start = time.perf_counter()
    result = work()
    seconds = time.perf_counter() - start
    print(f"{label:<34}{seconds:8.2f} s{size / seconds:12,.0f} per second")
    return result


def main() -> None:
    """Print the figures."""
    size = int(sys.argv[1]) if len(sys.argv) > 1 else 20_000
    batch = make_batch(size)
    readiness = timed("applications checked", size, lambda: check_file_form(batch))
    assert not readiness.errors
    data = timed("applications encoded (self-checked)", size, lambda: encode_file(batch))
    (read,) = timed("applications read", size, lambda: read_file(data))
    assert not read.findings
    messages = make_messages(size)
    (replies,) = timed("court messages read", size, lambda: read_file(messages))
    assert len(replies.messages) == size
    assert not replies.findings


if __name__ == "__main__":
    main()
