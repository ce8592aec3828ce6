"""How each fee was computed, in sentences that a debtor can follow.

The English ones stand here; other languages stand with whoever writes letters in them.
"""

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
