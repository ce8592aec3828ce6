"""The words of the accounts room: accounts and kinds of journals, as template filters."""

from flask import Blueprint
from flask_babel import gettext

from cases.ledger.models import Account
from cases.ledger.words import ACCOUNTS, JOURNALS


def register(blueprint: Blueprint) -> None:
    """Offer the words to templates."""
    blueprint.add_app_template_filter(account_word, "ledger_account")
    blueprint.add_app_template_filter(journal_word, "journal_word")


def account_word(account: Account) -> str:
    """The name of an account in the language of the page."""
    return str(gettext(ACCOUNTS[account]))


def journal_word(kind: str) -> str:
    """What a journal stands for; a reversal says so."""
    plain = kind.removesuffix(".reversed")
    words = str(gettext(JOURNALS[plain])) if plain in JOURNALS else plain
    return str(gettext("Reversed: %(booking)s", booking=words)) if plain != kind else words
