"""What kind of debtor a name betrays by its legal form; a name without one says nothing.

Consumer or business is asked per claim; this only pre-fills the kind of the debtor.
"""

import re

#: Written for Python and for polars alike: no look-around, no back-references,
#: in lower case.
COMPANY = (
    r"\b(gmbh|g\.m\.b\.h|mbh|ag|se|kg|kgaa|ohg|og|ug|gbr|egbr|partg|partgmbb|eg|kdör|e\.? ?v|"
    r"ltd|limited|llp|plc|inc|corp|llc|b\.?v|n\.?v|s\.?a\.?r\.?l|sàrl|sarl|s\.?a\.?s|sasu|eurl|"
    r"s\.?p\.?a|s\.?r\.?l|sp\. ?z ?o\.? ?o|a/s|aps|oy|ab|vvag|stiftung|genossenschaft|verein)"
    r"(\b|\.|$)"
)
SOLE_TRADER = r"\b(e\. ?k|e\. ?kfm|e\. ?kfr|einzelunternehmen|einzelfirma|inh|inhaber)(\b|\.|$)"
PUBLIC_BODY = (
    r"^(stadt|gemeinde|landkreis|kreis|freistaat|land|bundesrepublik|bundesamt|ministerium|"
    r"landeshauptstadt|marktgemeinde|stadtwerke|kanton|commune de|mairie de) "
)
#: In the order in which they are asked.
PATTERNS = (("public_body", PUBLIC_BODY), ("sole_trader", SOLE_TRADER), ("company", COMPANY))
_COMPILED = tuple((kind, re.compile(pattern)) for kind, pattern in PATTERNS)


#: What lists write into a column of the customer's kind; letters only, lower case.
_NAMED = {
    "natural_person": "privat privatperson privatkunde verbraucher person natuerlicheperson b2c "
    "consumer private privateperson individual particulier privato p",
    "company": "firma firmenkunde unternehmen geschaeftlich geschaeftskunde gewerblich b2b "
    "juristischeperson company business corporate organisation organization entreprise societe "
    "azienda ditta f",
    "sole_trader": "einzelunternehmer einzelunternehmen selbstaendig freiberufler freelancer "
    "soletrader",
    "public_body": "behoerde oeffentlich oeffentlichehand publicbody government b2g",
}
_BY_WORD = {word: kind for kind, words in _NAMED.items() for word in words.split()}


def kind_named(text: str | None) -> str | None:
    """The kind of debtor that a column of the list names, or None."""
    umlauts = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "ß": "ss"})
    plain = re.sub(r"[^a-z0-9]", "", (text or "").casefold().translate(umlauts))
    return _BY_WORD.get(plain)


def kind_of(name: str) -> str | None:
    """The kind of debtor that the name names itself, or None."""
    lower = name.lower()
    return next((kind for kind, pattern in _COMPILED if pattern.search(lower)), None)
