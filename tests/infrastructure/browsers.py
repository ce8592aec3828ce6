"""The browser fixture: Debian's Chromium, driven by playwright."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:  # Only browser tests wait for this import.
    from playwright.sync_api import Browser

PROGRAMS = ("chromium", "chromium-browser", "google-chrome")
#: Root and containers have no sandbox and a small /dev/shm; fonts must look the same everywhere.
ARGUMENTS = [
    "--no-sandbox",
    "--disable-dev-shm-usage",
    "--disable-gpu",
    "--font-render-hinting=none",
    "--force-color-profile=srgb",
    "--hide-scrollbars",
]


def find_chromium() -> str:
    """The installed browser; `make test` installs it."""
    found = os.environ.get("CHROMIUM") or next(filter(None, map(shutil.which, PROGRAMS)), None)
    assert found, "no browser: run `make test`, or apt-get install chromium"
    return found


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    """One browser per process."""
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        program = playwright.chromium.launch(
            executable_path=find_chromium(), args=ARGUMENTS, headless=True
        )
        yield program
        program.close()


@pytest.fixture
def browser(chromium: Browser) -> Iterator[Browser]:
    """The browser; each person of a story gets `browser.new_context()`, closed at its end."""
    yield chromium
    for context in tuple(chromium.contexts):
        context.close()
