"""`recoup up` says "ready" when the web answers; a worn-out worker goes on as a new process."""

import socket
import subprocess
import sys
from urllib.request import urlopen

from agency.cli.up import answers
from agency.running.patient_worker import Patrol
from tests.infrastructure.live import free_port


def test_an_open_port_is_no_answer():
    with socket.create_server(("127.0.0.1", 0)) as listening:  # As gunicorn's master, still busy.
        assert not answers(*listening.getsockname())
    assert not answers("127.0.0.1", free_port())


def test_the_running_platform_answers(shared_server):
    assert answers(shared_server.environment["HOST"], int(shared_server.environment["PORT"]))
    with urlopen(shared_server.url + "/healthz") as page:
        assert page.status == 200


def test_a_worn_out_worker_looks_no_more_and_is_over():
    looks = []
    patrol = Patrol(lambda: looks.append(1), 0.0, worn_out=lambda: len(looks) >= 2)
    for _ in range(5):
        patrol.look_when_due()
    assert len(looks) == 2
    assert patrol.is_over
    assert not patrol.stopping.is_set()  # Nobody asked it to stop: it begins anew.


def test_watching_the_processes_needs_no_program(tmp_path):
    loaded = (
        "import sys, agency.cli.up, agency.running.embedded, agency.running.supervisor,"
        " agency.demo_logins, agency.running.migrating;"
        "print(sorted(m for m in sys.modules if m in ('flask', 'sqlalchemy.orm', 'weasyprint',"
        " 'cases.letters', 'babel')))"
    )
    assert printed_by(loaded) == "[]"


def test_the_scheduler_needs_no_database_of_the_program():
    loaded = (
        "import sys, agency.cli.scheduler, agency.cli.surroundings, agency.running.scheduling,"
        " agency.schedule;"
        "print(sorted(m for m in sys.modules if m in ('flask', 'sqlalchemy.orm', 'jinja2')))"
    )
    assert printed_by(loaded) == "[]"


def test_documents_and_tables_are_set_by_libraries_that_come_when_they_are_needed():
    loaded = (
        "import sys, importlib, agency.app;"
        "[importlib.import_module(each) for each in agency.app.BLUEPRINTS];"
        "print(sorted({'weasyprint', 'polars', 'pypdf'} & set(sys.modules)))"
    )
    assert printed_by(loaded) == "[]"


def printed_by(program):
    done = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=True
    )  # fmt: skip
    return done.stdout.strip()
