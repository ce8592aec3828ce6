"""How views answer."""

from flask import Flask
from jinja2 import DictLoader

from portal.shell.navigation import NavEntry, Person
from portal.shell.pages import done, invalid, page, see_other

TEMPLATE = "<html>{% block work %}<p>{{ text }}</p>{% endblock %}</html>"


def make_views(app: Flask) -> Flask:
    app.jinja_loader = DictLoader({"page.html": TEMPLATE})
    app.add_url_rule("/page", "work.index", lambda: page("page.html", "work", text="a"))
    app.add_url_rule("/form", "form", lambda: invalid("page.html", "work", text="b"))
    app.add_url_rule("/done", "done", lambda: see_other("work.index"))
    return app


def test_a_page_comes_whole_or_as_the_block_that_htmx_asks_for(app: Flask) -> None:
    client = make_views(app).test_client()
    whole, part = client.get("/page"), client.get("/page", headers={"HX-Request": "true"})
    restored = client.get(
        "/page", headers={"HX-Request": "true", "HX-History-Restore-Request": "true"}
    )
    assert whole.text == restored.text == "<html><p>a</p></html>"
    assert part.text == "<p>a</p>"
    assert "HX-Request" in whole.headers["Vary"]
    assert "HX-Request" in part.headers["Vary"]


def test_invalid_input_is_422_and_a_post_leads_on_with_303(app: Flask) -> None:
    client = make_views(app).test_client()
    assert client.get("/form").status_code == 422
    assert (client.get("/done").status_code, client.get("/done").location) == (303, "/page")


def test_what_was_done_can_be_undone_for_ten_seconds(app: Flask) -> None:
    with app.test_request_context():
        done("Zusage gespeichert", "/undo/1")
        html = str(app.jinja_env.globals["ui"].flashes())
    assert 'data-dismiss-after="10"' in html
    assert 'action="/undo/1"' in html


def test_a_person_has_initials_without_titles() -> None:
    assert Person("Dr. Ilka Sommer", "Recht").initials == "IS"
    assert Person("Şahin", "Recht").initials == "Ş"
    assert Person("", "Recht").initials == ""


def test_the_menu_knows_where_one_is(app: Flask) -> None:
    make_views(app)
    with app.test_request_context("/page"):
        entry = NavEntry("work.index", "Arbeitsliste", count=1021)
        assert entry.is_current()
        assert entry.count_label == "999+"
        assert not entry.is_current("elsewhere.index")
        assert entry.url == "/page"


def test_the_icon_is_found_where_browsers_look_for_it(app: Flask) -> None:
    with app.test_client().get("/favicon.ico", follow_redirects=True) as answer:
        assert answer.mimetype == "image/svg+xml"
