"""Codes with parameters as people read them: amounts, days and names of codes in their language."""

import pytest
from flask_babel import force_locale

from cases.core.errors import Conflict
from portal.shell.errors import say
from portal.shell.wording import worded


class PeriodOver(Conflict):
    """The period up to {last_day} is closed. Book with a later business day."""


@pytest.mark.parametrize(
    ("sentence", "params", "words"),
    [
        pytest.param("{amount_cents}", {"amount_cents": 123456}, "1.234,56\xa0€", id="an amount"),
        pytest.param("{due_on}", {"due_on": "2026-12-01"}, "01.12.2026", id="a day"),
        pytest.param("{until}", {"until": "2026-12-01"}, "01.12.2026", id="a day by another name"),
        pytest.param("{number}", {"number": "2026-0000001-5"}, "2026-0000001-5", id="no day"),
        pytest.param("{gone}", {}, "…", id="a parameter that an old record lacks"),
    ],
)
def test_parameters_are_put_into_words(app, sentence, params, words):
    with app.test_request_context(), force_locale("de"):
        assert worded(sentence, params) == words


def test_refusals_name_days_as_people_write_them(app):
    with app.test_request_context(), force_locale("de"):
        assert "30.11.2026" in say(PeriodOver(last_day="2026-11-30"))
