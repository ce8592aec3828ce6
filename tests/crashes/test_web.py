"""Row 11: web processes are killed while people write; what was answered is kept, once."""

import http.client
import http.cookiejar
import os
import random
import re
import signal
import threading
import time
import urllib.error
import urllib.parse
import urllib.request

import pytest
from sqlalchemy import text

from agency.app import create_app
from cases.core import audit
from cases.core.database import db, transaction
from cases.ledger.books.verifying import verify_ledger
from tests.crashes.durable import list_children
from tests.factories.records import PASSWORD, make_agency, make_case, make_user
from tests.infrastructure.databases import dispose

PEOPLE = 3
TOKEN = re.compile(r'name="csrf_token" value="([^"]+)"')


class NoRedirect(urllib.request.HTTPRedirectHandler):
    def redirect_request(self, *_):
        return None


class Person:
    """Somebody at a browser who writes notes and keeps a list of what was answered."""

    def __init__(self, url, email, case, password=PASSWORD):
        cookies = urllib.request.HTTPCookieProcessor(http.cookiejar.CookieJar())
        self.opener = urllib.request.build_opener(cookies, NoRedirect)
        self.url, self.case, self.token = url, case, ""
        self.acknowledged, self.number = [], 0
        self.ask("/sign-in")
        assert self.ask("/sign-in", email=email, password=password) == 303
        self.ask("/profile")

    def ask(self, path, **form):
        """Open a page or send a form; its status, or None when nobody answered."""
        data = urllib.parse.urlencode({"csrf_token": self.token, **form}).encode() if form else None
        try:
            with self.opener.open(self.url + path, data, timeout=30) as answer:
                if found := TOKEN.search(answer.read().decode()):
                    self.token = found.group(1)
                return answer.status
        except urllib.error.HTTPError as error:
            error.close()
            return error.code
        except (OSError, http.client.HTTPException):  # Nobody is there, or was cut off.
            return None

    def write_until(self, over):
        while not over.is_set():
            self.number += 1
            note = f"note {self.number} of {id(self)}"
            if self.ask(f"/cases/{self.case}/notes", note=note) == 303:
                self.acknowledged.append(note)


@pytest.mark.parametrize(
    "kills",
    [pytest.param(8, id="quick"), pytest.param(2_000, id="deep", marks=pytest.mark.deep)],
)
def test_what_was_answered_is_kept(live_server, kills):
    app = create_app(live_server.database.settings(live_server.log.parent / "var"))
    chance, over = random.Random(20261128), threading.Event()
    try:
        with app.app_context(), transaction():
            make_agency()
            worker = make_user()
            logins = [make_user().email for _ in range(PEOPLE)]
            case = make_case(accepted_by=worker)[0].public_id
        people = [Person(live_server.url, email, case) for email in logins]
        threads = [threading.Thread(target=each.write_until, args=(over,)) for each in people]
        for thread in threads:
            thread.start()
        master = live_server.processes["web"].pid
        for _ in range(kills):
            before = sum(len(each.acknowledged) for each in people)
            while sum(len(each.acknowledged) for each in people) < before + PEOPLE:
                time.sleep(0.01)
            time.sleep(chance.random() / 20)
            for child in list_children(master):
                os.kill(child, signal.SIGKILL)
        over.set()
        for thread in threads:
            thread.join(60)
        acknowledged = [note for each in people for note in each.acknowledged]
        with app.app_context():
            kept = db.session.scalars(
                text("SELECT params->>'note' FROM timeline_events WHERE kind = 'note.added'")
            ).all()
            assert set(acknowledged) <= set(kept)
            assert len(kept) == len(set(kept))
            assert len(acknowledged) >= kills * PEOPLE
            assert list(verify_ledger()) == []
            assert list(audit.verify()) == []
    finally:
        over.set()
        dispose(app)
