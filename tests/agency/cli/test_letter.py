"""`recoup letter draft`: traps of law and form, both sides of each; the text is that of the PDF."""

import copy
import json
from functools import cache

import pypdfium2
import pytest
from click.testing import CliRunner

from agency.cli import main

QUESTION = {
    "occasion": "first_demand",
    "language": "de",
    "dispatched_on": "2026-11-30",
    "postal_days": 3,
    "place": "DE-HH",
    "next_step": "call",
    "agency": {
        "name": "Hanse Forderungsmanagement GmbH",
        "street": "Speicherstraße 12",
        "postcode": "20457",
        "city": "Hamburg",
        "email": "post@hanse.example",
        "phone": "040 5550110",
        "register_entry": "Amtsgericht Hamburg, 3712/1-7.1",
        "authority_name": "Bundesamt für Justiz",
        "authority_address": "Adenauerallee 99-103, 53113 Bonn",
        "authority_contact": "www.bundesjustizamt.de",
        "privacy_contact": None,
        "vat_id": None,
        "trust_iban": "DE89370400440532013000",
        "legal_form": "GmbH",
        "register_court": "Amtsgericht Hamburg",
        "register_number": "HRB 12345",
        "managing_directors": ["Miriam Voss", "Olaf Brandt"],
    },
    "handler": {"name": "Nora Petersen", "phone": "040 5550123"},
    "creditor": {
        "name": "Stadtwerke Musterstadt GmbH",
        "street": "Marktplatz 1",
        "postcode": "20095",
        "city": "Hamburg",
        "deducts_input_tax": True,
        "owes_collection_fee": True,
        "original_creditor": None,
    },
    "debtors": [
        {
            "kind": "natural_person",
            "name": "Weber",
            "given_name": "Jonas",
            "salutation": "Herr",
            "street": "Lindenallee 7",
            "postcode": "20259",
            "city": "Hamburg",
            "country": "DE",
            "address_traced": False,
        }
    ],
    "addressee": 0,
    "claims": [
        {
            "invoice_number": "RE-1",
            "invoiced_on": "2026-07-01",
            "due_on": "2026-07-31",
            "due_basis": "contract",
            "thirty_day_warning": True,
            "default_from": None,
            "principal_cents": 100000,
            "currency": "EUR",
            "description": "Lieferung von Strom",
            "contract_on": "2025-03-01",
            "purpose": "consumer",
            "remuneration": True,
            "agreed_rate_percent": None,
            "limitation_day": "2029-12-31",
            "disputed_cents": 0,
        }
    ],
    "payments": [],
    "ordered_on": "2026-11-20",
    "address_withheld_reason": None,
    "collection_costs": True,
}


def ask(question, *arguments):
    result = CliRunner().invoke(
        main, ["letter", "draft", *arguments], input=json.dumps(question, ensure_ascii=False)
    )
    return result.exit_code, json.loads(result.stdout) if result.stdout else None


def question(**changes):
    """The plain letter with changes; what is called `claim__x` goes into the first claim."""
    made = copy.deepcopy(QUESTION)
    inside = {"claim": made["claims"][0], "debtor": made["debtors"][0], **made}
    for name, value in changes.items():
        owner, _, field = name.partition("__")
        if field:
            inside[owner][field] = value
        else:
            made[name] = value
    return made


def draft(**changes):
    """The answer to a question; each is asked once, since drawing it takes most of a second."""
    return copy.deepcopy(drawn(json.dumps(question(**changes), sort_keys=True)))


@cache
def drawn(asked):
    code, answer = ask(json.loads(asked))
    assert code == 0, answer
    return answer


def errors(answer):
    return [f["code"] for f in answer["findings"] if f["severity"] == "error"]


def words_of(answer):
    return " ".join(f["message"] for f in answer["findings"])


OTHER = {**QUESTION["debtors"][0], "name": "Groß", "given_name": "Mia", "salutation": "Frau"}
SECOND = {**QUESTION["claims"][0], "invoice_number": "RE-2", "principal_cents": 50000}


def test_the_plain_letter_may_leave_and_its_sums_are_right():
    answer = draft()
    assert (answer["findings"], answer["releasable"], answer["pages"]) == ([], True, 2)
    # 2026-08-01 to 2026-11-30: 122 days at 6.52 % of 1,000.00 = 21.79; 46.50 + 9.30 costs.
    assert (answer["principal_cents"], answer["interest_cents"]) == (100000, 2179)
    assert (answer["costs_cents"], answer["total_cents"]) == (5580, 107759)
    # 30 November + 3 postal days + 14 days = 17 December, a Thursday.
    assert (answer["pay_by"], answer["currency"]) == ("2026-12-17", "EUR")


def test_the_pdf_is_the_letter(tmp_path):
    code, answer = ask(QUESTION, "--pdf", str(tmp_path / "letter.pdf"))
    document = pypdfium2.PdfDocument((tmp_path / "letter.pdf").read_bytes())
    text = " ".join(" ".join(p.get_textpage().get_text_range() for p in document).split())
    assert code == 0
    assert text == answer["text"]


#: What is told, what the text must then say, and what it says no more without it.
SAID = [
    ({"creditor__deducts_input_tax": False}, "nicht zum Vorsteuerabzug berechtigt", "no. 6"),
    ({"creditor__deducts_input_tax": False}, "Umsatzsteuer", "tax only where it is owed"),
    ({"debtor__address_traced": True}, "wir haben sie selbst ermittelt", "no. 7"),
    ({"debtor__address_traced": True}, "durch eine Adressermittlung erfahren", "true source"),
    ({"claim__agreed_rate_percent": "12"}, "Hinweis zum Zinssatz (§ 13a Abs. 1 Nr. 4", "no. 4"),
    ({"claim__agreed_rate_percent": "12"}, "im Vertrag vom 01.03.2025 vereinbart", "why"),
    ({"debtors": [QUESTION["debtors"][0], OTHER]}, "zusammen mit Mia Groß als Gesamtschuldner", ""),
    ({"agency__privacy_contact": "Dr. Ada Frei"}, "Datenschutzbeauftragte Person: Dr. Ada", ""),
    ({"address_withheld_reason": "Schutz der Bewohner."}, "schutzwürdige Interessen", "no. 1"),
    ({"creditor__original_creditor": "Alt AG"}, "ursprünglich entstanden ist sie bei Alt AG", ""),
    ({"agency__vat_id": "DE1"}, "USt-IdNr. DE1", "on paper"),
    ({"next_step": "letter"}, "schreiben wir Ihnen noch einmal", "announced"),
]  # fmt: skip


@pytest.mark.parametrize(("changes", "words", "why"), SAID)
def test_what_is_told_stands_in_the_letter_and_only_then(changes, words, why):
    answer = draft(**changes)
    assert errors(answer) == []
    assert words in answer["text"], why
    assert words not in draft()["text"]


ALWAYS = [
    "§§ 280 Abs. 1 und 2, 286 BGB",
    "Ihr Widerspruchsrecht (Art. 21 DSGVO)",
    "Art. 6 Abs. 1 Buchst. f DSGVO",
    "Die Daten stammen von Stadtwerke Musterstadt GmbH",
    "GmbH, Sitz Hamburg Amtsgericht Hamburg, HRB 12345",
    "Geschäftsführung: Miriam Voss, Olaf Brandt",
    "Bundesamt für Justiz, Adenauerallee 99-103, 53113 Bonn, www.bundesjustizamt.de",
    "fünf Prozentpunkte über dem Basiszinssatz (§ 288 Abs. 1 BGB)",
]


@pytest.mark.parametrize("words", ALWAYS)
def test_what_every_first_letter_to_a_consumer_says(words):
    assert words in draft()["text"]


#: What is wrong, its code, and a word of the sentence.
STOPPED = [
    ({"claim__limitation_day": "2025-12-31"}, "time_barred", "2025-12-31"),
    ({"claim__disputed_cents": 100000}, "everything_disputed", "disputed"),
    ({"claim__contract_on": None}, "duty_missing", "day of the contract"),
    ({"claim__description": " "}, "duty_missing", "reason of the claim"),
    ({"claims": [QUESTION["claims"][0], {**SECOND, "currency": "CHF"}]}, "currencies_mixed", "CHF"),
    ({"claim__currency": "XQX"}, "currency_unknown", "XQX"),
    ({"creditor__street": None}, "duty_missing", "address of the creditor"),
    ({"agency__authority_contact": None}, "duty_missing", "electronic contact"),
    ({"agency__register_entry": None}, "duty_missing", "registration"),
    ({"agency__managing_directors": []}, "duty_missing", "managing directors"),
    ({"agency__register_number": None}, "duty_missing", "register court"),
    ({"agency__legal_form": "AG"}, "duty_missing", "supervisory board"),
    ({"handler": {"name": "Nora", "phone": None}}, "duty_missing", "telephone"),
    ({"next_step": "court"}, "threat", "court"),
    ({"claim__due_on": "2026-12-05"}, "not_due", "RE-1"),
    ({"payments": [{"on": "2026-07-20", "cents": 100000}]}, "nothing_owed", "owed"),
    ({"debtor__name": "Muster GmbH"}, "name_is_company", "company"),
    ({"debtor__given_name": "Jonas und Mia"}, "several_persons", "several"),
    ({"debtor__name": "Weber (minderjährig)"}, "minor_without_representative", "minor"),
    ({"debtor__name": "Weber, Nachlass"}, "estate_without_representative", "estate"),
    ({"debtor__country": "QQ"}, "country_unknown", "QQ"),
    ({"claim__due_basis": "reminder", "claim__default_from": "2026-07-15"}, "default_too_early",
     "RE-1"),
]  # fmt: skip


@pytest.mark.parametrize(("changes", "code", "words"), STOPPED)
def test_what_stops_the_letter(changes, code, words):
    answer = draft(**changes)
    assert code in errors(answer)
    assert words in words_of(answer)
    assert answer["releasable"] is False


#: The other side: nearly the same, and the letter may leave.
PASSES = [
    {"claim__limitation_day": "2026-12-31"},
    {"claim__limitation_day": None},
    {"claim__disputed_cents": 40000},
    {"claim__purpose": "business", "claim__contract_on": None, "debtor__kind": "sole_trader"},
    {"agency__legal_form": "KG", "agency__name": "Hanse KG", "agency__managing_directors": []},
    {"agency__legal_form": "AG", "agency__supervisory_chair": "Ute Moor"},
    {"claim__due_on": "2026-11-29"},
    {"payments": [{"on": "2026-08-20", "cents": 40000}]},
    {"debtor__name": "Weber, minderjährig", "debtor__representative": "Ute Weber"},
    {"debtor__kind": "company", "debtor__name": "Muster GmbH", "claim__purpose": "business"},
    {"claim__agreed_rate_percent": "4"},
]


@pytest.mark.parametrize("changes", PASSES)
def test_the_other_side_passes(changes):
    answer = draft(**changes)
    assert errors(answer) == []
    assert answer["releasable"] is True


@pytest.mark.parametrize(
    ("changes", "interest", "costs"),
    [
        pytest.param({"claim__due_basis": None}, 0, 0, id="no ground, no default"),
        pytest.param({"claim__due_basis": "30_days", "claim__default_from": "2026-09-01",
                      "claim__thirty_day_warning": False}, 0, 0, id="30 days without warning"),
        pytest.param({"claim__due_basis": "30_days", "claim__default_from": "2026-09-01"},
                     1626, 5580, id="30 days with warning"),  # 91 days at 6.52 %.
        pytest.param({"ordered_on": "2026-07-15"}, 2179, 0, id="ordered before default"),
        pytest.param({"creditor__owes_collection_fee": False}, 2179, 0, id="no fee owed"),
        pytest.param({"collection_costs": False}, 2179, 0, id="no costs wanted"),
        pytest.param({"claim__purpose": "business"}, 3516, 5580, id="9 points: 10.52 %"),
        pytest.param({"claim__purpose": "business", "claim__remuneration": False}, 2179, 5580,
                     id="damages: 5 points"),
        pytest.param({"claim__agreed_rate_percent": "12"}, 4011, 5580, id="agreed 12 %"),
        pytest.param({"creditor__deducts_input_tax": False}, 2179, 6640, id="19 % on 55.80"),
        # Of 400.00: 122 days are 8.72, half of 51.50 and a fifth of it 30.90.
        pytest.param({"claim__disputed_cents": 60000}, 872, 3090, id="the undisputed part"),
    ],
)  # fmt: skip
def test_interest_and_costs_follow_the_facts(changes, interest, costs):
    answer = draft(**changes)
    assert (answer["interest_cents"], answer["costs_cents"]) == (interest, costs)
    assert answer["total_cents"] == answer["principal_cents"] + interest + costs


def test_without_default_the_letter_says_so():
    text = draft(claim__due_basis=None)["text"]
    assert "kein Verzug eingetreten" in text
    assert "Inkassokosten" not in text


def test_francs_stay_francs_and_no_fee_is_mixed_in():
    answer = draft(claim__currency="CHF")
    assert (answer["currency"], answer["costs_cents"], answer["releasable"]) == ("CHF", 0, True)
    assert "1.021,79 CHF" in answer["text"]
    assert "€" not in answer["text"]
    assert "§ 244 BGB" in answer["text"]
    assert "CHF" in words_of(answer)


def test_an_address_abroad_names_the_country_in_words():
    answer = draft(
        debtor__kind="company", debtor__name="Spółka Żółć sp. z o.o.", debtor__given_name=None,
        debtor__salutation=None, debtor__street="ul. Długa 5/7", debtor__postcode="00-238",
        debtor__city="Warszawa", debtor__country="PL", claim__purpose="business",
    )  # fmt: skip
    assert "Spółka Żółć sp. z o.o. ul. Długa 5/7 00-238 WARSZAWA POLEN" in answer["text"]
    assert "Sehr geehrte Damen und Herren" in answer["text"]


def test_a_company_is_never_glued_to_its_contact():
    answer = draft(debtor__kind="company", debtor__name="Muster GmbH", debtor__given_name="Erika")
    assert "Erika Muster GmbH" not in answer["text"]
    assert "contact_unclear" in [f["code"] for f in answer["findings"]]


def test_both_joint_debtors_get_their_own_letter():
    debtors = [QUESTION["debtors"][0], OTHER]
    first, second = draft(debtors=debtors), draft(debtors=debtors, addressee=1)
    assert "Sehr geehrter Herr Weber" in first["text"]
    assert "Sehr geehrte Frau Groß" in second["text"]
    assert "zusammen mit Jonas Weber" in second["text"]
    assert first["total_cents"] == second["total_cents"]


def test_sixty_claims_and_a_very_long_name_keep_the_layout():
    claims = [{**SECOND, "invoice_number": f"RE-{n:04}"} for n in range(60)]
    name = "Allgemeine Norddeutsche Handels- und Beteiligungsgesellschaft für Kälteanlagen mbH"
    answer = draft(claims=claims, debtor__kind="company", debtor__name=name, debtor__given_name="",
                   claim__purpose="business")  # fmt: skip
    assert answer["principal_cents"] == 60 * 50000
    assert all(f"RE-{n:04}" in answer["text"] for n in range(60))
    assert answer["text"].count("Hauptforderung 30.000,00 €") == 2  # Once in the table, once below.
    assert name in answer["text"]


def test_english_says_the_same():
    answer = draft(language="en", creditor__deducts_input_tax=False, debtor__address_traced=True)
    assert errors(answer) == []
    for words in ("cannot deduct input tax", "sections 280(1), (2) and 286 BGB",
                  "Your right to object (Art. 21 GDPR)", "we found it ourselves",
                  "five percentage points above the base rate"):  # fmt: skip
        assert words in answer["text"], words


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"claim__due_basis": "reminder"}, "claims[0].default_from"),
        ({"claim__due_on": None}, "claims[0].due_on"),
        ({"claim__principal_cents": 0}, "claims[0].principal_cents"),
        ({"claim__surprise": 1}, "claims[0].surprise"),
        ({"agency__trust_iban": "DE00"}, "agency.trust_iban"),
        ({"addressee": 1}, "addressee"),
        ({"claims": []}, "claims"),
        ({"place": "DE-XX"}, "place"),
        ({"dispatched_on": "2026-02-30"}, "dispatched_on"),
        ({"ordered_on": "2026-12-24"}, "ordered_on"),
        ({"language": "fr"}, "language"),
    ],
)
def test_input_that_cannot_be_read_names_its_field(changes, field):
    code, answer = ask(question(**changes))
    assert code == 2
    assert answer["error"]["field"] == field


def test_a_list_answers_a_list_and_a_bad_element_in_its_place():
    code, answers = ask([QUESTION, question(addressee=7), 5])
    assert code == 0
    assert answers[0]["releasable"] is True
    assert [a["error"]["field"] for a in answers[1:]] == ["addressee", None]
