"""Amounts as letters write them: in the currency that is owed, never in another one."""

from decimal import Decimal

from babel.numbers import format_currency, format_decimal

from cases.formats.currencies import minor_digits

LOCALES = {"de": "de_DE", "en": "en_IE"}


def money(cents: int, currency: str, language: str) -> str:
    """1.234,50 €; CHF 1'234.50 reads 1.234,50 CHF in a German letter."""
    amount = Decimal(cents).scaleb(-minor_digits(currency))
    return format_currency(amount, currency, locale=LOCALES[language])


def money_exact(cents: str, currency: str, language: str) -> str:
    """A small amount to a hundredth of the smallest unit, such as interest of one day."""
    decimals = minor_digits(currency)
    amount = Decimal(cents).scaleb(-decimals)
    digits = "0" * (decimals + 2)
    pattern = f"#,##0.{digits}\xa0¤" if language == "de" else f"¤#,##0.{digits}"
    return format_currency(
        amount, currency, pattern, locale=LOCALES[language], currency_digits=False
    )


def percent(rate: Decimal | str, language: str) -> str:
    """6,52 % with a space that does not break."""
    return f"{format_decimal(Decimal(rate), '#,##0.00', locale=LOCALES[language])}\xa0%"
