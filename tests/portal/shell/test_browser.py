"""The shell in a real browser: keys, focus, themes, widths, no script, no violation."""

import importlib.util
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from werkzeug.serving import make_server

from tests.infrastructure.barriers import barriers

pytestmark = pytest.mark.browser


def load_screens() -> Any:
    """The sample screens beside this file (tests are no package)."""
    path = Path(__file__).with_name("sample_screens.py")
    spec = importlib.util.spec_from_file_location("sample_screens", path)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture
def site(app: Flask) -> Iterator[str]:
    load_screens().add_screens(app)
    server = make_server("127.0.0.1", 0, app, threaded=True)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield f"http://127.0.0.1:{server.port}"
    server.shutdown()
    thread.join()
    server.server_close()


def open_page(browser: Any, width: int = 1440, **options: Any) -> tuple[Any, list[str]]:
    """A page in German, and the list of what its console complains about."""
    context = browser.new_context(
        viewport={"width": width, "height": 900}, locale="de-DE", **options
    )
    page, complaints = context.new_page(), []
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.on(
        "console",
        lambda line: complaints.append(line.text) if "Security Policy" in line.text else None,
    )
    return page, complaints


@pytest.mark.deep
def test_no_violation_and_no_cut_in_both_themes_and_all_widths(site: str, browser: Any) -> None:
    for width in (1440, 400, 320):
        page, complaints = open_page(browser, width)
        for theme in ("light", "dark"):
            for path in ("list", "form"):
                page.goto(f"{site}/{path}?theme={theme}")
                assert barriers(page) == [], (path, theme, width)
                room = page.evaluate("document.documentElement.scrollWidth - innerWidth")
                assert room <= 0, (path, width)
        assert complaints == []


def test_keys_move_tick_search_and_rest_while_typing(site: str, browser: Any) -> None:
    page, complaints = open_page(browser)
    page.goto(f"{site}/list")
    for key in "jjx":
        page.keyboard.press(key)
    rows = page.locator("tbody tr")
    assert rows.nth(1).get_attribute("aria-selected") == "true"
    assert page.locator("tbody :checked").count() == 1
    page.keyboard.press("/")
    page.keyboard.type("nj")
    assert page.input_value("#shell-search") == "nj"
    page.keyboard.press("Escape")
    page.keyboard.press("?")
    assert "Neu" in page.inner_text("[data-key-list]")
    page.keyboard.press("Escape")
    page.evaluate("document.documentElement.dataset.keys = 'off'")
    page.keyboard.press("n")
    assert page.url == f"{site}/list"
    page.evaluate("delete document.documentElement.dataset.keys")
    page.keyboard.press("n")
    page.wait_for_url(f"{site}/form")
    assert complaints == []


def test_errors_take_the_focus_after_a_swap(site: str, browser: Any) -> None:
    page, complaints = open_page(browser)
    page.goto(f"{site}/form")
    page.focus("#note")
    page.keyboard.press("Control+Enter")
    page.wait_for_selector("[data-errors]")
    page.wait_for_function("document.activeElement.hasAttribute('data-errors')")
    page.click("[data-errors] a >> nth=0")
    assert page.evaluate("document.activeElement.id") == "name"
    assert complaints == []


def test_the_date_picker_and_the_theme_work_with_script(site: str, browser: Any) -> None:
    page, _ = open_page(browser)
    page.goto(f"{site}/form")
    assert page.is_visible("[data-picker]")
    page.click(".who summary")
    page.click("[data-theme-choice][value=dark]")
    page.reload()
    assert page.get_attribute("html", "data-theme") == "dark"


def test_everything_works_without_script(site: str, browser: Any) -> None:
    page, _ = open_page(browser, java_script_enabled=False)
    page.goto(f"{site}/form")
    page.click("text=Zusage speichern")
    assert page.title().startswith("Fehler:")
    page.fill("#name", "Petra Hartwig")
    page.fill("#amount", "1.234,5")
    page.check("[value=b]")
    page.click("text=Zusage speichern")
    assert page.url == f"{site}/list"
    assert "Zusage gespeichert" in page.inner_text("#flashes")
    page.click(".me summary")
    page.click("text=English")
    assert page.get_attribute("html", "lang") == "en"


def test_the_menu_opens_on_a_narrow_screen(site: str, browser: Any) -> None:
    page, _ = open_page(browser, 400, java_script_enabled=False)
    page.goto(f"{site}/list")
    assert not page.is_visible("#shell-menu")
    page.click(".top .open")
    assert page.is_visible("#shell-menu")
    page.click("#shell-menu .close")
    assert not page.is_visible("#shell-menu")
