"""Row 46: mixed load on the whole platform; memory, handles, waiting work and answer times.

    .venv/bin/python tests/bench/soak.py [MINUTES] [PEOPLE]

Starts `recoup up` with demo data in a folder of its own, lets people read and write notes, and
hands in bank files; prints a line each minute and what has grown since the first fifth.
"""

import os
import shutil
import signal
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from pathlib import Path

import psutil
import psycopg

from agency.demo_logins import PASSWORD as DEMO_PASSWORD
from agency.running.database_roles import plain_url
from agency.running.embedded import running_environment
from tests.crashes.test_web import Person
from tests.infrastructure.live import free_port

PAGES = ("/worklist", "/cases", "/overview", "/bank", "/operations", "/intake")
MOST_GROWTH = 1.05
WARM_UP = 5  # The first fifth does not count.


def main(minutes: int, people: int) -> int:
    """Run, measure, and answer 1 when something has grown."""
    folder, port = Path(tempfile.mkdtemp(prefix="recoup-soak-")), free_port()
    environment = {**os.environ, "RECOUP_VAR": str(folder), "PORT": str(port)}
    process = subprocess.Popen([sys.executable, "-m", "agency.cli", "up"], env=environment)
    try:
        return measure(process, folder, f"http://127.0.0.1:{port}", minutes, people)
    finally:
        process.send_signal(signal.SIGTERM)
        process.wait(60)
        shutil.rmtree(folder, ignore_errors=True)


def measure(
    process: subprocess.Popen[bytes], folder: Path, url: str, minutes: int, people: int
) -> int:
    """Load and look, minute by minute."""
    login, case = wait_for_demo(folder)
    over, times = threading.Event(), []
    threads = [
        threading.Thread(target=work, args=(url, login, case, over, times)) for _ in range(people)
    ]
    for thread in threads:
        thread.start()
    rows = []
    for minute in range(1, minutes + 1):
        time.sleep(60)
        rows.append((*sizes(process.pid), waiting(folder), p95(times)))
        times.clear()
        print(minute, *rows[-1], flush=True)
    over.set()
    for thread in threads:
        thread.join()
    warm = rows[len(rows) // WARM_UP]
    grown = [
        after / before if before else 1.0 for before, after in zip(warm, rows[-1], strict=True)
    ]
    print("grown since the warm-up: memory, handles, waiting, p95:", grown)
    return int(grown[0] > MOST_GROWTH or grown[1] > MOST_GROWTH)


def work(url: str, login: str, case: str, over: threading.Event, times: list[float]) -> None:
    """One person: reads a page, now and then writes a note."""
    person, turn = Person(url, login, case, password=DEMO_PASSWORD), 0
    while not over.is_set():
        begin = time.monotonic()
        person.ask(PAGES[turn % len(PAGES)])
        times.append(time.monotonic() - begin)
        if turn % len(PAGES) == 0:
            person.ask(f"/cases/{case}/notes", note=f"note {turn}")
        turn += 1
        time.sleep(0.5)


def sizes(pid: int) -> tuple[int, int]:
    """Resident megabytes and open handles of the platform's own processes."""
    found = [
        each for each in psutil.Process(pid).children(recursive=True) if "python" in each.name()
    ]
    memory = sum(each.memory_info().rss for each in found) // 2**20
    return memory, sum(each.num_fds() for each in found)


def waiting(folder: Path) -> int:
    """Effects that are not done."""
    with psycopg.connect(plain_url(running_environment(folder)["DATABASE_URL"])) as connection:
        row = connection.execute("SELECT count(*) FROM outbox_effects WHERE state <> 'done'")
        return int((row.fetchone() or (0,))[0])


def p95(times: list[float]) -> float:
    """The time that 95 of 100 answers kept, in milliseconds."""
    kept = list(times)
    return round(statistics.quantiles(kept, n=20)[-1] * 1000) if len(kept) > 1 else 0


def wait_for_demo(folder: Path) -> tuple[str, str]:
    """A case worker of the demo and a case, once they are there and the web answers."""
    while True:
        time.sleep(2)
        try:
            url = running_environment(folder)["DATABASE_URL"]
            with psycopg.connect(plain_url(url)) as connection:
                user = connection.execute(
                    "SELECT email FROM users WHERE role = 'case_worker' ORDER BY id LIMIT 1"
                ).fetchone()
                case = connection.execute(
                    "SELECT public_id FROM cases WHERE phase <> 'closed' ORDER BY id LIMIT 1"
                ).fetchone()
            if user and case:
                time.sleep(30)  # The web comes after the demo.
                return user[0], case[0]
        except (KeyError, psycopg.Error):
            continue


if __name__ == "__main__":
    given = [int(each) for each in sys.argv[1:]]
    sys.exit(main(*(given + [30, 8][len(given) :])))
