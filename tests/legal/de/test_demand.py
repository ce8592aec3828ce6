"""Demand letters: a complete one passes, each missing duty is named, threats do not get out."""

from dataclasses import replace
from datetime import date

import pytest

from legal.de.demand import MESSAGES, verify_demand
from legal.de.demand_duties import demand_duties, list_duties
from legal.demand import Audience, InvoiceLine, LetterFacts, Occasion, is_sendable
from legal.findings import Severity

INVOICE = InvoiceLine("RE-2026-17", date(2026, 8, 3), date(2026, 9, 2), 500_00, 100_00, 400_00)
CIRCUMSTANCES = frozenset(
    {
        "contract_claim",
        "interest_claimed",
        "costs_claimed",
        "natural_person",
        "remuneration_claim",
    }
)


def make_letter(audience=Audience.CONSUMER, **changes):
    """A letter that shows every element its duties ask for."""
    occasions = changes.pop("occasions", frozenset({Occasion.FIRST}))
    circumstances = changes.pop("circumstances", CIRCUMSTANCES)
    bare = LetterFacts(occasions, {}, circumstances, (INVOICE,), 400_00, "", 14)
    elements = {duty.element for duty in list_duties(bare, audience) if not duty.forbids}
    contents = {element: f"[{element} of this letter]" for element in elements}
    text = "Rechnung RE-2026-17\n" + "\n".join(contents.values())
    return replace(bare, contents=contents, text=text, **changes)


def codes(letter, audience=Audience.CONSUMER):
    return [finding.code for finding in verify_demand(letter, audience)]


@pytest.mark.parametrize("audience", list(Audience))
@pytest.mark.parametrize("occasion", [o for o in Occasion if o is not Occasion.INVOICE])
def test_a_complete_letter_may_be_sent(audience, occasion):
    assert codes(make_letter(audience, occasions=frozenset({occasion})), audience) == []


@pytest.mark.parametrize("audience", list(Audience))
def test_each_missing_duty_is_named(audience):
    everything = frozenset(Occasion)
    circumstances = CIRCUMSTANCES | {
        "tort_claim",
        "rate_above_statutory",
        "vat_claimed",
        "address_traced",
        "has_privacy_officer",
        "credit_bureau_notice",
    }
    letter = make_letter(audience, occasions=everything, circumstances=circumstances)
    assert verify_demand(letter, audience) == []
    for element in letter.contents:
        rest = {name: words for name, words in letter.contents.items() if name != element}
        findings = verify_demand(replace(letter, contents=rest), audience)
        assert [finding.field for finding in findings] == [element]
        duty = next(d for d in list_duties(letter, audience) if d.element == element)
        assert findings[0].params["duty"] == duty.id
        assert is_sendable(findings) == (duty.severity is Severity.WARNING)
        assert duty.law in findings[0].message(MESSAGES)


def test_words_that_were_prepared_but_not_printed_are_missing():
    letter = make_letter()
    text = letter.text.replace(letter.contents["authority_name"], "")
    assert codes(replace(letter, text=text)) == ["duty_not_shown"]


def test_line_breaks_do_not_matter():
    letter = make_letter()
    assert codes(replace(letter, text=letter.text.replace(" of ", "\n   of "))) == []


@pytest.mark.parametrize(
    ("circumstance", "audience", "duty"),
    [
        pytest.param("lump_sum_claimed", Audience.CONSUMER, "C12", id="40 euro from a consumer"),
        pytest.param(
            "nine_points_claimed", Audience.CONSUMER, "C13", id="9 points from a consumer"
        ),
        pytest.param("unordered_goods", Audience.CONSUMER, "C20", id="unordered goods"),
        pytest.param("open_mailing", Audience.BUSINESS, "C18", id="an open postcard"),
        pytest.param(
            "hidden_acknowledgement", Audience.BUSINESS, "C14", id="hidden acknowledgement"
        ),
    ],
)
def test_forbidden_contents(circumstance, audience, duty):
    letter = make_letter(audience, circumstances=CIRCUMSTANCES | {circumstance})
    (finding,) = verify_demand(letter, audience)
    assert (finding.code, finding.params["duty"]) == ("content_forbidden", duty)
    assert not is_sendable([finding])


def test_a_business_may_owe_the_lump_sum_and_nine_points():
    circumstances = CIRCUMSTANCES | {"lump_sum_claimed", "nine_points_claimed"}
    letter = make_letter(Audience.BUSINESS, circumstances=circumstances)
    assert codes(letter, Audience.BUSINESS) == []
    damages = circumstances - {"remuneration_claim"}
    letter = make_letter(Audience.BUSINESS, circumstances=damages)
    assert codes(letter, Audience.BUSINESS) == ["content_forbidden"]


def test_no_credit_bureau_notice_for_a_disputed_claim():
    disputed = CIRCUMSTANCES | {"disputed", "credit_bureau_notice"}
    letter = make_letter(occasions=frozenset({Occasion.FURTHER}), circumstances=disputed)
    assert codes(letter) == ["content_forbidden"]


def test_a_mere_balance_is_refused():
    assert codes(make_letter(invoices=())) == ["invoices_missing"]


@pytest.mark.parametrize(
    ("invoice", "code"),
    [
        pytest.param(replace(INVOICE, due_on=None), "invoice_incomplete", id="no due date"),
        pytest.param(replace(INVOICE, invoiced_on=None), "invoice_incomplete", id="no date"),
        pytest.param(replace(INVOICE, number=" "), "invoice_incomplete", id="no number"),
        pytest.param(replace(INVOICE, number="RE-9"), "invoice_not_shown", id="not in the text"),
        pytest.param(replace(INVOICE, paid_cents=0), "invoice_inconsistent", id="payment left out"),
    ],
)
def test_each_invoice_is_itemised(invoice, code):
    assert codes(make_letter(invoices=(invoice,))) == [code]


def test_invoices_must_add_up_to_the_principal():
    assert codes(make_letter(principal_cents=400_01)) == ["invoices_do_not_add_up"]


@pytest.mark.parametrize(
    ("occasion", "days", "reason", "accepted"),
    [
        pytest.param(Occasion.FIRST, 14, "", True, id="a fortnight"),
        pytest.param(Occasion.FIRST, 13, "", False, id="13 days"),
        pytest.param(Occasion.FIRST, 15, "", False, id="15 days"),
        pytest.param(Occasion.FIRST, 7, "agreed by telephone", True, id="7 days with a reason"),
        pytest.param(Occasion.FIRST, 7, "  ", False, id="a blank is no reason"),
        pytest.param(Occasion.FURTHER, 6, "", False, id="further letter, 6 days"),
        pytest.param(Occasion.FURTHER, 7, "", True, id="further letter, 7 days"),
        pytest.param(Occasion.FURTHER, 14, "", True, id="further letter, 14 days"),
        pytest.param(Occasion.FURTHER, 15, "", False, id="further letter, 15 days"),
    ],
)
def test_terms(occasion, days, reason, accepted):
    occasions = frozenset({occasion})
    letter = make_letter(occasions=occasions, term_days=days, term_reason=reason)
    assert codes(letter) == ([] if accepted else ["term_needs_reason"])


def test_a_letter_without_a_term_is_refused():
    assert codes(make_letter(term_days=None)) == ["term_missing"]


@pytest.mark.parametrize(
    "words",
    [
        "Wir beauftragen sonst den Gerichtsvollzieher.",
        "eine Kontopfändung",
        "Pfändung",
        "beantragen wir einen Mahnbescheid",
        "gerichtliche Schritte einleiten",
        "Letzte Mahnung",
        "Eintrag bei der SCHUFA",
        "werden wir Sie verklagen",
        "Klage erheben",
        "Zwangsvollstreckung",
        "unser Hausbesuch",
        "unangenehme Folgen",
        "ein Strafverfahren",
        "Haftbefehl",
    ],
)
def test_threats_in_a_first_letter(words):
    letter = make_letter()
    assert codes(replace(letter, text=f"{letter.text}\n{words}")) == ["threat"]


@pytest.mark.parametrize(
    "words",
    [
        "Bitte nennen Sie uns den Grund.",
        "Sie können sich beklagen.",
        "Amtsgericht Köln HRB 1",
        "Beschwerde beim Bundesamt für Justiz",
        "Verzugszinsen nach § 288 BGB",
        "Anzeigenblatt",
        "verpfändet wurde nichts",
    ],
)
def test_neutral_words_pass(words):
    letter = make_letter()
    assert codes(replace(letter, text=f"{letter.text}\n{words}")) == []


def test_later_letters_may_announce_court_but_never_prison():
    letter = make_letter(occasions=frozenset({Occasion.BEFORE_COURT}))
    announced = f"{letter.text}\nDanach beantragen wir einen Mahnbescheid."
    assert codes(replace(letter, text=announced)) == []
    assert codes(replace(letter, text=f"{letter.text}\nEs droht Gefängnis.")) == ["threat"]


def test_an_empty_letter_says_so():
    assert "text_missing" in codes(replace(make_letter(), text=" "))


def test_all_information_duties_of_the_rdg_are_in_the_table():
    ids = {duty.id for duty in demand_duties()}
    assert {f"R0{n}" for n in range(1, 9)} | {"R11", "R12"} <= ids
    assert {f"C{n:02}" for n in range(1, 21)} - ids == {"C05"}  # C05 is R01 to R08.
