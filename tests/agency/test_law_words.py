"""Places in the law as Germans and English readers write them."""

import pytest
from flask_babel import force_locale

from agency.law_words import law_words
from agency.wording import finding_words
from legal.findings import Finding, Severity


@pytest.mark.parametrize(
    ("law", "german", "english"),
    [
        ("RDG § 13a(1) no. 2", "§ 13a Abs. 1 Nr. 2 RDG", "§ 13a(1) no. 2 RDG"),
        ("GDPR Art. 14(2)(c)", "Art. 14 Abs. 2 Buchst. c DSGVO", "Art. 14(2)(c) GDPR"),
        ("RDG § 13a(3), (4)", "§ 13a Abs. 3 und 4 RDG", "§ 13a(3), (4) RDG"),
        (
            "GmbHG § 35a; HGB §§ 37a, 125",
            "§ 35a GmbHG, §§ 37a, 125 HGB",
            "§ 35a GmbHG, §§ 37a, 125 HGB",
        ),
        ("RVG VV 2300 note (2)", "Nr. 2300 Anm. Abs. 2 VV RVG", "2300 note (2) VV RVG"),
        ("BGB § 286 (practice)", "§ 286 BGB", "§ 286 (practice) BGB"),
        ("house rule", "Regel des Hauses", "rule of the house"),
    ],
)
def test_places_are_written_as_people_write_them(app, law, german, english):
    for locale, said in (("de", german), ("en", english)):
        with app.test_request_context(), force_locale(locale):
            assert law_words(law) == said


def test_what_a_letter_lacks_is_said_without_a_code(app):
    params = {"law": "RDG § 13a(1) no. 2", "words": "day", "element": "contract_date"}
    finding = Finding("duty_missing", Severity.ERROR, "letter", params=params)
    with app.test_request_context(), force_locale("de"):
        assert (
            finding_words(finding) == "Im Schreiben fehlt: Vertragsdatum (§ 13a Abs. 1 Nr. 2 RDG)."
        )
