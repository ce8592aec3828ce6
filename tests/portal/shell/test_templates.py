"""Guards: what no template may contain, and what every component and page of the shell must do."""

import ast
import re
from pathlib import Path

import pytest
from flask import Flask, render_template_string

from portal.shell.components import FOLDER

ROOT = Path(__file__).parents[3]
TEMPLATES = sorted(
    path
    for package in ("portal", "agency")
    for path in (ROOT / package).rglob("templates/**/*.html")
)
FORBIDDEN = {
    "an inline script": re.compile(r"<script(?![^>]*\ssrc=)", re.IGNORECASE),
    "a script or style from elsewhere": re.compile(
        r"<(?:script|link|img|iframe)[^>]*(?:src|href)=[\"']?(?:https?:)?//", re.IGNORECASE
    ),
    "an inline style sheet": re.compile(r"<style\b", re.IGNORECASE),
    "a style attribute": re.compile(r"\sstyle\s*=", re.IGNORECASE),
    "an event attribute": re.compile(r"\son[a-z]+\s*=\s*[\"']", re.IGNORECASE),
    "hx-on": re.compile(r"\bhx-on\b|data-hx-on", re.IGNORECASE),
    "a js: or javascript: value": re.compile(r"[\"'\s]j(?:ava)?s(?:cript)?:", re.IGNORECASE),
    "a trigger filter": re.compile(r"hx-trigger=[\"'][^\"']*\["),
    "a colour by number": re.compile(r"(?<![&\w/])#(?:[0-9a-fA-F]{6}|[0-9a-fA-F]{3,4})\b(?![\w-])"),
}  # fmt: skip
MODULE_LINES = 80


def words_of(path: Path) -> str:
    """A template without its comments."""
    return re.sub(r"\{#.*?#\}", "", path.read_text(encoding="utf-8"), flags=re.DOTALL)


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: str(path.relative_to(ROOT)))
def test_templates_keep_to_the_content_policy(path: Path) -> None:
    text = words_of(path)
    assert [name for name, pattern in FORBIDDEN.items() if pattern.search(text)] == []


def test_every_page_links_the_stylesheets_whose_classes_it_uses() -> None:
    """A frame without its style is 300 pixels wide and breaks a telephone's page."""
    static = ROOT / "portal" / "shell" / "static"
    sheets = {path.name: path.read_text(encoding="utf-8") for path in static.glob("*.css")}
    classes = {name: _classes_of(text) for name, text in sheets.items()}
    templates = {str(path).partition("/templates/")[2]: words_of(path) for path in TEMPLATES}
    unstyled = [
        (name, sheet, lost)
        for name, text in templates.items()
        if "{% extends" in text
        for sheet in classes
        if sheet not in (linked := _linked(name, templates))
        and (lost := _used(name, templates) & classes[sheet] - set().union(
            *(classes[each] for each in linked)))
    ]  # fmt: skip
    assert unstyled == []


def _classes_of(css: str) -> set[str]:
    bare = re.sub(r"/\*.*?\*/|url\([^)]*\)|\"[^\"]*\"", "", css, flags=re.DOTALL)
    return set(re.findall(r"\.([a-zA-Z][\w-]*)", bare))


def _linked(name: str, templates: dict[str, str]) -> set[str]:
    """The stylesheets of a page and of the layout it extends."""
    text = templates[name]
    own = {"ui.css", *re.findall(r"asset\(['\"](\w+\.css)['\"]\)", text)}
    bases = re.findall(r'\{% extends "([^"]+)"', text)
    return own.union(*(_linked(base, templates) for base in bases))


def _used(name: str, templates: dict[str, str]) -> set[str]:
    """The classes of a page and of its parts."""
    waiting, seen, found = [name], {name}, set[str]()
    while waiting:
        text = templates.get(waiting.pop(), "")
        for written in re.findall(r'class="([^"]*)"', text):
            found.update(re.findall(r"[a-zA-Z][\w-]*", re.sub(r"{[{%].*?[}%]}", " ", written)))
        parts = set(re.findall(r'\{%-? (?:include|from|import) "([^"]+)"', text)) - seen
        waiting += parts
        seen |= parts
    return found


@pytest.mark.parametrize(
    ("bad", "name"),
    [
        ("<script>x</script>", "an inline script"),
        ('<script src="https://cdn.example/x.js">', "a script or style from elsewhere"),
        ('<p style="color: red">', "a style attribute"),
        ('<a onclick="x()">', "an event attribute"),
        ('<a hx-on:click="x">', "hx-on"),
        ("<a hx-vals='js:{x: 1}'>", "a js: or javascript: value"),
        ('<a hx-trigger="click[ctrlKey]">', "a trigger filter"),
        ('<rect fill="#0a6270"/>', "a colour by number"),
    ],
)
def test_the_guard_sees_what_it_must(bad: str, name: str) -> None:
    assert FORBIDDEN[name].search(bad)


def test_every_icon_that_a_template_names_is_in_the_sprite() -> None:
    sprite = (FOLDER.parent / "sprite.html").read_text(encoding="utf-8")
    known = set(re.findall(r'<symbol id="i-([\w-]+)"', sprite))
    for path in TEMPLATES:
        named = set(re.findall(r'ui\.icon\(\s*"([\w-]+)"', words_of(path)))
        assert named <= known, f"{path}: {sorted(named - known)}"


def test_every_icon_of_the_menu_is_in_the_sprite() -> None:
    sprite = (FOLDER.parent / "sprite.html").read_text(encoding="utf-8")
    known = set(re.findall(r'<symbol id="i-([\w-]+)"', sprite))
    tree = ast.parse((ROOT / "agency/menu.py").read_text(encoding="utf-8"))
    named = {
        str(call.args[2].value)
        for call in ast.walk(tree)
        if isinstance(call, ast.Call)
        and len(call.args) > 2
        and getattr(call.func, "id", "") in ("Place", "NavEntry")
        and isinstance(call.args[2], ast.Constant)
    }
    assert named
    assert named <= known, sorted(named - known)


def test_own_modules_stay_small() -> None:
    for path in (ROOT / "portal/shell/static").glob("*.js"):
        assert len(path.read_text(encoding="utf-8").splitlines()) < MODULE_LINES, path.name


def test_every_component_is_found_by_its_name(app: Flask) -> None:
    with app.test_request_context():
        for path in FOLDER.glob("*.html"):
            for name in re.findall(r"macro (\w+)\(", path.read_text(encoding="utf-8")):
                assert callable(getattr(app.jinja_env.globals["ui"], name))


def rendered(app: Flask, source: str) -> str:
    with app.test_request_context("/list?status=open&after=abc"):
        return render_template_string(source)


def test_a_field_with_an_error_is_described_by_hint_and_error(app: Flask) -> None:
    html = rendered(
        app, "{{ ui.text('n', 'Name', {'n': '<b>'}, {'n': ['Zu <kurz>.']}, hint='Voll') }}"
    )
    assert 'aria-describedby="hint-n error-n" aria-invalid="true"' in html
    assert html.index("hint-n") < html.index('id="error-n"') < html.index("<input")
    assert 'value="&lt;b&gt;"' in html
    assert "Zu &lt;kurz&gt;." in html


def test_the_error_summary_links_to_the_fields_in_the_same_words(app: Flask) -> None:
    html = rendered(app, "{{ ui.error_summary({'n': ['Zu kurz.'], '_schema': ['Widerspruch.']}) }}")
    assert '<a href="#n">Zu kurz.</a>' in html
    assert "<li>Widerspruch.</li>" in html
    assert "Bitte korrigieren Sie 2 Angaben" in html
    assert rendered(app, "{{ ui.error_summary({}) }}").strip() == ""


def test_nothing_is_chosen_before_a_person_chooses(app: Flask) -> None:
    source = "{{ ui.options('v', 'Urteil', [('a', 'A', ''), ('b', 'B', '')], VALUES) }}"
    assert "checked" not in rendered(app, source.replace("VALUES", "{}"))
    assert rendered(app, source.replace("VALUES", "{'v': 'b'}")).count(" checked") == 1


def test_sorting_turns_round_and_forgets_the_page(app: Flask) -> None:
    @app.get("/list", endpoint="list")
    def show() -> str:
        return ""

    html = rendered(app, "{{ ui.sort_header('Offen', 'amount', 'amount') }}")
    assert 'aria-sort="ascending"' in html
    assert 'href="/list?status=open&amp;sort=-amount"' in html


def test_bars_fill_and_carry_colours_for_print(app: Flask) -> None:
    html = rendered(app, "{{ ui.stackbar([(1, 3, ''), (2, 0, ''), (3, 1, '')]) }}")
    assert html.count("<rect") == 2
    assert 'class="k1" fill="#0a6270" x="0.00" width="74.65"' in html


def test_an_empty_bar_does_not_divide_by_zero(app: Flask) -> None:
    assert "<rect" not in rendered(app, "{{ ui.stackbar([(1, 0, '')]) }}")


def test_the_form_token_is_in_every_posting_button(app: Flask) -> None:
    assert 'name="csrf_token"' in rendered(app, "{{ ui.post_button('Senden', '/send') }}")


#: Every value that is put into a page or letter unescaped: pictures that we draw ourselves.
UNESCAPED = {"girocode", "qr_bill.code"}


def test_only_our_own_pictures_are_not_escaped() -> None:
    found = set()
    for room in ("agency", "cases", "portal"):
        for path in (ROOT / room).rglob("*.html"):
            found |= set(re.findall(r"([\w.]+)\s*\|\s*safe\b", words_of(path)))
            assert "autoescape false" not in words_of(path), path
    assert found == UNESCAPED


def test_every_posted_form_carries_its_token_and_key() -> None:
    for path in TEMPLATES:
        for form in re.findall(r"<form\b.*?</form>", words_of(path), re.DOTALL):
            if re.search(r"method=[\"']post", form, re.IGNORECASE):
                assert "token(" in form, f"{path.relative_to(ROOT)}: {form[:120]}"
