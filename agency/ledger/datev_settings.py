"""How the tax adviser's program knows us: entered once, checked before a file is made."""

from collections.abc import Mapping

from flask import Blueprint, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from agency.ledger import words
from agency.refusals import at_field
from cases.core.database import transaction
from cases.core.errors import Refusal
from cases.core.locks import relock
from cases.ledger.books.datev import CHART
from cases.ledger.books.datev_settings import (
    CHARTS,
    LONGEST,
    AccountsDiffer,
    AccountTwice,
    ChartWrong,
    ClientWrong,
    ConsultantWrong,
    DatevSettings,
    IncomeKind,
    StopKeyIdle,
    StopKeyWrong,
    get_datev,
    set_datev,
)
from cases.parties.queries import find_agency
from portal.access import may
from portal.shell.forms import Errors
from portal.shell.opened import ChangedByOther, opened, require_unchanged
from portal.shell.pages import done, page, see_other

blueprint = Blueprint("datev_settings", __name__)
FIELDS: dict[type[Refusal], str] = {
    ConsultantWrong: "consultant",
    ClientWrong: "client",
    ChartWrong: "chart",
    AccountsDiffer: "trust_bank",
    AccountTwice: "trust_bank",
    StopKeyWrong: "stop_key",
    StopKeyIdle: "stop_key",
}


@blueprint.get("/ledger/datev-settings")
@may("settings.edit")
def show() -> ResponseReturnValue:
    """Consultant, client, chart and accounts."""
    return _page(_values(get_datev()), {})


@blueprint.post("/ledger/datev-settings")
@may("settings.edit")
def save() -> ResponseReturnValue:
    """Keep them; answers 422 for what DATEV would not read."""
    try:
        with transaction():
            _refuse_stale()
            set_datev(_read(request.form))
    except ChangedByOther as changed:
        return _page(request.form, changed.errors)
    except Refusal as refusal:
        return _page(request.form, at_field(refusal, FIELDS))
    done(gettext("Saved. The next file for the tax adviser uses it."))
    return see_other("ledger.trial_balance")


def _refuse_stale() -> None:
    house = find_agency()
    if house is None:
        return
    relock(house)
    require_unchanged("datev", _values(get_datev()), ("agency", house.id), "agency.profile_set")


def _read(form: Mapping[str, str]) -> DatevSettings:
    return DatevSettings(
        _number(form.get("consultant", "")),
        _number(form.get("client", "")),
        form.get("chart", ""),
        {account: _number(form.get(account.value, "")) for account in CHART},
        _income(form.get("income", "")),
        form.get("stop_key", "").strip(),
    )


def _income(typed: str) -> IncomeKind | None:
    return IncomeKind(typed) if typed in set(IncomeKind) else None


def _number(typed: str) -> int:
    """A number of a few digits; anything else is none and is refused by its rule."""
    text = typed.strip()
    return int(text) if text.isascii() and text.isdecimal() and len(text) <= LONGEST else 0


def _values(kept: DatevSettings) -> dict[str, str]:
    accounts = {account.value: str(number) for account, number in kept.accounts.items()}
    head = {"consultant": str(kept.consultant), "client": str(kept.client), "chart": kept.chart}
    head |= {"income": kept.income.value if kept.income else "", "stop_key": kept.stop_key}
    return head | accounts


def _page(values: Mapping[str, str], errors: Errors) -> ResponseReturnValue:
    return page(
        "agency/ledger/datev_settings.html",
        status=422 if errors else 200,
        values=values,
        opened=opened("datev", _values(get_datev())),
        errors=errors,
        unasked=get_datev().income is None,
        incomes=[
            ("", gettext("Not asked yet")),
            (IncomeKind.PLAIN.value, gettext("Takes the net amount as it is booked")),
            (IncomeKind.AUTOMATIC.value, gettext("Automatic account: would compute VAT once more")),
        ],
        charts=[(each, f"SKR {each}") for each in CHARTS],
        accounts=[(account.value, words.account_word(account)) for account in CHART],
    )
