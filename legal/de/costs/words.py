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
    "vat": N_("VV RVG 7008: {percent} percent VAT on {net_cents} is {amount_cents}."),
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

#: The same for a debtor who reads German.
GERMAN = {
    "fee": (
        "{law}: Die volle Gebühr beträgt bei einem Wert von {value_cents} {full_cents} "
        "({table}, Stand {valid_from}); das {rate}-fache sind {amount_cents}."
    ),
    "small_fee": (
        "{law}: Bei einer unbestrittenen Forderung bis {limit_cents} beträgt die volle Gebühr "
        "{full_cents} (§ 13 Abs. 2 RVG, Stand {valid_from}); das {rate}-fache sind "
        "{amount_cents}."
    ),
    "minimum": "Eine Gebühr beträgt mindestens {minimum_cents}.",
    "value_share": "Vom Wert von {whole_cents} zählen nur {share_percent} Prozent.",
    "creditors": (
        "Weitere Gläubiger: {further}. Der Satz erhöht sich von {rate} auf {raised} (VV RVG 1008)."
    ),
    "creditors_once": (
        "Für weitere Gläubiger wird der Satz nicht erhöht, weil der von VV RVG 3305 schon erhöht "
        "ist."
    ),
    "credit_half": (
        "{law}: Die Hälfte der Geschäftsgebühr, höchstens ein Satz von {rate_max}, wird "
        "angerechnet: von {fee_cents} sind das {amount_cents}."
    ),
    "credit_court_fee": (
        "KV GKG 1210 Anm. 1: Die Gebühr für den Mahnbescheid von {amount_cents} wird angerechnet."
    ),
    "above_threshold": (
        "Mehr als {threshold} kann nur verlangt werden, wenn die Sache besonders umfangreich "
        "oder besonders schwierig war (VV RVG 2300 Anm. 2)."
    ),
    "flat_expenses": (
        "{law}: {share_percent} Prozent der Gebühren von {fees_cents}, höchstens "
        "{limit_cents}, sind {amount_cents}."
    ),
    "lump_sum": "{law}: Die Verzugspauschale beträgt {amount_cents}.",
    "lump_sum_set_off": (
        "Darauf werden Kosten der Rechtsverfolgung von {costs_cents} angerechnet; es bleiben "
        "{amount_cents} (§ 288 Abs. 5 Satz 3 BGB)."
    ),
    "lump_sum_consumer": (
        "Ein Verbraucher schuldet die Verzugspauschale des § 288 Abs. 5 BGB nicht."
    ),
    "lump_sum_other": (
        "Die Verzugspauschale des § 288 Abs. 5 BGB wird nur auf Entgeltforderungen geschuldet."
    ),
    "lump_sum_too_early": (
        "Die Verzugspauschale des § 288 Abs. 5 BGB wird nur auf Schuldverhältnisse "
        "geschuldet, die ab dem {valid_from} entstanden sind."
    ),
    "vat": "VV RVG 7008: {percent} Prozent Umsatzsteuer auf {net_cents} sind {amount_cents}.",
}
SENTENCES = {"en": MESSAGES, "de": GERMAN}
