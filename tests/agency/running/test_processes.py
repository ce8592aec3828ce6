"""Worker and scheduler as real processes: they outlive their servers and stop when asked."""

import pydoc
import signal
import subprocess
import sys
import time

import pytest
from redis import Redis
from rq import Queue
from rq.job import Job
from rq.serializers import JSONSerializer

from agency import schedule
from cases.core.queues import QUEUES, EffectQueue
from tests.agency.running.waiting import PATIENCE_SECONDS, wait_until
from tests.infrastructure.live import SCHEDULER, LiveServer

#: A worker whose look into the outbox leaves a line in a file.
WORKER = """
import sys
from agency.running.patient_worker import Patrol, work

def look():
    with open(sys.argv[2], "a") as lines:
        lines.write("looked\\n")

work(sys.argv[1], Patrol(look, 1.0))
"""


@pytest.fixture
def looks(tmp_path):
    return tmp_path / "looks"


@pytest.fixture
def worker(redis_server, looks, tmp_path):
    process = subprocess.Popen([sys.executable, "-c", WORKER, redis_server.url, str(looks)])
    yield process
    process.kill()
    process.wait()


def times_looked(looks):
    return len(looks.read_text().splitlines()) if looks.exists() else 0


def enqueue_folder(url, folder):
    """A job that can be seen: a library function, by name."""
    with Redis.from_url(url) as connection:
        Queue(QUEUES[EffectQueue.NOW], connection=connection, serializer=JSONSerializer).enqueue(
            "os.mkdir", str(folder)
        )


def test_a_worker_works_looks_and_stops(worker, redis_server, looks, tmp_path):
    enqueue_folder(redis_server.url, tmp_path / "made")
    wait_until((tmp_path / "made").exists, "the job")
    wait_until(lambda: times_looked(looks) >= 3, "looking into the outbox while idle")
    worker.send_signal(signal.SIGTERM)
    assert worker.wait(PATIENCE_SECONDS) == 0


def test_a_worker_goes_on_without_redis_and_with_it_again(worker, redis_server, looks, tmp_path):
    wait_until(lambda: times_looked(looks) >= 1, "the first look")
    redis_server.stop()
    before = times_looked(looks)
    wait_until(lambda: times_looked(looks) >= before + 3, "looking without Redis")
    redis_server.start()
    enqueue_folder(redis_server.url, tmp_path / "made")
    wait_until((tmp_path / "made").exists, "the job after Redis came back")
    worker.send_signal(signal.SIGTERM)
    assert worker.wait(PATIENCE_SECONDS) == 0


def test_a_worker_starts_and_stops_without_redis(redis_server, looks):
    redis_server.stop()
    process = subprocess.Popen([sys.executable, "-c", WORKER, redis_server.url, str(looks)])
    try:
        wait_until(lambda: times_looked(looks) >= 2, "looking without Redis")
        process.send_signal(signal.SIGTERM)
        assert process.wait(PATIENCE_SECONDS) == 0
    finally:
        process.kill()
        process.wait()


@pytest.fixture
def machines(fresh_database, redis_server, tmp_path):
    """Processes on one database and one Redis, without web and worker."""
    environment = fresh_database.process_environment(tmp_path / "var", REDIS_URL=redis_server.url)
    live = LiveServer(environment, fresh_database, redis_server, tmp_path / "live.log")
    yield live
    live.stop()


def sweeps(url):
    """How many sweeps wait on the queue, read as a worker would read them."""
    with Redis.from_url(url) as connection:
        queue = Queue(QUEUES[EffectQueue.NOW], connection=connection, serializer=JSONSerializer)
        found = Job.fetch_many(queue.job_ids, connection=connection, serializer=JSONSerializer)
        return sum(job.func_name == "agency.jobs.sweep_job" for job in found if job)


def test_one_scheduler_works_and_another_takes_over(machines, redis_server):
    machines.start("first", SCHEDULER)
    wait_until(lambda: sweeps(redis_server.url) >= 1, "the first sweep")
    machines.start("second", SCHEDULER)
    wait_until(lambda: "standing by" in machines.log.read_text(), "standing by")
    machines.kill("first")
    with Redis.from_url(redis_server.url) as connection:
        connection.flushall()
    wait_until(lambda: sweeps(redis_server.url) >= 1, "a sweep by the second scheduler")
    machines.processes["second"].terminate()
    assert machines.processes["second"].wait(PATIENCE_SECONDS) == 0


def test_the_scheduler_outlives_redis(machines, redis_server):
    machines.start("scheduler", SCHEDULER)
    wait_until(lambda: sweeps(redis_server.url) >= 1, "the first sweep")
    redis_server.stop()
    wait_until(lambda: "a server is away" in machines.log.read_text(), "noticing")
    redis_server.start()
    with Redis.from_url(redis_server.url) as connection:
        connection.flushall()
    wait_until(lambda: sweeps(redis_server.url) >= 1, "a sweep after Redis came back")
    machines.processes["scheduler"].terminate()
    assert machines.processes["scheduler"].wait(PATIENCE_SECONDS) == 0


def test_wake_ups_nobody_takes_do_not_pile_up(machines, redis_server):
    machines.start("scheduler", SCHEDULER)
    wait_until(lambda: sweeps(redis_server.url) >= 1, "the first sweep")
    time.sleep(4)  # Four more came and went: each lives until the next one.
    assert sweeps(redis_server.url) <= 2


def test_every_periodic_job_exists_and_says_when():
    for periodic in schedule.periodic_jobs(30):
        assert callable(pydoc.locate(periodic.job)), periodic.job
        assert (periodic.every_seconds is None) != (periodic.cron is None)


def test_the_worker_process_carries_out_what_the_outbox_holds(live_server):
    wait_until(lambda: "worker is ready" in live_server.log.read_text(), "the worker")
    live_server.processes["worker"].terminate()
    assert live_server.processes["worker"].wait(PATIENCE_SECONDS) == 0, live_server.log.read_text()
