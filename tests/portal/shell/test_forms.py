"""HTML forms through schemas."""

from datetime import date

from flask import Flask
from marshmallow import Schema, fields, validate
from werkzeug.datastructures import MultiDict

from portal.shell.forms import Amount, Day, Errors, load_form


class PromiseForm(Schema):
    """A small form with every kind of field."""

    amount_cents = Amount(required=True, data_key="amount")
    due_on = Day(required=True)
    email = fields.Email()
    note = fields.String(validate=validate.Length(max=5))
    channels = fields.List(fields.String())


def errors_of(app: Flask, language: str, **typed: str) -> Errors:
    with app.test_request_context(headers={"Accept-Language": language}):
        value, errors = load_form(PromiseForm(), MultiDict(typed), {"due_on": "Tag"})
    assert value is None
    return errors


def test_a_good_form_becomes_values_and_leaves_out_what_is_blank_or_unknown(app: Flask) -> None:
    form = MultiDict(
        [("amount", " 250 "), ("due_on", "27.11.26"), ("email", "  "), ("csrf_token", "x"),
         ("channels", "phone"), ("channels", ""), ("channels", "letter")]
    )  # fmt: skip
    with app.test_request_context():
        value, errors = load_form(PromiseForm(), form)
    assert errors == {}
    assert value == {
        "amount_cents": 250_00, "due_on": date(2026, 11, 27), "channels": ["phone", "letter"],
    }  # fmt: skip


def test_errors_are_sentences_in_the_language_of_the_page_in_the_order_of_the_form(
    app: Flask,
) -> None:
    errors = errors_of(app, "de", amount="0", note="viel zu lang", email="a@")
    assert list(errors) == ["amount", "due_on", "email", "note"]
    assert errors["amount"] == ["Der Betrag darf nicht null sein."]
    assert errors["due_on"] == ["Bitte ausfüllen: Tag."]
    assert errors["email"] == ["Das ist keine vollständige E-Mail-Adresse."]
    assert errors["note"] == ["Bitte geben Sie höchstens 5 Zeichen ein."]


def test_a_question_that_was_left_out_is_asked_again(app: Flask) -> None:
    for language, sentence in (
        ("de", "Bitte beantworten: Wer zahlt?"), ("en", "Please answer: Wer zahlt?"),
    ):  # fmt: skip
        with app.test_request_context(headers={"Accept-Language": language}):
            _, errors = load_form(PromiseForm(), MultiDict(), {"due_on": "Wer zahlt?"})
        assert errors["due_on"] == [sentence]


def test_limits_on_both_sides_are_said_in_the_language_of_the_page(app: Flask) -> None:
    limited = Schema.from_dict({
        "number": fields.Integer(validate=validate.Range(min=1, max=400)),
        "place": fields.String(validate=validate.Length(min=2, max=30)),
    })  # fmt: skip
    with app.test_request_context(headers={"Accept-Language": "de"}):
        _, errors = load_form(limited(), MultiDict({"number": "0", "place": "x"}))
    assert errors == {
        "number": ["Bitte geben Sie eine Zahl von 1 bis 400 ein."],
        "place": ["Bitte geben Sie 2 bis 30 Zeichen ein."],
    }


def test_a_day_that_does_not_exist_is_named(app: Flask) -> None:
    german = errors_of(app, "de", amount="1", due_on="31.06.2026")
    english = errors_of(app, "en", amount="1", due_on="31.06.2026")
    assert german == {"due_on": ["Den 31.06.2026 gibt es nicht."]}
    assert english == {"due_on": ["There is no 31.06.2026 in the calendar."]}


def test_a_percent_sign_in_what_was_typed_does_no_harm(app: Flask) -> None:
    assert "„5 %(x)s“" in errors_of(app, "de", amount="5 %(x)s", due_on="1.1.26")["amount"][0]


def test_negative_amounts_need_permission(app: Flask) -> None:
    assert "negativ" in errors_of(app, "de", amount="-5", due_on="1.1.26")["amount"][0]
