"""How the tax adviser's program knows us: consultant, client, chart and its accounts, checked."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from cases.core.errors import Invalid
from cases.ledger.books.datev import CHART
from cases.ledger.models import Account
from cases.parties.queries import find_agency
from cases.parties.services import set_agency

#: DATEV knows charts of four to eight digits; all accounts of a file have the same length.
SHORTEST, LONGEST = 4, 8
CONSULTANTS, CLIENTS = range(1001, 10_000_000), range(1, 100_000)
CHARTS = ("04", "03")
LONGEST_KEY = 4


class IncomeKind(StrEnum):
    """What the tax adviser said of the income account; it cannot be known without him."""

    PLAIN = "plain"  # Takes amounts as they are booked: net, VAT apart.
    AUTOMATIC = "automatic"  # Would compute VAT out of them, so its automatic is stopped.


class ConsultantWrong(Invalid):
    """The consultant number has four to seven digits, from 1001 on."""


class ClientWrong(Invalid):
    """The client number has one to five digits."""


class ChartWrong(Invalid):
    """Please choose one of the charts."""


class StopKeyWrong(Invalid):
    """An automatic account needs the key that stops its automatic: one to four digits."""


class StopKeyIdle(Invalid):
    """A key is only used with an automatic account. Leave it empty or choose that."""


class AccountsDiffer(Invalid):
    """All accounts have the same number of digits, four to eight."""


class AccountTwice(Invalid):
    """The number {number} is given to two accounts. Each needs its own."""


@dataclass(frozen=True, slots=True)
class DatevSettings:
    """What the header of a file says, and the adviser's account for each of ours."""

    consultant: int = 1001
    client: int = 1
    chart: str = "04"
    accounts: Mapping[Account, int] = field(default_factory=lambda: dict(CHART))
    income: IncomeKind | None = None  # None: nobody has asked the adviser.
    stop_key: str = ""

    @property
    def account_length(self) -> int:
        """Digits of an account, as the header states them."""
        return len(str(next(iter(self.accounts.values()))))


def get_datev() -> DatevSettings:
    """The settings of the house; what was never set is as shipped."""
    house = find_agency()
    if house is None:
        return DatevSettings()
    own = {Account(name): int(number) for name, number in house.datev_accounts.items()}
    return DatevSettings(
        house.datev_consultant,
        house.datev_client,
        house.datev_chart,
        {**CHART, **own},
        IncomeKind(house.datev_income) if house.datev_income else None,
        house.datev_stop_key or "",
    )


def set_datev(wanted: DatevSettings) -> None:
    """Keep settings that make a file DATEV reads.

    Raises:
        ConsultantWrong, ClientWrong, ChartWrong, AccountsDiffer, AccountTwice, StopKeyWrong,
        StopKeyIdle.
    """
    if wanted.consultant not in CONSULTANTS:
        raise ConsultantWrong
    if wanted.client not in CLIENTS:
        raise ClientWrong
    if wanted.chart not in CHARTS:
        raise ChartWrong
    numbers = list(wanted.accounts.values())
    lengths = {len(str(number)) for number in numbers}
    if len(lengths) != 1 or not SHORTEST <= min(lengths) <= LONGEST:
        raise AccountsDiffer
    for number in numbers:
        if numbers.count(number) > 1:
            raise AccountTwice(number=number)
    key = wanted.stop_key
    if wanted.income is IncomeKind.AUTOMATIC:
        if not (key.isascii() and key.isdecimal() and len(key) <= LONGEST_KEY):
            raise StopKeyWrong
    elif key:
        raise StopKeyIdle
    set_agency(
        datev_income=wanted.income.value if wanted.income else None,
        datev_stop_key=key or None,
        datev_consultant=wanted.consultant,
        datev_client=wanted.client,
        datev_chart=wanted.chart,
        datev_accounts={account.value: number for account, number in wanted.accounts.items()},
    )
