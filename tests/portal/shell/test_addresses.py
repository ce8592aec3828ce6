"""Addresses are built as the library builds them, and their code is made when it is needed."""

import pytest
from flask import Flask, url_for
from werkzeug.routing import BuildError, Rule

from portal.shell.addresses import LazyRule

RULES = ("/", "/cases/<case>", "/cases/<case>/letters/<int:rule>.pdf", "/<path:rest>/end")
ASKED = (
    ("/", {}), ("/", {"q": "a b", "page": 2}), ("/cases/<case>", {"case": "ä/ö"}),
    ("/cases/<case>/letters/<int:rule>.pdf", {"case": "x", "rule": 7, "as_of": "3.12."}),
    ("/<path:rest>/end", {"rest": "a/b"}),
)  # fmt: skip


class Lazy(Flask):
    url_rule_class = LazyRule


def app_of(kind):
    app = kind("test", static_folder=None)
    for rule in RULES:
        app.add_url_rule(rule, endpoint=rule, view_func=lambda **_: "")
    return app


def test_every_address_is_the_one_of_the_library():
    plain, lazy = app_of(Flask), app_of(Lazy)
    for endpoint, values in ASKED:
        built = []
        for app in (plain, lazy, lazy):  # Compiled at the first time, called again at the second.
            with app.test_request_context():
                built.append(url_for(endpoint, **values))
        assert built[0] == built[1] == built[2]


def test_a_missing_part_is_still_named():
    with app_of(Lazy).test_request_context(), pytest.raises(BuildError, match="case"):
        url_for("/cases/<case>")


def test_nothing_is_compiled_before_somebody_asks(monkeypatch):
    compiled = []
    whole = Rule._compile_builder
    monkeypatch.setattr(
        Rule, "_compile_builder", lambda *given: compiled.append(given) or whole(*given)
    )
    app = app_of(Lazy)
    assert compiled == []
    with app.test_request_context():
        url_for("/")
    assert len(compiled) == 1
