"""Traps for `recoup letter draft`: where a letter easily says too much, too little or a wrong sum.

Each trap has another side beside it. The letter is read before it is set, which takes no time.
"""

from datetime import date, timedelta
from random import Random

import pytest

from agency.cli.letter_facts import read_case
from cases.letters.plain_case import draft_plain
from legal.findings import Severity
from tests.agency.cli.test_letter import OTHER, QUESTION, SECOND, question
from tests.factories import law_model as model

FIRST = QUESTION["claims"][0]
BUSINESS = {"claim__purpose": "business", "debtor__kind": "sole_trader"}
LATE = "2031-12-31"


def letter(**changes):
    return draft_plain(read_case(question(**changes)))


def codes(made, severity=Severity.ERROR):
    return {each.code for each in made.findings if each.severity is severity}


def sums(made):
    content = made.draft.content
    return content["principal_cents"], content["interest_cents"], content["costs_cents"]


#: What is told; what the letter then says; what it does not say.
SAYS = [
    pytest.param({"creditor__deducts_input_tax": False, "claim__due_basis": None}, "kein Verzug",
                 "Vorsteuer", id="no costs, so no tax and no statement about it"),
    pytest.param({"creditor__deducts_input_tax": False, "ordered_on": "2026-07-31"}, "Zinsen",
                 "Vorsteuer", id="ordered a day before default: no tax either"),
    pytest.param({"claim__agreed_rate_percent": "6.53"}, "§ 13a Abs. 1 Nr. 4 RDG",
                 "fünf Prozentpunkte über dem Basiszinssatz (§ 288 Abs. 1 BGB). Für jeden",
                 id="a hundredth above the statutory rate"),
    pytest.param({"claim__agreed_rate_percent": "6.52"}, "im Vertrag vereinbart",
                 "Nr. 4 RDG", id="just the statutory rate"),
    pytest.param({"claim__agreed_rate_percent": "6", "claim__invoiced_on": "2021-07-01",
                  "claim__due_on": "2021-07-31", "claim__limitation_day": LATE},
                 "gesetzliche Verzugszinssatz von 4,12", "verjährt",
                 id="below it today, above it in 2021"),
    pytest.param({"debtor__kind": "company", "debtor__name": "Alt AG", "debtor__given_name": "",
                  "claim__purpose": "business"}, "neun Prozentpunkte", "DSGVO",
                 id="a company: nine points, no word on personal data"),
    pytest.param(BUSINESS, "Ihr Widerspruchsrecht (Art. 21 DSGVO)", "Nr. 4 RDG",
                 id="a trader is a natural person"),
    pytest.param({"address_withheld_reason": "Schutz der Bewohner."}, "schutzwürdige Interessen",
                 "Marktplatz 1", id="what is withheld stands nowhere"),
    pytest.param({"debtors": [QUESTION["debtors"][0], OTHER, {**OTHER, "given_name": "Ida"}],
                  "addressee": 2}, "zusammen mit Jonas Weber, Mia Groß als", "mit Ida Groß",
                 id="the third of three: both others, not herself"),
    pytest.param({"debtor__address_traced": True}, "durch eine Adressermittlung",
                 "Die Daten stammen von", id="the source is said truly"),
    pytest.param({"agency__legal_form": "OHG", "agency__name": "Voss OHG",
                  "agency__managing_directors": []}, "OHG, Sitz Hamburg", "Geschäftsführung",
                 id="a partnership has no managing directors"),
    pytest.param({"agency__legal_form": "AG", "agency__name": "Voss AG",
                  "agency__supervisory_chair": "Ute Moor"}, "Vorstand: Miriam Voss, Olaf Brandt",
                 "Geschäftsführung", id="a stock company has a board"),
    pytest.param({"claim__currency": "CHF"}, "§ 244 BGB", "€", id="francs without any euro"),
    pytest.param({"claim__currency": "JPY"}, "100.000", "1.000,00", id="yen have no cents"),
    pytest.param({"claim__description": "<b>Strom</b> & Gas"}, "<b>Strom</b> & Gas", "&amp;",
                 id="what was typed is no markup"),
]  # fmt: skip


@pytest.mark.parametrize(("changes", "says", "not_said"), SAYS)
def test_the_letter_says_this_and_not_that(changes, says, not_said):
    made = letter(**changes)
    assert codes(made) == set()
    text = made.draft.text.replace("\N{NO-BREAK SPACE}", " ")
    assert says in text
    assert not_said not in text


STOPS = [
    pytest.param({"claim__limitation_day": "2026-11-29"}, "time_barred", id="over since yesterday"),
    pytest.param({"claims": [FIRST, {**SECOND, "limitation_day": "2025-12-31"}]}, "time_barred",
                 id="one of two is over"),
    pytest.param({"claims": [FIRST, {**SECOND, "contract_on": None}]}, "duty_missing",
                 id="one of two without the day of its contract"),
    pytest.param({"claims": [FIRST, {**SECOND, "due_on": "2026-11-30"}]}, "not_due",
                 id="payable today is not late"),
    pytest.param({"claim__description": "Unbestellte Ware"}, "content_forbidden",
                 id="goods that nobody ordered"),
    pytest.param({"claim__description": "Es droht Gefängnis"}, "content_forbidden",
                 id="a threat in the subject"),
    pytest.param({"debtor__care_of": "Schuldner Mahnung"}, "content_forbidden",
                 id="the debt shows through the window"),
    pytest.param({"debtor__name": "Иванов"}, "letters_not_latin", id="letters no postman reads"),
    pytest.param({"agency__legal_form": "GmbH & Co. KG", "agency__managing_directors": []},
                 "duty_missing", id="nobody is named who is liable"),
]  # fmt: skip
PASSES = [
    pytest.param({"claim__limitation_day": "2026-11-30"}, id="its last day is today"),
    pytest.param({"claims": [FIRST, {**SECOND, "limitation_day": "2025-12-31",
                                     "disputed_cents": 50000}]}, id="the one that is over rests"),
    pytest.param({**BUSINESS, "claim__contract_on": None}, id="a trader needs no day of contract"),
    pytest.param({"claims": [FIRST, {**SECOND, "due_on": "2026-11-29"}]}, id="due since yesterday"),
    pytest.param({"claim__description": "Bestellte Ware"}, id="ordered goods"),
    pytest.param({"claim__description": "Hausbesuch des Tierarztes"}, id="a visit is the subject"),
    pytest.param({"claim__description": "Seminar: der Mahnbescheid"}, id="a court is the subject"),
    pytest.param({"creditor__name": "Schufa Holding AG"}, id="a credit bureau is the creditor"),
    pytest.param({"debtor__name": "Schuldner"}, id="a family of that name"),
    pytest.param({"debtor__name": "Łukaszewicz-Öztürk"}, id="any Latin letters"),
    pytest.param({"debtor__street": "Am Gefängnis 3"}, id="an address of that name"),
    pytest.param({"agency__legal_form": "GmbH & Co. KG", "agency__managing_directors": [],
                  "agency__liable_partner": "Voss GmbH, Hamburg, HRB 9"}, id="liable and named"),
]  # fmt: skip


@pytest.mark.parametrize(("changes", "code"), STOPS)
def test_stopped(changes, code):
    assert code in codes(letter(**changes))


@pytest.mark.parametrize("changes", PASSES)
def test_not_stopped(changes):
    assert codes(letter(**changes)) == set()


@pytest.mark.parametrize(
    ("changes", "costs"),
    [
        pytest.param({"claim__principal_cents": 5000}, 1890, id="50.00: of the reduced fee"),
        pytest.param({"claim__principal_cents": 5001}, 3090, id="50.01: of the ordinary one"),
        pytest.param({"claim__principal_cents": 200000}, 10560, id="2,000.00: flat 17.60"),
        pytest.param({"claim__principal_cents": 200001}, 13775, id="a cent more: flat 20.00"),
        pytest.param({"ordered_on": "2026-08-01"}, 5580, id="ordered on the first day of default"),
        pytest.param({"ordered_on": "2026-07-31"}, 0, id="a day before"),
        pytest.param({"claims": [FIRST, {**SECOND, "due_on": "2026-11-25"}]}, 5580,
                     id="on the claim that was in default alone"),
        pytest.param({"claim__invoiced_on": "2025-01-01", "claim__due_on": "2025-01-31",
                      "ordered_on": "2025-05-31"}, 5280, id="the table of 2021 to its last day"),
        pytest.param({"claim__invoiced_on": "2025-01-01", "claim__due_on": "2025-01-31",
                      "ordered_on": "2025-06-01"}, 5580, id="the table of 2025 from its first"),
    ],
)  # fmt: skip
def test_what_the_agency_asks(changes, costs):
    assert sums(letter(**changes))[2] == costs


def test_a_payment_of_exactly_the_principal_is_counted_by_law_and_asked_about():
    made = letter(payments=[{"on": "2026-08-19", "cents": 100000}])
    # 19 days of 6.52 % on 1,000.00 are 3.39; so much of the principal is left, 103 days bear 0.06.
    assert sums(made)[:2] == (339, 6)
    assert {"designation_likely", "trivial_rest"} <= codes(made, Severity.WARNING)
    other = letter(payments=[{"on": "2026-08-19", "cents": 99999}])
    assert "designation_likely" not in codes(other, Severity.WARNING)


def test_interest_after_any_payments_is_that_of_the_model():
    """Each payment is larger than the interest: the account rounds where the principal changes."""
    rnd = Random(24)
    for _ in range(25):
        due, cents = date(2025, 1, 31) + timedelta(rnd.randrange(400)), rnd.randrange(20000, 10**7)
        paid = [(due + timedelta(rnd.randrange(1, 250)), rnd.randrange(cents // 8, cents // 4))
                for _ in range(rnd.randrange(4))]  # fmt: skip
        debtor = rnd.choice(["consumer", "business"])
        made = letter(
            claim__invoiced_on="2025-01-01", claim__due_on=due.isoformat(),
            claim__principal_cents=cents, claim__purpose=debtor, collection_costs=False,
            payments=[{"on": day.isoformat(), "cents": each} for day, each in paid],
        )  # fmt: skip
        first, end = due + timedelta(1), date(2026, 11, 30)
        owed = model.spread("367", cents, first, [], sorted(paid), end, debtor)
        assert sums(made) == (owed[2], owed[1], 0)
