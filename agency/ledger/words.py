"""The words of the accounts room: accounts and kinds of journals, as template filters."""

from flask import Blueprint
from flask_babel import gettext

from cases.ledger.models import Account
from cases.ledger.words import ACCOUNTS, JOURNALS, ORIGINS


def register(blueprint: Blueprint) -> None:
    """Offer the words to templates."""
    blueprint.add_app_template_filter(account_word, "ledger_account")
    blueprint.add_app_template_filter(journal_word, "journal_word")
    blueprint.add_app_template_filter(origin_words, "origin_words")


def account_word(account: Account) -> str:
    """The name of an account in the language of the page."""
    return str(gettext(ACCOUNTS[account]))


def journal_word(kind: str) -> str:
    """What a journal stands for; a reversal says so."""
    plain = kind.removesuffix(".reversed")
    words = str(gettext(JOURNALS[plain])) if plain in JOURNALS else plain
    return str(gettext("Reversed: %(booking)s", booking=words)) if plain != kind else words


def origin_words(reference: str | None) -> str:
    """Where a booking comes from; a number that people know stays as it is."""
    origin, _, name = (reference or "").partition(":")
    return str(gettext(ORIGINS[origin])).format(name=name) if origin in ORIGINS else reference or ""
