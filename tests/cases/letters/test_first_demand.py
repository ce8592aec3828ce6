"""The first demand letter: drafted from the claim account, refused if a duty lacks, sent once."""

from datetime import date

import pypdfium2
import pytest
import zxingcpp

from cases.claims.models import DueBasis, HoldReason
from cases.claims.services import set_hold
from cases.core import clock
from cases.core.database import transaction
from cases.core.outbox import carry_out, list_due_effects
from cases.letters.drafting import DemandWish, draft_first_demand
from cases.letters.errors import (
    CaseNotAccepted,
    EverythingHeld,
    FirstDemandSent,
    HandlerIncomplete,
    LetterLacksDuties,
)
from cases.letters.models import LetterState
from cases.letters.pdf import render_pdf
from cases.letters.queries import list_letters, read_sent_letter
from cases.letters.services import release_first_demand
from tests.factories.girocodes import parse_girocode
from tests.factories.records import claim_details, debtor_details, make_agency, make_case, make_user

SENT_ON = date(2026, 11, 23)
WISH = DemandWish(dispatched_on=SENT_ON)


@pytest.fixture
def accepted(app):
    """A case worker and an accepted case of 1,000 euro, due on 2026-07-31 by contract."""
    with app.app_context(), clock.clock_at(SENT_ON):
        with transaction():
            make_agency()
            worker = make_user(name="Nora Petersen", phone="040 5550123")
            case, claims = make_case(
                claims=[claim_details(invoice_number="RE-1")], accepted_by=worker
            )
        yield worker, case, claims


def text_of(pdf: bytes) -> str:
    document = pypdfium2.PdfDocument(pdf)
    pages = [page.get_textpage().get_text_range() for page in document]
    return " ".join(" ".join(pages).replace("\xa0", " ").replace("\x02", "").split())


def codes_of(pdf: bytes) -> list[str]:
    """What an app of a bank reads; the mark of the letter is no QR code."""
    document = pypdfium2.PdfDocument(pdf)
    found = []
    for page in document:
        found += zxingcpp.read_barcodes(
            page.render(scale=4).to_pil(), formats=zxingcpp.BarcodeFormat.QRCode
        )
    return [code.text for code in found]


def test_draft_fulfils_every_duty(accepted):
    worker, case, _ = accepted
    [(_, draft)] = draft_first_demand(case.id, WISH, worker.id)
    assert draft.findings == ()
    # 2026-11-23 + 3 postal days + 14 days = 2026-12-10, a Thursday.
    assert draft.pay_by == date(2026, 12, 10)


def test_the_first_letter_begins_where_the_creditor_ended(accepted):
    worker, case, claims = accepted
    [(_, early)] = draft_first_demand(case.id, WISH, worker.id)
    assert "Vielleicht ist die Zahlung nur übersehen worden" in early.html
    claims[0].reminders = [date(2026, 9, 1), date(2026, 10, 5)]
    [(_, late)] = draft_first_demand(case.id, WISH, worker.id)
    assert "Daran wurden Sie zuletzt am 05.10.2026 erinnert" in late.html
    assert late.findings == ()


def test_interest_is_itemised_and_adds_up(accepted):
    worker, case, _ = accepted
    [(_, draft)] = draft_first_demand(case.id, WISH, worker.id)
    content = draft.content
    # Default from 2026-08-01: 115 days at 1.52 + 5 = 6.52 % of 1,000.00 = 20.54 (20.5424...).
    assert [period["days"] for period in content["periods"]] == [115]
    assert content["interest_cents"] == 20_54
    # The simple-case fee: § 13 RVG for 1,000.00 is 93.00, half of it 46.50, plus 20 % is 55.80.
    assert [line["cents"] for line in content["costs"]] == [46_50, 9_30]
    assert content["costs_cents"] == 55_80
    assert content["total_cents"] == 1_076_34


def test_released_letter_is_sent_with_a_code_that_pays_it(accepted):
    worker, case, _ = accepted
    with transaction():
        [letter] = release_first_demand(case.id, WISH, worker.id)
    for effect_id in list_due_effects():
        carry_out(effect_id)
    [(letter, sent)] = list_letters(case.id)
    assert letter.state is LetterState.SENT
    assert sent is not None
    _, pdf = read_sent_letter(letter.public_id)
    text = text_of(pdf)
    for words in ("RE-1", "01.07.2026", "31.07.2026", "1.000,00 €", "10.12.2026", case.number,
                  "Nora Petersen", "040 5550123", "6,52 %", "20,54 €", "Inkassovergütung",
                  "46,50 €", "VV RVG 2300", "1.076,34 €"):  # fmt: skip
        assert words in text, words
    transfer = parse_girocode(codes_of(pdf)[0])
    assert transfer.amount_cents == 1_076_34
    assert transfer.iban == "DE89370400440532013000"
    assert case.number in transfer.text


def test_a_second_first_demand_is_refused(accepted):
    worker, case, _ = accepted
    with transaction():
        release_first_demand(case.id, WISH, worker.id)
    with pytest.raises(FirstDemandSent), transaction():
        release_first_demand(case.id, WISH, worker.id)


def test_same_letter_gives_the_same_bytes(accepted):
    worker, case, _ = accepted
    [(_, draft)] = draft_first_demand(case.id, WISH, worker.id)
    assert render_pdf(draft.html) == render_pdf(draft.html)


@pytest.mark.parametrize(
    ("wish", "code"),
    [
        pytest.param(
            DemandWish(dispatched_on=SENT_ON, term_days=13),
            "term_needs_reason",
            id="fewer than fourteen days without a reason",
        ),
        pytest.param(
            DemandWish(dispatched_on=SENT_ON, term_days=15),
            "term_needs_reason",
            id="more than fourteen days without a reason",
        ),
    ],
)
def test_a_missing_duty_is_named_and_nothing_is_released(accepted, wish, code):
    worker, case, _ = accepted
    with pytest.raises(LetterLacksDuties) as refused, transaction():
        release_first_demand(case.id, wish, worker.id)
    assert [finding.code for finding in refused.value.findings] == [code]
    assert list_letters(case.id) == []


def test_an_unusual_term_with_a_reason_passes(accepted):
    worker, case, _ = accepted
    wish = DemandWish(SENT_ON, term_days=10, term_reason="Verjährung am 31.12.")
    [(_, draft)] = draft_first_demand(case.id, wish, worker.id)
    assert draft.findings == ()


def test_the_contract_is_named_to_a_consumer(app):
    with clock.clock_at(SENT_ON), transaction():
        make_agency()
        worker = make_user()
        case, _ = make_case(
            claims=[claim_details(description=None, contract_on=None)], accepted_by=worker
        )
    with clock.clock_at(SENT_ON):
        [(_, draft)] = draft_first_demand(case.id, WISH, worker.id)
    missing = {finding.params["element"] for finding in draft.findings}
    assert {"claim_reason", "contract_date"} <= missing


def test_without_default_no_interest_is_asked(app):
    with clock.clock_at(SENT_ON), transaction():
        make_agency()
        worker = make_user()
        claim = claim_details(due_basis=DueBasis.INVOICE, invoice_number="RE-9")
        case, _ = make_case(claims=[claim], accepted_by=worker)
    with clock.clock_at(SENT_ON):
        [(_, draft)] = draft_first_demand(case.id, WISH, worker.id)
    assert draft.content["periods"] == []
    assert draft.total_cents == 1_000_00
    assert draft.findings == ()


def test_joint_debtors_each_get_a_letter_for_the_whole(app):
    with clock.clock_at(SENT_ON), transaction():
        make_agency()
        worker = make_user()
        case, _ = make_case(
            debtors=[debtor_details("Weber"), debtor_details("Weber", given_name="Mia")],
            accepted_by=worker,
        )
    with clock.clock_at(SENT_ON), transaction():
        letters = release_first_demand(case.id, WISH, worker.id)
    assert len({letter.number for letter in letters}) == 2
    assert len({letter.demanded_cents for letter in letters}) == 1


def test_the_held_part_is_not_demanded(accepted):
    worker, case, claims = accepted
    with transaction():
        set_hold(case, HoldReason.OBJECTION, claim_id=claims[0].id, amount_cents=400_00)
    [(_, draft)] = draft_first_demand(case.id, WISH, worker.id)
    assert draft.content["principal_cents"] == 600_00
    # 115 days at 6.52 % of the 600.00 that is not in dispute.
    assert draft.content["interest_cents"] == 12_33
    assert draft.findings == ()


def test_nothing_goes_out_while_everything_is_held(accepted):
    worker, case, _ = accepted
    with transaction():
        set_hold(case, HoldReason.INSOLVENCY)
    with pytest.raises(EverythingHeld):
        draft_first_demand(case.id, WISH, worker.id)


def test_nothing_goes_out_before_the_order_is_accepted(app):
    with transaction():
        make_agency()
        worker = make_user()
        case, _ = make_case()
    with pytest.raises(CaseNotAccepted):
        draft_first_demand(case.id, WISH, worker.id)


def test_the_handler_needs_a_direct_number(app):
    with transaction():
        make_agency()
        worker = make_user(phone=None)
        case, _ = make_case(accepted_by=worker)
    with pytest.raises(HandlerIncomplete):
        draft_first_demand(case.id, WISH, worker.id)


def test_no_line_ends_between_a_section_sign_and_its_number(accepted):
    worker, case, _ = accepted
    [(_, draft)] = draft_first_demand(case.id, WISH, worker.id)
    assert "§\xa0288 Abs. 1 BGB" in draft.html
    assert "§ " not in draft.html
