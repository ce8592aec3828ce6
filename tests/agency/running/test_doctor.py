"""`recoup doctor` and `recoup db` say in plain words what is wrong, and what helps."""

import re
from datetime import date

import psycopg
import pytest
from click.testing import CliRunner

from agency.cli import main
from agency.running import diagnoses
from agency.running.database_roles import RoleState, plain_url
from agency.running.embedded import database_environment
from agency.settings import Settings
from tests.agency.test_settings import GIVEN

UNREACHABLE = "postgresql://recoup_app:hidden@127.0.0.1:1/recoup"


@pytest.fixture
def run(monkeypatch, tmp_path):
    """Run a command with nothing but the given variables."""

    def invoke(*words, **environ):
        for variable in ("DATABASE_URL", "REDIS_URL", "SECRET_KEY", "PORTAL_DATABASE_URL"):
            monkeypatch.delenv(variable, raising=False)
        monkeypatch.setenv("RECOUP_VAR", str(tmp_path / "var"))
        for variable, value in environ.items():
            monkeypatch.setenv(variable, value)
        return CliRunner().invoke(main, words)

    return invoke


def test_all_is_well(run, fresh_database, redis_url):
    result = run("doctor", **fresh_database.environment, REDIS_URL=redis_url)
    assert "Everything is as it should be." in result.output, result.output
    assert result.exit_code == 0
    assert "recoup_app" in result.output


def test_without_servers_the_machine_is_still_looked_at(run):
    result = run("doctor")
    assert result.exit_code == 1
    assert "DATABASE_URL is missing" in result.output
    assert "Pango" in result.output
    assert "make run" in result.output


def test_a_database_that_is_away_is_named_without_its_password(run, redis_url):
    result = run(
        "doctor",
        DATABASE_URL=UNREACHABLE,
        PORTAL_DATABASE_URL="postgresql://recoup_portal:hidden@127.0.0.1:1/recoup",
        REDIS_URL=redis_url,
        SECRET_KEY="0" * 32,
    )
    assert result.exit_code == 1
    assert "does not let recoup_app in" in result.output
    assert "hidden" not in result.output
    assert "Traceback" not in result.output


def test_redis_that_is_away_is_told(run, fresh_database):
    result = run("doctor", **fresh_database.environment, REDIS_URL="redis://127.0.0.1:1/0")
    assert result.exit_code == 1
    assert "Redis does not answer" in result.output


def test_a_superuser_as_runtime_role_is_refused(run, fresh_database, redis_url):
    environ = fresh_database.environment | {"DATABASE_URL": fresh_database.admin_url}
    result = run("doctor", **environ, REDIS_URL=redis_url)
    assert result.exit_code == 1
    assert re.search(r"postgres \(DATABASE_URL\) is a superuser", result.output)


def test_the_owner_as_runtime_role_is_refused(run, fresh_database, redis_url):
    owner = fresh_database.environment["MIGRATION_DATABASE_URL"]
    result = run("db", "check", **fresh_database.environment | {"DATABASE_URL": owner},
                 REDIS_URL=redis_url)  # fmt: skip
    assert result.exit_code == 1
    assert "recoup_owner (DATABASE_URL) owns tables" in result.output


def test_a_role_that_passes_row_security_is_refused():
    def answer(url):
        return RoleState("recoup_portal", False, True, False)

    found = diagnoses.runtime_role_diagnosis("PORTAL_DATABASE_URL", "postgresql://x/y", answer)
    assert not found.good
    assert "passes row-level security" in found.what


def test_a_schema_that_lags_behind_is_told(run, fresh_database, redis_url):
    with psycopg.connect(plain_url(fresh_database.admin_url)) as connection:
        connection.execute("UPDATE alembic_version SET version_num = '0000'")
    result = run("db", "check", **fresh_database.environment, REDIS_URL=redis_url)
    assert result.exit_code == 1
    assert "The schema is at 0000" in result.output
    assert "recoup db migrate" in result.output


@pytest.mark.parametrize(
    ("today", "good"),
    [
        pytest.param(date(2026, 12, 31), True, id="the last day of the last known half-year"),
        pytest.param(date(2027, 1, 1), False, id="a new half-year"),
    ],
)
def test_base_rates_that_have_run_out_are_told(today, good, monkeypatch):
    from legal.de import base_rates

    table = base_rates.base_rates()
    until = [row for row in table.rows if row.valid_to <= date(2026, 12, 31)]
    monkeypatch.setattr(base_rates, "base_rates", lambda: base_rates.BaseRates(until))
    assert [found.good for found in diagnoses.rate_diagnoses(today)] == [good]


def test_a_rate_that_the_house_entered_counts(fresh_database, monkeypatch):
    from legal.de import base_rates

    table = base_rates.base_rates()
    until = [row for row in table.rows if row.valid_to <= date(2026, 12, 31)]
    monkeypatch.setattr(base_rates, "base_rates", lambda: base_rates.BaseRates(until))
    url, new_year = fresh_database.environment["DATABASE_URL"], date(2027, 1, 1)
    with psycopg.connect(plain_url(fresh_database.admin_url)) as connection:
        connection.execute(
            "INSERT INTO law_rates (jurisdiction, valid_from, valid_to, rate_percent, source,"
            " entered_at) VALUES ('de', '2027-01-01', '2027-06-30', 1.77, 'Bundesbank', now())"
        )
    (with_it,) = diagnoses.rate_diagnoses(new_year, diagnoses.entered_rates(url))
    assert with_it.good
    assert "2027-06-30" in with_it.what
    (without,) = diagnoses.rate_diagnoses(new_year, diagnoses.entered_rates(UNREACHABLE))
    assert not without.good


def test_little_room_is_told(monkeypatch, tmp_path):
    monkeypatch.setattr(
        diagnoses.shutil, "disk_usage", lambda place: type("Usage", (), {"free": 10**6})
    )
    found = diagnoses.folder_diagnosis(tmp_path / "var")
    assert not found.good
    assert "MB are free" in found.what


def test_a_key_that_others_can_read_is_told(tmp_path):
    environ = {
        "RECOUP_EMBEDDED": "1",
        "RECOUP_VAR": str(tmp_path),
        "DATABASE_URL": "postgresql://x/y",
        "PORTAL_DATABASE_URL": "postgresql://x/y",
        "REDIS_URL": "redis://x",
    }
    settings = Settings.from_environment(environ)
    assert diagnoses.secret_diagnosis(settings).good
    (tmp_path / "secret").chmod(0o644)
    found = diagnoses.secret_diagnosis(settings)
    assert not found.good
    assert "chmod 600" in found.remedy


def test_init_may_be_repeated_and_takes_power_away(run, postgres):
    environ = database_environment(postgres, "recoup_init_test")
    try:
        for _ in range(2):
            result = run("db", "init", **environ)
            assert result.exit_code == 0, result.output
            with psycopg.connect(plain_url(postgres.url()), autocommit=True) as connection:
                # A power that does no harm to tests beside this one.
                connection.execute("ALTER ROLE recoup_portal CREATEDB")
        assert run("db", "init", **environ).exit_code == 0
        with psycopg.connect(plain_url(postgres.url())) as connection:
            power = "SELECT rolcreatedb FROM pg_roles WHERE rolname = 'recoup_portal'"
            assert connection.execute(power).fetchone() == (False,)
        assert run("db", "migrate", **environ).exit_code == 0
        result = run("db", "check", **environ, REDIS_URL="redis://x")
        assert result.exit_code == 0, result.output
    finally:
        with psycopg.connect(plain_url(postgres.url()), autocommit=True) as connection:
            connection.execute("DROP DATABASE IF EXISTS recoup_init_test WITH (FORCE)")


def test_init_without_a_superuser_says_so(run):
    result = run("db", "init", DATABASE_URL="postgresql://recoup_app@x/y")
    assert result.exit_code == 1
    assert "ADMIN_DATABASE_URL is missing" in result.output


def test_roles_cannot_be_named_otherwise(run, postgres):
    environ = database_environment(postgres, "recoup_init_test")
    result = run("db", "init", **environ | {"DATABASE_URL": "postgresql://somebody@x/y"})
    assert result.exit_code == 1
    assert "names the role somebody" in result.output


@pytest.mark.parametrize(
    ("more", "wrong"),
    [
        pytest.param({"BASE_URL": "https://x.example"}, "TRUSTED_PROXIES is 0", id="unsaid"),
        pytest.param({"BASE_URL": "https://x.example", "TRUSTED_PROXIES": "1"}, None, id="right"),
        pytest.param({}, "answers to any host name", id="no name of its own"),
        pytest.param({"RECOUP_EMBEDDED": "1"}, None, id="a laptop"),
    ],
)
def test_a_house_behind_a_proxy_says_so(more, wrong):
    settings = Settings.from_environment({**GIVEN, **more})
    found = [diagnosis.what for diagnosis in diagnoses.proxy_diagnoses(settings)]
    assert [wrong in what for what in found] == ([True] if wrong else [])
