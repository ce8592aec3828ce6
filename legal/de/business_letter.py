"""What a company states about itself on its business letters, by its legal form.

Law: GmbHG § 35a; AktG § 80; HGB §§ 37a, 125, 177a.
"""

import re

from legal.demand import Company

#: Forms that a commercial register knows, most telling first; the names are looked for whole.
_FORMS = (
    ("gmbh_co_kg", r"\b(gmbh|ug \(haftungsbeschränkt\)|ag|se) ?& ?co\.? ?(kg|ohg|kgaa)\b"),
    ("gmbh", r"\bg?gmbh\b|\bg\.m\.b\.h|\bgesellschaft mit beschränkter haftung\b|\bug\b"),
    ("gmbh", r"\bunternehmergesellschaft\b"),
    ("ag", r"\bag\b|\baktiengesellschaft\b|\bse\b|\bkgaa\b"),
    ("eg", r"\beg\b|\bgenossenschaft\b"),
    ("partnership", r"\bkg\b|\bohg\b|\bkommanditgesellschaft\b|\boffene handelsgesellschaft\b"),
    ("merchant", r"\be\. ?k\b|\be\. ?kfm\b|\be\. ?kfr\b|\beingetragene[rn]? kauf(mann|frau)\b"),
)
_COMPILED = tuple((form, re.compile(pattern)) for form, pattern in _FORMS)
#: Forms that no commercial register knows, or whose letters need no such statement.
_UNREGISTERED = re.compile(
    r"\bgbr\b|\begbr\b|\bpartg\b|\bpartgmbb\b|\be\. ?v\b|einzelunternehm|freiberuf|^keine?$|^none$"
)

#: Kind of company -> circumstances of the duties table.
_CIRCUMSTANCES = {
    "gmbh": {"registered_company", "company_with_directors"},
    "ag": {"registered_company", "company_with_directors", "company_with_supervisory_board"},
    "eg": {"registered_company", "company_with_directors"},
    "gmbh_co_kg": {"registered_company", "no_person_liable"},
    "partnership": {"registered_company"},
    "merchant": {"registered_company"},
    "foreign": {"registered_company", "company_with_directors"},
}


def company(legal_form: str | None, name: str) -> Company:
    """What stands on the letters of a company of this form; the name helps where none is given.

    A form that is not known is taken for a company with directors: stating too much does no harm.
    """
    form = _kind_of(legal_form or "") or _kind_of(name)
    if form is None and (legal_form or "").strip():
        form = None if _UNREGISTERED.search(_folded(legal_form or "")) else "foreign"
    return Company(
        form=legal_form or _form_in(name),
        directors="board" if form in {"ag", "eg"} else "managers",
        circumstances=frozenset(_CIRCUMSTANCES.get(form or "", ())),
    )


def _form_in(name: str) -> str | None:
    """The legal form that a name ends with, as it is written there."""
    folded = " ".join(name.split())
    for _, pattern in _COMPILED:
        matched = re.search(pattern.pattern, folded, re.IGNORECASE)
        if matched:
            return folded[matched.start() :]
    return None


def _kind_of(text: str) -> str | None:
    folded = _folded(text)
    return next((form for form, pattern in _COMPILED if pattern.search(folded)), None)


def _folded(text: str) -> str:
    return " ".join(text.lower().split())
