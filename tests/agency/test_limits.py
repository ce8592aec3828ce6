"""Who asks too often waits, alone; the house answers to its own names only."""

import pytest

from cases.core.database import db, transaction
from cases.people.request_counts import RequestCount
from tests.factories.records import PASSWORD, make_agency, make_user
from tests.factories.visits import visit

LIMIT = 20


@pytest.fixture
def limited(fresh_database, tmp_path):
    from agency.app import create_app
    from tests.infrastructure.databases import dispose

    app = create_app(fresh_database.settings(
        tmp_path / "var", REQUESTS_PER_MINUTE=str(LIMIT), DOCUMENTS_PER_MINUTE="2",
        BASE_URL="https://recoup.example", HOSTS="recoup.example, localhost",
    ))  # fmt: skip
    with app.app_context():
        with transaction():
            make_agency()
            emails = [make_user().email for _ in range(2)]
        db.session.remove()
    yield app, emails
    dispose(app)


def spend(client, address="/worklist"):
    """Ask until told to wait."""
    for _ in range(3 * LIMIT):
        answer = client.get(address)
        if answer.status_code == 429:
            return answer
    raise AssertionError("never told to wait")


def test_one_visit_is_told_to_wait_and_the_others_go_on(limited):
    app, emails = limited
    busy, calm = (visit(app, email).client for email in emails)
    told = spend(busy)
    assert 1 <= int(told.headers["Retry-After"]) <= 60
    assert "zu oft" in told.text
    assert "Content-Security-Policy" in told.headers
    assert calm.get("/worklist").status_code == 200
    with app.app_context():
        assert db.session.query(RequestCount).count() >= 3
        db.session.remove()


def test_without_a_visit_the_address_is_counted(limited):
    app, _ = limited
    spend(app.test_client(), "/sign-in")
    assert app.test_client().get("/sign-in").status_code == 429
    other = app.test_client().get("/sign-in", environ_base={"REMOTE_ADDR": "192.0.2.7"})
    assert other.status_code == 200
    assert app.test_client().get("/healthz").status_code == 200, "the watch is never told to wait"


@pytest.mark.parametrize(
    ("host", "status"),
    [
        pytest.param("recoup.example", 200, id="its name"),
        pytest.param("RECOUP.example:8443", 200, id="its name with a port"),
        pytest.param("evil.example", 400, id="another name"),
        pytest.param("recoup.example.evil.example", 400, id="a name that begins like it"),
        pytest.param("evil.example:80", 400, id="another name with a port"),
    ],
)
def test_only_its_own_names_are_answered(limited, host, status):
    app, _ = limited
    answer = app.test_client().get("/sign-in", headers={"Host": host})
    assert answer.status_code == status
    assert app.test_client().get("/healthz", headers={"Host": "10.0.0.7"}).status_code == 200
    # Without a token the watch's pages do not exist, whatever the name.
    assert app.test_client().get("/readyz", headers={"Host": "10.0.0.7"}).status_code == 404


def test_cookies_are_for_https_and_hidden_from_scripts(limited):
    app, emails = limited
    client = app.test_client()
    page = client.get("/sign-in", base_url="https://localhost").text
    token = page.split('name="csrf_token" value="')[1].split('"')[0]
    form = {"email": emails[0], "password": PASSWORD, "csrf_token": token}
    secure = {"base_url": "https://localhost", "headers": {"Referer": "https://localhost/"}}
    answer = client.post("/sign-in", data=form, **secure)
    assert answer.status_code == 303
    cookies = answer.headers.getlist("Set-Cookie")
    assert len(cookies) == 2
    for cookie in cookies:
        assert all(flag in cookie for flag in ("Secure", "HttpOnly", "SameSite=Lax")), cookie
