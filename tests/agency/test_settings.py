"""Settings say in one sentence what is wrong, and never repeat a password."""

import re
from dataclasses import fields
from datetime import UTC, datetime
from pathlib import Path

import pytest

from agency.settings import BadSetting, Settings, check_given

GIVEN = {
    "DATABASE_URL": "postgresql://recoup_app@db/recoup",
    "PORTAL_DATABASE_URL": "postgresql://recoup_portal@db/recoup",
    "REDIS_URL": "redis://queue/0",
    "SECRET_KEY": "0123456789abcdef0123456789abcdef",
}


def test_defaults_fill_what_is_not_given():
    settings = Settings.from_environment(GIVEN)
    assert settings.database_url == "postgresql+psycopg://recoup_app@db/recoup"
    assert settings.base_url == "http://127.0.0.1:5000"
    assert settings.time_zone == "Europe/Berlin"
    assert not settings.secure_cookies


@pytest.mark.parametrize("variable", GIVEN)
def test_what_production_needs_is_asked_for_by_name(variable):
    with pytest.raises(BadSetting, match=f"^{variable} is missing"):
        Settings.from_environment({name: GIVEN[name] for name in GIVEN if name != variable})


@pytest.mark.parametrize(
    ("variable", "value", "sentence"),
    [
        pytest.param("PORT", "http", "must be a whole number", id="a port is a number"),
        pytest.param("PORT", "70000", "between 1 and 65535", id="a port has an end"),
        pytest.param(
            "DATABASE_URL", "mysql://x:hidden@y/z", "postgresql://", id="another database"
        ),
        pytest.param("DATABASE_URL", "hidden", "is not an address", id="no address"),
        pytest.param("REDIS_URL", "http://hidden", "redis://", id="no Redis"),
        pytest.param("TIME_ZONE", "Mars/Olympus", "time zone", id="no time zone"),
        pytest.param("SECRET_KEY", "hidden", "at least 32", id="a short key"),
        pytest.param("SECURE_COOKIES", "perhaps", "1 (on) or 0 (off)", id="neither on nor off"),
        pytest.param("BASE_URL", "recoup.example", "https://", id="no scheme"),
        pytest.param("LEASE_SECONDS", "0", "more than 0", id="a lease that is over at once"),
        pytest.param("LOG_LEVEL", "LOUD", "DEBUG, INFO, WARNING, ERROR", id="no such level"),
        pytest.param("RECOUP_NOW", "noon", "2026-11-23T12:00", id="no moment"),
    ],
)
def test_a_bad_value_is_named_but_not_repeated(variable, value, sentence):
    with pytest.raises(BadSetting, match=re.escape(sentence)) as caught:
        Settings.from_environment(GIVEN | {variable: value})
    assert str(caught.value).startswith(variable)
    assert "hidden" not in str(caught.value)


def test_the_clock_is_set_in_test_mode_only():
    environ = GIVEN | {"RECOUP_NOW": "2026-11-23T12:00:00+01:00"}
    assert Settings.from_environment(environ).now is None
    tested = Settings.from_environment(environ | {"RECOUP_TEST": "1"})
    assert tested.now == datetime(2026, 11, 23, 11, tzinfo=UTC)


def test_https_makes_cookies_secure():
    assert Settings.from_environment(GIVEN | {"BASE_URL": "https://x.example"}).secure_cookies


def test_embedded_set_up_keeps_one_secret_that_others_cannot_read(tmp_path):
    environ = {name: GIVEN[name] for name in GIVEN if name != "SECRET_KEY"}
    environ |= {"RECOUP_EMBEDDED": "1", "RECOUP_VAR": str(tmp_path / "var")}
    first = Settings.from_environment(environ).secret_key
    assert Settings.from_environment(environ).secret_key == first
    assert len(first) >= 32
    assert (tmp_path / "var" / "secret").stat().st_mode & 0o777 == 0o600


def test_every_setting_is_documented():
    page = (Path(__file__).parents[2] / "docs" / "operations.md").read_text(encoding="utf-8")
    documented = set(re.findall(r"^\| `([A-Z_]+)` \|", page, re.MULTILINE))
    assert documented == {declared.metadata["variable"] for declared in fields(Settings)}


def test_every_setting_is_used_by_something():
    root = Path(__file__).parents[2]
    program = "".join(
        path.read_text("utf-8")
        for room in ("agency", "portal", "cases")
        for path in (root / room).rglob("*.py")
        if path.name != "settings.py"
    )
    only_within = {"test_mode"}  # Lets `now` count, see `from_environment`.
    names = {field.name for field in fields(Settings)} - only_within
    unused = [name for name in names if not re.search(rf"\.{name}\b", program)]
    assert unused == []


def test_what_is_given_is_checked_before_anything_is_started():
    check_given({"TIME_ZONE": "Europe/Vienna", "PORT": ""})  # What is missing is made later.
    with pytest.raises(BadSetting, match="TIME_ZONE is not a time zone"):
        check_given({"TIME_ZONE": "Mars/One"})
