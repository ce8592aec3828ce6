"""The embedded servers start, keep their data, and leave nothing behind."""

import os
import pwd
import shutil
import signal

import psycopg
import pytest
import redis

from agency.running.database_roles import plain_url
from agency.running.embedded import running_environment, start_servers
from agency.running.embedded_postgres import EmbeddedPostgres, ServerFailed
from agency.running.embedded_redis import EmbeddedRedis, find_redis
from tests.infrastructure.server import OPTIONS


def ask(postgres, question):
    with psycopg.connect(plain_url(postgres.url())) as connection:
        return connection.execute(question).fetchone()


@pytest.fixture
def var_folder(tmp_path_factory):
    """A folder with a short path, as a laptop's would be."""
    return tmp_path_factory.mktemp("v")


@pytest.fixture
def own_postgres(var_folder):
    server = EmbeddedPostgres(var_folder / "pg", OPTIONS)
    server.start()
    yield server
    server.stop()


def test_both_servers_start_and_keep_their_data(var_folder):
    for turn in ("first", "second"):
        servers = start_servers(var_folder, {})
        try:
            assert running_environment(var_folder) == servers.environment
            with redis.Redis.from_url(servers.environment["REDIS_URL"]) as queue:
                assert queue.get("turn") == (None if turn == "first" else b"first")
                queue.set("turn", turn)
            with psycopg.connect(plain_url(servers.postgres.url())) as connection:
                connection.execute("CREATE TABLE IF NOT EXISTS turns (turn text)")
                connection.execute("INSERT INTO turns VALUES (%s)", [turn])
            count = ask(servers.postgres, "SELECT count(*) FROM turns")[0]
            assert count == (1 if turn == "first" else 2)
        finally:
            servers.stop()
        assert running_environment(var_folder) == {}
        assert not servers.postgres.is_running()


def test_named_servers_are_not_started(var_folder):
    environ = {"DATABASE_URL": "postgresql://db/recoup", "REDIS_URL": "redis://queue"}
    servers = start_servers(var_folder, environ)
    assert (servers.postgres, servers.redis, servers.environment) == (None, None, {})


def test_data_has_checksums_and_german_letters_change_case(own_postgres):
    found = ask(own_postgres, "SELECT current_setting('data_checksums'), lower('ÄÖÜ')")
    assert found == ("on", "äöü")


def test_nobody_else_gets_at_the_socket_or_the_data(own_postgres):
    for folder in (own_postgres.folder, own_postgres.data, own_postgres.socket_folder):
        assert folder.stat().st_mode & 0o077 == 0


def test_a_server_that_was_killed_starts_again(own_postgres):
    process = int((own_postgres.data / "postmaster.pid").read_text().splitlines()[0])
    os.kill(process, signal.SIGQUIT)  # Immediate shutdown: the next start recovers.
    while own_postgres.is_running():
        pass
    own_postgres.start()
    assert ask(own_postgres, "SELECT 1") == (1,)


@pytest.mark.parametrize(
    "name",
    [
        pytest.param("long" * 30, id="a path too long for a socket"),
        pytest.param("a, b", id="a path with a comma and a blank"),
    ],
)
def test_a_path_that_does_not_suit_sockets_gets_a_short_one(var_folder, name):
    server = EmbeddedPostgres(var_folder / name, OPTIONS)
    server.start()
    try:
        assert ask(server, "SELECT 1") == (1,)
        assert server.socket_folder != server.folder
    finally:
        server.stop()
        shutil.rmtree(server.socket_folder, ignore_errors=True)


@pytest.mark.skipif(os.geteuid() != 0, reason="needs root, who may become somebody else")
def test_started_by_root_it_runs_as_a_system_user_below_a_closed_folder(var_folder):
    closed = var_folder / "closed"
    closed.mkdir(mode=0o700)
    server = EmbeddedPostgres(closed / "pg", OPTIONS)
    server.start()
    try:
        assert ask(server, "SELECT 1") == (1,)
        assert pwd.getpwuid(server.data.stat().st_uid).pw_name == "recoup-postgres"
        assert closed.stat().st_mode & 0o777 == 0o701  # Others pass, and cannot list.
    finally:
        server.stop()


@pytest.mark.skipif(os.geteuid() != 0, reason="needs root, who may become somebody else")
def test_a_folder_of_another_user_is_refused_with_a_remedy(var_folder, monkeypatch):
    folder = var_folder / "pg"
    folder.mkdir()
    os.chown(folder, 65534, 65534)
    server = EmbeddedPostgres(folder, OPTIONS)
    server.account = None  # As an ordinary user would find it.
    with pytest.raises(ServerFailed, match="belongs to another user"):
        server.start()


def test_redis_that_cannot_read_its_file_starts_empty_and_keeps_the_file(var_folder):
    server = EmbeddedRedis(var_folder / "redis")
    server.folder.mkdir()
    (server.folder / "appendonlydir").mkdir()
    (server.folder / "appendonlydir" / "appendonly.aof.manifest").write_text("from the future")
    server.start()
    try:
        assert server.is_running()
        assert list(server.folder.glob("appendonlydir.unreadable-*"))
    finally:
        server.stop()


def test_redis_left_behind_by_a_killed_start_is_replaced(var_folder):
    left_behind = EmbeddedRedis(var_folder / "redis")
    left_behind.start()
    process = left_behind._process
    server = EmbeddedRedis(var_folder / "redis")
    server.start()
    try:
        process.wait(5)
        assert server.is_running()
    finally:
        server.stop()


def test_without_any_redis_the_remedy_is_named(monkeypatch):
    monkeypatch.setenv("PATH", "/nonexistent")
    embedded = "agency.running.embedded_redis"
    monkeypatch.setattr(embedded + ".find_spec", lambda name: None)
    monkeypatch.setattr(
        "agency.running.embedded_redis.sysconfig.get_path", lambda name: "/nonexistent"
    )
    with pytest.raises(ServerFailed, match="apt-get install redis-server"):
        find_redis()
