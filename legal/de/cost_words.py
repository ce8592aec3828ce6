"""How each fee was computed, in sentences that a debtor can follow.

A step carries a code and raw parameters; the edge supplies the sentences of its language and how
that language writes euro amounts, numbers and dates.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from legal.findings import N_

MESSAGES = {
    "fee": N_(
        "{law}: the full fee for a value of {value_cents} is {full_cents} ({table} as of "
        "{valid_from}); {rate} of it is {amount_cents}."
    ),
    "small_fee": N_(
        "{law}: for an uncontested claim of up to {limit_cents} the full fee is {full_cents} "
        "(§ 13(2) RVG as of {valid_from}); {rate} of it is {amount_cents}."
    ),
    "minimum": N_("A fee is at least {minimum_cents}."),
    "value_share": N_("Of the value of {whole_cents} only {share_percent} percent counts."),
    "creditors": N_(
        "Further creditors: {further}. The rate rises from {rate} to {raised} (VV RVG 1008)."
    ),
    "creditors_once": N_(
        "The rate is not raised for further creditors, because that of VV RVG 3305 already is."
    ),
    "above_threshold": N_(
        "More than {threshold} can be asked only if the matter was particularly extensive or "
        "difficult (VV RVG 2300 note 2)."
    ),
    "flat_expenses": N_(
        "{law}: {share_percent} percent of the fees of {fees_cents}, at most {limit_cents}, is "
        "{amount_cents}."
    ),
    "credit_half": N_(
        "{law}: half of the business fee, at most a rate of {rate_max}, is credited: of "
        "{fee_cents} that is {amount_cents}."
    ),
    "credit_court_fee": N_(
        "KV GKG 1210 note (1): the fee for the payment order of {amount_cents} is credited."
    ),
    "lump_sum": N_("{law}: the lump sum for late payment is {amount_cents}."),
    "lump_sum_set_off": N_(
        "Legal costs of {costs_cents} are set off against it; {amount_cents} remains "
        "(§ 288(5) sentence 3 BGB)."
    ),
    "lump_sum_consumer": N_("A consumer does not owe the lump sum of § 288(5) BGB."),
    "lump_sum_other": N_("The lump sum of § 288(5) BGB is owed only on claims for remuneration."),
    "lump_sum_too_early": N_(
        "The lump sum of § 288(5) BGB is owed only on obligations that arose from {valid_from} on."
    ),
}

Parameter = str | int | Decimal | date


@dataclass(frozen=True, slots=True)
class Step:
    """One sentence of a computation."""

    code: str
    params: Mapping[str, Parameter] = field(default_factory=dict)


def euro(cents: int) -> str:
    """An amount in English: EUR 1,234.50."""
    sign = "-" if cents < 0 else ""
    whole, rest = divmod(abs(cents), 100)
    return f"{sign}EUR {whole:,}.{rest:02d}"


def words(
    steps: Iterable[Step],
    sentences: Mapping[str, str] = MESSAGES,
    write_euro: Callable[[int], str] = euro,
    write_other: Callable[[Parameter], str] = str,
) -> str:
    """The steps as text: amounts by `write_euro`, every other parameter by `write_other`."""
    return " ".join(
        sentences[step.code].format_map(
            {
                name: write_euro(value)
                if name.endswith("_cents") and isinstance(value, int)
                else write_other(value)
                for name, value in step.params.items()
            }
        )
        for step in steps
    )
