"""A list and a form that use every part of the shell, for the walk in a browser."""

from datetime import date
from typing import Any

from flask import Flask, request
from jinja2 import ChoiceLoader, DictLoader
from marshmallow import Schema, fields

from portal.shell.forms import Amount, Day, load_form
from portal.shell.navigation import NavEntry, NavGroup, Person, Urls
from portal.shell.pages import done, invalid, page, see_other

LIST = """
{% extends "shell/staff.html" %}{% block title %}Liste{% endblock %}{% block main %}
<div class="head"><div><h1>Liste</h1></div><div class="acts">{{ ui.link_button("Neu", "/form", "p", "plus", "n") }}</div></div>
{% call ui.note("warn", end="bis morgen") %}Ein Einwand wird geprüft.{% endcall %}
{{ ui.kpis([("Offen", 120487710|euro, "142 Akten", "/list")]) }}
{% call ui.card("Akten", "cases", flush=true) %}<table class="grid fix" data-rows aria-label="Akten"><thead><tr><th scope="col" class="pick"><input type="checkbox" data-tick-all aria-label="Alle auswählen"></th>{{ ui.sort_header("Schuldner", "name", "name") }}<th scope="col" class="num">Offen</th></tr></thead><tbody>
{% for n in range(5) %}<tr><td class="pick"><input type="checkbox" aria-label="Akte {{ n }} auswählen"></td><td><a class="plain" href="/form?case={{ n }}">Wohnungsbaugenossenschaft Elbmarsch eG</a> {{ ui.tag("heute", "warn", "clock") }}</td>{{ ui.money(-n * 100000) }}</tr>{% endfor %}</tbody></table>{{ ui.pager("1 bis 5", after="x") }}{% endcall %}
{{ ui.steps([("Datei", "/list"), ("Prüfen", none)], 2) }}{{ ui.flow("Stufen", [(4, "Neu", "heute", "/list", true)]) }}
{% call ui.card("Verlauf", "tl", flush=true) %}{{ ui.timeline([{"icon": "mail", "kind": "info", "title": "Brief", "when": "heute"}]) }}{{ ui.empty("Noch nichts", "Bitte anfordern.") }}{% endcall %}{{ ui.stackbar([(1, 3, ""), (2, 1, "")], "3 von 4") }}
{% endblock %}
"""  # noqa: E501
FORM = """
{% extends "shell/portal.html" %}{% block title %}Zusage{% endblock %}{% block main %}<h1>Zusage eintragen</h1>
{% block form %}<div id="part">{{ ui.error_summary(errors) }}<form class="form" method="post" novalidate hx-post="/form" hx-target="#part" hx-swap="outerHTML">{{ ui.token() }}
{{ ui.text("name", "Name", values, errors, "Vor- und Nachname") }}{{ ui.amount("amount", "Betrag", values, errors) }}{{ ui.date("day", "Tag", values, errors) }}
{{ ui.options("outcome", "Ergebnis", [("a", "Erreicht", ""), ("b", "Nicht erreicht", "")], values, errors) }}{{ ui.textarea("note", "Notiz", values, errors, optional=true) }}{{ ui.file("proof", "Beleg", errors, optional=true) }}
{{ ui.button("Zusage speichern", "p", key="ctrl+enter") }}</form></div>{% endblock %}{% endblock %}
"""  # noqa: E501


class PromiseForm(Schema):
    """What the sample form sends."""

    name = fields.String(required=True)
    amount = Amount(required=True)
    day = Day(required=True)
    outcome = fields.String(required=True)


def add_screens(app: Flask) -> None:
    """Open /list and /form."""
    nav = [
        NavGroup(None, (NavEntry("list", "Liste", "list-checks", 34, late=True),)),
        NavGroup("Prüfen", (NavEntry("form", "Zusagen", "hand-coins", 2),)),
    ]
    frame: dict[str, Any] = {
        "nav": nav,
        "person": Person("Jonas Rehbein", "Sachbearbeitung"),
        "urls": Urls("/list", "/list", "/out", "/me", "/imprint"),
    }
    app.jinja_env.loader = ChoiceLoader(
        [DictLoader({"list.html": LIST, "form.html": FORM}), app.jinja_env.loader]  # type: ignore[list-item]
    )

    def form() -> Any:
        if request.method == "POST":
            value, errors = load_form(PromiseForm(), request.form, {"name": "Name"})
            if value is None:
                return invalid("form.html", "form", values=request.form, errors=errors, **frame)
            done("Zusage gespeichert", "/undo")
            return see_other("list")
        values = {"day": date(2026, 11, 27)}
        return page("form.html", "form", values=values, errors={}, **frame)

    app.add_url_rule("/list", "list", lambda: page("list.html", **frame))
    app.add_url_rule("/form", "form", form, methods=["GET", "POST"])
