"""Row 47: each fault that is caused is seen at the next look, told to a monitor and to a person."""

from contextlib import contextmanager
from datetime import timedelta

import psycopg
import pytest
from sqlalchemy import text, update

from agency.app import create_app
from agency.operations import conditions
from agency.operations.watching import watch
from agency.running.database_roles import plain_url
from cases.core import clock
from cases.core.database import db, transaction
from cases.core.outbox import Effect, register_effect
from cases.core.run_tables import Run, RunState
from cases.letters.inbox.fetching import fetch
from cases.letters.inbox.imap import MailboxAway, address_of
from cases.worklist.drills import record_drill
from cases.worklist.house_tasks import list_house_tasks
from tests.factories.effects import make_failed_effect
from tests.factories.records import make_agency
from tests.infrastructure.databases import dispose

TOKEN = "a token that only the monitor knows"
#: Nobody listens there.
NOBODY = "imap+plain://post:geheim@127.0.0.1:1/INBOX"
BEARER = {"Authorization": f"Bearer {TOKEN}"}


@pytest.fixture
def house(fresh_database, redis_server, tmp_path):
    """A house where all is well: its backup was proven."""
    settings = fresh_database.settings(
        tmp_path / "var", REDIS_URL=redis_server.url, METRICS_TOKEN=TOKEN,
        REQUESTS_PER_MINUTE="600", BACKUP_FOLDER=str(tmp_path / "shelf"),
        MAILBOX_URL=NOBODY,
    )  # fmt: skip
    app = create_app(settings)
    with app.app_context():
        with transaction():
            make_agency()
            record_drill("20261123T010000Z", 60, clock.now(), [])
        yield app
    dispose(app)


def wrong(app):
    """What the monitor is told."""
    answer = app.test_client().get("/readyz", headers=BEARER)
    assert answer.status_code == (503 if answer.json["wrong"] else 200)
    return answer.json["wrong"]


@contextmanager
def as_superuser(url):
    with psycopg.connect(plain_url(url), autocommit=True) as connection:
        yield connection


def test_all_is_well_and_only_who_names_the_token_is_told(house):
    assert wrong(house) == []
    client = house.test_client()
    for headers in ({}, {"Authorization": "Bearer another"}):
        assert client.get("/readyz", headers=headers).status_code == 404
        assert client.get("/metrics", headers=headers).status_code == 404
    figures = client.get("/metrics", headers=BEARER).text
    assert 'recoup_condition{name="database"} 1.0' in figures
    assert "recoup_disk_free_bytes" in figures
    assert 'recoup_drill_seconds{what="took"} 60.0' in figures


def database_away(app, clone, redis):
    with as_superuser(clone.admin_url.replace(clone.name, "postgres")) as connection:
        connection.execute(f"ALTER DATABASE {clone.name} ALLOW_CONNECTIONS false")
        connection.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = %s",
            [clone.name],
        )


def schema_behind(app, clone, redis):
    with as_superuser(clone.admin_url) as connection:
        connection.execute("UPDATE alembic_version SET version_num = '0000'")


def queue_away(app, clone, redis):
    redis.stop()


def disk_full(app, clone, redis):
    conditions.LEAST_FREE_BYTES = 10**18


def store_broken(app, clone, redis):
    folder = app.config["RECOUP"].var_folder / "files"
    folder.parent.mkdir(exist_ok=True)
    folder.write_text("no folder")


def work_failed(app, clone, redis):
    with transaction():
        make_failed_effect()


def work_late(app, clone, redis):
    with transaction():
        effect_id = register_effect("test.nothing", key="late")
        late = text("now() - interval '11 minutes'")
        db.session.execute(update(Effect).where(Effect.id == effect_id).values(available_at=late))


def night_late(app, clone, redis):
    with transaction():
        begun = clock.now() - timedelta(hours=13)
        db.session.add(Run(kind="promises", on_date=clock.local(begun).date(),
                           state=RunState.RUNNING, started_at=begun))  # fmt: skip


def rates_ended(app, clone, redis):
    clock.configure("Europe/Berlin", clock.now() + timedelta(days=3000))


def chain_broken(app, clone, redis):
    with as_superuser(clone.admin_url) as connection:
        connection.execute("SET session_replication_role = replica")
        connection.execute(
            "UPDATE audit_events SET action = 'nothing' WHERE seq ="
            " (SELECT max(seq) FROM audit_events)"
        )


def backup_unproven(app, clone, redis):
    with transaction():
        db.session.execute(text("UPDATE backup_drills SET findings = ARRAY['rows cases']"))


def mailbox_away(app, clone, redis):
    with pytest.raises(MailboxAway):
        fetch(address_of(app.config["RECOUP"].mailbox_url))


FAULTS = {
    "database": database_away,
    "schema": schema_behind,
    "queue": queue_away,
    "disk": disk_full,
    "store": store_broken,
    "failed_work": work_failed,
    "late_work": work_late,
    "night": night_late,
    "rates": rates_ended,
    "chain": chain_broken,
    "mailbox": mailbox_away,
    "backup": backup_unproven,
}


@pytest.mark.parametrize("code", FAULTS)
def test_a_fault_is_seen_and_somebody_is_told(
    house, code, fresh_database, redis_server, monkeypatch
):
    monkeypatch.setattr(conditions, "LEAST_FREE_BYTES", 1)
    FAULTS[code](house, fresh_database, redis_server)
    db.session.remove()
    assert code in wrong(house)
    if code in {"database", "schema"}:
        return  # No task can be written: the monitor alone tells.
    watch(house.config["RECOUP"])
    with transaction():
        reasons = {task.reason for task in list_house_tasks()}
    # The missing rate has a task of its own, made by the night a week before.
    assert (f"fault_{code}" in reasons) == (code != "rates")


def test_a_task_ends_with_its_fault(house, redis_server):
    redis_server.stop()
    watch(house.config["RECOUP"])
    watch(house.config["RECOUP"])
    with transaction():
        assert [task.reason for task in list_house_tasks()] == ["fault_queue"]
    redis_server.start()
    watch(house.config["RECOUP"])
    with transaction():
        assert list_house_tasks() == []


def test_every_condition_is_looked_at_by_a_fault(house):
    assert {each.code for each in conditions.look(house.config["RECOUP"])} == set(FAULTS)
